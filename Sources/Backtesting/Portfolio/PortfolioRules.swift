import Brokerage

/// The rules under which a portfolio is rebalanced.
package struct PortfolioRules: Equatable, Sendable {
    package var cost: RebalancingCost
    package var fill: FillRule
    /// No asset is wanted with more than this share of wealth; what is cut off stays in cash. In `0...1`.
    package var cap: Double
    /// What cash earns in a bar, a fraction.
    package var cashReturn: Double
    /// Nothing is traded where less than this share of wealth would change hands. In `0..<1`.
    package var band: Double

    package init(
        cost: RebalancingCost, fill: FillRule = .nextOpen, cap: Double = 1, cashReturn: Double = 0, band: Double = 0
    ) {
        self.cost = cost
        self.fill = fill
        self.cap = cap
        self.cashReturn = cashReturn
        self.band = band
    }

    /// The target with no asset above the cap.
    func capped(_ target: [Double]) -> [Double] {
        guard cap < 1 else { return target }
        var target = target
        for asset in target.indices.dropFirst() where target[asset] > cap {
            target[0] += target[asset] - cap
            target[asset] = cap
        }
        return target
    }
}
