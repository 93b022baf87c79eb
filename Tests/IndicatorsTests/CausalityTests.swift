import Indicators
import MarketData
import RandomNumbers
import Testing

private let allFeatures = FeatureSet(features: manyFeatures)

/// The features of a history, one row a bar, warm-up included.
private func rows(_ bars: [Bar]) throws -> [ArraySlice<Double>] {
    let raw = try allFeatures.raw(from: history(bars))
    return (0..<raw.bars).map { raw.values[($0 * raw.features)..<(($0 + 1) * raw.features)] }
}

/// Bit by bit: what was known at a bar is what anybody who stood there would have computed.
@Test(arguments: 0..<40 as Range<UInt64>)
func laterBarsChangeNothing(seed: UInt64) throws {
    let bars = randomBars(seed: seed, count: 160)
    let full = try rows(bars)
    var stream = RandomKey(seed: seed).stream("cuts")
    for _ in 0..<5 {
        let cut = allFeatures.warmUp + 1 + stream.index(below: 160 - allFeatures.warmUp - 1)
        let prefix = try rows(Array(bars[..<cut]))
        #expect(same(full[..<cut].joined(), prefix.joined()), "prefix of \(cut) bars")

        var changed = bars
        let others = randomBars(seed: seed + 1_000, count: 160)
        for bar in cut..<160 { changed[bar] = others[bar] }
        let other = try rows(changed)
        #expect(same(full[..<cut].joined(), other[..<cut].joined()), "bars changed from \(cut) on")
        #expect(!same(full[cut...].joined(), other[cut...].joined()) || cut == 160)
    }
}

/// A power of two changes exponents only, so even the rounding is the same.
@Test(arguments: 0..<20 as Range<UInt64>)
func pricesInOtherUnitsGiveTheSameFeatures(seed: UInt64) throws {
    let bars = randomBars(seed: seed, count: 120)
    let expected = try rows(bars).joined()
    for factor in [0x1p-12, 0.5, 4, 0x1p20] {
        let scaled = bars.map { bar in
            var bar = bar
            bar.open = bar.open.map { $0 * factor }
            bar.high = bar.high.map { $0 * factor }
            bar.low = bar.low.map { $0 * factor }
            bar.close *= factor
            return bar
        }
        #expect(try same(rows(scaled).joined(), expected))
    }
}

@Test(arguments: manyFeatures)
func theWarmUpIsAsLongAsItSays(feature: Feature) throws {
    let set = FeatureSet(features: [feature])
    let bars = randomBars(seed: 5, count: 100)
    #expect(try set.raw(from: history(bars)).firstCompleteBar == feature.warmUp)
    #expect(try set.raw(from: history(Array(bars[...feature.warmUp]))).bars == feature.warmUp + 1)
    #expect(throws: FeatureError.self) { try set.raw(from: history(Array(bars[..<feature.warmUp]))) }
}

/// Whatever lies before an absent bar is forgotten: the values after it are those of a series that starts there.
@Test(arguments: 0..<10 as Range<UInt64>)
func anAbsentBarStartsTheWarmUpAnew(seed: UInt64) {
    typealias Columns = (high: [Double], low: [Double], close: [Double], volume: [Double])
    let indicators: [(Columns) -> [Double]] = [
        { simpleMovingAverage(of: $0.close, period: 4) },
        { exponentialMovingAverage(of: $0.close, period: 4) },
        { MACD(of: $0.close, fast: 2, slow: 4, signal: 3).histogram },
        { relativeStrengthIndex(of: $0.close, period: 4) },
        { averageTrueRange(high: $0.high, low: $0.low, close: $0.close, period: 4) },
        { averageDirectionalIndex(high: $0.high, low: $0.low, period: 4) },
        { bollingerPercentB(of: $0.close, period: 4, width: 2) },
        { commodityChannelIndex(high: $0.high, low: $0.low, close: $0.close, period: 4) },
        { onBalanceVolumeShare(close: $0.close, volume: $0.volume, period: 4) },
        { rollingVolatility(of: $0.close, period: 4) },
        { logReturns(of: $0.high, sincePrevious: $0.close) },
        { logVolumeChanges(of: $0.volume) },
    ]
    func columns(_ bars: [Bar?]) -> Columns {
        func column(_ field: PriceField) -> [Double] { bars.map { $0?[field] ?? .nan } }
        return (column(.high), column(.low), column(.close), column(.volume))
    }
    let bars = randomBars(seed: seed, count: 60)
    var gap: [Bar?] = bars
    gap.insert(nil, at: 25)
    for (index, indicator) in indicators.enumerated() {
        let pieces = indicator(columns(Array(bars[..<25]))) + [.nan] + indicator(columns(Array(bars[25...])))
        #expect(same(indicator(columns(gap)), pieces), "indicator \(index)")
    }
}
