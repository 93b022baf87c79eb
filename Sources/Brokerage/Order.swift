/// A wish to hold a share of the account in the asset; what comes of it is an `OrderOutcome`.
///
/// No order is a wish to keep the shares that are held, however their share of equity has drifted.
package struct Order: Equatable, Sendable {
    /// Value of the wanted position as a fraction of equity at the fill, costs of getting there included: 1 commits
    /// everything, 0 closes the position, −1 sells short as much as the account is worth.
    package var target: Double

    package init(target: Double) { self.target = target }

    package static let close = Order(target: 0)
}
