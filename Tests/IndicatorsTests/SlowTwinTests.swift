import Foundation
import Indicators
import Testing

/// Every recursive indicator against its sum written out, every window against the textbook formula.
///
/// Tolerances: prices lie between about 1 and 1000 and each number is a sum of some hundred terms, so rounding stays
/// below 1e-11 of the number's own size; 1e-9 leaves room for windows whose spread is small beside their level.
@Test(arguments: 0..<20 as Range<UInt64>)
func indicatorsAreTheirDefinitions(seed: UInt64) {
    let bars = randomBars(seed: seed, count: 120)
    let close = bars.map(\.close)
    let high = bars.compactMap(\.high)
    let low = bars.compactMap(\.low)
    let volume = bars.compactMap(\.volume)
    let tolerance = 1e-9

    for period in [2, 5, 14] {
        let ema = weighted(close, from: 0, period: period, weight: 2 / Double(period + 1))
        #expect(largestDifference(exponentialMovingAverage(of: close, period: period), ema) < tolerance)

        let moves = bars.indices.map { $0 == 0 ? 0 : close[$0] - close[$0 - 1] }
        let gains = wilder(moves.map { max($0, 0) }, period: period)
        let losses = wilder(moves.map { max(-$0, 0) }, period: period)
        let strength = zip(gains, losses).map { $0 + $1 == 0 ? 50 : 100 - 100 / (1 + $0 / $1) }
        #expect(largestDifference(relativeStrengthIndex(of: close, period: period), strength) < tolerance)

        let ranges = bars.indices.map { bar in
            bar == 0
                ? 0
                : [high[bar] - low[bar], abs(high[bar] - close[bar - 1]), abs(low[bar] - close[bar - 1])].max() ?? 0
        }
        let range = averageTrueRange(high: high, low: low, close: close, period: period)
        #expect(largestDifference(range, wilder(ranges, period: period)) < tolerance)

        let adx = averageDirectionalIndex(high: high, low: low, period: period)
        #expect(largestDifference(adx, directionalIndex(high, low, ranges: ranges, period: period)) < tolerance)

        let sma = simpleMovingAverage(of: close, period: period)
        let percentB = bollingerPercentB(of: close, period: period, width: 2)
        let volatility = rollingVolatility(of: close, period: period)
        let share = onBalanceVolumeShare(close: close, volume: volume, period: period)
        for end in period..<bars.count {
            let window = Array(close[(end - period + 1)...end])
            let mean = window.reduce(0, +) / Double(period)
            #expect(abs(sma[end] - mean) < tolerance)

            let deviation = (window.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / Double(period)).squareRoot()
            if deviation > 1e-9 {
                let (lower, upper) = (mean - 2 * deviation, mean + 2 * deviation)
                #expect(abs(percentB[end] - (close[end] - lower) / (upper - lower)) < tolerance)
            }

            let returns = (end - period + 1...end).map { log(close[$0]) - log(close[$0 - 1]) }
            let average = returns.reduce(0, +) / Double(period)
            let variance = returns.map { ($0 - average) * ($0 - average) }.reduce(0, +) / Double(period - 1)
            #expect(abs(volatility[end] - variance.squareRoot()) < tolerance)

            let pushed = (end - period + 1...end).map { volume[$0] * (moves[$0] > 0 ? 1 : moves[$0] < 0 ? -1 : 0) }
            let traded = volume[(end - period + 1)...end].reduce(0, +)
            #expect(abs(share[end] - (traded == 0 ? 0 : pushed.reduce(0, +) / traded)) < tolerance)
        }
    }
}

/// seed · (1 − w)ᵏ + Σ w (1 − w)ʲ x(t − j), the seed being the mean of `period` values beginning with `start`.
private func weighted(_ values: [Double], from start: Int, period: Int, weight: Double) -> [Double] {
    values.indices.map { bar in
        let first = start + period - 1
        guard bar >= first else { return .nan }
        let seed = values[start...first].reduce(0, +) / Double(period)
        let recent = (first..<bar).map { weight * pow(1 - weight, Double(bar - $0 - 1)) * values[$0 + 1] }
        return seed * pow(1 - weight, Double(bar - first)) + recent.reduce(0, +)
    }
}

/// Wilder's average of a column that begins with bar 1.
private func wilder(_ values: [Double], period: Int) -> [Double] {
    weighted(values, from: 1, period: period, weight: 1 / Double(period))
}

/// The book's way, through directional indicators relative to the true range.
private func directionalIndex(_ high: [Double], _ low: [Double], ranges: [Double], period: Int) -> [Double] {
    let up = high.indices.map { $0 == 0 ? 0 : high[$0] - high[$0 - 1] }
    let down = low.indices.map { $0 == 0 ? 0 : low[$0 - 1] - low[$0] }
    let plus = wilder(zip(up, down).map { $0 > $1 && $0 > 0 ? $0 : 0 }, period: period)
    let minus = wilder(zip(up, down).map { $1 > $0 && $1 > 0 ? $1 : 0 }, period: period)
    let range = wilder(ranges, period: period)
    let index = high.indices.map { bar -> Double in
        if bar < period { return 0 }
        let (rising, falling) = (100 * plus[bar] / range[bar], 100 * minus[bar] / range[bar])
        return rising + falling > 0 ? 100 * abs(rising - falling) / (rising + falling) : 0
    }
    return weighted(index, from: period, period: period, weight: 1 / Double(period))
}
