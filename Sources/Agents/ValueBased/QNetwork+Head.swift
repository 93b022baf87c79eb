import TensorCore

/// From a head's outputs to action values and back.
///
///     Q(s, a) = v(s) + A(s, a) − mean over valid b of A(s, b)
///
/// Backward, with k valid actions:
///
///     (1)  ∂L/∂v      = Σₐ ∂L/∂Q(s, a)
///     (2)  ∂L/∂A(s,b) = ∂L/∂Q(s, b) − [b valid]/k · Σₐ ∂L/∂Q(s, a)
///
/// Without dueling the outputs are the values.
extension QNetwork {
    func combine<Scalar>(_ states: StateView, _ pass: QNetworkPass<Scalar>) {
        guard shape.dueling else { return pass.values.assign(pass.headOutput) }
        let actions = shape.actions
        for (state, valid) in states.valid.enumerated() {
            let output = pass.headOutput.base + state * (actions + 1)
            let values = pass.values.base + state * actions
            var sum: Scalar = 0
            for action in 0..<actions where valid >> UInt8(action) & 1 == 1 { sum += output[1 + action] }
            let base = output[0] - sum / Scalar(valid.nonzeroBitCount)
            for action in 0..<actions { values[action] = base + output[1 + action] }
        }
    }

    func separate<Scalar>(_ states: StateView, _ valueGradient: Matrix<Scalar>, into headGradient: Matrix<Scalar>) {
        guard shape.dueling else { return headGradient.assign(valueGradient) }
        let actions = shape.actions
        for (state, valid) in states.valid.enumerated() {
            let gradient = valueGradient.base + state * actions
            let output = headGradient.base + state * (actions + 1)
            var sum: Scalar = 0
            for action in 0..<actions { sum += gradient[action] }
            let mean = sum / Scalar(valid.nonzeroBitCount)
            output[0] = sum  // (1)
            for action in 0..<actions {  // (2)
                output[1 + action] = gradient[action] - (valid >> UInt8(action) & 1 == 1 ? mean : 0)
            }
        }
    }
}
