import Brokerage
import MarketData
import RandomNumbers

/// Buys at the first opportunity and never sells.
package struct BuyAndHold: Strategy {
    private let positionSize: Double

    /// - Parameter positionSize: Fraction of equity committed.
    package init(positionSize: Double = 1) { self.positionSize = positionSize }

    package mutating func order(at view: MarketView, account: Ledger, using stream: inout RandomStream) -> Order? {
        account.isFlat ? Order(target: positionSize) : nil
    }
}
