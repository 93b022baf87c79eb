import Brokerage

extension TradingEnvironment {
    /// Where an episode stands: everything that the future of the account depends on, besides prices. Some hundred bytes,
    /// so that a replay buffer keeps these and not observations.
    package struct Snapshot: Sendable {
        /// The bar at whose close the agent stands.
        package var now: Int
        package var ledger: Ledger
        /// With the moments of a differential reward.
        package var reward: Reward
    }

    /// Setting it continues from there, as if the span were one episode.
    package var snapshot: Snapshot {
        get { Snapshot(now: now, ledger: broker.ledger, reward: reward) }
        set {
            now = newValue.now
            broker.ledger = newValue.ledger
            reward = newValue.reward
            episodeEnd = span.upperBound - 1
        }
    }
}

extension TradingEnvironment.Snapshot {
    /// The same moment with another position: our own trades do not move the market, so whatever the account had done
    /// before, these are states it could be in.
    ///
    /// - Parameters:
    ///   - direction: 1 for long, −1 for short, 0 for flat.
    ///   - size: Fraction of equity that the position is worth, in `0...1`.
    ///   - entryBar: When the position was opened, not later than now.
    ///   - entryPrice: At what price.
    ///   - close: The close of bar now.
    /// - Returns: A snapshot of equal equity whose position is worth `size` of it.
    package func holding(
        direction: Double, size: Double, entryBar: Int, entryPrice: Double, close: Double
    ) -> TradingEnvironment.Snapshot {
        var other = self
        let equity = ledger.equity(at: close)
        if direction == 0 {
            other.ledger = Ledger(cash: equity)
        } else {
            let value = direction * size * equity
            other.ledger = Ledger(
                cash: equity - value, shares: value / close, entryPrice: entryPrice, entryBar: entryBar)
        }
        return other
    }
}
