import Indicators
import Testing

/// The first 600 daily bars of AAPL against TA-Lib, ta and pandas (Tests/Golden/indicators).
struct GoldenTests {
    let table: GoldenTable
    var open: [Double] { table["open"] }
    var high: [Double] { table["high"] }
    var low: [Double] { table["low"] }
    var close: [Double] { table["close"] }
    var volume: [Double] { table["volume"] }

    init() throws { table = try GoldenTable("indicators/aapl.csv") }

    /// One or two roundings on each side of numbers below 3: log1p against log, mean against running sum.
    @Test func returnsAndMovingAverages() {
        let tolerance = 1e-13
        #expect(close.count == 600)
        #expect(largestDifference(logReturns(of: open, sincePrevious: close), table["openReturn"]) < tolerance)
        #expect(largestDifference(logReturns(of: high, sincePrevious: close), table["highReturn"]) < tolerance)
        #expect(largestDifference(logReturns(of: low, sincePrevious: close), table["lowReturn"]) < tolerance)
        #expect(largestDifference(logReturns(of: close, sincePrevious: close), table["closeReturn"]) < tolerance)
        #expect(largestDifference(logVolumeChanges(of: volume), table["volumeChange"]) < tolerance)
        #expect(largestDifference(simpleMovingAverage(of: close, period: 20), table["sma20"]) < tolerance)
        #expect(largestDifference(exponentialMovingAverage(of: close, period: 20), table["ema20"]) < tolerance)
    }

    /// RSI and CCI run to the hundreds, so rounding shows in the 13th decimal. ta and pandas update their windows' sums
    /// from bar to bar, which costs %b two more digits where the spread is small beside the price.
    @Test func rangesAndOscillators() {
        #expect(largestDifference(relativeStrengthIndex(of: close, period: 14), table["rsi14"]) < 1e-12)
        #expect(
            largestDifference(averageTrueRange(high: high, low: low, close: close, period: 14), table["atr14"]) < 1e-13)
        #expect(largestDifference(bollingerPercentB(of: close, period: 20, width: 2), table["percentB20"]) < 1e-11)
        #expect(largestDifference(rollingVolatility(of: close, period: 20), table["volatility20"]) < 1e-13)
        #expect(
            largestDifference(
                commodityChannelIndex(high: high, low: low, close: close, period: 20), table["cci20"]) < 1e-10)
    }

    /// Volumes are whole numbers, so both sides are exact up to the division.
    @Test func onBalanceVolume() {
        let level = table["obv"]
        let expected = close.indices.map { bar in
            bar < 20 ? Double.nan : (level[bar] - level[bar - 20]) / volume[(bar - 19)...bar].reduce(0, +)
        }
        #expect(largestDifference(onBalanceVolumeShare(close: close, volume: volume, period: 20), expected) < 1e-15)
    }

    /// TA-Lib starts its fast average at the slow one's first bar, and shows the line only where the signal exists. What
    /// that changes is forgotten by (11/13)ᵏ and, in the signal, k·(8/10)ᵏ: below 1e-13 after 200 bars.
    @Test func macd() {
        let macd = MACD(of: close, fast: 12, slow: 26, signal: 9)
        #expect(macd.line.firstIndex { !$0.isNaN } == 25)
        #expect(macd.histogram.firstIndex { !$0.isNaN } == table["macdHistogram"].firstIndex { !$0.isNaN })
        #expect(largestDifference(late(macd.line, 240), late(table["macdLine"], 240)) < 1e-12)
        #expect(largestDifference(late(macd.signal, 240), late(table["macdSignal"], 240)) < 1e-12)
        #expect(largestDifference(late(macd.histogram, 240), late(table["macdHistogram"], 240)) < 1e-12)
    }

    /// TA-Lib seeds the directional movements with 13 values instead of 14. Forgotten by k·(13/14)ᵏ, twice averaged:
    /// 1e-12 of the difference between the seeds after 450 bars.
    @Test func averageDirectionalMovement() {
        let index = averageDirectionalIndex(high: high, low: low, period: 14)
        #expect(index.firstIndex { !$0.isNaN } == table["adx14"].firstIndex { !$0.isNaN })
        #expect(largestDifference(late(index, 450), late(table["adx14"], 450)) < 1e-11)
        // One value in fourteen is another, so the numbers are close from the start.
        #expect(largestDifference(index, table["adx14"]) < 1)
    }

    private func late(_ values: [Double], _ start: Int) -> [Double] { Array(values[start...]) }
}
