/// A trade that took place.
package struct Fill: Equatable, Sendable {
    /// Why the trade took place.
    package enum Reason: Equatable, Sendable {
        case order
        /// The protective stop was touched inside the bar.
        case stopLoss
        /// The profit target was touched inside the bar.
        case takeProfit
        /// The account was worth nothing at the close: it is closed there and then.
        case ruin
    }
    /// The bar in which the trade took place.
    package var bar: Int
    /// Bought when positive, sold when negative.
    package var shares: Double
    /// The quoted price. Spread and slippage are charges beside it, not part of it.
    package var price: Double
    package var charges: Charges
    package var reason: Reason

    package init(bar: Int, shares: Double, price: Double, charges: Charges, reason: Reason) {
        self.bar = bar
        self.shares = shares
        self.price = price
        self.charges = charges
        self.reason = reason
    }

    /// Absolute value of what changed hands, in account currency.
    package var tradedValue: Double { abs(shares) * price }
}
