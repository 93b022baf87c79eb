/// What became of an order. Nothing is ever dropped without a reason.
package enum OrderOutcome: Equatable, Sendable {
    case filled(Fill)
    case ignored(Ignored)
    case rejected(Rejected)

    /// An order without effect.
    package enum Ignored: String, Equatable, Sendable {
        case alreadyAtTarget
    }

    /// An order that breaks a limit.
    package enum Rejected: Equatable, Sendable {
        /// Not even the smallest lot can be paid for, costs included. In account currency.
        case insufficientCash(needed: Double, available: Double)
        /// The order would sell short and the rules forbid it.
        case shortingNotAllowed
        /// The bar has no price to fill at.
        case noPrice
    }

    /// One word for counting in reports; nil for a fill.
    package var unfilledReason: String? {
        switch self {
        case .filled: nil
        case .ignored(let reason): reason.rawValue
        case .rejected(.insufficientCash): "insufficientCash"
        case .rejected(.shortingNotAllowed): "shortingNotAllowed"
        case .rejected(.noPrice): "noPrice"
        }
    }
}
