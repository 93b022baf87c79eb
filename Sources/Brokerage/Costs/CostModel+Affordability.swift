extension CostModel {
    /// The most shares that `budget` buys at `price` with all charges paid out of it.
    ///
    /// Commission is the larger of two linear functions of the shares, so the answer is the smaller of the two linear
    /// solutions. Whole lots are rounded down.
    ///
    /// - Parameters:
    ///   - budget: Account currency to be spent at most, charges included.
    ///   - price: Quoted price, positive.
    ///   - lotSize: Shares come in multiples of this; 0 is fractional.
    /// - Returns: At least 0, with `shares·price + charges ≤ budget` in floating point, too.
    package func affordableShares(budget: Double, price: Double, lotSize: Double) -> Double {
        guard budget > 0 else { return 0 }
        let friction = (spreadBasisPoints / 2 + slippageBasisPoints) * 1e-4
        let byRate = budget / (price * (1 + proportionalRate(at: price)))
        let byMinimum = (budget - minimumCommission) / (price * (1 + friction))
        let exact = minimumCommission > 0 ? min(byRate, byMinimum) : byRate
        guard exact > 0 else { return 0 }
        func spent(_ shares: Double) -> Double { shares * price + charges(shares: shares, price: price).total }
        // The quotient may be a rounding error below a whole number of lots that the budget does pay for, or above what it
        // does. A few steps of one rounding mend that; where they do not, the amounts are too small to be traded.
        var shares = lotSize > 0 ? (exact / lotSize * (1 + 4 * Double.ulpOfOne)).rounded(.down) * lotSize : exact
        for _ in 0..<8 {
            if spent(shares) <= budget { return shares }
            shares *= 1 - Double.ulpOfOne
            if lotSize > 0 { shares = (shares / lotSize).rounded(.down) * lotSize }
        }
        return 0
    }
}
