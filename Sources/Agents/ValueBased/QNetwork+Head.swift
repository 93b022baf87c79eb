import TensorCore

/// The layers behind the encoder: from encodings and numbers to action values, and back.
extension QNetwork {
    /// Copies the numbers beside the windows to where the first hidden layer reads them.
    func gatherNumbers<Scalar>(_ states: StateView, _ pass: QHeadPass<Scalar>) {
        guard let numbers = states.numbers.baseAddress else { return }
        UnsafeRawPointer(numbers).withMemoryRebound(to: Float.self, capacity: 8 * states.count) {
            Scalar.convert($0, into: pass.numbers.base, count: 8 * states.count)
        }
    }

    /// Evaluates states whose numbers were gathered; their values are left in `pass.values`.
    /// - Parameter encoding: `[R, E]`; the states' `windows` are its rows.
    func evaluate<Scalar>(
        _ states: StateView, _ encoding: Matrix<Scalar>, _ parameters: ParameterVector<Scalar>,
        _ pass: QHeadPass<Scalar>
    ) {
        join(states, encoding, parameters, pass)
        pass.hidden.addBiasAndRectify(parameters[hiddenBias])
        let top = further?.forward(pass.hidden, parameters, activations: pass.further) ?? pass.hidden
        head.forward(top, parameters, into: pass.headOutput)
        combine(states, pass)
    }

    /// The sums of the first hidden layer, without bias.
    private func join<Scalar>(
        _ states: StateView, _ encoding: Matrix<Scalar>, _ parameters: ParameterVector<Scalar>,
        _ pass: QHeadPass<Scalar>
    ) {
        let numbers = pass.numbers.columns(from: 0, count: shape.numbers)
        if encoder.outputs > 0, states.isOneToOne {
            pass.hidden.assignProduct(encoding, parameters[encodingWeight])
            if shape.numbers > 0 {
                pass.hidden.assignProduct(numbers, parameters[numbersWeight], accumulating: true)
            }
            return
        }
        if shape.numbers > 0 {
            pass.hidden.assignProduct(numbers, parameters[numbersWeight])
        } else {
            pass.hidden.fill(with: 0)
        }
        guard encoder.outputs > 0, let windows = states.windows.baseAddress else { return }
        pass.joined.assignProduct(encoding, parameters[encodingWeight])
        Scalar.addGatheredRows(
            of: pass.joined.base, at: windows, to: pass.hidden.base, rows: pass.hidden.rows,
            columns: pass.hidden.columns)
    }

    /// Accumulates the gradient of a loss whose derivative with respect to the values is in `pass.valueGradient`.
    /// - Parameter dEncoding: ∂L/∂encoding, `[R, E]`, overwritten.
    func evaluateBackward<Scalar>(
        _ states: StateView, _ encoding: Matrix<Scalar>, _ parameters: ParameterVector<Scalar>,
        _ gradient: ParameterVector<Scalar>, _ pass: QHeadPass<Scalar>, into dEncoding: Matrix<Scalar>
    ) {
        guard let backward = pass.backward else { preconditionFailure("a workspace not made for learning") }
        separate(states, pass.valueGradient, into: backward.headOutput)
        if let further {
            let top = further.last(of: pass.further, rows: states.count)
            let dTop = further.last(of: backward.further, rows: states.count)
            head.backward(backward.headOutput, x: top, y: pass.headOutput, parameters, gradient, into: dTop)
            further.backward(
                dTop, x: pass.hidden, activations: pass.further, gradients: backward.further, parameters, gradient,
                into: backward.hidden)
        } else {
            head.backward(
                backward.headOutput, x: pass.hidden, y: pass.headOutput, parameters, gradient, into: backward.hidden)
        }
        backward.hidden.rectifyBackward(outputs: pass.hidden)
        if shape.numbers > 0 {
            gradient[numbersWeight].assignProduct(
                pass.numbers.columns(from: 0, count: shape.numbers), backward.hidden, transposingLeft: true,
                accumulating: true)
        }
        gradient[hiddenBias].addRowSums(of: backward.hidden)
        guard encoder.outputs > 0 else { return }
        let dJoined = separateWindows(states, backward)
        gradient[encodingWeight].assignProduct(encoding, dJoined, transposingLeft: true, accumulating: true)
        dEncoding.assignProduct(dJoined, parameters[encodingWeight], transposingRight: true)
    }

    /// The gradient of the windows' shares: the sum over the states that share one.
    private func separateWindows<Scalar>(
        _ states: StateView, _ backward: QHeadPass<Scalar>.Backward
    ) -> Matrix<Scalar> {
        guard !states.isOneToOne, let windows = states.windows.baseAddress else { return backward.hidden }
        backward.joined.fill(with: 0)
        Scalar.addScatteredRows(
            of: backward.hidden.base, to: backward.joined.base, at: windows, rows: backward.hidden.rows,
            columns: backward.hidden.columns)
        return backward.joined
    }
}

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
    func combine<Scalar>(_ states: StateView, _ pass: QHeadPass<Scalar>) {
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
