import Configuration

/// The rules under which orders become fills: the same for training and backtest.
package struct TradingRules: Equatable, Sendable {
    package var costs: CostModel
    package var fill: FillRule
    /// Shares come in multiples of this; 0 is fractional.
    package var lotSize: Double
    package var allowsShorting: Bool
    /// Fractions of the average entry price; nil where not used. Each is simulated inside the bar.
    package var stopLoss: Double?
    package var takeProfit: Double?
    /// Bars a year, for fees that accrue with time.
    package var periodsPerYear: Double

    package init(
        costs: CostModel = CostModel(), fill: FillRule = .nextOpen, lotSize: Double = 0, allowsShorting: Bool = false,
        stopLoss: Double? = nil, takeProfit: Double? = nil, periodsPerYear: Double = 252
    ) {
        self.costs = costs
        self.fill = fill
        self.lotSize = lotSize
        self.allowsShorting = allowsShorting
        self.stopLoss = stopLoss
        self.takeProfit = takeProfit
        self.periodsPerYear = periodsPerYear
    }
}
