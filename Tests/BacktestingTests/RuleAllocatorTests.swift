import Backtesting
import Brokerage
import MarketData
import RandomNumbers
import Testing

private func history(_ columns: [[Double?]]) -> PriceHistory {
    PriceHistory(
        series: columns.enumerated().map { asset, column in
            let bars = column.enumerated().compactMap { day, price in
                price.map {
                    Bar(
                        time: Timestamp(seconds: Int64(day) * 86_400), open: $0, high: nil, low: nil, close: $0,
                        volume: nil)
                }
            }
            return (symbol: "A\(asset)", bars: bars)
        })
}

private func outcome(
    _ columns: [[Double?]], _ allocator: some Allocator, basisPoints: Double = 8, fill: FillRule = .nextOpen,
    cap: Double = 1
) -> PortfolioOutcome {
    var costs = CostModel.none
    costs.commissionBasisPoints = basisPoints
    return PortfolioBacktest(
        history: history(columns), span: 1..<columns[0].count,
        rules: PortfolioRules(cost: costs.rebalancing(.remainder), fill: fill, cap: cap), startingCash: 1000
    ).run(allocator, using: RandomKey(seed: 1).stream("none"))
}

/// Two assets that rest on weekends beside one that does not: where prices stand still nothing is traded after the start.
@Test(arguments: FillRule.allCases, [1, 0.34]) func aMissingBarIsNoReasonToTrade(fill: FillRule, cap: Double) {
    let days = [Double?](repeating: 10, count: 70)
    let weekdays = days.indices.map { $0 % 7 < 5 ? 10.0 : nil }
    let result = outcome(
        [days, weekdays, weekdays], RuleAllocator(ConstantRebalanced(assets: 3)), fill: fill, cap: cap)
    #expect(result.tradedValue[0] > 990)
    #expect(result.tradedValue.dropFirst().allSatisfy { $0 < 1e-9 })
}

/// What a rule gives to an asset that has not begun goes to the others; when it begins it is bought.
@Test func whoBeginsIsBought() {
    let days = [Double?](repeating: 10, count: 10)
    let late = days.indices.map { $0 < 5 ? nil : 10.0 }
    let result = outcome([days, days, late], RuleAllocator(ConstantRebalanced(assets: 3)), basisPoints: 0)
    #expect(result.weights[4] == [0, 0.5, 0.5, 0])
    #expect(result.weights[6].dropFirst().allSatisfy { abs($0 - 1.0 / 3) < 1e-12 })
    let inCash = outcome(
        [days, days, late], RuleAllocator(ConstantRebalanced(assets: 3), keepsAbsentInCash: true), basisPoints: 0)
    #expect(zip(inCash.weights[4], [1.0 / 3, 1.0 / 3, 1.0 / 3, 0]).allSatisfy { abs($0 - $1) < 1e-12 })
}

/// The rule knows the bars before its own time, and a bar late in the history finds it as if it had been asked at each.
@Test func theRuleHasSeenTheWholePast() {
    var stream = RandomKey(seed: 2).stream("past")
    let columns: [[Double?]] = (0..<3).map { _ in (0..<40).map { _ in 10 + stream.uniform() } }
    let history = history(columns)
    var asked = RuleAllocator(ExponentiatedGradient(assets: 3))
    var late = asked
    var latest: [Double]?
    for now in 0..<40 {
        latest = asked.target(at: MarketView(history, now: now), holding: [1, 0, 0, 0], using: &stream)
    }
    #expect(late.target(at: MarketView(history, now: 39), holding: [1, 0, 0, 0], using: &stream) == latest)
    #expect(latest != [0, 1.0 / 3, 1.0 / 3, 1.0 / 3])
}

/// What lacks its bar when everything is bought waits in cash, and is bought with its next bar; nothing else is traded.
@Test func uniformBuyAndHoldWaitsForWhatHasNoPrice() {
    let days: [Double?] = [10, 10, 10, 20, 20]
    let missing: [Double?] = [10, nil, 10, 30, 30]
    let result = outcome([days, missing], UniformBuyAndHold(), basisPoints: 0, fill: .nextOpen)
    // 500 in the first; 500 wait at bar 1 and buy 50 pieces at 10 at bar 2. Then one doubles and the other trebles.
    #expect(result.equity == [1000, 1000, 1000, 2500, 2500])
    #expect(result.tradedValue == [500, 500, 0, 0])
}

/// Best of all constant weights, at the closes it knows and without costs, with assets that begin late and lack bars: no
/// other constant weights, and no single asset, ends above it.
@Test func theBoundIsOne() {
    var stream = RandomKey(seed: 3).stream("bound")
    for _ in 0..<40 {
        let columns: [[Double?]] = (0..<4).map { asset in
            let first = asset == 0 ? 0 : stream.index(below: 15)
            var price = 10.0
            return (0..<40).map { bar in
                price *= 0.93 + 0.14 * stream.uniform()
                return bar < first || (asset > 0 && stream.uniform() < 0.1) ? nil : price
            }
        }
        var latest = [Double?](repeating: nil, count: 4)
        let relatives: [[Double]] = (0..<40).map { bar in
            (0..<4).map { asset in
                guard let price = columns[asset][bar] else { return 1 }
                defer { latest[asset] = price }
                return latest[asset].map { price / $0 } ?? 1
            }
        }
        func wealth(_ weights: [Double]) -> Double {
            relatives.dropFirst().reduce(1) { $0 * zip(weights, $1).reduce(0) { $0 + $1.0 * $1.1 } }
        }
        let best = BestConstantRebalanced(of: Array(relatives.dropFirst())).weights
        for _ in 0..<20 {
            let draws = (0..<4).map { _ in stream.uniform() }
            let sum = draws.reduce(0, +)
            #expect(wealth(draws.map { $0 / sum }) <= wealth(best) * (1 + 1e-9))
        }
    }
}
