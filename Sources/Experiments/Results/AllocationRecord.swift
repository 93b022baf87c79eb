/// What a portfolio held, and what came of it.
package struct AllocationRecord: Equatable, Sendable {
    /// The symbols, in the order of all columns below; cash stands before them.
    package var symbols: [String]
    /// `[cash, symbols…]` at each close, shape `[bars + 1]`.
    package var weights: [[Double]]
    /// What prices, and interest on cash, added to wealth before costs, in account currency: `[cash, symbols…]`.
    package var gains: [Double]
    /// Mean over the bars of 1 / Σ w² over the assets, each as a share of what is not cash: how many equal ones would be as
    /// spread; nil where there was only cash.
    package var effectiveAssets: Double?
    /// Mean share of wealth that changed hands in a bar, one side: Σ|Δw| / 2.
    package var turnoverPerBar: Double
    /// Final equity with other costs, all else as decided.
    package var costSweep: [CostSweepPoint]

    package init(
        symbols: [String], weights: [[Double]], gains: [Double], turnoverPerBar: Double, costSweep: [CostSweepPoint]
    ) {
        self.symbols = symbols
        self.weights = weights
        self.gains = gains
        self.turnoverPerBar = turnoverPerBar
        self.costSweep = costSweep
        let spreads = weights.dropFirst().compactMap { weights -> Double? in
            let invested = 1 - weights[0]
            guard invested > 1e-9 else { return nil }
            return 1 / weights.dropFirst().reduce(0) { $0 + ($1 / invested) * ($1 / invested) }
        }
        effectiveAssets = spreads.isEmpty ? nil : spreads.reduce(0, +) / Double(spreads.count)
    }
}

/// A result at another price of trading.
package struct CostSweepPoint: Codable, Equatable, Sendable {
    /// Of the value traded, each side.
    package var basisPoints: Double
    /// Total return over the test span, a fraction.
    package var totalReturn: Double

    package init(basisPoints: Double, totalReturn: Double) {
        self.basisPoints = basisPoints
        self.totalReturn = totalReturn
    }
}
