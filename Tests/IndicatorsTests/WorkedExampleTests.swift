import Foundation
import Indicators
import MarketData
import Testing

private let none = Double.nan

@Test func averagesByHand() {
    #expect(same(simpleMovingAverage(of: [1, 2, 3, 4, 5], period: 3), [none, none, 2, 3, 4]))
    // α = 1/2; the seed is (1 + 2 + 3) / 3 = 2; then 2 + 3/2 and 3.5 + 5.5/2.
    #expect(same(exponentialMovingAverage(of: [1, 2, 3, 5, 9], period: 3), [none, none, 2, 3.5, 6.25]))
}

@Test func macdOfAStraightLineIsItsSlopeTimesHalfTheDifferenceOfPeriods() {
    // An EMA follows a line (n − 1) / 2 bars late, from its seed on: the lines are 3/2 and 7/2 below, so 2 apart.
    let macd = MACD(of: (0..<12).map(Double.init), fast: 4, slow: 8, signal: 3)
    #expect(largestDifference(macd.line, [Double](repeating: none, count: 7) + [2, 2, 2, 2, 2]) < 1e-14)
    #expect(largestDifference(macd.histogram, [Double](repeating: none, count: 9) + [0, 0, 0]) < 1e-14)
}

@Test func relativeStrengthByHand() {
    // Changes +1 −1 +3: gains (1 + 0)/2 = ½, then ½ + (3 − ½)/2 = 1¾; losses ½, then ¼. 100 · 1¾ / 2 = 87.5.
    #expect(same(relativeStrengthIndex(of: [10, 11, 10, 13], period: 2), [none, none, 50, 87.5]))
    #expect(relativeStrengthIndex(of: [1, 2, 3, 4], period: 2).suffix(2) == [100, 100])
    #expect(relativeStrengthIndex(of: [4, 3, 2, 1], period: 2).suffix(2) == [0, 0])
}

@Test func trueRangeByHand() {
    // 12 − 9 = 3; max(11, 11) − min(7, 11) = 4; max(9, 8) − min(8.5, 8) = 1. Then (3 + 4)/2, and 3.5 + (1 − 3.5)/2.
    let range = averageTrueRange(high: [10, 12, 11, 9], low: [8, 9, 7, 8.5], close: [9, 11, 8, 9], period: 2)
    #expect(same(range, [none, none, 3.5, 2.25]))
}

@Test func directionalMovementByHand() {
    // Up 2 1 0 −1, down −1 1 −1 4. +DM 2 0 0 0 → averages 1, ½, ¼; −DM 0 0 0 4 → 0, 0, 2 (1 against 1 moves neither).
    // DX 100, 100, 100 · 1¾ / 2¼ = 77.8. ADX (100 + 100)/2, then 100 + (77.8 − 100)/2 = 800/9.
    let index = averageDirectionalIndex(high: [10, 12, 13, 13, 12], low: [8, 9, 8, 9, 5], period: 2)
    #expect(largestDifference(index, [none, none, none, 100, 800.0 / 9]) < 1e-13)
}

@Test func windowsByHand() {
    // Mean 2, σ = √(2/3): ½ + 1 / (4 · 0.8165) = 0.8062.
    #expect(
        largestDifference(bollingerPercentB(of: [1, 2, 3], period: 3, width: 2), [none, none, 0.806186217847897])
            < 1e-14)
    // Mean 3, mean distance (2 + 1 + 3)/3 = 2: 3 / (0.015 · 2) = 100.
    let index = commodityChannelIndex(high: [1, 2, 7], low: [1, 2, 5], close: [1, 2, 6], period: 3)
    #expect(largestDifference(index, [none, none, 100]) < 1e-12)
    // Returns ln 2 and 2 ln 2 differ by ln 2: √(2 · (ln 2 / 2)²) = ln 2 / √2.
    #expect(
        largestDifference(rollingVolatility(of: [1, 2, 8], period: 2), [none, none, log(2) / 2.0.squareRoot()]) < 1e-15)
    // +10, 0 (no change), −30 of 60 traded.
    let share = onBalanceVolumeShare(close: [10, 11, 11, 9], volume: [5, 10, 20, 30], period: 3)
    #expect(same(share, [none, none, none, -20.0 / 60]))
}

@Test func logReturnsByHand() {
    #expect(same(logReturns(of: [1, 2, 3], sincePrevious: [4, 1, 6]), [none, log(0.5), log(3)]))
    #expect(same(logReturns(of: [1, 0, -1], sincePrevious: [1, 1, 1]), [none, none, none]))
    #expect(same(logVolumeChanges(of: [0, 0, 1, none, 3, 1]), [none, 0, log(2), none, none, log(0.5)]))
}

/// 0.1 has no exact binary form, so a careless mean of it is not 0.1 and a flat window looks like it moved.
@Test func flatPricesHaveDefinedFeatures() throws {
    let bars = (0..<80).map { Bar(time: time($0), open: 0.1, high: 0.1, low: 0.1, close: 0.1, volume: 0) }
    let raw = try FeatureSet(features: Feature.all).raw(from: history(bars))
    let flat = Dictionary(uniqueKeysWithValues: zip(Feature.names, (0..<raw.features).map { raw[79, $0] }))
    #expect(flat["bollinger"] == 0.5)
    for name in Feature.names where name != "bollinger" { #expect(flat[name] == 0, "\(name)") }
}
