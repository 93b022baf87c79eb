import MarketData

/// A column of numbers computed from prices, for a policy to look at.
///
/// Every feature is *causal*: its value at a bar depends on that bar and earlier ones only. And it is *scale-free*:
/// multiplying all prices by a constant leaves it as it was. In strategy files a feature is written as its
/// `description`, such as `rsi(14)`; numbers left out take the values shown here.
package enum Feature: Hashable, Sendable {
    /// `openReturn`: ln(open / previous close).
    case openReturn
    /// `highReturn`: ln(high / previous close).
    case highReturn
    /// `lowReturn`: ln(low / previous close).
    case lowReturn
    /// `closeReturn`: ln(close / previous close).
    case closeReturn
    /// `volumeChange`: ln((volume + 1) / (previous volume + 1)).
    case volumeChange
    /// `sma(20)`: close / simple moving average − 1.
    case sma(period: Int)
    /// `ema(20)`: close / exponential moving average − 1.
    case ema(period: Int)
    /// `macd(12,26,9)`: MACD histogram / close.
    case macd(fast: Int, slow: Int, signal: Int)
    /// `rsi(14)`: relative strength index, moved to −1…1.
    case rsi(period: Int)
    /// `atr(14)`: average true range / close.
    case atr(period: Int)
    /// `bollinger(20,2)`: %b, 0 on the lower and 1 on the upper band, which lie `width` deviations from the mean.
    case bollinger(period: Int, width: Double)
    /// `obv(20)`: change of on-balance volume over the period / volume of the period, in −1…1.
    case obv(period: Int)
    /// `volatility(20)`: sample deviation of the log returns, per bar.
    case volatility(period: Int)
    /// `cci(20)`: commodity channel index / 100.
    case cci(period: Int)
    /// `adx(14)`: average directional index / 100, in 0…1.
    case adx(period: Int)

    /// How many bars pass before the first one that has a value.
    package var warmUp: Int {
        switch self {
        case .openReturn, .highReturn, .lowReturn, .closeReturn, .volumeChange: 1
        case .sma(let period), .ema(let period), .bollinger(let period, _), .cci(let period): period - 1
        case .rsi(let period), .atr(let period), .obv(let period), .volatility(let period): period
        case .macd(_, let slow, let signal): slow + signal - 2
        case .adx(let period): 2 * period - 1
        }
    }

    /// The columns of a price history that the feature is computed from.
    package var requiredFields: [PriceField] {
        switch self {
        case .openReturn: [.open, .close]
        case .highReturn: [.high, .close]
        case .lowReturn: [.low, .close]
        case .volumeChange: [.volume]
        case .closeReturn, .sma, .ema, .macd, .rsi, .bollinger, .volatility: [.close]
        case .atr, .cci: [.high, .low, .close]
        case .obv: [.close, .volume]
        case .adx: [.high, .low]
        }
    }
}

extension Feature: CustomStringConvertible {
    /// As written in a strategy file, with every number.
    package var description: String {
        switch self {
        case .openReturn: "openReturn"
        case .highReturn: "highReturn"
        case .lowReturn: "lowReturn"
        case .closeReturn: "closeReturn"
        case .volumeChange: "volumeChange"
        case .sma(let period): "sma(\(period))"
        case .ema(let period): "ema(\(period))"
        case .macd(let fast, let slow, let signal): "macd(\(fast),\(slow),\(signal))"
        case .rsi(let period): "rsi(\(period))"
        case .atr(let period): "atr(\(period))"
        case .bollinger(let period, let width): "bollinger(\(period),\(FeatureSyntax.text(of: width)))"
        case .obv(let period): "obv(\(period))"
        case .volatility(let period): "volatility(\(period))"
        case .cci(let period): "cci(\(period))"
        case .adx(let period): "adx(\(period))"
        }
    }
}
