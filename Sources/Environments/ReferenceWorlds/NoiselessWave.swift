import Brokerage
import Foundation
import Indicators
import MarketData
import RandomNumbers

/// A price that swings for ever, without noise, traded with costs in the `TradingEnvironment` that strategies are trained in:
/// whoever has seen a few bars knows the phase, and what can be earned is known in closed form.
///
///     close of bar b:  100·exp(0.05·sin(2π(b + 1) / 20))        each bar opens where the last one closed
///
/// A cycle has 20 bars and falls from its top at once. The best that can be done with a cost of k a side is to buy at the
/// bottom and sell at the next top, which both are fills of orders decided a bar before, so a cycle earns
///
///     2·0.05 + ln((1 − k) / (1 + k))
///
/// in log return, 0.0984 with the default costs of 8 basis points, as long as that is positive.
package struct NoiselessWave: Sendable {
    /// Bars of a cycle.
    package static let period = 20
    /// T, rows that an agent sees unless it is said otherwise.
    package static let windowLength = 10
    /// How far the log price swings up and down.
    package static let amplitude = 0.05

    package let history: PriceHistory
    package let rules: TradingRules
    package let translator: TradingTranslator
    /// One feature, the log return of the close, scaled.
    package let market: TradingMarket

    /// - Parameters:
    ///   - cycles: Cycles that can be traded; the history has one more before them, and half a one after.
    ///   - windowLength: Rows that an agent sees.
    ///   - costs: Proportional to what is traded.
    /// - Precondition: `cycles` is positive, and a window fits into a cycle.
    /// - Throws: `SyntheticMarketError` or `FeatureError`, where there are more bars than days.
    package init(cycles: Int, windowLength: Int = NoiselessWave.windowLength, costs: CostModel = CostModel()) throws {
        precondition(cycles > 0, "there is at least one cycle")
        precondition((1...NoiselessWave.period).contains(windowLength), "a window fits into a cycle")
        var wave = SineWave()
        wave.period = Double(NoiselessWave.period)
        wave.amplitude = NoiselessWave.amplitude
        var configuration = SyntheticConfiguration()
        configuration.model = .sineWave(wave)
        configuration.decimals = 6
        let calendar = try SyntheticCalendar(interval: .day, start: Timestamp(seconds: 946_857_600))
        let bars = NoiselessWave.span(0..<cycles).upperBound
        // The wave draws volumes from the seed, and nothing looks at them.
        history = try SyntheticHistory(configuration: configuration, calendar: calendar, seed: 1)
            .history(of: ["WAVE"], count: bars)
        let raw = try FeatureSet(features: [Feature(parsing: "closeReturn")]).raw(from: history)
        // Any whole cycles give the same mean and deviation.
        let features = try FeatureScaler.fit(raw, bars: NoiselessWave.period..<2 * NoiselessWave.period).apply(to: raw)
        market = TradingMarket(quotes: history.quotes(), features: features)
        rules = TradingRules(costs: costs)
        translator = TradingTranslator(windowLength: windowLength, positionSize: 1, allowsShorting: false)
    }

    /// The bars in which an environment trades some of the cycles: the first decision falls at a top, the last bar closes at
    /// the bottom after the last one, where nobody wants to be left with shares. The bound so holds whatever trading costs.
    /// A backtest, whose span begins with the bar in which the first order is filled, starts one bar later.
    package static func span(_ cycles: Range<Int>) -> Range<Int> {
        // The close of bar b stands at phase b + 1; tops have phase 5, bottoms 15. One cycle passes before, for windows.
        let top = period / 4 - 1
        return (cycles.lowerBound + 1) * period + top..<(cycles.upperBound + 1) * period + top + period / 2 + 1
    }

    /// Trades some of the cycles, which are one episode unless `episodeLength` says otherwise.
    package func environment(_ cycles: Range<Int>, episodeLength: Int? = nil) -> TradingEnvironment {
        TradingEnvironment(
            market: market, span: NoiselessWave.span(cycles), rules: rules, translator: translator,
            startingCash: 100_000, reward: Reward(.logReturn), episodeLength: episodeLength)
    }

    /// The most that so many whole cycles can earn, ln(final / starting equity).
    package func bestLogReturn(cycles: Int) -> Double {
        let rate = rules.costs.proportionalRate(at: 100)
        return Double(cycles) * max(0, 2 * NoiselessWave.amplitude + log((1 - rate) / (1 + rate)))
    }
}
