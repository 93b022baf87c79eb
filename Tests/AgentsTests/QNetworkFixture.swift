import Agents
import Environments
import RandomNumbers
import TensorCore

/// Features and batches to try Q-networks on.
struct QNetworkFixture {
    let bars: Int
    let featureCount: Int
    let features: NumericBuffer<Float>
    var stream: RandomStream

    init(bars: Int = 40, features count: Int, seed: UInt64) {
        self.bars = bars
        featureCount = count
        features = NumericBuffer(count: bars * count)
        stream = RandomKey(seed: seed).stream("fixture")
        for index in 0..<features.count { features.base[index] = Float(stream.normal()) }
    }

    var pointer: FeaturePointer { FeaturePointer(features.base, bars: bars, features: featureCount) }

    private mutating func account() -> SIMD8<Float> {
        var values = SIMD8<Float>()
        for lane in 0..<8 { values[lane] = Float(stream.normal()) }
        return values
    }

    /// One window, state, pair and successor each; every fifth ends its episode.
    mutating func sampledBatch(_ count: Int, window: Int) -> ValueUpdateBatch {
        var batch = ValueUpdateBatch()
        for index in 0..<count {
            let bar = window - 1 + stream.index(below: bars - window - 1)
            let masks: [UInt8] = [0b011, 0b101, 0b111, 0b110, 0b001]
            let valid = masks[stream.index(below: masks.count)]
            let state = batch.states.appendState(
                window: batch.states.appendWindow(endingAt: bar), numbers: account(), valid: valid)
            let action = (UInt8(0)..<3).filter { valid >> $0 & 1 == 1 }[stream.index(below: valid.nonzeroBitCount)]
            var pair = ValuePair(
                state: state, action: action, reward: Float(stream.normal()), discount: 0, successor: -1,
                weight: Float(stream.uniform()) + 0.5)
            if index % 5 != 4 {
                pair.discount = 0.97
                pair.successor = batch.successors.appendState(
                    window: batch.successors.appendWindow(endingAt: bar + 1), numbers: account(),
                    valid: masks[stream.index(below: masks.count)])
            }
            batch.pairs.append(pair)
        }
        return batch
    }

    /// A window with two states (flat: hold, buy; long: hold, sell), all their actions, and successors that share a window.
    mutating func counterfactualBatch(_ count: Int, window: Int) -> ValueUpdateBatch {
        var batch = ValueUpdateBatch()
        for _ in 0..<count {
            let bar = window - 1 + stream.index(below: bars - window - 1)
            let now = batch.states.appendWindow(endingAt: bar)
            let next = batch.successors.appendWindow(endingAt: bar + 1)
            for valid in [0b011, 0b101] as [UInt8] {
                let state = batch.states.appendState(window: now, numbers: account(), valid: valid)
                for action in (UInt8(0)..<3).filter({ valid >> $0 & 1 == 1 }) {
                    let successor = batch.successors.appendState(
                        window: next, numbers: account(), valid: action == 1 ? 0b101 : 0b011)
                    batch.pairs.append(
                        ValuePair(
                            state: state, action: action, reward: Float(stream.normal()), discount: 0.97,
                            successor: successor))
                }
            }
        }
        return batch
    }
}

/// One of each kind, with one layer and with several.
let everyEncoder: [QNetworkShape.Encoder] = [
    .none, .mlp(hidden: [6, 4]), .mlp(hidden: [5]), .gru(hidden: [5]), .gru(hidden: [4, 5]), .lstm(hidden: [5]),
    .lstm(hidden: [3, 4, 2]), .convolution(channels: [4], kernels: [3]),
    .convolution(channels: [3, 5], kernels: [2, 2]),
]

/// A network for the fixture's states, with three features and three actions.
func smallShape(
    _ encoder: QNetworkShape.Encoder, window: Int, numbers: Int, hidden: [Int], dueling: Bool = true
) -> QNetworkShape {
    QNetworkShape(
        WorldView(windowLength: window, numbers: numbers, actions: 3), features: 3, encoder: encoder, hidden: hidden,
        dueling: dueling)
}

/// A pass and the memory it works in.
final class PassTrial<Scalar: NumericScalar> {
    private let memory: NumericBuffer<Scalar>
    let pass: QNetworkPass<Scalar>

    init(_ network: QNetwork, windows: Int, states: Int, learning: Bool) {
        var counting = Arena<Scalar>()
        _ = QNetworkPass(network, windows: windows, states: states, learning: learning, in: &counting)
        memory = NumericBuffer(count: counting.used)
        var arena = Arena(memory.base)
        pass = QNetworkPass(network, windows: windows, states: states, learning: learning, in: &arena)
    }
}

/// Fresh parameters, and biases that are not zero, so that nothing is hidden by symmetry.
func freshParameters<Scalar: NumericScalar>(
    _ network: QNetwork, seed: UInt64, as type: Scalar.Type = Scalar.self
) -> NumericBuffer<Scalar> {
    let parameters = NumericBuffer<Scalar>(count: network.layout.count)
    var stream = RandomKey(seed: seed).stream("parameters")
    network.initialise(ParameterVector(parameters), using: &stream)
    for index in 0..<parameters.count { parameters.base[index] += Scalar(0.1 * stream.normal()) }
    return parameters
}
