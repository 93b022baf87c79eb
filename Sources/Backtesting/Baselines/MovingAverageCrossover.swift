import Brokerage
import MarketData
import RandomNumbers

/// Holds the asset while the fast moving average of its closes lies above the slow one.
package struct MovingAverageCrossover: Strategy {
    private let fast: Int
    private let slow: Int
    private let positionSize: Double
    private let allowsShorting: Bool

    /// - Parameters:
    ///   - fast: Bars of the fast average.
    ///   - slow: Bars of the slow average, more than `fast`. Nothing is ordered before so many bars are known.
    ///   - positionSize: Fraction of equity committed.
    ///   - allowsShorting: Whether to be short, rather than in cash, below.
    package init(fast: Int, slow: Int, positionSize: Double = 1, allowsShorting: Bool = false) {
        precondition(0 < fast && fast < slow, "the fast average is over fewer bars than the slow one")
        self.fast = fast
        self.slow = slow
        self.positionSize = positionSize
        self.allowsShorting = allowsShorting
    }

    package mutating func order(at view: MarketView, account: Ledger, using stream: inout RandomStream) -> Order? {
        guard view.now + 1 >= slow else { return nil }
        let closes = view.latest(slow, .close)
        let isAbove = closes.suffix(fast).reduce(0, +) / Double(fast) > closes.reduce(0, +) / Double(slow)
        let wanted = isAbove ? positionSize : allowsShorting ? -positionSize : 0
        if account.isFlat { return wanted == 0 ? nil : Order(target: wanted) }
        // Like an agent, out first and in again at the next close.
        return (account.shares > 0) == (wanted > 0) && wanted != 0 ? nil : .close
    }
}
