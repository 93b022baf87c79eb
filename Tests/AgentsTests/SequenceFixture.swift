import Agents
import Environments
import RandomNumbers
import TensorCore

/// Encoders that carry a state.
let carryingEncoders: [QNetworkShape.Encoder] = [
    .gru(hidden: [5]), .gru(hidden: [4, 5]), .lstm(hidden: [5]), .lstm(hidden: [3, 4, 2]),
]

/// A network with a carried state for the fixture's rows.
func carryingShape(
    _ encoder: QNetworkShape.Encoder, hidden: [Int] = [6], dueling: Bool = true
) -> QNetworkShape {
    QNetworkShape(
        WorldView(windowLength: 9, numbers: 2, actions: 3), features: 3, encoder: encoder, carriesState: true,
        hidden: hidden, dueling: dueling)
}

extension QNetworkFixture {
    /// Two states a step (flat and long), all their actions, and successors one step later, or two where there are two.
    mutating func sequenceBatch(
        _ span: SequenceSpan, firstRows: [Int], carrying states: [[Float]] = []
    ) -> ValueUpdateBatch {
        var batch = ValueUpdateBatch()
        batch.begin(span, count: firstRows.count)
        for (index, row) in firstRows.enumerated() {
            if states.isEmpty {
                batch.sequences.append(firstRow: row)
            } else {
                batch.sequences.append(firstRow: row, carrying: states[index])
            }
        }
        for sequence in firstRows.indices {
            for step in 0..<span.length {
                let later = min(step + 1 + step % 2, span.length)
                let now = batch.sequences.encoding(of: sequence, step: step)
                let next = batch.sequences.encoding(of: sequence, step: later)
                for valid in [0b011, 0b101] as [UInt8] {
                    let state = batch.states.appendState(window: now, numbers: numbers(), valid: valid)
                    for action in (UInt8(0)..<3).filter({ valid >> $0 & 1 == 1 }) {
                        let successor = batch.successors.appendState(
                            window: next, numbers: numbers(), valid: action == 1 ? 0b101 : 0b011)
                        batch.pairs.append(
                            ValuePair(
                                state: state, action: action, reward: Float(stream.normal()), discount: 0.97,
                                successor: successor))
                    }
                }
            }
        }
        return batch
    }

    mutating func numbers() -> SIMD8<Float> {
        var values = SIMD8<Float>()
        for lane in 0..<8 { values[lane] = Float(stream.normal()) }
        return values
    }
}

/// One update's loss and gradient.
func evaluate(
    _ batch: ValueUpdateBatch, _ network: QNetwork, _ features: FeaturePointer, online: NumericBuffer<Double>,
    target: NumericBuffer<Double>, doubleQ: Bool = true, dropout: Float = 0
) -> (loss: ValueLoss, gradient: [Double], errors: [Float]) {
    var update = DoubleQGradient<Double>(network, huberThreshold: 0.8, doubleQ: doubleQ, dropout: dropout)
    var stream = RandomKey(seed: 5).stream("dropout")
    let loss = update.evaluate(batch, features, online: online, target: target, dropout: &stream)
    return (loss, update.gradient.values, update.absoluteErrors)
}
