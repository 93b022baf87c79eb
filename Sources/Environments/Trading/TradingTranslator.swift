import Brokerage

/// Stands between the account and an agent: what the agent sees of it, what it may do, and which order an action means.
///
/// It has no state, and training and backtest use the same one, so an agent acts under the rules it learned.
package struct TradingTranslator: Equatable, Sendable {
    /// Bars in an observation, the *T* by which holding times are divided.
    package var windowLength: Int
    /// Fraction of equity an order to enter commits.
    package var positionSize: Double
    package let allowsShorting: Bool

    /// 0 for flat, 1 for long, −1 for short: the positions that an account can have.
    let directions: [Double]

    package init(windowLength: Int, positionSize: Double, allowsShorting: Bool) {
        directions = allowsShorting ? [0, 1, -1] : [0, 1]
        self.windowLength = windowLength
        self.positionSize = positionSize
        self.allowsShorting = allowsShorting
    }

    /// The account as known at `close` of bar `now`.
    package func accountFeatures(of ledger: Ledger, close: Double, now: Int) -> AccountFeatures {
        guard !ledger.isFlat else { return AccountFeatures(shares: 0, unrealisedReturn: 0, barsHeld: 0) }
        let gain = (close / ledger.entryPrice - 1) * (ledger.shares > 0 ? 1 : -1)
        return AccountFeatures(
            shares: ledger.shares, unrealisedReturn: gain,
            barsHeld: Double(now - ledger.entryBar + 1) / Double(windowLength))
    }

    /// flat → hold, buy (and sell, where shorting is allowed); long → hold, sell; short → hold, buy.
    package func validActions(shares: Double) -> ActionMask {
        if shares > 0 { return [.hold, .sell] }
        if shares < 0 { return [.hold, .buy] }
        return allowsShorting ? [.hold, .buy, .sell] : [.hold, .buy]
    }

    /// The order that an action means; holding means none.
    /// - Precondition: the action is valid for these shares.
    package func order(for action: TradingAction, shares: Double) -> Order? {
        precondition(validActions(shares: shares).contains(action), "\(action) is not valid with \(shares) shares")
        switch action {
        case .hold: return nil
        case .buy: return Order(target: shares < 0 ? 0 : positionSize)
        case .sell: return Order(target: shares > 0 ? 0 : -positionSize)
        }
    }
}
