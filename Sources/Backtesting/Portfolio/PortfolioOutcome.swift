/// What became of a portfolio: a value and weights for each bar, and where they came from.
///
/// The change of wealth is the sum of the gains less the sum of the costs.
package struct PortfolioOutcome: Equatable, Sendable {
    /// The bars that were traded.
    package let span: Range<Int>
    /// In account currency at each close, shape `[bars + 1]`: index 0 is the starting cash.
    package private(set) var equity: [Double]
    /// `[cash, assets…]` at each close, shape `[bars + 1][assets + 1]`.
    package private(set) var weights: [[Double]]
    /// What was decided at the close before each bar, `[cash, assets…]`, nil where nothing was; shape `[bars]`.
    package private(set) var targets: [[Double]?] = []
    /// Value bought and sold in each bar, in account currency, shape `[bars]`.
    package private(set) var tradedValue: [Double] = []
    /// What the trades of each bar cost, in account currency, shape `[bars]`.
    package private(set) var costs: [Double] = []
    /// What prices added to wealth, in account currency, before costs: `[cash, assets…]`.
    package internal(set) var gains: [Double]
    /// How often an asset was wanted that had no price to be bought at.
    package private(set) var refused = 0

    init(span: Range<Int>, account: PortfolioAccount) {
        self.span = span
        equity = [account.wealth]
        weights = [account.weights]
        gains = [Double](repeating: 0, count: account.values.count)
    }

    mutating func record(_ trades: [PortfolioAccount.Rebalance], of target: [Double]?, account: PortfolioAccount) {
        targets.append(target)
        equity.append(account.wealth)
        weights.append(account.weights)
        tradedValue.append(trades.reduce(0) { $0 + $1.tradedValue })
        costs.append(trades.reduce(0) { $0 + $1.cost })
        refused += trades.reduce(0) { $0 + $1.refused }
    }
}
