import MarketData
import RandomNumbers

/// Trades as an allocation rule says. The rule has seen every bar since the first of the history, also those before its
/// own time.
///
/// To the rule the price of an asset without a bar stands still. What the rule gives such an asset is divided among the
/// others, in proportion; where they have nothing, in equal parts.
package struct RuleAllocator: Allocator {
    private var rule: any AllocationRule
    /// The latest weights that the rule gave.
    private var weights: [Double]
    /// The close of each asset when it last had one; NaN before.
    private var latest: [Double]
    /// The first bar that the rule has not seen.
    private var next = 0
    private var hasTraded = false

    package init(_ rule: any AllocationRule) {
        self.rule = rule
        weights = rule.initial
        latest = [Double](repeating: .nan, count: weights.count)
    }

    package mutating func target(
        at view: MarketView, holding: [Double], using stream: inout RandomStream
    ) -> [Double]? {
        precondition(view.symbols.count == weights.count, "a rule for other assets")
        var isNew = !hasTraded
        while next <= view.now {
            let relatives = relatives(of: view, at: next)
            // Nothing comes before the first bar.
            let given = next > 0 ? rule.update(with: relatives) : rule.initial
            weights = given ?? weights
            isNew = isNew || given != nil
            next += 1
        }
        let isThere = weights.indices.map { view.close(of: $0) != nil }
        let held = zip(weights, isThere).reduce(0) { $0 + ($1.1 ? $1.0 : 0) }
        let count = isThere.count { $0 }
        guard isNew, count > 0 else { return nil }
        hasTraded = true
        return [0]
            + zip(weights, isThere).map { weight, isThere in
                isThere ? (held > 0 ? weight / held : 1 / Double(count)) : 0
            }
    }

    private mutating func relatives(of view: MarketView, at bar: Int) -> [Double] {
        latest.indices.map { asset in
            guard let close = view.close(of: asset, at: bar) else { return 1 }
            defer { latest[asset] = close }
            return latest[asset].isNaN ? 1 : close / latest[asset]
        }
    }
}

/// Buys equal parts of what there is, once, and lets them drift: uniform buy-and-hold.
package struct UniformBuyAndHold: Allocator {
    private var hasBought = false

    package init() {}

    package mutating func target(
        at view: MarketView, holding: [Double], using stream: inout RandomStream
    ) -> [Double]? {
        let isThere = view.symbols.indices.map { view.close(of: $0) != nil }
        let count = isThere.count { $0 }
        guard !hasBought, count > 0 else { return nil }
        hasBought = true
        return [0] + isThere.map { $0 ? 1 / Double(count) : 0 }
    }
}
