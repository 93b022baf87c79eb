import Backtesting
import Brokerage
import MarketData
import RandomNumbers
import Testing
import TraderTestSupport

/// The most that any sequence of orders earns, by trying all of them through the broker.
private func bruteForce(_ backtest: Backtest, targets: [Double?]) -> Double {
    let quotes = backtest.history.quotes()
    func best(_ broker: Broker, _ bar: Int) -> Double {
        guard bar < backtest.span.upperBound else { return broker.ledger.equity(at: quotes[bar - 1].close) }
        var most = -Double.infinity
        for target in targets {
            // What the mask of actions forbids: adding to a position.
            if let target, target != 0, !broker.ledger.isFlat { continue }
            var next = broker
            _ = next.trade(
                target.map { Order(target: $0) }, previousClose: quotes[bar - 1].close, through: quotes[bar], index: bar
            )
            most = max(most, best(next, bar + 1))
        }
        return most
    }
    return best(Broker(rules: backtest.rules, startingCash: backtest.startingCash), backtest.span.lowerBound)
}

@Test(arguments: FillRule.allCases)
func theOptimumIsThatOfAllSequencesOfOrders(fill: FillRule) throws {
    for seed in 0..<60 {
        let history = randomWalk(bars: 11, seed: UInt64(seed), volatility: 0.03)
        let backtest = Backtest(
            history: history, span: 1..<11, rules: TradingRules(fill: fill), startingCash: 1000)
        let most = bruteForce(backtest, targets: [nil, 0, 1])
        let optimum = try #require(HindsightOptimum.outcome(of: backtest).equity.last)
        // The same trades in the same order: only the rounding of sums differs.
        #expect(abs(optimum / most - 1) < 1e-12, "seed \(seed)")
    }
}

@Test(arguments: FillRule.allCases)
func withStopsAndTargetsToo(fill: FillRule) throws {
    for seed in 0..<40 {
        let history = randomWalk(bars: 10, seed: UInt64(seed), volatility: 0.04)
        let backtest = Backtest(
            history: history, span: 1..<10,
            rules: TradingRules(fill: fill, stopLoss: 0.03, takeProfit: 0.04), startingCash: 1000)
        let most = bruteForce(backtest, targets: [nil, 0, 1])
        let optimum = try #require(HindsightOptimum.outcome(of: backtest).equity.last)
        #expect(abs(optimum / most - 1) < 1e-12, "seed \(seed)")
    }
}

@Test func withShortSalesToo() throws {
    for seed in 0..<40 {
        var rules = TradingRules(allowsShorting: true)
        rules.costs.borrowBasisPointsPerYear = 100
        let history = randomWalk(bars: 9, seed: UInt64(seed), volatility: 0.03)
        let backtest = Backtest(history: history, span: 1..<9, rules: rules, startingCash: 1000)
        let most = bruteForce(backtest, targets: [nil, 0, 1, -1])
        let optimum = try #require(HindsightOptimum.outcome(of: backtest).equity.last)
        #expect(abs(optimum / most - 1) < 1e-12, "seed \(seed)")
    }
}

@Test func bothProgramsAgreeWhereBothApply() throws {
    for seed in 0..<100 {
        let history = randomWalk(bars: 60, seed: UInt64(seed))
        let market = IdealMarket(quotes: history.quotes(), span: 1..<60, rules: TradingRules())
        #expect(try market.bestTrades() == market.bestTradesWithMemory(), "seed \(seed)")
    }
}

@Test func aSquareWaveIsBoughtLowAndSoldHigh() throws {
    // Ten bars at 100, ten at 110, and so on over 60 bars: three rises, each sold at 110 except the last, which is held.
    let history = squareWave(bars: 60, halfPeriod: 10)
    let backtest = Backtest(history: history, span: 1..<60, rules: TradingRules(), startingCash: 1000)
    let outcome = try HindsightOptimum.outcome(of: backtest)
    let entry = 1.1 / 1.0008
    let exit = 1 - 0.0008
    #expect(abs(try #require(outcome.equity.last) - 1000 * (entry * exit) * (entry * exit) * entry) < 1e-6)
    #expect(outcome.fills.count == 5)
}

@Test func nobodyBeatsTheOptimum() throws {
    for seed in 0..<300 {
        var rules = TradingRules()
        if seed % 3 == 1 { rules.lotSize = 1 }
        if seed % 3 == 2 { rules.costs.minimumCommission = 1 }
        let history = randomWalk(bars: 120, seed: UInt64(seed))
        let backtest = Backtest(history: history, span: 20..<120, rules: rules, startingCash: 10_000)
        let stream = RandomKey(seed: UInt64(seed)).stream("random")
        let outcome = backtest.run(RandomTrading(probability: 0.2), using: stream)
        let optimum = try HindsightOptimum.outcome(of: backtest)
        #expect(
            try #require(outcome.equity.last) <= (try #require(optimum.equity.last)) * (1 + 1e-12), "seed \(seed)")
    }
}
