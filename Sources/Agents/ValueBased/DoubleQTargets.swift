import NeuralNetworks
import TensorCore

/// The valid action of highest value, the first of equals.
///
/// - Parameters:
///   - values: One value an action.
///   - valid: Bit *a* for action *a*.
/// - Precondition: an action is valid.
@inlinable
package func greedyAction<Scalar: BinaryFloatingPoint>(
    _ values: UnsafePointer<Scalar>, valid: UInt8
) -> UInt8 {
    precondition(valid != 0, "a state without valid actions")
    var best = UInt8(valid.trailingZeroBitCount)
    for action in (best + 1)..<9 where valid >> action & 1 == 1 {
        if values[Int(action)] > values[Int(best)] { best = action }
    }
    return best
}

/// What remains of a batch after its loss: the figures of a learning curve.
package struct ValueLoss: Equatable, Sendable {
    /// Mean over pairs of weight · Huber(Q(s, a) − y).
    package var loss: Double
    /// Mean over states of the highest valid value.
    package var meanMaximalValue: Double
}

/// The loss of Double Q-learning (van Hasselt et al., arXiv 1509.06461) and its derivative with respect to the values.
///
///     y = reward + discount · Q_target(s', argmax over valid a' of Q_online(s', a'))
///     L = 1/P Σ over pairs of weight · Huber(Q_online(s, a) − y)
///
/// The targets are constants: no gradient flows through them. Weights are factors, not normalised by their sum, as
/// importance sampling wants it (Schaul et al., arXiv 1511.05952, section 3.4).
///
/// - Parameters:
///   - values: Q_online of the batch's states, `[S, N]`.
///   - targets: Q_target of the successors, `[S', N]`.
///   - choices: The action chosen in each successor, S' of them.
///   - valueGradient: ∂L/∂values, `[S, N]`, overwritten.
///   - absoluteErrors: |Q(s, a) − y| of each pair, overwritten.
/// - Precondition: there is a pair, and actions are valid in their states.
func doubleQLoss<Scalar: NumericScalar>(
    _ batch: ValueUpdateBatch, values: Matrix<Scalar>, targets: Matrix<Scalar>, choices: [UInt8],
    huber: HuberLoss<Scalar>, valueGradient: Matrix<Scalar>, absoluteErrors: inout [Float]
) -> ValueLoss {
    precondition(!batch.pairs.isEmpty, "a batch without pairs")
    valueGradient.fill(with: 0)
    absoluteErrors.removeAll(keepingCapacity: true)
    let actions = values.columns
    let share = 1 / Scalar(batch.pairs.count)
    var loss = 0.0
    for pair in batch.pairs {
        precondition(
            Int(pair.action) < actions && batch.states.valid[Int(pair.state)] >> pair.action & 1 == 1,
            "action \(pair.action) is not valid in state \(pair.state)")
        var target = Scalar(pair.reward)
        if pair.discount != 0 {
            let successor = Int(pair.successor)
            target += Scalar(pair.discount) * targets.base[successor * actions + Int(choices[successor])]
        }
        let place = Int(pair.state) * actions + Int(pair.action)
        let error = values.base[place] - target
        loss += Double(pair.weight) * Double(huber.value(error))
        valueGradient.base[place] += share * Scalar(pair.weight) * huber.derivative(error)
        absoluteErrors.append(Float(abs(error)))
    }
    var sum = 0.0
    for (state, valid) in batch.states.valid.enumerated() {
        let row = values.base + state * actions
        sum += Double(row[Int(greedyAction(row, valid: valid))])
    }
    return ValueLoss(loss: loss / Double(batch.pairs.count), meanMaximalValue: sum / Double(batch.states.count))
}
