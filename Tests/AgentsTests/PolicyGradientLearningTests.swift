import Agents
import Brokerage
import Foundation
import NeuralNetworks
import RandomNumbers
import TensorCore
import Testing
import TraderTestSupport

private func learning(
    _ tables: AllocationTables, encoder: EncoderShape = .gru(hidden: [5]), batch: Int = 7, seed: UInt64 = 51
) -> PolicyGradientLearning {
    var settings = PolicyGradientSettings(cost: unequalCost)
    settings.batch = batch
    settings.sampleBias = 0.1
    settings.adam.learningRate = 0.01
    settings.adam.weightDecay = 0.001
    let network = AllocationNetwork(AllocationNetworkShape(window: 6, features: 3, encoder: encoder))
    return PolicyGradientLearning(
        network: network, settings: settings, market: tables.market(window: 6, features: 3), key: RandomKey(seed: seed))
}

/// Pearson's statistic of draws against the law, P(age) = q^age (1 − q)/(1 − q^N). With k cells its mean is k − 1 and its
/// deviation √(2(k − 1)); six deviations are passed by chance less than once in a million runs of a right sampler.
@Test(arguments: [(0.0, 40), (0.05, 40), (0.3, 12), (5e-5, 30), (0.9, 3), (0.2, 1)])
func batchesBeginByTheGeometricLaw(bias: Double, count: Int) {
    let starts = GeometricStarts(bias: bias)
    var stream = RandomKey(seed: 61).stream("starts")
    let draws = 100_000
    var counts = [Int](repeating: 0, count: count)
    for _ in 0..<draws {
        let start = starts.draw(from: 100...99 + count, using: &stream)
        counts[99 + count - start] += 1
    }
    #expect(stream.position == UInt64(draws))
    let weights = (0..<count).map { pow(1 - bias, Double($0)) }, sum = weights.reduce(0, +)
    var statistic = 0.0
    for (seen, weight) in zip(counts, weights) {
        let expected = Double(draws) * weight / sum
        statistic += (Double(seen) - expected) * (Double(seen) - expected) / expected
    }
    let freedom = Double(count - 1)
    #expect(statistic <= freedom + 6 * (2 * freedom).squareRoot(), "\(statistic) for \(freedom)")
}

/// What comes after the bar that an update may read reaches neither parameters nor memory: other prices there, and none.
@Test func noUpdateReadsALaterBar() throws {
    let tables = patchyTables(seed: 52), other = AllocationTables(bars: 30, assets: 4, seed: 53)
    for last in [14, 20, 25] {
        var changed = tables
        for later in last + 1..<30 {
            changed.closes[later] = other.closes[later]
            changed.highs[later] = other.highs[later]
            changed.lows[later] = other.lows[later]
            changed.relatives[later] = other.relatives[later].map { _ in .infinity }
        }
        var one = learning(tables)
        var two = learning(changed)
        for _ in 0..<30 {
            let update = try one.update(through: last)
            #expect(update == (try two.update(through: last)))
            #expect(update.bars.lowerBound >= 5 && update.bars.upperBound <= last)
        }
        #expect(one.frozenPolicy().parameters == two.frozenPolicy().parameters)
        #expect((0..<last).allSatisfy { one.remembered(at: $0) == two.remembered(at: $0) })
    }
}

/// A batch is as long as there are decisions with an outcome, and there has to be one.
@Test func batchesAreAsLongAsThereIsToLearnFrom() throws {
    var learner = learning(patchyTables(seed: 54), batch: 7)
    #expect(!learner.canLearn(through: 5) && learner.canLearn(through: 6))
    #expect(try learner.update(through: 6).bars == 5..<6)
    #expect(try learner.update(through: 9).bars == 5..<9)
    #expect(try learner.update(through: 12).bars == 5..<12)
    #expect(try learner.update(through: 20).bars.count == 7)
}

/// The memory begins uniform over what there is, then holds what the network chose last.
@Test func theMemoryHoldsTheLatestDecisions() throws {
    let tables = patchyTables(seed: 55)
    var learner = learning(tables)
    #expect(learner.remembered(at: 4) == [1, 0, 0, 0, 0])
    #expect(learner.remembered(at: 5) == [0.25, 0.25, 0, 0.25, 0.25])
    let update = try learner.update(through: 20)
    #expect(learner.remembered(at: update.bars.lowerBound) != [0.25, 0.25, 0, 0.25, 0.25])
    let weights = learner.weights(at: tables.market(window: 6, features: 3).view(at: 22), previous: [1, 0, 0, 0, 0])
    #expect(learner.remembered(at: 22) == weights.map { Float($0) })
    #expect(
        learner.frozenPolicy().weights(
            at: tables.market(window: 6, features: 3).view(at: 22), previous: [1, 0, 0, 0, 0]) == weights)
}

@Test(arguments: allocationEncoders(window: 6))
func noUpdateAllocatesOnceWarm(encoder: EncoderShape) throws {
    var learner = learning(patchyTables(seed: 56), encoder: encoder)
    var caught: (any Error)?
    func work() {
        do { for last in [25, 20, 28] { _ = try learner.update(through: last) } } catch { caught = error }
    }
    work()
    work()
    #expect(allocations(work) ?? 0 == 0)
    #expect(caught == nil)
}

/// Gone on with from any update, through bytes, learning ends in the same bits.
@Test func resumedLearningEndsInTheSameBits() throws {
    let tables = patchyTables(seed: 57)
    var whole = learning(tables)
    var kept: [(Data, Int)] = []
    for update in 0..<24 {
        if update % 7 == 3 { kept.append((try PropertyListEncoder().encode(whole.state), update)) }
        _ = try whole.update(through: 15 + update / 2)
    }
    for (bytes, updates) in kept {
        var resumed = learning(tables, seed: 99)
        try resumed.restore(PropertyListDecoder().decode(PolicyGradientLearning.State.self, from: bytes))
        #expect(resumed.updates == updates)
        // Another seed has other streams: the key comes from the configuration.
        var same = learning(tables)
        try same.restore(PropertyListDecoder().decode(PolicyGradientLearning.State.self, from: bytes))
        for update in updates..<24 { _ = try same.update(through: 15 + update / 2) }
        #expect(
            same.frozenPolicy().parameters.map(\.bitPattern) == whole.frozenPolicy().parameters.map(\.bitPattern))
        #expect((0..<30).allSatisfy { same.remembered(at: $0) == whole.remembered(at: $0) })
    }
    var wider = learning(tables, encoder: .gru(hidden: [6]))
    #expect(throws: TrainingStateError.self) { try wider.restore(whole.state) }
    var longer = learning(AllocationTables(bars: 31, assets: 4, seed: 1))
    #expect(throws: TrainingStateError.self) { try longer.restore(whole.state) }
}

@Test func numbersThatAreNoneStopLearning() throws {
    var tables = patchyTables(seed: 58)
    tables.relatives[14][0] = .infinity
    var learner = learning(tables, batch: 25)
    let before = learner.state
    let error = #expect(throws: AllocationNotFiniteError.self) { try learner.update(through: 20) }
    #expect(
        error?.description
            == """
            The loss of update 1 is not a finite number (decisions of bars 5…19, learning rate 0.01). From bar 13 to bar 14 \
            the value of asset 1 is multiplied by inf: look at the prices there.
            """)
    #expect(learner.frozenPolicy().parameters == learning(tables, batch: 25).frozenPolicy().parameters)
    #expect(learner.remembered(at: 10) == learning(tables).remembered(at: 10) && before.updates == learner.updates)
}
