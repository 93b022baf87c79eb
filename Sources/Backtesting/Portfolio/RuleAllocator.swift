import MarketData
import RandomNumbers

/// Trades as an allocation rule says. The rule has seen every bar since the first of the history, also those before its
/// own time.
///
/// To the rule the price of an asset without a bar stands still. What it gives to an asset that has not begun, or is gone
/// (`PortfolioRules.longestGap`), is divided among the others in proportion, and where they have nothing in equal parts; or it
/// stays in cash. An asset that only lacks a bar keeps its share: whether it can be traded shows when it comes to it.
package struct RuleAllocator: Allocator {
    private var rule: any AllocationRule
    private let keepsAbsentInCash: Bool
    /// The latest weights that the rule gave.
    private var weights: [Double]
    /// The close of each asset when it last had one; NaN before.
    private var latest: [Double]
    /// Of each asset: bars since it last had a close.
    private var gaps: [Int]
    /// Whom the latest target was for.
    private var present: [Bool] = []
    /// The first bar that the rule has not seen.
    private var next = 0

    /// - Parameter keepsAbsentInCash: Whether the share of an asset that is not there stays in cash.
    package init(_ rule: any AllocationRule, keepsAbsentInCash: Bool = false) {
        self.rule = rule
        self.keepsAbsentInCash = keepsAbsentInCash
        weights = rule.initial
        latest = [Double](repeating: .nan, count: weights.count)
        gaps = [Int](repeating: 0, count: weights.count)
    }

    package mutating func target(
        at view: MarketView, holding: [Double], using stream: inout RandomStream
    ) -> [Double]? {
        precondition(view.symbols.count == weights.count, "a rule for other assets")
        var isNew = false
        while next <= view.now {
            let relatives = relatives(of: view, at: next)
            // Nothing comes before the first bar.
            let given = next > 0 ? rule.update(with: relatives) : rule.initial
            weights = given ?? weights
            isNew = isNew || given != nil
            next += 1
        }
        let isThere = latest.indices.map { !latest[$0].isNaN && gaps[$0] < PortfolioRules.longestGap }
        let count = isThere.count { $0 }
        guard count > 0, isNew || isThere != present else { return nil }
        present = isThere
        let shares = zip(weights, isThere).map { $1 ? $0 : 0 }
        let sum = shares.reduce(0, +)
        if keepsAbsentInCash { return [1 - min(1, sum)] + shares }
        return [0]
            + zip(shares, isThere).map { share, isThere in
                sum > 0 ? share / sum : isThere ? 1 / Double(count) : 0
            }
    }

    private mutating func relatives(of view: MarketView, at bar: Int) -> [Double] {
        latest.indices.map { asset in
            guard let close = view.close(of: asset, at: bar) else {
                gaps[asset] += 1
                return 1
            }
            defer { latest[asset] = close }
            gaps[asset] = 0
            return latest[asset].isNaN ? 1 : close / latest[asset]
        }
    }
}
