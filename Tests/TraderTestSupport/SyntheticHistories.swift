import Foundation
import MarketData
import RandomNumbers

/// A random walk with opens, ranges and volume: noise that nobody can predict.
package func randomWalk(
    symbol: String = "WALK", bars: Int, seed: UInt64, volatility: Double = 0.02, drift: Double = 0
) -> PriceHistory {
    var stream = RandomKey(seed: seed).stream("walk")
    var close = 100.0
    return PriceHistory(
        symbol: symbol,
        bars: (0..<bars).map { index in
            let open = close * exp(volatility / 3 * stream.normal())
            close = open * exp(drift + volatility * stream.normal())
            let high = max(open, close) * (1 + volatility / 2 * stream.uniform())
            let low = min(open, close) * (1 - volatility / 2 * stream.uniform())
            return Bar(
                time: weekday(index), open: open, high: high, low: low, close: close,
                volume: 1000 + (9000 * stream.uniform()).rounded())
        })
}

/// A price that stands at `low`, then as long at `high`, and so on: its turns are certain, and known from the last half
/// period. Each bar opens where it closes, so a buyer has to decide one bar before the rise.
package func squareWave(
    symbol: String = "WAVE", bars: Int, halfPeriod: Int, low: Double = 100, high: Double = 110
) -> PriceHistory {
    PriceHistory(
        symbol: symbol,
        bars: (0..<bars).map { index in
            let price = index / halfPeriod % 2 == 0 ? low : high
            return Bar(time: weekday(index), open: price, high: price, low: price, close: price, volume: 1000)
        })
}

/// The same history up to and including `bar`, and another one after it.
package func changed(_ history: PriceHistory, after bar: Int, seed: UInt64) -> PriceHistory {
    var stream = RandomKey(seed: seed).stream("change")
    return PriceHistory(
        series: history.symbols.indices.map { symbol in
            (
                history.symbols[symbol],
                (0..<history.count).compactMap { index in
                    history.bar(of: symbol, at: index).map { old in
                        guard index > bar else { return old }
                        let factor = 0.5 + stream.uniform()
                        return Bar(
                            time: old.time, open: old.open.map { $0 * factor },
                            high: old.high.map { $0 * factor * 1.2 },
                            low: old.low.map { $0 * factor * 0.8 },
                            close: old.close * factor * (0.9 + 0.2 * stream.uniform()),
                            volume: old.volume.map { $0 * 2 })
                    }
                }
            )
        })
}

/// Midnight of the weekday `index` weekdays after Monday, 3 January 2000.
package func weekday(_ index: Int) -> Timestamp {
    Timestamp(seconds: 946_857_600 + Int64(index / 5 * 7 + index % 5) * 86_400)
}
