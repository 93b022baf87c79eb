import Configuration

/// The rules under which orders become fills: the same for training and backtest.
package struct TradingRules: Equatable, Sendable {
    package var costs: CostModel
    package var fill: FillRule
    /// Shares come in multiples of this; 0 is fractional.
    package var lotSize: Double
    /// Whether an order may aim at less than nothing; otherwise it is rejected.
    package var allowsShorting: Bool
    /// Loss at which a position is closed inside the bar, a fraction of the average entry price; nil where not used.
    package var stopLoss: Double?
    /// Gain at which a position is closed inside the bar, a fraction of the average entry price; nil where not used.
    package var takeProfit: Double?

    package init(
        costs: CostModel = CostModel(), fill: FillRule = .nextOpen, lotSize: Double = 0, allowsShorting: Bool = false,
        stopLoss: Double? = nil, takeProfit: Double? = nil
    ) {
        self.costs = costs
        self.fill = fill
        self.lotSize = lotSize
        self.allowsShorting = allowsShorting
        self.stopLoss = stopLoss
        self.takeProfit = takeProfit
    }
}
