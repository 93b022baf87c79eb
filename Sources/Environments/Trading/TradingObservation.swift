import Indicators

/// What an agent knows at the close of a bar: the market's last bars, its own account, what it may do.
package struct TradingObservation: Sendable {
    /// Scaled features of the last *T* bars, shape `[T, F]`, oldest first.
    package let window: FeatureWindow
    package let account: AccountFeatures
    /// Never empty.
    package let validActions: ActionMask

    package init(window: FeatureWindow, account: AccountFeatures, validActions: ActionMask) {
        self.window = window
        self.account = account
        self.validActions = validActions
    }
}

/// The account as numbers for a network.
package struct AccountFeatures: Equatable, Sendable {
    /// How many numbers there are: flat, long, short (one of them 1), unrealised return, bars held / T.
    package static let count = 5

    package let values: SIMD8<Float>

    /// - Parameters:
    ///   - shares: Sign says long, flat or short.
    ///   - unrealisedReturn: Gain of the open position over its entry value, a fraction without charges, cut at ±1; 0 when
    ///     flat.
    ///   - barsHeld: Bars since entry over the window length; cut at 5, since nothing new happens beyond.
    package init(shares: Double, unrealisedReturn: Double, barsHeld: Double) {
        values = SIMD8(
            shares == 0 ? 1 : 0, shares > 0 ? 1 : 0, shares < 0 ? 1 : 0,
            Float(max(-1, min(1, unrealisedReturn))), Float(min(5, barsHeld)), 0, 0, 0)
    }
}
