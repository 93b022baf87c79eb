import Experiments

/// All charts of a report, drawn once.
struct ReportCharts {
    struct Symbol {
        let equity: ChartFile
        let drawdown: ChartFile
        let position: ChartFile
        let learning: ChartFile?
    }

    let symbols: [String: Symbol]
    let folds: [ChartFile]

    init(_ result: RunResult, _ comparisons: [SymbolComparison]) {
        let slugs = fileSlugs(comparisons.map(\.fileName))
        var symbols: [String: Symbol] = [:]
        for comparison in comparisons {
            let slug = slugs[comparison.fileName] ?? fileSlug(comparison.fileName)
            let strategy = comparison.strategy
            let account = AccountCharts(
                comparison: comparison, startingCash: result.conventions.startingCash, slug: slug)
            symbols[comparison.symbol] = Symbol(
                equity: account.equity(), drawdown: account.drawdown(),
                position: ReportCharts.position(of: strategy, on: comparison.symbol, slug: slug),
                learning: LearningChart(strategy: strategy, symbol: comparison.symbol, slug: slug).draw())
        }
        self.symbols = symbols
        folds = FoldChart.all(of: result).map { $0.draw() }
    }

    /// What was held, of the run with the median final equity.
    private static func position(of strategy: StrategyRuns, on symbol: String, slug: String) -> ChartFile {
        let entry = strategy.medianRun
        let choice =
            strategy.hasSeveralSeeds ? "the seed whose final equity is the median of \(strategy.entries.count)" : ""
        guard let allocation = entry.allocation else {
            return PositionChart(entry: entry, symbol: symbol, choice: choice, slug: slug).draw()
        }
        return WeightsChart(entry: entry, allocation: allocation, choice: choice, slug: slug).draw()
    }

    var all: [ChartFile] {
        folds
            + symbols.sorted { $0.key < $1.key }.flatMap { [$0.value.equity, $0.value.drawdown, $0.value.position] }
            + symbols.sorted { $0.key < $1.key }.compactMap(\.value.learning)
    }
}
