import Indicators
import Testing

@Test(arguments: [
    ("closeReturn", Feature.closeReturn), ("sma", .sma(period: 20)), ("sma(50)", .sma(period: 50)),
    ("macd", .macd(fast: 12, slow: 26, signal: 9)), ("macd(5)", .macd(fast: 5, slow: 26, signal: 9)),
    (" macd( 5, 35 ,5 ) ", .macd(fast: 5, slow: 35, signal: 5)), ("bollinger", .bollinger(period: 20, width: 2)),
    ("bollinger(10,1.5)", .bollinger(period: 10, width: 1.5)), ("rsi", .rsi(period: 14)), ("atr", .atr(period: 14)),
    ("adx", .adx(period: 14)), ("cci", .cci(period: 20)), ("obv", .obv(period: 20)),
    ("volatility", .volatility(period: 20)), ("ema", .ema(period: 20)),
])
func featuresAreReadAsWritten(text: String, feature: Feature) throws {
    #expect(try Feature(parsing: text) == feature)
}

@Test(arguments: manyFeatures)
func aFeatureReadsItsOwnDescription(feature: Feature) throws {
    #expect(try Feature(parsing: feature.description) == feature)
}

@Test(arguments: [
    (
        "smoothed(3)",
        "'smoothed' is not a feature; the features are openReturn, highReturn, lowReturn, closeReturn, volumeChange, sma, "
            + "ema, macd, rsi, atr, bollinger, obv, volatility, cci and adx"
    ),
    ("sma(0)", "'sma(0)': the period is '0', expected a whole number from 2 to 100000"),
    ("sma()", "'sma()': the period is '', expected a whole number from 2 to 100000"),
    ("rsi(14.5)", "'rsi(14.5)': the period is '14.5', expected a whole number from 2 to 100000"),
    ("macd(12,26,x)", "'macd(12,26,x)': the signal period is 'x', expected a whole number from 2 to 100000"),
    ("macd(26,12)", "'macd(26,12)': the fast period is 26, expected less than the slow period, 12"),
    ("bollinger(20,0)", "'bollinger(20,0)': the width is '0', expected a number above 0"),
    ("bollinger(20,nan)", "'bollinger(20,nan)': the width is 'nan', expected a number above 0"),
    ("openReturn(1)", "'openReturn(1)' has too many numbers; write openReturn"),
    ("sma(5,6)", "'sma(5,6)' has too many numbers; write sma(20)"),
    (
        "macd(12",
        "'macd(12' does not end with ')'; a feature that has commas needs quotes inside a list in square brackets"
    ),
])
func wrongFeaturesAreExplained(text: String, message: String) {
    let error = #expect(throws: FeatureError.self) { try Feature(parsing: text) }
    #expect(error?.description == message)
}
