import Brokerage
import Foundation
import MarketData
import RandomNumbers

/// The most that any strategy with these actions, fills and costs could have earned on a span: known only in hindsight,
/// and therefore a bound, not a rival.
///
/// Every order commits the whole equity, shares are divisible and there is no minimum commission: loosening these can
/// only help, so no strategy under the stricter rules earns more. As for an agent, a position is entered from cash and
/// left to cash: nobody turns from long to short with one order.
///
/// Let instant *i* be the moment at which an order decided at the *i*-th decision is filled, at price pᵢ with
/// proportional cost kᵢ. Without short sales and protective orders, the best cash Cᵢ and the best number of shares Sᵢ after
/// instant *i* obey
///
///     Cᵢ = max(Cᵢ₋₁, Sᵢ₋₁·pᵢ·(1 − kᵢ))        Sᵢ = max(Sᵢ₋₁, Cᵢ₋₁ / (pᵢ·(1 + kᵢ)))
///
/// which is the dynamic program over positions V_t(p) = max over p' of ln(cost factor) + ln(1 + p'·r) + V_{t+1}(p'), run
/// forwards in O(*bars*). A short position grows by a sum and not by a factor, and a protective order depends on the
/// entry price; with either, the program goes over trades (`bestTradesWithMemory`), in O(*bars*²).
package enum HindsightOptimum {
    /// What the best orders make of the account.
    ///
    /// - Parameter backtest: The span and the rules that the bound is for.
    /// - Complexity: O(*bars*); O(*bars*²) with short sales, a stop or a target.
    /// - Throws: `CancellationError` when the surrounding task is cancelled: the longer program may take minutes.
    package static func outcome(of backtest: Backtest) throws -> BacktestOutcome {
        var ideal = backtest.rules
        ideal.lotSize = 0
        ideal.costs.minimumCommission = 0
        let market = IdealMarket(quotes: backtest.history.quotes(), span: backtest.span, rules: ideal)
        let needsMemory = ideal.allowsShorting || ideal.stopLoss != nil || ideal.takeProfit != nil
        let trades = needsMemory ? try market.bestTradesWithMemory() : market.bestTrades()
        var orders = [Order?](repeating: nil, count: backtest.span.count)
        for trade in trades {
            if let exit = trade.exit { orders[exit] = .close }
            orders[trade.entry] = Order(target: trade.direction)
        }
        return Backtest(
            history: backtest.history, span: backtest.span, rules: ideal, startingCash: backtest.startingCash
        ).run(
            Script(orders: orders, firstDecision: backtest.span.lowerBound - 1), using: RandomStream(RandomKey(seed: 0))
        )
    }

    /// A position held from the fill at instant `entry` to that at instant `exit` or, if nil, until a protective order or
    /// the end of the data closes it.
    package struct BestTrade: Equatable, Sendable {
        package var entry: Int
        package var exit: Int?
        /// 1 for long, −1 for short.
        package var direction: Double
    }
}

/// Orders known beforehand.
private struct Script: Strategy {
    let orders: [Order?]
    let firstDecision: Int

    mutating func order(at view: MarketView, account: Ledger, using stream: inout RandomStream) -> Order? {
        orders[view.now - firstDecision]
    }
}

/// The market in which the optimum is sought.
package struct IdealMarket {
    package let quotes: [QuotedBar]
    package let span: Range<Int>
    package let rules: TradingRules

    package init(quotes: [QuotedBar], span: Range<Int>, rules: TradingRules) {
        self.quotes = quotes
        self.span = span
        self.rules = rules
    }

    /// The price at which the order of decision `instant` is filled.
    func price(_ instant: Int) -> Double {
        switch rules.fill {
        case .nextOpen: quotes[span.lowerBound + instant].open
        case .nextClose: quotes[span.lowerBound + instant].close
        case .sameClose: quotes[span.lowerBound + instant - 1].close
        }
    }

    /// The best trades when a position is long or nothing, in O(*bars*).
    package func bestTrades() -> [HindsightOptimum.BestTrade] {
        // Logarithms, so that a thousand perfect trades do not overflow.
        var cash = 0.0
        var shares = -Double.infinity
        var enters = [Bool](repeating: false, count: span.count)
        var leaves = enters
        for instant in 0..<span.count {
            let price = price(instant)
            let rate = rules.costs.proportionalRate(at: price)
            let sold = shares + log(price * max(0, 1 - rate))
            let bought = cash - log(price * (1 + rate))
            leaves[instant] = sold > cash
            enters[instant] = bought > shares
            (cash, shares) = (max(cash, sold), max(shares, bought))
        }
        var holding = shares + log(quotes[span.upperBound - 1].close) > cash
        var trades: [HindsightOptimum.BestTrade] = []
        var exit: Int?
        for instant in (0..<span.count).reversed() {
            if holding, enters[instant] {
                trades.append(HindsightOptimum.BestTrade(entry: instant, exit: exit, direction: 1))
                holding = false
            } else if !holding, leaves[instant] {
                exit = instant
                holding = true
            }
        }
        return trades.reversed()
    }

    /// The best trades when what a position earns depends on how it was entered: every trade is tried, settled by the
    /// broker itself. O(*bars*²).
    ///
    /// - Throws: `CancellationError` when the surrounding task is cancelled.
    package func bestTradesWithMemory() throws -> [HindsightOptimum.BestTrade] {
        let count = span.count
        // Best logarithm of cash with which one can enter at an instant, and the trade that ended there.
        var best = [Double](repeating: -.infinity, count: count + 1)
        var last = [HindsightOptimum.BestTrade?](repeating: nil, count: count + 1)
        best[0] = 0
        for entry in 0..<count {
            try Task.checkCancellation()
            if entry > 0, best[entry - 1] > best[entry] { (best[entry], last[entry]) = (best[entry - 1], nil) }
            for direction in rules.allowsShorting ? [1.0, -1.0] : [1.0] {
                var broker = Broker(rules: rules, startingCash: 1)
                // Who leaves at an instant, or is taken out in the bar after it, may enter at the next one.
                func offer(_ cash: Double, after instant: Int, exit: Int?) {
                    guard cash > 0, best[entry] + log(cash) > best[instant + 1] else { return }
                    best[instant + 1] = best[entry] + log(cash)
                    last[instant + 1] = HindsightOptimum.BestTrade(entry: entry, exit: exit, direction: direction)
                }
                live(through: entry, with: Order(target: direction), &broker)
                var instant = entry
                while !broker.ledger.isFlat, instant + 1 < count {
                    instant += 1
                    var leaving = broker
                    live(through: instant, with: .close, &leaving)
                    offer(leaving.ledger.cash, after: instant, exit: instant)
                    live(through: instant, with: nil, &broker)
                }
                // Out by a protective order, or still in at the end.
                offer(broker.ledger.equity(at: quotes[span.lowerBound + instant].close), after: instant, exit: nil)
            }
        }
        if best[count - 1] > best[count] { (best[count], last[count]) = (best[count - 1], nil) }
        var trades: [HindsightOptimum.BestTrade] = []
        var instant = count
        while instant > 0 {
            if let trade = last[instant] {
                trades.append(trade)
                instant = trade.entry
            } else {
                instant -= 1
            }
        }
        return trades.reversed()
    }

    private func live(through instant: Int, with order: Order?, _ broker: inout Broker) {
        let bar = span.lowerBound + instant
        _ = broker.trade(order, previousClose: quotes[bar - 1].close, through: quotes[bar], index: bar)
    }
}
