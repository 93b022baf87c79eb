import MarketData

extension Feature {
    /// The feature at every bar of one symbol.
    ///
    /// - Returns: Shape `[bars]`; NaN during the warm-up, and where the prices needed are absent or not positive.
    func values(in history: PriceHistory, of symbol: Int) -> [Double] {
        func column(_ field: PriceField) -> [Double] { history.column(field, of: symbol) }
        let close = column(.close)
        switch self {
        case .openReturn: return logReturns(of: column(.open), sincePrevious: close)
        case .highReturn: return logReturns(of: column(.high), sincePrevious: close)
        case .lowReturn: return logReturns(of: column(.low), sincePrevious: close)
        case .closeReturn: return logReturns(of: close, sincePrevious: close)
        case .volumeChange: return logVolumeChanges(of: column(.volume))
        case .sma(let period):
            return ratio(of: close, to: simpleMovingAverage(of: close, period: period)).map { $0 - 1 }
        case .ema(let period):
            return ratio(of: close, to: exponentialMovingAverage(of: close, period: period)).map { $0 - 1 }
        case .macd(let fast, let slow, let signal):
            return ratio(of: MACD(of: close, fast: fast, slow: slow, signal: signal).histogram, to: close)
        case .rsi(let period):
            return relativeStrengthIndex(of: close, period: period).map { $0 / 50 - 1 }
        case .atr(let period):
            let range = averageTrueRange(high: column(.high), low: column(.low), close: close, period: period)
            return ratio(of: range, to: close)
        case .bollinger(let period, let width):
            return bollingerPercentB(of: close, period: period, width: width)
        case .obv(let period):
            return onBalanceVolumeShare(close: close, volume: column(.volume), period: period)
        case .volatility(let period):
            return rollingVolatility(of: close, period: period)
        case .cci(let period):
            let index = commodityChannelIndex(high: column(.high), low: column(.low), close: close, period: period)
            return index.map { $0 / 100 }
        case .adx(let period):
            return averageDirectionalIndex(high: column(.high), low: column(.low), period: period).map { $0 / 100 }
        }
    }
}

/// NaN where the denominator is not a positive price.
private func ratio(of values: [Double], to prices: [Double]) -> [Double] {
    zip(values, prices).map { value, price in price > 0 ? value / price : .nan }
}
