import Agents
import Brokerage
import Foundation
import NeuralNetworks
import RandomNumbers
import Testing

/// Closes of five assets that move by 1 % a bar, one of which, now this and now that, drifts upwards by `edge` a bar.
private struct PlantedMarket {
    let closes: [[Double]]
    /// The asset that drifts, by bar; nil without an edge.
    let good: [Int]
    let market: AllocationMarket
    static let assets = 5
    static let window = 12

    /// - Parameter edge: Drift of the good asset; the others' drift is such that all together have none.
    init(bars: Int, edge: Double, seed: UInt64) {
        var stream = RandomKey(seed: seed).stream("planted")
        var logs = [Double](repeating: log(50), count: Self.assets), current = 0
        var (closes, good) = ([[Double]](), [Int]())
        for _ in 0..<bars {
            // Sixty bars on the average, then another.
            if stream.uniform() < 1 / 60.0 { current = stream.index(below: Self.assets) }
            for asset in 0..<Self.assets {
                logs[asset] += 0.01 * stream.normal() + (asset == current ? edge : -edge / Double(Self.assets - 1))
            }
            closes.append(logs.map { exp($0) })
            good.append(current)
        }
        self.closes = closes
        self.good = good
        market = AllocationMarket(closes: closes, window: Self.window)
    }

    /// What decisions at `bars` earn, rebalanced from all cash, costs paid as the backtest reckons them.
    func trade(
        _ bars: Range<Int>, cost: RebalancingCost, by decide: (AllocationView, [Double]) -> [Double]
    ) -> (meanLogReturn: Double, turnover: Double, shareOfGood: Double) {
        var previous = [1.0] + [Double](repeating: 0, count: Self.assets)
        var held = previous
        var result = (meanLogReturn: 0.0, turnover: 0.0, shareOfGood: 0.0)
        for bar in bars {
            let target = decide(market.view(at: bar), previous)
            let factor = cost.remainder(from: held, to: target)
            for asset in 1..<target.count { result.turnover += abs(factor * target[asset] - held[asset]) / 2 }
            var values = target
            for asset in 0..<Self.assets { values[1 + asset] *= closes[bar + 1][asset] / closes[bar][asset] }
            let growth = values.reduce(0, +)
            result.meanLogReturn += log(factor * growth)
            result.shareOfGood += target[1 + good[bar]]
            (previous, held) = (target, values.map { $0 / growth })
        }
        let count = Double(bars.count)
        return (result.meanLogReturn / count, result.turnover / count, result.shareOfGood / count)
    }
}

private func learner(
    _ planted: PlantedMarket, _ encoder: EncoderShape, cost: RebalancingCost, seed: UInt64
) -> PolicyGradientLearning {
    var settings = PolicyGradientSettings(cost: cost)
    settings.batch = 50
    settings.adam.learningRate = 3e-3
    return PolicyGradientLearning(
        network: AllocationNetwork(
            AllocationNetworkShape(window: PlantedMarket.window, features: 1, encoder: encoder)),
        settings: settings, market: planted.market, key: RandomKey(seed: seed))
}

private func uniform(_ view: AllocationView, _ previous: [Double]) -> [Double] {
    [0] + [Double](repeating: 1 / Double(view.assets), count: view.assets)
}

/// Learns where the drift is, and trades bars that it has not seen.
///
/// The drift is half a deviation of a bar, so some bars tell it, and it lasts sixty: half of it, after costs of 10 basis points, is
/// well within reach. Uniform weights hold a fifth of the good asset and earn about nothing. On twelve runs of it 0.68 to 0.80 were
/// held in the good asset, and 0.53 to 0.80 of the drift earned.
@Test(
    arguments: [.gru(hidden: [8]), .lstm(hidden: [8]), AllocationNetworkShape.eiie(window: 12)] as [EncoderShape], 1...3
)
func aPlantedEdgeIsLearned(encoder: EncoderShape, seed: Int) throws {
    let cost = RebalancingCost(buying: 0.001, selling: 0.001), edge = 0.005
    let planted = PlantedMarket(bars: 2400, edge: edge, seed: UInt64(seed))
    var learner = learner(planted, encoder, cost: cost, seed: UInt64(10 + seed))
    for _ in 0..<1500 { _ = try learner.update(through: 1600) }
    let unseen = 1600..<2399
    let policy = learner.frozenPolicy()
    let learned = planted.trade(unseen, cost: cost) { policy.weights(at: $0, previous: $1) }
    let reference = planted.trade(unseen, cost: cost, by: uniform)
    #expect(learned.shareOfGood > 0.4, "\(learned), uniform \(reference)")
    #expect(learned.meanLogReturn > reference.meanLogReturn + 0.25 * edge, "\(learned), uniform \(reference)")
}

/// Where nothing can be foreseen and trading is dear, what is left to learn is to sit still: to trade less than fresh weights,
/// which are next to uniform, and much less than what was learned from the same noise without costs.
@Test(arguments: 1...3)
func costsQuietenTradingOnNoise(seed: Int) throws {
    let planted = PlantedMarket(bars: 1700, edge: 0, seed: UInt64(20 + seed))
    let bars = 1000..<1600
    func turnover(cost: RebalancingCost) throws -> (before: Double, after: Double) {
        var learner = learner(planted, .gru(hidden: [8]), cost: cost, seed: UInt64(30 + seed))
        let fresh = learner.frozenPolicy()
        for _ in 0..<600 { _ = try learner.update(through: 1600) }
        let policy = learner.frozenPolicy()
        return (
            planted.trade(bars, cost: cost) { fresh.weights(at: $0, previous: $1) }.turnover,
            planted.trade(bars, cost: cost) { policy.weights(at: $0, previous: $1) }.turnover
        )
    }
    let dear = try turnover(cost: RebalancingCost(buying: 0.01, selling: 0.01))
    let free = try turnover(cost: RebalancingCost(buying: 0, selling: 0))
    #expect(dear.after < dear.before, "\(dear)")
    #expect(dear.after < free.after / 10, "\(dear), without costs \(free)")
}
