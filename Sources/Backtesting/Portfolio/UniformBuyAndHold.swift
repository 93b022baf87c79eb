import MarketData
import RandomNumbers

/// Buys equal parts of the assets that are there at the start, and lets them drift. Where one of them has no price at the first
/// trade, its part waits in cash until it has; the others are then brought back to the weights they had when that was decided.
package struct UniformBuyAndHold: Allocator {
    /// Of the assets that were there at the start: those that have not been bought.
    private var missing: Set<Int>?

    package init() {}

    package mutating func target(
        at view: MarketView, holding: [Double], using stream: inout RandomStream
    ) -> [Double]? {
        guard let wanted = missing else {
            let first = max(0, view.now + 1 - PortfolioRules.longestGap)
            let isThere = view.symbols.indices.map { asset in
                (first...view.now).contains { view.close(of: asset, at: $0) != nil }
            }
            let count = isThere.count { $0 }
            guard count > 0 else { return nil }
            missing = Set(isThere.indices.filter { isThere[$0] })
            return [0] + isThere.map { $0 ? 1 / Double(count) : 0 }
        }
        let still = wanted.filter { holding[$0 + 1] == 0 }
        missing = still
        guard !still.isEmpty else { return nil }
        var target = holding
        for asset in still { target[asset + 1] = holding[0] / Double(still.count) }
        target[0] = 0
        return target
    }
}
