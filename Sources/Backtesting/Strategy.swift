import Brokerage
import MarketData
import RandomNumbers

/// A way of trading one asset: at each close it may give an order.
///
/// A strategy sees the market through a `MarketView`, which holds no later bar.
package protocol Strategy: Sendable {
    /// The order to give at the close of bar `view.now`; nil keeps what is held.
    ///
    /// - Parameters:
    ///   - view: The market as known at that close.
    ///   - account: As it stands at that close.
    ///   - stream: For strategies that draw random numbers.
    mutating func order(at view: MarketView, account: Ledger, using stream: inout RandomStream) -> Order?
}
