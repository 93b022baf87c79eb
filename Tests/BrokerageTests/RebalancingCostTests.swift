import Brokerage
import Foundation
import RandomNumbers
import Testing

/// 10,000 cases with costs up to 1 % and up to 20 % a side. Rounding leaves some 10⁻¹⁵; 10⁻¹² is what is promised.
@Test func theRemainderSolvesItsEquation() throws {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("Golden/brokerage/remainders.txt")
    let answers = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").compactMap { Double($0) }
    try #require(answers.count == 10_000)
    var generator = GoldenGenerator(state: 20_170_630)
    var worst = 0.0
    for (index, answer) in answers.enumerated() {
        let count = 2 + Int(generator.uniform() * 12)
        let buying = generator.uniform() * (index % 2 == 1 ? 0.01 : 0.2)
        let selling = generator.uniform() * (index % 2 == 1 ? 0.01 : 0.2)
        let drifted = generator.weights(count)
        let target = generator.weights(count)
        let cost = RebalancingCost(buying: buying, selling: selling)
        worst = max(worst, abs(cost.remainder(from: drifted, to: target) - answer))
    }
    #expect(worst < 1e-12)
}

/// The same numbers as `make_remainders.py` draws.
private struct GoldenGenerator {
    var state: UInt64

    mutating func uniform() -> Double {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Double(state >> 11) * 0x1p-53
    }

    mutating func weights(_ count: Int) -> [Double] {
        let draws = (0..<count).map { _ in
            let share = uniform()
            return uniform() < 0.25 ? 0 : share
        }
        let total = draws.reduce(0, +)
        return total == 0 ? [1] + [Double](repeating: 0, count: count - 1) : draws.map { $0 / total }
    }
}

/// Sells, pays, buys with what is there, and ends with the target: a book kept item by item.
@Test func theRemainderBalancesTheBooks() {
    var stream = RandomKey(seed: 3).stream("books")
    for _ in 0..<3000 {
        let count = 2 + stream.index(below: 8)
        let cost = RebalancingCost(buying: 0.05 * stream.uniform(), selling: 0.05 * stream.uniform())
        let drifted = randomWeights(count, &stream)
        let target = randomWeights(count, &stream)
        let remainder = cost.remainder(from: drifted, to: target)
        var cash = drifted[0]
        var spent = 0.0
        for asset in 1..<count {
            let change = remainder * target[asset] - drifted[asset]
            if change < 0 { cash -= change * (1 - cost.selling) } else { spent += change / (1 - cost.buying) }
        }
        #expect(abs(cash - spent - remainder * target[0]) < 1e-14)
        #expect(remainder <= 1)
    }
}

@Test func stayingCostsNothing() {
    var stream = RandomKey(seed: 4).stream("staying")
    for law in RebalancingCost.Law.allCases {
        for _ in 0..<100 {
            let weights = randomWeights(5, &stream)
            let cost = RebalancingCost(buying: 0.1, selling: 0.1, law: law)
            #expect(abs(cost.remainder(from: weights, to: weights) - 1) < 1e-15)
        }
    }
}

@Test func leavingForCashCostsTheSale() {
    let cost = RebalancingCost(buying: 0.3, selling: 0.02)
    #expect(abs(cost.remainder(from: [0, 0.25, 0.75], to: [1, 0, 0]) - 0.98) < 1e-15)
}

/// Of 1 the money spent is 1, and what it buys is worth 1 − c_p; of the value bought the rate is then c_p / (1 − c_p).
@Test func enteringCostsTheRateOfTheValueBought() {
    var costs = CostModel.none
    costs.commissionBasisPoints = 100
    let remainder = costs.rebalancing(.remainder).remainder(from: [1, 0], to: [0, 1])
    #expect(abs(remainder - 1 / 1.01) < 1e-15)
    #expect(abs(costs.rebalancing(.toolbox).remainder(from: [1, 0], to: [0, 1]) - 0.99) < 1e-15)
}

/// What the toolbox charges, after a rebalance that cost nothing, is right to the first order: the difference falls with the square of the rate.
@Test func theFirstOrderIsOne() {
    var stream = RandomKey(seed: 5).stream("order")
    for _ in 0..<500 {
        let drifted = randomWeights(6, &stream)
        let target = randomWeights(6, &stream)
        func difference(_ rate: Double) -> Double {
            let exact = RebalancingCost(buying: rate, selling: rate)
            let first = RebalancingCost(buying: rate, selling: rate, law: .toolbox)
            return abs(exact.remainder(from: drifted, to: target) - first.remainder(from: drifted, to: target))
        }
        // Of weights that change by 2 in all at most, second-order terms are below 4 · rate².
        #expect(difference(1e-3) < 4e-6)
        #expect(difference(1e-5) < 4e-10)
    }
}

private func randomWeights(_ count: Int, _ stream: inout RandomStream) -> [Double] {
    let draws = (0..<count).map { _ in stream.uniform() < 0.2 ? 0 : stream.uniform() }
    let total = draws.reduce(0, +)
    return total == 0 ? [1] + [Double](repeating: 0, count: count - 1) : draws.map { $0 / total }
}
