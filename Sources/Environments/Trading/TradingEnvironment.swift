import Brokerage
import Indicators
import RandomNumbers

/// Buying, holding and selling one asset over a span of bars.
///
/// At the close of each bar the agent sees an observation and acts; the broker lives through the next bar; the reward is
/// what that did to the account. An episode ends at ruin (`terminated`), or after `episodeLength` bars or with the span
/// (`truncated`).
package struct TradingEnvironment: Environment, Sendable {
    package let market: TradingMarket
    package let translator: TradingTranslator
    /// Bars whose closes may be decided at or lived through; nothing outside is touched.
    package let span: Range<Int>
    package let startingCash: Double
    private let initialReward: Reward
    private let episodeLength: Int
    var broker: Broker
    var reward: Reward
    /// The bar at whose close the agent stands.
    package internal(set) var now: Int
    var episodeEnd: Int

    /// - Parameters:
    ///   - market: Quotes and scaled features of the same bars.
    ///   - rules: How orders become fills.
    ///   - translator: What the agent sees of the account, and which order an action means.
    ///   - startingCash: In account currency, positive.
    ///   - reward: As it is at the start of every episode.
    ///   - span: At least two bars, each with a complete window of features.
    ///   - episodeLength: Steps of an episode at most; nil for the whole span.
    package init(
        market: TradingMarket, span: Range<Int>, rules: TradingRules, translator: TradingTranslator,
        startingCash: Double, reward: Reward, episodeLength: Int? = nil
    ) {
        precondition(span.count >= 2, "an episode needs a bar to decide at and one to live through")
        precondition(
            span.lowerBound >= market.features.firstUsableBar(windowLength: translator.windowLength)
                && span.upperBound <= market.quotes.count, "every bar of the span has a complete observation")
        self.market = market
        self.span = span
        self.translator = translator
        self.startingCash = startingCash
        self.initialReward = reward
        self.reward = reward
        self.episodeLength = min(episodeLength ?? span.count - 1, span.count - 1)
        broker = Broker(rules: rules, startingCash: startingCash)
        now = span.lowerBound
        episodeEnd = span.upperBound - 1
    }

    /// Starts with cash at a random bar of the span that leaves room for a whole episode.
    package mutating func reset(using stream: inout RandomStream) -> TradingObservation {
        now = span.lowerBound + stream.index(below: span.count - episodeLength)
        episodeEnd = now + episodeLength
        broker.ledger = Ledger(cash: startingCash)
        reward = initialReward
        return observation
    }

    package mutating func step(_ action: TradingAction) -> Step<TradingObservation> {
        let outcome = advance(action)
        return Step(observation: observation, reward: outcome.reward, ending: outcome.ending)
    }

    /// One time step without making an observation of where it leads.
    /// - Precondition: as for `step`.
    package mutating func advance(_ action: TradingAction) -> (reward: Float, ending: Ending) {
        let previousClose = market.quotes[now].close
        let previousEquity = broker.ledger.equity(at: previousClose)
        let order = translator.order(for: action, shares: broker.ledger.shares)
        let bar = market.quotes[now + 1]
        _ = broker.trade(order, previousClose: previousClose, through: bar, index: now + 1)
        now += 1
        let equity = broker.ledger.equity(at: bar.close)
        let value = reward(equity: equity, previous: previousEquity)
        let ending: Ending = equity <= 0 ? .terminated : now >= episodeEnd ? .truncated : .none
        return (Float(value), ending)
    }

    /// What the agent sees at the close of bar `now`.
    package var observation: TradingObservation {
        TradingObservation(
            window: market.features.window(endingAt: now, length: translator.windowLength),
            account: account, validActions: validActions)
    }

    /// The part of it that is about the account.
    package var account: AccountFeatures {
        translator.accountFeatures(of: broker.ledger, close: market.quotes[now].close, now: now)
    }

    /// What the agent may do at the close of bar `now`.
    package var validActions: ActionMask { translator.validActions(shares: broker.ledger.shares) }

    /// When its orders are filled.
    package var fill: FillRule { broker.rules.fill }

    /// In account currency, at the close of bar `now`.
    package var equity: Double { broker.ledger.equity(at: market.quotes[now].close) }
}
