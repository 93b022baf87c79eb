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
        let slugs = fileSlugs(comparisons.map(\.symbol))
        var symbols: [String: Symbol] = [:]
        for comparison in comparisons {
            let slug = slugs[comparison.symbol] ?? fileSlug(comparison.symbol)
            let strategy = comparison.strategy
            let account = AccountCharts(
                comparison: comparison, startingCash: result.conventions.startingCash, slug: slug)
            symbols[comparison.symbol] = Symbol(
                equity: account.equity(), drawdown: account.drawdown(),
                position: PositionChart(
                    entry: strategy.medianRun,
                    choice: strategy.hasSeveralSeeds
                        ? "the seed whose final equity is the median of \(strategy.entries.count)" : "", slug: slug
                ).draw(),
                learning: LearningChart(strategy: strategy, symbol: comparison.symbol, slug: slug).draw())
        }
        self.symbols = symbols
        folds = FoldChart.all(of: result).map { $0.draw() }
    }

    var all: [ChartFile] {
        folds
            + symbols.sorted { $0.key < $1.key }.flatMap { [$0.value.equity, $0.value.drawdown, $0.value.position] }
            + symbols.sorted { $0.key < $1.key }.compactMap(\.value.learning)
    }
}
