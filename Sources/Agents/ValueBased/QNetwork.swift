import NeuralNetworks
import RandomNumbers
import TensorCore

/// Action values of a trading state: a window of bars, encoded; the account; a rectified layer over both; a head.
///
///     e = encoder(window)                       [W, E]   dropout while learning
///     y = max(0, e Wₑ + a Wₐ + b)               [S, D]   e Wₑ is computed once a window, a Wₐ once a state
///     (v, A) = y W + b                          [S, 1 + N]
///     Q(s, a) = v + A(s, a) − mean over valid b of A(s, b)
///
/// Backward through the head, with k valid actions:
///
///     (1)  ∂L/∂v      = Σₐ ∂L/∂Q(s, a)
///     (2)  ∂L/∂A(s,b) = ∂L/∂Q(s, b) − [b valid]/k · Σₐ ∂L/∂Q(s, a)
///
/// The layers are values that know where their parameters lie; parameters and workspaces are the caller's.
package struct QNetwork: Sendable {
    enum Encoder: Sendable {
        case gru(GatedRecurrentUnit)
        case mlp(MultilayerPerceptron)
    }

    package let shape: QNetworkShape
    package let layout: ParameterLayout
    let encoder: Encoder
    let encodingWeight: ParameterSlice
    let accountWeight: ParameterSlice
    let hiddenBias: ParameterSlice
    let head: Dense

    package init(_ shape: QNetworkShape) {
        var layout = ParameterLayout()
        let encoded: Int
        switch shape.encoder {
        case .gru(let hidden):
            encoder = .gru(GatedRecurrentUnit("encoder", inputs: shape.features, units: hidden, layout: &layout))
            encoded = hidden
        case .mlp(let hidden):
            let perceptron = MultilayerPerceptron(
                "encoder", inputs: shape.window * shape.features, hidden: hidden, layout: &layout)
            encoder = .mlp(perceptron)
            encoded = perceptron.outputs
        }
        encodingWeight = layout.add("hidden.encodingWeight", rows: encoded, columns: shape.hidden)
        accountWeight = layout.add("hidden.accountWeight", rows: shape.account, columns: shape.hidden)
        hiddenBias = layout.add("hidden.bias", columns: shape.hidden)
        head = Dense(
            "head", inputs: shape.hidden, outputs: shape.actions + (shape.dueling ? 1 : 0), rectified: false,
            layout: &layout)
        self.shape = shape
        self.layout = layout
    }

    /// Draws fresh parameters: each layer by its own rule, the joining layer as one rectified layer of E + A inputs.
    package func initialise<Scalar>(_ parameters: ParameterVector<Scalar>, using stream: inout RandomStream) {
        switch encoder {
        case .gru(let layer): layer.initialise(parameters, using: &stream)
        case .mlp(let layers): layers.initialise(parameters, using: &stream)
        }
        let bound = (6 / Double(encodingWeight.rows + accountWeight.rows)).squareRoot()
        parameters[encodingWeight].fillUniformly(within: bound, using: &stream)
        parameters[accountWeight].fillUniformly(within: bound, using: &stream)
        parameters[hiddenBias].fill(with: 0)
        head.initialise(parameters, using: &stream)
    }

    /// Evaluates all states of a batch; the values are left in `pass.values`.
    /// - Parameter dropout: The mask of the encodings, `[W, E]`, while learning; nil while acting.
    /// - Precondition: each window lies within the features.
    package func forward<Scalar>(
        _ states: StateBatch, _ features: FeaturePointer, _ parameters: ParameterVector<Scalar>,
        _ pass: QNetworkPass<Scalar>, dropout: Matrix<Scalar>? = nil
    ) {
        gather(states, features, pass)
        let encoding = pass.encoding
        switch (encoder, pass.encoder) {
        case (.gru(let layer), .gru(let workspace)):
            layer.forward(pass.input, parameters, workspace)
        case (.mlp(let layers), .mlp(let activations, _)):
            _ = layers.forward(pass.input, parameters, activations: activations)
        default: preconditionFailure("a workspace made for another network")
        }
        if let dropout { encoding.scale(by: dropout) }
        pass.joined.assignProduct(encoding, parameters[encodingWeight])
        pass.hidden.assignProduct(pass.accounts, parameters[accountWeight])
        for (state, window) in states.windows.enumerated() {
            Scalar.add(
                pass.joined.rows(from: Int(window), count: 1).base,
                to: pass.hidden.rows(from: state, count: 1).base, count: shape.hidden)
        }
        pass.hidden.addBiasAndRectify(parameters[hiddenBias])
        head.forward(pass.hidden, parameters, into: pass.headOutput)
        combine(states, pass)
    }

    /// Accumulates the gradient of a loss whose derivative with respect to the values is in `pass.valueGradient`.
    /// - Parameters:
    ///   - pass: As the forward pass left it, made for learning.
    ///   - dropout: The mask of the forward pass.
    package func backward<Scalar>(
        _ states: StateBatch, _ parameters: ParameterVector<Scalar>, _ gradient: ParameterVector<Scalar>,
        _ pass: QNetworkPass<Scalar>, dropout: Matrix<Scalar>? = nil
    ) {
        guard let backward = pass.backward else { preconditionFailure("a workspace not made for learning") }
        separate(states, pass.valueGradient, into: backward.headOutput)
        head.backward(
            backward.headOutput, x: pass.hidden, y: pass.headOutput, parameters, gradient, into: backward.hidden)
        backward.hidden.rectifyBackward(outputs: pass.hidden)
        gradient[accountWeight].assignProduct(
            pass.accounts, backward.hidden, transposingLeft: true, accumulating: true)
        gradient[hiddenBias].addRowSums(of: backward.hidden)
        backward.joined.fill(with: 0)
        for (state, window) in states.windows.enumerated() {
            Scalar.add(
                backward.hidden.rows(from: state, count: 1).base,
                to: backward.joined.rows(from: Int(window), count: 1).base, count: shape.hidden)
        }
        gradient[encodingWeight].assignProduct(
            pass.encoding, backward.joined, transposingLeft: true, accumulating: true)
        backward.encoding.assignProduct(backward.joined, parameters[encodingWeight], transposingRight: true)
        if let dropout { backward.encoding.scale(by: dropout) }
        switch (encoder, pass.encoder) {
        case (.gru(let layer), .gru(let workspace)):
            backward.transposedRecurrentWeight.assignTransposed(parameters[layer.recurrentWeight])
            layer.backward(
                backward.encoding, x: pass.input,
                transposedRecurrentWeight: backward.transposedRecurrentWeight, gradient, workspace)
        case (.mlp(let layers), .mlp(let activations, let gradients)):
            layers.backward(
                backward.encoding, x: pass.input, activations: activations, gradients: gradients, parameters, gradient)
        default: preconditionFailure("a workspace made for another network")
        }
    }

    /// Copies windows and accounts to where the layers read them: time-major for a recurrent encoder, flat for a dense one.
    private func gather<Scalar>(
        _ states: StateBatch, _ features: FeaturePointer, _ pass: QNetworkPass<Scalar>
    ) {
        precondition(features.features == shape.features, "\(features.features) features, expected \(shape.features)")
        let count = states.windowEnds.count
        for (window, end) in states.windowEnds.enumerated() {
            let first = Int(end) + 1 - shape.window
            precondition(first >= 0 && Int(end) < features.bars, "the window that ends with bar \(end) leaves the data")
            let source = features.base + first * shape.features
            switch encoder {
            case .gru:
                for step in 0..<shape.window {
                    Scalar.convert(
                        source + step * shape.features,
                        into: pass.input.rows(from: step * count + window, count: 1).base, count: shape.features)
                }
            case .mlp:
                Scalar.convert(
                    source, into: pass.input.rows(from: window, count: 1).base, count: shape.window * shape.features)
            }
        }
        for (state, account) in states.accounts.enumerated() {
            for lane in 0..<shape.account {
                pass.accounts.base[state * shape.account + lane] = Scalar(account[lane])
            }
        }
    }

    /// Head outputs to action values.
    private func combine<Scalar>(_ states: StateBatch, _ pass: QNetworkPass<Scalar>) {
        let actions = shape.actions
        for (state, valid) in states.valid.enumerated() {
            let output = pass.headOutput.base + state * head.outputs
            let values = pass.values.base + state * actions
            guard shape.dueling else {
                for action in 0..<actions { values[action] = output[action] }
                continue
            }
            var sum: Scalar = 0
            for action in 0..<actions where valid >> UInt8(action) & 1 == 1 { sum += output[1 + action] }
            let base = output[0] - sum / Scalar(valid.nonzeroBitCount)
            for action in 0..<actions { values[action] = base + output[1 + action] }
        }
    }

    /// The way back through `combine`.
    private func separate<Scalar>(
        _ states: StateBatch, _ valueGradient: Matrix<Scalar>, into headGradient: Matrix<Scalar>
    ) {
        let actions = shape.actions
        for (state, valid) in states.valid.enumerated() {
            let gradient = valueGradient.base + state * actions
            let output = headGradient.base + state * head.outputs
            guard shape.dueling else {
                for action in 0..<actions { output[action] = gradient[action] }
                continue
            }
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
