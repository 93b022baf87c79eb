import NeuralNetworks
import RandomNumbers
import TensorCore

/// Action values of a state: a window of rows, encoded; numbers beside it; rectified layers over both; a head.
///
///     e = encoder(window)                       [W, E]   dropout while learning
///     y = max(0, e Wₑ + m Wₘ + b)               [S, D]   e Wₑ is computed once a window, m Wₘ once a state
///     y = max(0, y W + b)                       [S, D']  for each further hidden layer
///     (v, A) = y W + b                          [S, 1 + N]
///     Q(s, a) = v + A(s, a) − mean over valid b of A(s, b)
///
/// Without an encoder the numbers are all there is. The layers are values that know where their parameters lie; parameters
/// and workspaces are the caller's.
package struct QNetwork: Sendable {
    package let shape: QNetworkShape
    package let layout: ParameterLayout
    let encoder: SequenceEncoder
    /// `[E, D]`, without rows where there is no encoder.
    let encodingWeight: ParameterSlice
    /// `[M, D]`, without rows where there are no numbers.
    let numbersWeight: ParameterSlice
    let hiddenBias: ParameterSlice
    /// The hidden layers behind the first.
    let further: MultilayerPerceptron?
    let head: Dense

    /// Tensors are named `encoder.…`, `hidden.…` for the first hidden layer, `hidden.1.…` for the next, and `head.…`.
    package init(_ shape: QNetworkShape) {
        if let problem = shape.problem { preconditionFailure("a Q-network cannot be made: \(problem)") }
        var layout = ParameterLayout()
        encoder = SequenceEncoder(
            "encoder", shape.encoder, steps: shape.window, features: shape.features, layout: &layout)
        let width = shape.hidden[0], last = shape.hidden[shape.hidden.count - 1]
        // A tensor of no extent stands in no file.
        encodingWeight =
            encoder.outputs > 0
            ? layout.add("hidden.encodingWeight", rows: encoder.outputs, columns: width)
            : layout.nothing(columns: width)
        numbersWeight =
            shape.numbers > 0
            ? layout.add("hidden.numbersWeight", rows: shape.numbers, columns: width) : layout.nothing(columns: width)
        hiddenBias = layout.add("hidden.bias", columns: width)
        further =
            shape.hidden.count > 1
            ? MultilayerPerceptron(
                "hidden", inputs: width, hidden: Array(shape.hidden.dropFirst()), firstNumber: 1, layout: &layout) : nil
        head = Dense(
            "head", inputs: last, outputs: shape.actions + (shape.dueling ? 1 : 0), rectified: false, layout: &layout)
        self.shape = shape
        self.layout = layout
    }

    /// Draws fresh parameters: each layer by its own rule, the joining layer as one rectified layer of E + M inputs.
    package func initialise<Scalar>(_ parameters: ParameterVector<Scalar>, using stream: inout RandomStream) {
        encoder.initialise(parameters, using: &stream)
        let bound = (6 / Double(encodingWeight.rows + numbersWeight.rows)).squareRoot()
        parameters[encodingWeight].fillUniformly(within: bound, using: &stream)
        parameters[numbersWeight].fillUniformly(within: bound, using: &stream)
        parameters[hiddenBias].fill(with: 0)
        further?.initialise(parameters, using: &stream)
        head.initialise(parameters, using: &stream)
    }

    /// Copies windows and numbers to where the layers read them; a pass over the same states by another network's
    /// parameters need not repeat it.
    /// - Precondition: each window lies within the features.
    package func gather<Scalar>(_ states: StateView, _ features: FeaturePointer, _ pass: QNetworkPass<Scalar>) {
        if let numbers = states.numbers.baseAddress {
            UnsafeRawPointer(numbers).withMemoryRebound(to: Float.self, capacity: 8 * states.count) {
                Scalar.convert($0, into: pass.numbers.base, count: 8 * states.count)
            }
        }
        guard encoder.outputs > 0, let ends = states.windowEnds.baseAddress else { return }
        precondition(features.features == shape.features, "\(features.features) features, expected \(shape.features)")
        for end in states.windowEnds {
            precondition(
                Int(end) + 1 >= shape.window && Int(end) < features.bars,
                "the window that ends with row \(end) leaves the data")
        }
        Scalar.gatherWindows(
            of: features.base, endingAt: ends,
            shape: WindowGathering(
                windows: states.windowEnds.count, steps: shape.window, columns: shape.features,
                timeMajor: encoder.isTimeMajor),
            relativeToMean: shape.scaling == .relativeToMean, into: pass.encoder.input.base)
    }

    /// Evaluates the states that were gathered; their values are left in `pass.values`.
    /// - Parameter dropout: The mask of the encodings, `[W, E]`, while learning; nil while acting.
    package func forward<Scalar>(
        _ states: StateView, _ parameters: ParameterVector<Scalar>, _ pass: QNetworkPass<Scalar>,
        dropout: Matrix<Scalar>? = nil
    ) {
        encoder.forward(parameters, pass.encoder)
        if let dropout { pass.encoding.scale(by: dropout) }
        join(states, parameters, pass)
        pass.hidden.addBiasAndRectify(parameters[hiddenBias])
        let top = further?.forward(pass.hidden, parameters, activations: pass.further) ?? pass.hidden
        head.forward(top, parameters, into: pass.headOutput)
        combine(states, pass)
    }

    /// The sums of the first hidden layer, without bias.
    private func join<Scalar>(
        _ states: StateView, _ parameters: ParameterVector<Scalar>, _ pass: QNetworkPass<Scalar>
    ) {
        let numbers = pass.numbers.columns(from: 0, count: shape.numbers)
        if encoder.outputs > 0, states.isOneToOne {
            pass.hidden.assignProduct(pass.encoding, parameters[encodingWeight])
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
        pass.joined.assignProduct(pass.encoding, parameters[encodingWeight])
        Scalar.addGatheredRows(
            of: pass.joined.base, at: windows, to: pass.hidden.base, rows: pass.hidden.rows,
            columns: pass.hidden.columns)
    }

    /// Accumulates the gradient of a loss whose derivative with respect to the values is in `pass.valueGradient`.
    /// - Parameters:
    ///   - pass: As the forward pass left it, made for learning.
    ///   - dropout: The mask of the forward pass.
    package func backward<Scalar>(
        _ states: StateView, _ parameters: ParameterVector<Scalar>, _ gradient: ParameterVector<Scalar>,
        _ pass: QNetworkPass<Scalar>, dropout: Matrix<Scalar>? = nil
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
        gradient[encodingWeight].assignProduct(pass.encoding, dJoined, transposingLeft: true, accumulating: true)
        pass.encoder.outputGradient.assignProduct(dJoined, parameters[encodingWeight], transposingRight: true)
        if let dropout { pass.encoder.outputGradient.scale(by: dropout) }
        encoder.backward(parameters, gradient, pass.encoder)
    }

    /// The gradient of the windows' shares: the sum over the states that share one.
    private func separateWindows<Scalar>(
        _ states: StateView, _ backward: QNetworkPass<Scalar>.Backward
    ) -> Matrix<Scalar> {
        guard !states.isOneToOne, let windows = states.windows.baseAddress else { return backward.hidden }
        backward.joined.fill(with: 0)
        Scalar.addScatteredRows(
            of: backward.hidden.base, to: backward.joined.base, at: windows, rows: backward.hidden.rows,
            columns: backward.hidden.columns)
        return backward.joined
    }
}
