import Experiments
import Statistics

/// How much of a difference to buy-and-hold may be chance, in plain words.
///
/// Two kinds of chance are kept apart: which bars happened to come (the bootstrap of the median seed) and which random
/// numbers the training drew (the spread over seeds).
struct Certainty {
    let text: String

    /// Below this p-value chance alone is called implausible.
    static let significance = 0.05

    init(_ comparisons: [SymbolComparison], periodsPerYear: Double) {
        guard let first = comparisons.first, first.benchmark != nil else {
            text = ""
            return
        }
        let sentences =
            comparisons.count == 1
            ? [Self.bars(first), Self.seeds(first)]
            : [Self.bars(comparisons), Self.seeds(comparisons)]
        text = (sentences + [Self.length(comparisons, periodsPerYear: periodsPerYear)])
            .compactMap { $0 }.joined(separator: " ")
    }

    // MARK: One symbol

    private static func bars(_ comparison: SymbolComparison) -> String? {
        guard let difference = comparison.strategy.medianRun.difference else { return unmeasured([comparison]) }
        let whose = comparison.strategy.medianSeed.map { ", \($0)" } ?? ""
        let numbers =
            "(\(NumberText.pValue(difference.pValue)); 95 % interval of the difference in annual log return "
            + "\(NumberText.signedPercent(difference.lower)) to \(NumberText.signedPercent(difference.upper))\(whose))"
        return difference.pValue < significance
            ? "Chance alone would seldom make such a difference \(numbers)."
            : "Chance alone could \(difference.pValue < 0.2 ? "" : "well ")have made this difference \(numbers)."
    }

    private static func seeds(_ comparison: SymbolComparison) -> String? {
        let strategy = comparison.strategy
        guard strategy.kind == .learned else { return nil }
        guard strategy.hasSeveralSeeds else { return onlyOneSeed }
        guard let spread = strategy.spread(of: "totalReturn"),
            let benchmark = comparison.benchmark?.spread(of: "totalReturn")?.median
        else { return nil }
        let above = strategy.entries.count { ($0.number("totalReturn") ?? -.infinity) > benchmark }
        let share = above == 0 ? "none" : above == strategy.entries.count ? "all" : "\(above)"
        return "The \(strategy.entries.count) seeds ended between \(NumberText.signedPercent(spread.lowest)) and "
            + "\(NumberText.signedPercent(spread.highest)), \(share) of them above buy-and-hold."
    }

    // MARK: Several symbols

    private static func bars(_ comparisons: [SymbolComparison]) -> String? {
        let differences = comparisons.compactMap { $0.strategy.medianRun.difference }
        guard !differences.isEmpty else { return unmeasured(comparisons) }
        let clear = differences.filter { $0.pValue < significance }
        let strategy = comparisons[0].strategy
        let whose =
            !strategy.hasSeveralSeeds
            ? "" : strategy.hasMiddleSeed ? " for the median seed" : " for the lower of the two middle seeds"
        guard !clear.isEmpty else {
            return "Chance alone could have made these differences: on no symbol is p below 0.05\(whose)."
        }
        let better = clear.count { $0.annualLogReturn > 0 }
        return "On \(clear.count) of \(differences.count) symbols chance alone would seldom make such a difference "
            + "(p below 0.05\(whose); \(better) in favour of the strategy, \(clear.count - better) against it); "
            + "of every 20 symbols one is to be expected by chance."
    }

    private static func seeds(_ comparisons: [SymbolComparison]) -> String? {
        guard comparisons[0].strategy.kind == .learned else { return nil }
        guard comparisons[0].strategy.hasSeveralSeeds else { return onlyOneSeed }
        let undecided = comparisons.count { comparison in
            guard let spread = comparison.strategy.spread(of: "totalReturn"),
                let benchmark = comparison.benchmark?.spread(of: "totalReturn")?.median
            else { return false }
            return spread.lowest < benchmark && benchmark < spread.highest
        }
        return undecided == 0
            ? "On every symbol all seeds ended on the same side of buy-and-hold."
            : "On \(undecided) of \(comparisons.count) symbols some seeds ended above buy-and-hold and some below."
    }

    // MARK: Both

    private static let onlyOneSeed =
        "Only one seed was run, so how much the luck of training matters is not known; five are a better start."

    /// Where there are too few bars, their number says why.
    private static func unmeasured(_ comparisons: [SymbolComparison]) -> String? {
        bars(of: comparisons) < leastBootstrapValues ? nil : "How much of the difference is chance was not measured."
    }

    /// The fewest unseen bars of a symbol.
    private static func bars(of comparisons: [SymbolComparison]) -> Int {
        max(0, comparisons.map { $0.strategy.entries[0].times.count - 1 }.min() ?? 0)
    }

    private static func length(_ comparisons: [SymbolComparison], periodsPerYear: Double) -> String? {
        let bars = bars(of: comparisons)
        let isShort = Double(bars) < periodsPerYear
        guard isShort || bars < leastBootstrapValues else { return nil }
        return
            "\(Prose.count(bars, "unseen bar"))\(isShort ? ", less than a year," : "") are too few to tell skill from luck"
            + (bars < leastBootstrapValues ? "; below \(leastBootstrapValues) bars no p is given." : ".")
    }
}
