import Brokerage
import MarketData
import RandomNumbers

/// Lets an allocator divide an account among the assets of a history over a span of bars.
///
/// The account starts in cash at the close before the first bar of the span, where the first decision is taken. What is
/// decided at the close of bar *t* is traded at the open of bar *t + 1* (`nextOpen`), at its close (`nextClose`), or at the
/// close of *t* itself (`sameClose`), which nobody could have done.
///
/// Assets enter and leave with their data. One without a price at the moment of a trade is neither bought nor sold: what is
/// held of it keeps its value until the next price comes. After `PortfolioRules.longestGap` bars without a price it is taken as
/// gone, and sold at its last close.
package struct PortfolioBacktest: Sendable {
    package let history: PriceHistory
    /// The bars that are traded; the bar before them is the first to decide at.
    package let span: Range<Int>
    package let rules: PortfolioRules
    /// In account currency.
    package let startingCash: Double

    /// - Precondition: a bar lies before the span; with `nextOpen` every bar has an open.
    package init(history: PriceHistory, span: Range<Int>, rules: PortfolioRules, startingCash: Double) {
        precondition(span.lowerBound >= 1 && span.upperBound <= history.count, "a bar lies before the span")
        self.history = history
        self.span = span
        self.rules = rules
        self.startingCash = startingCash
    }

    /// Trades the whole span. The allocator of a ruined account is asked no more.
    ///
    /// - Parameters:
    ///   - allocator: Its copy trades; the caller's stays as it was.
    ///   - stream: For allocators that draw random numbers; the same stream gives the same outcome.
    /// - Complexity: O(*bars* × *assets*) and whatever the allocator needs.
    package func run(_ allocator: some Allocator, using stream: RandomStream) -> PortfolioOutcome {
        var allocator = allocator
        var stream = stream
        var course = PortfolioCourse(self)
        for bar in span {
            let target =
                course.account.wealth > 0
                ? allocator.target(
                    at: MarketView(history, now: bar - 1), holding: course.account.weights, using: &stream) : nil
            course.live(through: bar, target: target)
        }
        return course.outcome
    }
}

/// A portfolio on its way through the bars.
private struct PortfolioCourse {
    private(set) var account: PortfolioAccount
    private(set) var outcome: PortfolioOutcome
    private let rules: PortfolioRules
    private let opens: [[Double]]
    private let closes: [[Double]]
    /// Of each asset: the price that its value was last reckoned with; NaN before its first.
    private var latest: [Double]
    /// Of each asset: bars since it last had a price.
    private var gaps: [Int]

    init(_ backtest: PortfolioBacktest) {
        let history = backtest.history
        let assets = history.symbols.indices
        rules = backtest.rules
        closes = assets.map { history.column(.close, of: $0) }
        opens = rules.fill == .nextOpen ? assets.map { history.column(.open, of: $0) } : closes
        latest = closes.map { column in column[..<backtest.span.lowerBound].last { !$0.isNaN } ?? .nan }
        gaps = [Int](repeating: 0, count: assets.count)
        account = PortfolioAccount(cash: backtest.startingCash, assets: assets.count)
        outcome = PortfolioOutcome(span: backtest.span, account: account)
    }

    mutating func live(through bar: Int, target: [Double]?) {
        var trades: [PortfolioAccount.Rebalance] = []
        if rules.fill == .sameClose, let target { trades.append(trade(target, at: closes, bar - 1)) }
        drift(0, by: 1 + rules.cashReturn)
        if rules.fill == .nextOpen { mark(opens, bar) } else { mark(closes, bar) }
        if rules.fill != .sameClose, let target {
            trades.append(trade(target, at: rules.fill == .nextOpen ? opens : closes, bar))
        }
        if rules.fill == .nextOpen { mark(closes, bar) }
        for asset in gaps.indices {
            gaps[asset] = closes[asset][bar].isNaN ? gaps[asset] + 1 : 0
            if gaps[asset] == PortfolioRules.longestGap { trades.append(account.sell(asset + 1, cost: rules.cost)) }
        }
        outcome.record(trades, of: target, account: account)
    }

    private mutating func trade(_ target: [Double], at prices: [[Double]], _ bar: Int) -> PortfolioAccount.Rebalance {
        account.rebalance(to: target, isTradable: prices.map { !$0[bar].isNaN }, rules: rules)
    }

    /// Brings what is held to the prices of a bar, where there are any.
    private mutating func mark(_ prices: [[Double]], _ bar: Int) {
        for asset in prices.indices {
            let price = prices[asset][bar]
            guard !price.isNaN else { continue }
            if account.values[asset + 1] > 0 { drift(asset + 1, by: price / latest[asset]) }
            latest[asset] = price
        }
    }

    private mutating func drift(_ index: Int, by relative: Double) {
        outcome.gains[index] += account.values[index] * (relative - 1)
        account.drift(index, by: relative)
    }
}
