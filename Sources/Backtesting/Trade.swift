import Brokerage

/// A position from the fill that opened it to the one that closed it.
package struct Trade: Equatable, Sendable {
    package enum Exit: Equatable, Sendable {
        case order, stopLoss, takeProfit
        /// The account was worth nothing and was closed.
        case ruin
        /// Still open when the data ended; valued at the last close, without the costs of selling.
        case endOfData
    }
    package let entryBar: Int
    package let exitBar: Int
    /// The most shares held; positive for long.
    package let shares: Double
    /// Average prices, without charges.
    package let entryPrice: Double
    package let exitPrice: Double
    package let exit: Exit
    /// Charges of all its fills, and of borrowing, in account currency.
    package let costs: Double
    /// Net of costs, in account currency.
    package let profit: Double
    /// Profit over the value committed at entry, a fraction.
    package var profitShare: Double { profit / (abs(shares) * entryPrice) }
}
