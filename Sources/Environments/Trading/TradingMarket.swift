import Brokerage
import Indicators
import MarketData

/// One symbol as the environment lives through it: its quotes, and the features that observations are cut from.
package struct TradingMarket: Sendable {
    /// One for each bar of the history.
    package let quotes: [QuotedBar]
    /// Same bars; scaled on training bars.
    package let features: FeatureMatrix

    /// - Precondition: quotes and features have the same bars.
    package init(quotes: [QuotedBar], features: FeatureMatrix) {
        precondition(quotes.count == features.bars, "features and quotes cover the same bars")
        self.quotes = quotes
        self.features = features
    }
}

extension PriceHistory {
    /// The quotes of one symbol, bar by bar; NaN where the series has no such price.
    package func quotes(of symbol: Int = 0) -> [QuotedBar] {
        let open = column(.open, of: symbol)
        let high = column(.high, of: symbol)
        let low = column(.low, of: symbol)
        let close = column(.close, of: symbol)
        return close.indices.map { bar in
            let seconds = bar > 0 ? times[bar].seconds - times[bar - 1].seconds : 0
            return QuotedBar(
                open: open[bar], high: high[bar], low: low[bar], close: close[bar],
                years: Double(seconds) / (365 * 86_400))
        }
    }
}
