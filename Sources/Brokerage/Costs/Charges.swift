/// What trading or holding cost, in account currency, by kind.
package struct Charges: BitwiseCopyable, Equatable, Sendable {
    package var commission: Double
    package var spread: Double
    package var slippage: Double
    package var borrow: Double

    package init(commission: Double = 0, spread: Double = 0, slippage: Double = 0, borrow: Double = 0) {
        self.commission = commission
        self.spread = spread
        self.slippage = slippage
        self.borrow = borrow
    }

    package var total: Double { commission + spread + slippage + borrow }

    package static let none = Charges()

    package static func + (left: Charges, right: Charges) -> Charges {
        Charges(
            commission: left.commission + right.commission, spread: left.spread + right.spread,
            slippage: left.slippage + right.slippage, borrow: left.borrow + right.borrow)
    }

    package static func += (left: inout Charges, right: Charges) { left = left + right }
}
