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

    /// After so many bars without a price an asset is taken as gone: longer than a month of days in which prices of a month's
    /// end have none, or a day of hours in which daily ones have none.
    package static let longestGap = 30
}
