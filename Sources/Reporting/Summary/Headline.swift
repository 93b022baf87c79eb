import Experiments

/// The two sentences that a reader takes home: what came out, and how sure that is.
///
/// Never more than the numbers say. Losing to buy-and-hold is said as plainly as beating it.
package struct Headline {
    /// Whether the strategy ended above or below buy-and-hold out of sample, by how much, over how many seeds.
    package let sentence: String
    /// What chance may have to do with it; several sentences.
    package let certainty: String

    package init(_ result: RunResult) {
        let comparisons = SymbolComparison.all(of: result)
        sentence = Self.sentence(comparisons)
        certainty = Certainty(comparisons, periodsPerYear: result.conventions.periodsPerYear).text
    }

    /// Symbols whose returns are spelt out; more would not be a sentence.
    private static let symbolsNamed = 4

    private static func sentence(_ comparisons: [SymbolComparison]) -> String {
        guard let first = comparisons.first else { return "Nothing was run." }
        let name = first.strategy.name
        if first.benchmark == nil { return withoutBenchmark(comparisons) }

        let compared = comparisons.filter { $0.returnDifference != nil }
        let returns = "\(over(first.strategy)) \(details(compared))"
        if compared.isEmpty { return "Out of sample, \(name) could not be compared with buy-and-hold." }
        let verdicts = compared.map(Verdict.init)
        if compared.count == 1, let verdict = verdicts.first {
            return "Out of sample, \(name) \(verdict.words) on \(compared[0].symbol): \(returns)."
        }
        return "Out of sample, \(name) \(tally(verdicts)): \(returns)."
    }

    /// `ended above buy-and-hold on 1 of 3 symbols and below it on 2`.
    private static func tally(_ verdicts: [Verdict]) -> String {
        let total = verdicts.count
        if let only = verdicts.first, verdicts.allSatisfy({ $0 == only }) {
            return "\(only.words) on \(total == 2 ? "both" : "all \(total)") symbols"
        }
        let parts = [Verdict.below, .above, .level].compactMap { verdict -> (Verdict, Int)? in
            let count = verdicts.count { $0 == verdict }
            return count > 0 ? (verdict, count) : nil
        }
        let (verdict, count) = parts[0]
        let others = parts.dropFirst().map { "\($0.0.place) it on \($0.1)" }
        return "\(verdict.words) on \(count) of \(total) symbols and \(others.joined(separator: ", "))"
    }

    private static func over(_ strategy: StrategyRuns) -> String {
        strategy.hasSeveralSeeds ? "median total return over \(strategy.entries.count) seeds" : "total return"
    }

    private static func details(_ comparisons: [SymbolComparison]) -> String {
        if comparisons.count > symbolsNamed {
            let differences = Spread(comparisons.compactMap(\.returnDifference))
            guard let differences else { return NumberText.none }
            return "differs from that of buy-and-hold by \(NumberText.points(differences.median)) points on the median"
                + " symbol (\(NumberText.points(differences.lowest)) to \(NumberText.points(differences.highest)))"
        }
        return Prose.list(
            comparisons.enumerated().map { index, comparison in
                let own = comparison.strategy.spread(of: "totalReturn").map(\.median)
                let other = comparison.benchmark?.spread(of: "totalReturn").map(\.median)
                let pair = "\(percent(own)) against \(percent(other))"
                return comparisons.count == 1 ? pair : "\(pair) on \(comparison.symbol)"
            })
    }

    /// For a run that is buy-and-hold itself.
    private static func withoutBenchmark(_ comparisons: [SymbolComparison]) -> String {
        let strategy = comparisons[0].strategy
        let returns = comparisons.prefix(symbolsNamed).map {
            "\(percent($0.strategy.spread(of: "totalReturn")?.median)) on \($0.symbol)"
        }
        let rest = comparisons.count - returns.count
        let list = Prose.list(returns + (rest > 0 ? ["more on \(rest) other symbols (see below)"] : []))
        let reason =
            strategy.name == comparisons[0].benchmarkName
            ? "it is the benchmark that others are held against" : "no benchmark was run beside it"
        return "Out of sample, \(strategy.name) had a \(over(strategy)) of \(list); \(reason)."
    }

    private static func percent(_ value: Double?) -> String {
        value.map { NumberText.signedPercent($0) } ?? NumberText.none
    }
}

/// Where a strategy ended beside buy-and-hold, judged by what is printed: a difference that rounds to 0.0 is none.
private enum Verdict {
    case above, below, level

    init(_ comparison: SymbolComparison) {
        let difference = comparison.returnDifference ?? 0
        self = abs(difference) < 0.0005 ? .level : difference > 0 ? .above : .below
    }

    var place: String {
        switch self {
        case .above: "above"
        case .below: "below"
        case .level: "level with"
        }
    }

    var words: String { self == .level ? "ended level with buy-and-hold" : "ended \(place) buy-and-hold" }
}
