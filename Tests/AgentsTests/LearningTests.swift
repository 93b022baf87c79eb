import Agents
import RandomNumbers
import TensorCore
import Testing

/// A bandit with context: the sign of the mean of the first feature over the window says which action pays 1; the other
/// costs 1. Episodes last one step, so the best values are exactly 1 and −1.
@Test(
    arguments: [
        .gru(hidden: [16]), .gru(hidden: [12, 12]), .lstm(hidden: [16]), .mlp(hidden: [32]),
        .convolution(channels: [16], kernels: [2]),
    ] as [QNetworkShape.Encoder])
func aContextualBanditIsSolved(encoder: QNetworkShape.Encoder) throws {
    let window = 5, bars = 400
    var fixture = QNetworkFixture(bars: bars, features: 2, seed: 15)
    let features = fixture.features
    func mean(endingAt bar: Int) -> Float {
        (bar + 1 - window...bar).map { features.base[$0 * 2] }.reduce(0, +) / Float(window)
    }
    var settings = DoubleQSettings()
    settings.adam.learningRate = 5e-3
    settings.dropout = 0
    let network = QNetwork(
        QNetworkShape(window: window, features: 2, numbers: 1, actions: 3, encoder: encoder, hidden: [16]))
    var learning = DoubleQLearning(network: network, settings: settings, key: RandomKey(seed: 16))
    var batch = ValueUpdateBatch()
    var loss = Double.infinity
    for _ in 0..<600 {
        batch.removeAll()
        for _ in 0..<32 {
            let bar = window - 1 + fixture.stream.index(below: bars - window)
            let state = batch.states.appendState(
                window: batch.states.appendWindow(endingAt: bar), numbers: SIMD8(), valid: 0b011)
            for action in [0, 1] as [UInt8] {
                let reward: Float = (mean(endingAt: bar) > 0) == (action == 1) ? 1 : -1
                batch.pairs.append(
                    ValuePair(state: state, action: action, reward: reward, discount: 0, successor: -1))
            }
        }
        loss = try learning.update(batch, features: fixture.pointer).loss
    }
    let policy = learning.frozenPolicy()
    let bars400 = (window - 1)..<bars
    let right = bars400.filter { bar in
        let decision = policy.decide(windowEnd: bar, features: fixture.pointer, numbers: SIMD8(), valid: 0b011)
        return (decision.action == 1) == (mean(endingAt: bar) > 0)
    }
    // A policy that guesses gets half of 396; windows whose mean is nearly zero are hard.
    #expect(right.count > 376, "\(right.count) of \(bars400.count) right, last loss \(loss)")
}

/// Two states that follow each other: being long pays 1 a step and flat pays 0; with γ = ½, holding long is worth 2, and
/// buying is worth 0 + ½ · 2 = 1, while staying flat is worth ½ · max(1, …) = ½.
@Test func bootstrappedValuesMeetTheBellmanEquation() throws {
    let window = 3
    var fixture = QNetworkFixture(bars: 100, features: 2, seed: 17)
    let flat = SIMD8<Float>(1, 0, 0, 0, 0, 0, 0, 0), long = SIMD8<Float>(0, 1, 0, 0, 0, 0, 0, 0)
    var settings = DoubleQSettings()
    settings.adam.learningRate = 3e-3
    settings.target = .copy(every: 25)
    settings.dropout = 0
    let network = QNetwork(
        QNetworkShape(window: window, features: 2, numbers: 2, actions: 3, encoder: .gru(hidden: [8]), hidden: [16]))
    var learning = DoubleQLearning(network: network, settings: settings, key: RandomKey(seed: 18))
    for _ in 0..<1_500 {
        var batch = ValueUpdateBatch()
        for _ in 0..<16 {
            let bar = window - 1 + fixture.stream.index(below: 96)
            let now = batch.states.appendWindow(endingAt: bar)
            let next = batch.successors.appendWindow(endingAt: bar + 1)
            let flatNow = batch.states.appendState(window: now, numbers: flat, valid: 0b011)
            let longNow = batch.states.appendState(window: now, numbers: long, valid: 0b101)
            let flatNext = batch.successors.appendState(window: next, numbers: flat, valid: 0b011)
            let longNext = batch.successors.appendState(window: next, numbers: long, valid: 0b101)
            for (state, action, reward, successor) in [
                (flatNow, 0, 0, flatNext), (flatNow, 1, 0, longNext), (longNow, 0, 1, longNext),
                (longNow, 2, 1, flatNext),
            ] as [(Int32, UInt8, Float, Int32)] {
                batch.pairs.append(
                    ValuePair(state: state, action: action, reward: reward, discount: 0.5, successor: successor))
            }
        }
        _ = try learning.update(batch, features: fixture.pointer)
    }
    for bar in stride(from: 10, to: 90, by: 10) {
        let flatValues = learning.act(windowEnd: bar, features: fixture.pointer, numbers: flat, valid: 0b011).values
        let longValues = learning.act(windowEnd: bar, features: fixture.pointer, numbers: long, valid: 0b101).values
        // The features say nothing, and the network learns to ignore them up to a few hundredths.
        for (value, expected) in [(flatValues[0], 0.5), (flatValues[1], 1), (longValues[0], 2), (longValues[2], 1.5)]
            as [(Float, Float)]
        {
            #expect(abs(value - expected) < 0.1)
        }
    }
}
