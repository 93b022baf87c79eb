import Agents
import Brokerage
import Foundation
import RandomNumbers
import TensorCore
import Testing
import TraderTestSupport

/// The remainder factor that is differentiated is that of the backtest. Both solve one equation, each to some roundings of its
/// terms, which 1 − c_p and 1 − κ divide: hence the tolerance.
@Test func theRemainderIsThatOfTheBacktest() {
    var stream = RandomKey(seed: 21).stream("remainders")
    for trial in 0..<5_000 {
        let count = 2 + stream.index(below: 12)
        let cost = RebalancingCost(
            buying: stream.index(below: 4) == 0 ? 0 : 0.3 * stream.uniform(),
            selling: stream.index(below: 4) == 0 ? 0 : 0.3 * stream.uniform())
        let drifted = randomWeights(count, &stream, zeros: 0.3)
        var target = randomWeights(count, &stream, zeros: 0.3)
        if trial % 10 == 0 { target = drifted }
        let slope = RemainderSlope(cost, from: drifted, to: target, count: count)
        #expect(abs(slope.factor - cost.remainder(from: drifted, to: target)) < 1e-13, "\(cost) \(drifted) \(target)")
    }
}

/// By hand. From half cash, half asset, everything into the asset at c_p = 0.1: of 0.5 in cash 0.45 arrives, so μ = 0.95. From
/// all asset to all cash at c_s = 0.2: μ = 0.8. From all of one asset to all of the other: what is sold leaves 0.8, of which 0.72
/// arrives.
@Test func remaindersByHand() {
    let cost = RebalancingCost(buying: 0.1, selling: 0.2)
    func factor(_ drifted: [Double], _ target: [Double]) -> Double {
        RemainderSlope(cost, from: drifted, to: target, count: drifted.count).factor
    }
    #expect(abs(factor([0.5, 0.5], [0, 1]) - 0.95) < 1e-15)
    #expect(abs(factor([0, 1], [1, 0]) - 0.8) < 1e-15)
    #expect(abs(factor([0, 1, 0], [0, 0, 1]) - 0.72) < 1e-15)
}

/// By hand: all in an asset that doubles, then half in cash. Growth ln 2 and ln 1.5, as the asset doubles again; selling costs
/// 10 %, so to hold as much in cash as in the asset, of 1 one keeps μ/2 and sells 1 − μ/2: μ/2 = 0.9 (1 − μ/2), μ = 1.8/1.9.
@Test func anObjectiveByHand() {
    let objective = AllocationObjective(cost: RebalancingCost(buying: 0, selling: 0.1))
    let weights = NumericBuffer<Double>(count: 4), gradient = NumericBuffer<Double>(count: 4)
    let drifted = NumericBuffer<Double>(count: 2)
    weights.assign([0, 1, 0.5, 0.5])
    let outcome = objective.evaluate(
        Matrix(weights.base, rows: 2, columns: 2), before: [1, 0], relatives: [1, 2, 2], drifted: drifted.base,
        gradient: Matrix(gradient.base, rows: 2, columns: 2))
    #expect(abs(outcome.meanLogReturn - (log(2) + log(1.5) + log(1.8 / 1.9)) / 2) < 1e-15)
    // Everything is bought, then 1 − 0.9/1.9 sold.
    #expect(abs(outcome.turnover - (1 + (1 - 0.9 / 1.9)) / 4) < 1e-15)
}

/// Of a free portfolio, the gradient of one period is y/(y·w) (Cover 1991).
@Test func withoutCostsTheGradientIsTheRelative() {
    let objective = AllocationObjective(cost: RebalancingCost(buying: 0, selling: 0), cashRelative: 1)
    let weights = NumericBuffer<Double>(count: 3), gradient = NumericBuffer<Double>(count: 3)
    let drifted = NumericBuffer<Double>(count: 3)
    weights.assign([0.2, 0.3, 0.5])
    _ = objective.evaluate(
        Matrix(weights.base, rows: 1, columns: 3), before: [1, 0, 0], relatives: [.nan, 3, 0.5, 2],
        drifted: drifted.base, gradient: Matrix(gradient.base, rows: 1, columns: 3))
    let growth = 0.2 + 0.3 * 0.5 + 0.5 * 2
    for (slope, relative) in zip(gradient.values, [1, 0.5, 2]) { #expect(abs(slope - relative / growth) < 1e-15) }
}
