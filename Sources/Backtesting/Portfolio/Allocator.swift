import MarketData
import RandomNumbers

/// A way of dividing wealth among assets: at each close it may say which weights it wants.
///
/// An allocator sees the market through a `MarketView`, which holds no later bar.
package protocol Allocator: Sendable {
    /// The weights wanted after the close of bar `view.now`; nil lets what is held drift.
    ///
    /// - Parameters:
    ///   - view: The market as known at that close.
    ///   - weights: What is held at that close, `[cash, assets…]` in the order of the view's symbols.
    ///   - stream: For allocators that draw random numbers.
    /// - Returns: `[cash, assets…]`, each at least 0, with sum 1. What cannot be bought or sold when it comes to it stays as
    ///   it is (`PortfolioAccount`).
    mutating func target(at view: MarketView, holding weights: [Double], using stream: inout RandomStream) -> [Double]?
}
