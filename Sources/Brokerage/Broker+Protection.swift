extension Broker {
    /// Executes a stop or target that the bar touches. Where it touches both, the worse is assumed.
    ///
    /// A bar that opens beyond a level is filled at its open: worse than the stop, better than the target. A bar of
    /// which only the close is known is filled there.
    ///
    /// - Returns: The fill that closed the whole position, already booked; nil where no level was touched.
    mutating func protect(in bar: QuotedBar, index: Int) -> Fill? {
        guard rules.stopLoss != nil || rules.takeProfit != nil, !ledger.isFlat else { return nil }
        // Seen from a short position, prices are mirrored: `sign` turns a loss into a fall.
        let sign = ledger.shares > 0 ? 1.0 : -1.0
        let entry = ledger.entryPrice
        let stop = rules.stopLoss.map { entry * (1 - sign * $0) }
        let target = rules.takeProfit.map { entry * (1 + sign * $0) }
        let hasRange = bar.high.isFinite && bar.low.isFinite
        let worst = hasRange ? (sign > 0 ? bar.low : bar.high) : bar.close
        let best = hasRange ? (sign > 0 ? bar.high : bar.low) : bar.close

        let price: Double
        let reason: Fill.Reason
        if let stop, bar.open.isFinite, sign * (bar.open - stop) <= 0 {
            (price, reason) = (bar.open, .stopLoss)
        } else if let target, bar.open.isFinite, sign * (bar.open - target) >= 0 {
            (price, reason) = (bar.open, .takeProfit)
        } else if let stop, sign * (worst - stop) <= 0 {
            (price, reason) = (hasRange ? stop : bar.close, .stopLoss)
        } else if let target, sign * (best - target) >= 0 {
            (price, reason) = (hasRange ? target : bar.close, .takeProfit)
        } else {
            return nil
        }
        return settle(shares: -ledger.shares, at: price, bar: index, reason: reason)
    }
}
