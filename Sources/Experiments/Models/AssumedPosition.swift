import Brokerage

/// What an account is taken to hold when a model is asked what it would do.
package struct AssumedPosition: Equatable, Sendable {
    package enum Direction: String, CaseIterable, Sendable {
        case flat, long, short

        var shares: Double {
            switch self {
            case .flat: 0
            case .long: 1
            case .short: -1
            }
        }
    }
    package var direction: Direction
    /// What was paid or received, without charges; nil for the last close, as if nothing had been won or lost yet.
    package var entryPrice: Double?
    /// Closes since the entry, the last one included; nil for 1, as if it had been entered within the last bar.
    package var barsHeld: Int?

    package init(_ direction: Direction = .flat, entryPrice: Double? = nil, barsHeld: Int? = nil) {
        self.direction = direction
        self.entryPrice = entryPrice
        self.barsHeld = barsHeld
    }

    /// The account at the close of bar `now`: one share, since models see no amounts.
    func ledger(close: Double, now: Int) -> Ledger {
        guard direction != .flat else { return Ledger(cash: 1) }
        return Ledger(
            cash: 0, shares: direction.shares, entryPrice: entryPrice ?? close, entryBar: now + 1 - (barsHeld ?? 1))
    }
}
