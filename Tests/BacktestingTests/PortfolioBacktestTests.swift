import Backtesting
import Brokerage
import Foundation
import MarketData
import RandomNumbers
import Testing

/// Always the same weights, whatever is held.
private struct Fixed: Allocator {
    let weights: [Double]
    var once = false
    var isDone = false

    mutating func target(at view: MarketView, holding: [Double], using stream: inout RandomStream) -> [Double]? {
        if once && isDone { return nil }
        isDone = true
        return weights
    }
}

/// Other weights at each bar.
private struct Erratic: Allocator {
    mutating func target(at view: MarketView, holding: [Double], using stream: inout RandomStream) -> [Double]? {
        if stream.uniform() < 0.2 { return nil }
        let draws = holding.map { _ in stream.uniform() < 0.3 ? 0 : stream.uniform() }
        let total = draws.reduce(0, +)
        return total == 0 ? nil : draws.map { $0 / total }
    }
}

private func history(_ closes: [[Double?]], opens: [[Double?]]? = nil) -> PriceHistory {
    PriceHistory(
        series: closes.enumerated().map { asset, column in
            let bars = column.enumerated().compactMap { day, close in
                close.map {
                    Bar(
                        time: Timestamp(seconds: Int64(day) * 86_400), open: opens?[asset][day], high: nil, low: nil,
                        close: $0, volume: nil)
                }
            }
            return (symbol: "A\(asset)", bars: bars)
        })
}

private func randomHistory(assets: Int, bars: Int, gaps: Bool, _ stream: inout RandomStream) -> PriceHistory {
    var opens: [[Double?]] = []
    var closes: [[Double?]] = []
    for _ in 0..<assets {
        var price = 50 + 50 * stream.uniform()
        let first = gaps ? stream.index(below: bars / 3) : 0
        let last = gaps && stream.uniform() < 0.5 ? bars - 1 - stream.index(below: bars / 3) : bars - 1
        var open: [Double?] = []
        var close: [Double?] = []
        for bar in 0..<bars {
            let isMissing = bar < first || bar > last || (gaps && stream.uniform() < 0.1)
            let o = price * exp(0.05 * (stream.uniform() - 0.5))
            price = o * exp(0.1 * (stream.uniform() - 0.5))
            open.append(isMissing ? nil : o)
            close.append(isMissing ? nil : price)
        }
        // An axis without holes, and a bar at both ends.
        if opens.isEmpty {
            open = open.map { $0 ?? price }
            close = close.map { $0 ?? price }
        }
        opens.append(open)
        closes.append(close)
    }
    return history(closes, opens: opens)
}

private func rules(_ basisPoints: Double, _ fill: FillRule = .nextOpen) -> PortfolioRules {
    var costs = CostModel.none
    costs.commissionBasisPoints = basisPoints
    return PortfolioRules(cost: costs.rebalancing(.remainder), fill: fill)
}

/// Two assets at ½ each, rebalanced at every close, worked by hand without costs:
/// 1 → ½·2 + ½·1 = 1.5, then 1.5·(½·½ + ½·1) = 1.125, then 1.125·(½·2 + ½·1) = 1.6875.
@Test func constantWeightsEarnWhatHandsReckon() {
    let history = history([[1, 2, 1, 2], [1, 1, 1, 1]])
    let backtest = PortfolioBacktest(history: history, span: 1..<4, rules: rules(0, .sameClose), startingCash: 1)
    let outcome = backtest.run(Fixed(weights: [0, 0.5, 0.5]), using: RandomKey(seed: 1).stream("none"))
    #expect(outcome.equity == [1, 1.5, 1.125, 1.6875])
    #expect(outcome.weights[1] == [0, 2.0 / 3, 1.0 / 3])
}

/// The decision at a close is filled at the next open, so the night before belongs to what was held before.
@Test func theNightBelongsToTheOldWeights() {
    let history = history([[10, 12, 15], [10, 10, 10]], opens: [[10, 11, 14], [10, 10, 10]])
    let backtest = PortfolioBacktest(history: history, span: 1..<3, rules: rules(0), startingCash: 110)
    let outcome = backtest.run(Fixed(weights: [0, 1, 0], once: true), using: RandomKey(seed: 1).stream("none"))
    // 10 pieces at the open of 11: worth 120 at 12 and 150 at 15.
    #expect(outcome.equity.map { ($0 * 1e9).rounded() / 1e9 } == [110, 120, 150])
}

@Test func theCloseAfterIsTooLateForItsOwnRise() {
    let history = history([[10, 12, 15], [10, 10, 10]])
    let backtest = PortfolioBacktest(history: history, span: 1..<3, rules: rules(0, .nextClose), startingCash: 120)
    let outcome = backtest.run(Fixed(weights: [0, 1, 0], once: true), using: RandomKey(seed: 1).stream("none"))
    #expect(outcome.equity == [120, 120, 150])
}

/// One asset bought once is an account that buys and holds: both ledgers agree, costs included.
@Test(arguments: FillRule.allCases) func aPortfolioOfOneAssetIsAnAccount(fill: FillRule) {
    var stream = RandomKey(seed: 7).stream("account")
    var costs = CostModel()
    costs.commissionBasisPoints = 25
    for _ in 0..<50 {
        let history = randomHistory(assets: 1, bars: 30, gaps: false, &stream)
        let own = Backtest(
            history: history, span: 5..<30, rules: TradingRules(costs: costs, fill: fill), startingCash: 1000
        ).run(BuyAndHold(), using: RandomKey(seed: 1).stream("none"))
        let portfolio = PortfolioBacktest(
            history: history, span: 5..<30, rules: PortfolioRules(cost: costs.rebalancing(.remainder), fill: fill),
            startingCash: 1000
        ).run(Fixed(weights: [0, 1], once: true), using: RandomKey(seed: 1).stream("none"))
        for (left, right) in zip(own.equity, portfolio.equity) { #expect(abs(left - right) < 1e-9) }
    }
}

/// Over 3,000 random markets, with holes and assets that come and go: wealth is what gains and costs make of it, weights
/// are weights, and costs take.
@Test(arguments: FillRule.allCases) func wealthIsExplained(fill: FillRule) {
    var stream = RandomKey(seed: 8).stream("explained")
    for seed in 0..<1000 {
        let history = randomHistory(assets: 1 + stream.index(below: 5), bars: 24, gaps: true, &stream)
        var rules = rules(100 * stream.uniform(), fill)
        rules.cap = stream.uniform() < 0.5 ? 1 : 0.3
        rules.band = stream.uniform() < 0.5 ? 0 : 0.1
        rules.cashReturn = 1e-3
        let backtest = PortfolioBacktest(history: history, span: 3..<24, rules: rules, startingCash: 100)
        let outcome = backtest.run(Erratic(), using: RandomKey(seed: UInt64(seed)).stream("weights"))
        let end = outcome.equity[outcome.equity.count - 1]
        #expect(abs(100 + outcome.gains.reduce(0, +) - outcome.costs.reduce(0, +) - end) < 1e-9 * max(1, end))
        for weights in outcome.weights {
            #expect(weights.allSatisfy { $0 >= 0 } && abs(weights.reduce(0, +) - 1) < 1e-12)
        }
        #expect(outcome.costs.allSatisfy { $0 >= 0 })
        rules.cost = rules.cost.free
        let free = PortfolioBacktest(history: history, span: 3..<24, rules: rules, startingCash: 100)
            .run(Erratic(), using: RandomKey(seed: UInt64(seed)).stream("weights"))
        if rules.band == 0 { #expect(end <= free.equity[free.equity.count - 1] + 1e-9) }
    }
}

extension RebalancingCost {
    fileprivate var free: RebalancingCost { RebalancingCost(buying: 0, selling: 0, law: law) }
}

@Test func whatHasNoPriceIsNotTraded() {
    // The second asset has no bar on day 2: it keeps its pieces, and the rest is divided anew.
    let history = history([[10, 10, 20, 20], [10, 10, nil, 30]])
    let backtest = PortfolioBacktest(history: history, span: 1..<4, rules: rules(0, .sameClose), startingCash: 100)
    let outcome = backtest.run(Fixed(weights: [0, 0.5, 0.5]), using: RandomKey(seed: 1).stream("none"))
    // Day 2: 100 + 50. The decision there cannot touch the 50, so the 100 stay in the first. Day 3: 100 + 150.
    #expect(outcome.equity == [100, 100, 150, 250])
    // Before its first bar nothing can be bought, and its share stays in cash.
    let late = lateComer()
    #expect(late.equity == [100, 150, 150])
    #expect(late.refused == 1)
}

private func lateComer() -> PortfolioOutcome {
    let history = history([[10, 20, 20], [nil, 10, 10]])
    return PortfolioBacktest(history: history, span: 1..<3, rules: rules(0, .sameClose), startingCash: 100)
        .run(Fixed(weights: [0, 0.5, 0.5]), using: RandomKey(seed: 1).stream("none"))
}

/// Thirty bars after its last one an asset is money, less the cost of selling it, and cannot be bought any more. That there
/// is no other bar is not known before.
@Test(arguments: FillRule.allCases) func whoIsGoneIsSoldAtTheLastClose(fill: FillRule) {
    let there = [Double?](repeating: 10, count: 40)
    let gone = there.indices.map { $0 < 3 ? 10.0 : nil }
    let prices = [there, gone]
    let history = history(prices, opens: prices)
    let backtest = PortfolioBacktest(history: history, span: 1..<40, rules: rules(100, fill), startingCash: 101)
    let outcome = backtest.run(Fixed(weights: [0, 0, 1]), using: RandomKey(seed: 1).stream("none"))
    // Entering takes 1 of 101, leaving 1 % of 100. Bars 3 … 32 are thirty without a price.
    #expect(abs(outcome.equity[31] - 100) < 1e-9 && outcome.weights[31] == [0, 0, 1])
    #expect(abs(outcome.equity[32] - 99) < 1e-9 && outcome.weights[32] == [1, 0, 0])
    #expect(outcome.refused > 0)
}

/// Bars that come later change nothing that came before.
@Test(arguments: FillRule.allCases) func thePastOfAPortfolioStaysAsItWas(fill: FillRule) {
    var stream = RandomKey(seed: 9).stream("past")
    for seed in 0..<100 {
        let history = randomHistory(assets: 3, bars: 60, gaps: true, &stream)
        func outcome(_ count: Int, _ allocator: some Allocator) -> PortfolioOutcome {
            PortfolioBacktest(history: history[0..<count], span: 2..<count, rules: rules(10, fill), startingCash: 1)
                .run(allocator, using: RandomKey(seed: UInt64(seed)).stream("weights"))
        }
        let cut = 5 + stream.index(below: 50)
        let rule = RuleAllocator(MovingAverageReversion(assets: 3))
        #expect(Array(outcome(60, Erratic()).weights.prefix(cut - 1)) == outcome(cut, Erratic()).weights)
        #expect(Array(outcome(60, rule).weights.prefix(cut - 1)) == outcome(cut, rule).weights)
        let holding = UniformBuyAndHold()
        #expect(Array(outcome(60, holding).weights.prefix(cut - 1)) == outcome(cut, holding).weights)
    }
}

@Test func theCapLeavesTheRestInCash() {
    let history = history([[10, 10, 10], [10, 10, 10]])
    var capped = rules(0, .sameClose)
    capped.cap = 0.4
    let outcome = PortfolioBacktest(history: history, span: 1..<3, rules: capped, startingCash: 1)
        .run(Fixed(weights: [0, 0.9, 0.1]), using: RandomKey(seed: 1).stream("none"))
    #expect(zip(outcome.weights[2], [0.5, 0.4, 0.1]).allSatisfy { abs($0 - $1) < 1e-15 })
}

@Test func insideTheBandNothingIsTraded() {
    let history = history([[10, 10, 11, 20], [10, 10, 10, 10]])
    var banded = rules(10, .sameClose)
    banded.band = 0.05
    let outcome = PortfolioBacktest(history: history, span: 1..<4, rules: banded, startingCash: 100)
        .run(Fixed(weights: [0, 0.5, 0.5]), using: RandomKey(seed: 1).stream("none"))
    // Bought once; 11 against 10 moves the weights by 2.4 points only.
    #expect(outcome.tradedValue.map { $0 > 0 } == [true, false, false])
}
