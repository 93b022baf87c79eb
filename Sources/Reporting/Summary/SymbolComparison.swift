import Experiments

/// Everything that was run on one symbol, or on a portfolio, sorted by the part it plays in a report.
struct SymbolComparison {
    /// The symbol, or `a portfolio of 5 symbols`.
    let symbol: String
    /// What it is called in the names of files.
    let fileName: String
    /// The baseline that others are held against.
    let benchmarkName: String
    /// What the run is about.
    let strategy: StrategyRuns
    /// What else was run, buy-and-hold first, in the order of the result after that.
    let baselines: [StrategyRuns]
    let bound: StrategyRuns?

    /// Buy-and-hold, unless that is the strategy itself.
    var benchmark: StrategyRuns? { baselines.first { $0.name == benchmarkName } }

    /// Strategy, baselines, bound: the columns of a table.
    var all: [StrategyRuns] { [strategy] + baselines + (bound.map { [$0] } ?? []) }

    /// Strategy's median total return less that of buy-and-hold; nil where one has no value.
    var returnDifference: Double? {
        guard let own = strategy.spread(of: "totalReturn"), let other = benchmark?.spread(of: "totalReturn") else {
            return nil
        }
        return own.median - other.median
    }

    /// One comparison for each symbol that the strategy was run on, in the order of the data.
    static func all(of result: RunResult) -> [SymbolComparison] {
        let name = result.entries.contains { $0.name == result.strategy } ? result.strategy : result.entries.first?.name
        let known = result.entries.reduce(into: result.data.symbols.map(Optional.some)) { symbols, entry in
            if !symbols.contains(entry.symbol) { symbols.append(entry.symbol) }
        }
        return known.compactMap { symbol in
            let runs = grouped(result.entries.filter { $0.symbol == symbol })
            guard let strategy = runs.first(where: { $0.name == name }) else { return nil }
            let baselines = runs.filter { $0.name != name && $0.kind != .bound }
            return SymbolComparison(
                symbol: symbol ?? "a portfolio of \(Prose.count(result.data.symbols.count, "symbol"))",
                fileName: symbol ?? "portfolio", benchmarkName: result.benchmark, strategy: strategy,
                baselines: baselines.filter { $0.name == result.benchmark }
                    + baselines.filter { $0.name != result.benchmark },
                bound: runs.first { $0.kind == .bound && $0.name != name })
        }
    }

    /// Runs by name, in order of appearance. The same name and seed again, as where the strategy is a baseline itself,
    /// counts once.
    private static func grouped(_ entries: [ResultEntry]) -> [StrategyRuns] {
        var names: [String] = []
        var groups: [String: [ResultEntry]] = [:]
        for entry in entries {
            if groups[entry.name] == nil { names.append(entry.name) }
            if groups[entry.name, default: []].contains(where: { $0.seed == entry.seed }) { continue }
            groups[entry.name, default: []].append(entry)
        }
        return names.compactMap { groups[$0].map(StrategyRuns.init) }
    }
}
