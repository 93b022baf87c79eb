import Foundation
import Indicators
import MarketData
import RandomNumbers

/// Columns of a CSV file beside the tests; an empty field is NaN.
struct GoldenTable {
    private var columns: [String: [Double]] = [:]

    init(_ path: String) throws {
        let golden = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Golden")
        let text = try String(contentsOf: golden.appending(path: path), encoding: .utf8)
        let rows = text.split(separator: "\n").map { $0.split(separator: ",", omittingEmptySubsequences: false) }
        for (index, name) in (rows.first ?? []).enumerated() {
            columns[String(name)] = rows.dropFirst().map { Double($0[index]) ?? .nan }
        }
    }

    subscript(name: String) -> [Double] { columns[name] ?? [] }
}

/// A random walk with jumps, flat stretches and bars without volume.
func randomBars(seed: UInt64, count: Int) -> [Bar] {
    var stream = RandomKey(seed: seed).stream("prices")
    var close = 50.0
    return (0..<count).map { bar in
        let kind = stream.index(below: 12)
        if kind < 3 {
            return Bar(time: time(bar), open: close, high: close, low: close, close: close, volume: 0)
        }
        let open = close * exp(0.01 * stream.normal())
        close = open * exp((kind == 3 ? 0.5 : 0.02) * stream.normal())
        return Bar(
            time: time(bar), open: open, high: max(open, close) * (1 + 0.01 * stream.uniform()),
            low: min(open, close) * (1 - 0.01 * stream.uniform()), close: close,
            volume: (1e6 * stream.uniform()).rounded())
    }
}

func history(_ bars: [Bar]) -> PriceHistory { PriceHistory(symbol: "XYZ", bars: bars) }

func closes(_ values: [Double]) -> PriceHistory {
    history(values.enumerated().map { Bar(time: time($0), close: $1) })
}

func time(_ bar: Int) -> Timestamp { Timestamp(seconds: 86_400 * Int64(bar)) }

/// Every feature, with its usual periods and with short ones.
let manyFeatures: [Feature] =
    Feature.all + [
        .sma(period: 3), .ema(period: 2), .macd(fast: 2, slow: 3, signal: 2), .rsi(period: 2), .atr(period: 3),
        .bollinger(period: 2, width: 1.5), .obv(period: 4), .volatility(period: 2), .cci(period: 3), .adx(period: 2),
    ]

/// The same numbers in every bit, all NaN being one.
func same(_ a: some Sequence<Double>, _ b: some Sequence<Double>) -> Bool {
    let bits = { (value: Double) in value.isNaN ? Double.nan.bitPattern : value.bitPattern }
    return a.map(bits) == b.map(bits)
}

/// The largest difference where both have a value; infinite where only one has.
func largestDifference(_ a: [Double], _ b: [Double]) -> Double {
    guard a.count == b.count else { return .infinity }
    return zip(a, b).reduce(0) { largest, pair in
        if pair.0.isNaN && pair.1.isNaN { return largest }
        if pair.0.isNaN || pair.1.isNaN { return .infinity }
        return max(largest, abs(pair.0 - pair.1))
    }
}
