/// Why bars could not be made.
package enum SyntheticMarketError: Error, Equatable, CustomStringConvertible {
    /// The price left the range of prices that six decimals and a double can tell apart, at a bar.
    case priceOutOfRange(symbol: String, time: Timestamp, isTooHigh: Bool, decimals: Int)
    case tooManyBars(Int)
    case startYear(Timestamp)
    case startsAtATimeOfDay(Timestamp)
    /// Quoted, as messages shall show it.
    case notASymbol(String)
    case repeatedSymbol(String)

    package var description: String {
        switch self {
        case .priceOutOfRange(let symbol, let time, true, _):
            "The price of \(symbol) rises above 1,000,000,000 at \(time). "
                + "Set a lower price, drift or volatility, or make fewer bars."
        case .priceOutOfRange(let symbol, let time, false, let decimals):
            "The price of \(symbol) falls so low at \(time) that it is 0 when rounded to \(decimals) decimals. "
                + "Set a higher price or more decimals, a lower volatility, or make fewer bars."
        case .tooManyBars(let count):
            "Bar number \(count) lies beyond the year 9999. Make fewer bars, or start earlier."
        case .startYear(let start):
            "The start, \(start), is not in the years 1800 to 9999. Start with a year among them."
        case .startsAtATimeOfDay(let start):
            "Daily bars have no time of day, but the start is \(start). State the date alone, or choose hours or minutes."
        case .notASymbol(let quoted): "\(quoted) is not a symbol. \(Symbol.rule)"
        case .repeatedSymbol(let symbol): "The symbol \(symbol) comes twice. Name each symbol once."
        }
    }
}
