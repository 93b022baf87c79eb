import Backtesting
import Brokerage
import MarketData
import RandomNumbers
import Testing
import TraderTestSupport

@Test func buyAndHoldByHand() {
    // Opens 10, 20, 25, closes 20, 25, 40: bought at 20 with 1 % commission, 1,010 buy 50 shares.
    let history = PriceHistory(
        symbol: "HAND",
        bars: [(10.0, 20.0), (20, 25), (25, 40)].enumerated().map { index, prices in
            Bar(
                time: weekday(index), open: prices.0, high: max(prices.0, prices.1), low: min(prices.0, prices.1),
                close: prices.1)
        })
    var rules = TradingRules(costs: .none)
    rules.costs.commissionBasisPoints = 100
    let outcome = Backtest(history: history, span: 1..<3, rules: rules, startingCash: 1010)
        .run(BuyAndHold(), using: RandomKey(seed: 0).stream("none"))
    #expect(outcome.fills.count == 1)
    #expect(outcome.equity.count == 3)
    // 50 shares at 25, then at 40; 10 of commission are gone.
    for (value, expected) in zip(outcome.equity, [1010, 1250, 2000.0]) { #expect(abs(value - expected) < 1e-9) }
    for (value, expected) in zip(outcome.exposure, [0, 1, 1.0]) { #expect(abs(value - expected) < 1e-9) }
    #expect(abs(outcome.tradedValue[0] - 1000) < 1e-9 && outcome.tradedValue[1] == 0)
    #expect(abs(outcome.costs[0] - 10) < 1e-9 && outcome.costs[1] == 0)
    let trades = outcome.trades(lastClose: 40)
    #expect(trades.count == 1)
    #expect(trades[0].exit == .endOfData && trades[0].entryBar == 1 && trades[0].exitBar == 2)
    #expect(abs(trades[0].profit - 990) < 1e-9 && abs(trades[0].profitShare - 0.99) < 1e-9)
}

@Test func theCrossoverIsInTheMarketWhileTheFastAverageIsAbove() {
    // Averages over 1 and 2 bars: above after each rise. Closes 10 11 12 11 10 12.
    let history = PriceHistory(
        symbol: "CROSS",
        bars: [10.0, 11, 12, 11, 10, 12].enumerated().map { index, price in
            Bar(time: weekday(index), open: price, high: price, low: price, close: price)
        })
    let outcome = Backtest(
        history: history, span: 1..<6, rules: TradingRules(costs: .none), startingCash: 120
    ).run(MovingAverageCrossover(fast: 1, slow: 2), using: RandomKey(seed: 0).stream("none"))
    // 11 > 10.5 is seen at bar 1 and filled at bar 2; 11 < 11.5 is seen at bar 3 and filled at bar 4.
    #expect(outcome.fills.map(\.bar) == [2, 4])
    #expect(outcome.fills.map(\.shares) == [10, -10])
}

@Test(arguments: [false, true])
func theProfitsOfAllTradesAreTheChangeOfTheAccount(shorting: Bool) throws {
    for seed in 0..<1500 {
        var stream = RandomKey(seed: 3).child(seed).stream("rules")
        var costs = CostModel()
        costs.minimumCommission = stream.uniform() < 0.5 ? 0 : 1
        costs.borrowBasisPointsPerYear = 300
        let rules = TradingRules(
            costs: costs, fill: FillRule.allCases[stream.index(below: 3)], allowsShorting: shorting,
            stopLoss: stream.uniform() < 0.5 ? nil : 0.05, takeProfit: stream.uniform() < 0.5 ? nil : 0.05)
        let history = randomWalk(bars: 80, seed: UInt64(seed))
        let outcome = Backtest(history: history, span: 5..<80, rules: rules, startingCash: 10_000)
            .run(RandomTrading(probability: 0.3, allowsShorting: shorting), using: stream)
        let last = try #require(history.value(.close, of: 0, at: 79))
        let trades = outcome.trades(lastClose: last)
        let profit = trades.reduce(0) { $0 + $1.profit }
        // Some hundred roundings of about 10,000.
        #expect(abs(profit - (try #require(outcome.equity.last) - 10_000)) < 1e-8, "seed \(seed)")
        #expect(abs(outcome.costs.reduce(0, +) - outcome.charges.total) < 1e-8, "seed \(seed)")
        #expect(abs(trades.reduce(0) { $0 + $1.costs } - outcome.charges.total) < 1e-8, "seed \(seed)")
    }
}

@Test func aRuinedAccountIsClosedAndTradesNoMore() throws {
    // Sold short at 10, the price triples: the account is below zero at the close of bar 2, and closed there. That the
    // price falls again helps nobody.
    let history = PriceHistory(
        symbol: "RUIN",
        bars: [10.0, 10, 30, 5, 5, 5].enumerated().map { index, price in
            Bar(time: weekday(index), open: price, high: price, low: price, close: price)
        })
    struct AlwaysShort: Strategy {
        mutating func order(at view: MarketView, account: Ledger, using stream: inout RandomStream) -> Order? {
            account.isFlat ? Order(target: -1) : nil
        }
    }
    let backtest = Backtest(
        history: history, span: 1..<6, rules: TradingRules(costs: .none, allowsShorting: true), startingCash: 100)
    let outcome = backtest.run(AlwaysShort(), using: RandomKey(seed: 0).stream("none"))
    #expect(outcome.equity == [100, 100, -100, -100, -100, -100])
    #expect(outcome.fills.map(\.shares) == [-10, 10] && outcome.fills.map(\.bar) == [1, 2])
    #expect(outcome.trades(lastClose: 5).map(\.exit) == [.ruin])
    // Nor may the optimum go through ruin: it is long until 30, then short.
    let optimum = try HindsightOptimum.outcome(of: backtest)
    #expect(optimum.equity.allSatisfy { $0 > 0 })
}

@Test func noRuleSeesALaterBar() {
    func rules(_ seed: Int) -> [any Strategy] {
        [
            BuyAndHold(), MovingAverageCrossover(fast: 5, slow: 20),
            MovingAverageCrossover(fast: 3, slow: 10, allowsShorting: true), RandomTrading(probability: 0.2),
        ]
    }
    for seed in 0..<60 {
        var stream = RandomKey(seed: 8).child(seed).stream("cut")
        let history = randomWalk(bars: 150, seed: UInt64(seed))
        let cut = 40 + stream.index(below: 100)
        let other = changed(history, after: cut, seed: UInt64(seed))
        for strategy in rules(seed) {
            func run(_ history: PriceHistory) -> BacktestOutcome {
                Backtest(
                    history: history, span: 30..<150, rules: TradingRules(allowsShorting: true), startingCash: 1000
                ).run(strategy, using: stream)
            }
            let one = run(history)
            let two = run(other)
            let known = cut - 30 + 2
            #expect(one.equity.prefix(known) == two.equity.prefix(known), "seed \(seed), \(strategy)")
            #expect(one.fills.filter { $0.bar <= cut } == two.fills.filter { $0.bar <= cut }, "seed \(seed)")
            #expect(one.equity.suffix(10) != two.equity.suffix(10) || one.fills.isEmpty, "the change was felt")
        }
    }
}
