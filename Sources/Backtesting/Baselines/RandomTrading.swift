import Brokerage
import MarketData
import RandomNumbers

/// Enters and leaves the market at random: what a strategy that trades as often without knowing anything would get.
package struct RandomTrading: Strategy {
    private let probability: Double
    private let positionSize: Double
    private let allowsShorting: Bool

    /// - Parameters:
    ///   - probability: That a close brings an order, in `0...1`.
    ///   - positionSize: Fraction of equity committed.
    ///   - allowsShorting: Whether an entry is short every other time.
    package init(probability: Double, positionSize: Double = 1, allowsShorting: Bool = false) {
        precondition((0...1).contains(probability), "\(probability) is not a probability")
        self.probability = probability
        self.positionSize = positionSize
        self.allowsShorting = allowsShorting
    }

    package mutating func order(at view: MarketView, account: Ledger, using stream: inout RandomStream) -> Order? {
        guard stream.uniform() < probability else { return nil }
        guard account.isFlat else { return .close }
        let short = allowsShorting && stream.uniform() < 0.5
        return Order(target: short ? -positionSize : positionSize)
    }
}
