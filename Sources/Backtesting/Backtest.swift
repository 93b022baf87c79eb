import Brokerage
import Environments
import MarketData
import RandomNumbers

/// Lets a strategy trade a span of bars and records what became of the account.
///
/// The account starts in cash at the close before the first bar of the span, where the first decision is taken, so every
/// return that is counted lies inside the span. So does every fill, except that `sameClose` can fill the first order at the
/// very close where the account starts.
package struct Backtest: Sendable {
    package let history: PriceHistory
    /// The bars that are traded; the bar before them is the first to decide at.
    package let span: Range<Int>
    package let rules: TradingRules
    /// In account currency.
    package let startingCash: Double

    /// - Precondition: the history is of one symbol, and a bar lies before the span.
    package init(history: PriceHistory, span: Range<Int>, rules: TradingRules, startingCash: Double) {
        precondition(history.symbols.count == 1, "a backtest trades one symbol")
        precondition(span.lowerBound >= 1 && span.upperBound <= history.count, "a bar lies before the span")
        self.history = history
        self.span = span
        self.rules = rules
        self.startingCash = startingCash
    }

    /// Trades the whole span. The strategy of a ruined account is asked no more.
    ///
    /// - Parameters:
    ///   - strategy: Its copy trades; the caller's stays as it was.
    ///   - stream: For strategies that draw random numbers; the same stream gives the same outcome.
    /// - Complexity: O(*bars*) and whatever the strategy needs.
    package func run(_ strategy: some Strategy, using stream: RandomStream) -> BacktestOutcome {
        var strategy = strategy
        var stream = stream
        let quotes = history.quotes()
        var broker = Broker(rules: rules, startingCash: startingCash)
        var outcome = BacktestOutcome(span: span, startingCash: startingCash)
        for bar in span {
            let previousClose = quotes[bar - 1].close
            let before = broker.ledger
            let order =
                before.equity(at: previousClose) > 0
                ? strategy.order(at: MarketView(history, now: bar - 1), account: before, using: &stream) : nil
            let session = broker.trade(order, previousClose: previousClose, through: quotes[bar], index: bar)
            outcome.record(session, ledger: broker.ledger, before: before, close: quotes[bar].close)
        }
        return outcome
    }
}
