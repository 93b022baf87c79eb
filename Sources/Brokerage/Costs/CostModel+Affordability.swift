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
        guard exact > 0, exact.isFinite else { return 0 }
        func spent(_ shares: Double) -> Double { shares * price + charges(shares: shares, price: price).total }
        // A quotient that is a rounding error below a whole number of lots means that number.
        func whole(_ shares: Double) -> Double {
            lotSize > 0 ? (shares / lotSize * (1 + 4 * Double.ulpOfOne)).rounded(.down) * lotSize : shares
        }
        var candidate = whole(exact)
        // Rounding may have made it one step too much, of a lot or of what budget and shares can resolve; steps that grow
        // reach an end however small or large the amounts.
        var step = max(lotSize, exact.ulp, budget.ulp / price)
        while candidate > 0, spent(candidate) > budget {
            candidate = whole(candidate - step)
            step *= 2
        }
        return max(0, candidate)
    }
}
