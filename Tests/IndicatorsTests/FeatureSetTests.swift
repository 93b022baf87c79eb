import Indicators
import MarketData
import Testing

private func message(_ features: [Feature], _ history: PriceHistory) -> String? {
    #expect(throws: FeatureError.self) { try FeatureSet(features: features).raw(from: history) }?.description
}

@Test func columnsComeInTheirOrder() throws {
    let raw = try FeatureSet(features: [.sma(period: 2), .closeReturn]).raw(from: closes([1, 1, 3]))
    #expect(raw.names == ["sma(2)", "closeReturn"])
    #expect(raw.firstCompleteBar == 1)
    #expect(raw[1, 0] == 0 && raw[1, 1] == 0)
    #expect(raw[2, 0] == 0.5)
}

@Test func theSecondSymbolIsNotTheFirst() throws {
    let both = PriceHistory(series: [
        ("A", randomBars(seed: 1, count: 80)), ("B", randomBars(seed: 2, count: 80)),
    ])
    let set = FeatureSet(features: Feature.all)
    let alone = try set.raw(from: history(randomBars(seed: 2, count: 80)))
    #expect(try same(set.raw(from: both, symbol: 1).values, alone.values))
}

@Test func closeOnlySeriesAreToldWhatTheyCanUse() {
    #expect(
        message([.openReturn, .closeReturn], closes([1, 2, 3]))
            == "openReturn needs open, which XYZ does not have; with what it has, use closeReturn, sma, ema, macd, rsi, "
            + "bollinger or volatility")
    #expect(
        message([.atr(period: 14), .obv(period: 20)], closes([1, 2, 3]))
            == "atr(14) and obv(20) need high, low and volume, which XYZ does not have; with what it has, use closeReturn, "
            + "sma, ema, macd, rsi, bollinger or volatility")
}

@Test func gapsAndImpossiblePricesAreRefused() {
    var bars = randomBars(seed: 3, count: 60)
    bars[40].volume = nil
    #expect(
        message([.closeReturn, .volumeChange], history(bars))
            == "the volume of XYZ at \(time(40)) (bar 40) is absent, but volumeChange needs one that is known at every bar "
            + "after the first; repair or remove that bar, or leave the feature out")
    bars[30].close = 0
    #expect(
        message([.closeReturn, .sma(period: 5)], history(bars))
            == "the close of XYZ at \(time(30)) (bar 30) is 0.0, but closeReturn and sma(5) need a positive price at every "
            + "bar after the first; repair or remove that bar, or leave the feature out")
}

/// A symbol that is listed later than others on the time axis has its warm-up later.
@Test func aLateStartDelaysTheWarmUp() throws {
    let early = randomBars(seed: 1, count: 60)
    let late = Array(randomBars(seed: 2, count: 60)[20...])
    let both = PriceHistory(series: [("A", early), ("B", late)])
    let raw = try FeatureSet(features: [.ema(period: 5), .volumeChange]).raw(from: both, symbol: 1)
    #expect(raw.firstCompleteBar == 24)
    let alone = try FeatureSet(features: [.ema(period: 5), .volumeChange]).raw(from: history(late))
    #expect(same(raw.values[(20 * 2)...], alone.values))
}

@Test func shortHistoriesAndEmptyListsAreRefused() {
    #expect(
        message([.closeReturn, .macd(fast: 12, slow: 26, signal: 9)], closes([Double](repeating: 1, count: 33)))
            == "macd(12,26,9) needs 34 bars for its first value, but XYZ has 33")
    #expect(
        message([], closes([1, 2]))
            == "there are no features; name at least one of openReturn, highReturn, lowReturn, closeReturn, volumeChange, "
            + "sma, ema, macd, rsi, atr, bollinger, obv, volatility, cci and adx")
}

@Test func rawFeaturesAreFiniteAfterTheWarmUp() {
    let error = #expect(throws: FeatureError.self) {
        try RawFeatures(names: ["a", "b"], columns: [[.nan, 1, 2, 3], [1, 2, .infinity, 3]])
    }
    #expect(error?.description == "b is inf at bar 2, after its first value at bar 0; look at the prices there")
    let late = #expect(throws: FeatureError.self) { try RawFeatures(names: ["a"], columns: [[.nan, .nan]]) }
    #expect(late?.description == "in 2 bars there is none at which all of a have a value; use a longer history")
}
