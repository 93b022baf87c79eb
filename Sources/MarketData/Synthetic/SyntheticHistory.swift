import Foundation

/// Makes bars of a synthetic market: the same bars for the same configuration, calendar, seed and symbol, always.
///
/// Bars 0..<n of a longer history equal the history of n bars, and the bars of a symbol do not depend on which others are
/// made beside it.
package struct SyntheticHistory: Sendable {
    package let configuration: SyntheticConfiguration
    package let calendar: SyntheticCalendar
    package let seed: UInt64

    package init(configuration: SyntheticConfiguration, calendar: SyntheticCalendar, seed: UInt64) {
        self.configuration = configuration
        self.calendar = calendar
        self.seed = seed
    }

    /// The bars of several symbols on one time axis.
    /// - Precondition: the symbols are distinct, and `count` is not negative.
    package func history(of symbols: [String], count: Int) throws(SyntheticMarketError) -> PriceHistory {
        var series: [(symbol: String, bars: [Bar])] = []
        for symbol in symbols { series.append((symbol, try bars(of: symbol, count: count))) }
        return PriceHistory(series: series)
    }

    /// The bars of one symbol, each with all prices and a volume.
    /// - Precondition: `count` is not negative.
    /// - Throws: where a price leaves what can be written with `decimals`, or time leaves the calendar.
    /// - Complexity: O(`count` × `stepsPerBar`).
    package func bars(of symbol: String, count: Int) throws(SyntheticMarketError) -> [Bar] {
        precondition(count >= 0, "the number of bars is not negative")
        return try bars(of: configuration.model.market, symbol: symbol, count: count)
    }

    private func bars(
        of market: some SyntheticMarket, symbol: String, count: Int
    ) throws(SyntheticMarketError) -> [Bar] {
        if count > 0 { _ = try calendar.time(of: count - 1) }
        var path = MarketPath(market, configuration: configuration, calendar: calendar, seed: seed, symbol: symbol)
        var bars: [Bar] = []
        bars.reserveCapacity(count)
        for index in 0..<count {
            let time = try calendar.time(of: index)
            let logarithms = path.nextBar()
            // A low that can be written and a high that is not too large vouch for all four.
            let low = price(logarithms.low)
            let high = price(logarithms.high)
            guard low > 0, high <= 1e9 else {
                throw .priceOutOfRange(
                    symbol: symbol, time: time, isTooHigh: !(high <= 1e9), decimals: configuration.decimals)
            }
            bars.append(
                Bar(
                    time: time, open: price(logarithms.open), high: high, low: low, close: price(logarithms.close),
                    volume: path.nextVolume()))
        }
        return bars
    }

    /// The price to a logarithm, rounded to `decimals`: up to 10⁹ that is the double nearest to the decimal number.
    private func price(_ logarithm: Double) -> Double {
        let scale = SyntheticHistory.powersOfTen[configuration.decimals]
        return (configuration.price * exp(logarithm) * scale).rounded() / scale
    }

    private static let powersOfTen: [Double] = [1, 10, 100, 1e3, 1e4, 1e5, 1e6]
}
