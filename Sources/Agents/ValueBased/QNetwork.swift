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
        gatherNumbers(states, pass.head)
        guard encoder.outputs > 0 else { return }
        gatherRows(
            endingAt: states.windowEnds, count: shape.window, features,
            relativeToMean: shape.scaling == .relativeToMean,
            into: pass.encoder.input)
    }

    /// Copies `count` rows of the table for each end.
    func gatherRows<Scalar>(
        endingAt ends: UnsafeBufferPointer<Int32>, count: Int, _ features: FeaturePointer, relativeToMean: Bool = false,
        into input: Matrix<Scalar>
    ) {
        guard let base = ends.baseAddress else { return }
        precondition(features.features == shape.features, "\(features.features) features, expected \(shape.features)")
        for end in ends {
            precondition(
                Int(end) + 1 >= count && Int(end) < features.bars,
                "the window that ends with row \(end) leaves the data")
        }
        Scalar.gatherWindows(
            of: features.base, endingAt: base,
            shape: WindowGathering(
                windows: ends.count, steps: count, columns: shape.features, timeMajor: encoder.isTimeMajor),
            relativeToMean: relativeToMean, into: input.base)
    }

    /// Evaluates the states that were gathered; their values are left in `pass.values`.
    /// - Parameter dropout: The mask of the encodings, `[W, E]`, while learning; nil while acting.
    package func forward<Scalar>(
        _ states: StateView, _ parameters: ParameterVector<Scalar>, _ pass: QNetworkPass<Scalar>,
        dropout: Matrix<Scalar>? = nil
    ) {
        encoder.forward(parameters, pass.encoder)
        if let dropout { pass.encoding.scale(by: dropout) }
        evaluate(states, pass.encoding, parameters, pass.head)
    }

    /// Accumulates the gradient of a loss whose derivative with respect to the values is in `pass.valueGradient`.
    /// - Parameters:
    ///   - pass: As the forward pass left it, made for learning.
    ///   - dropout: The mask of the forward pass.
    package func backward<Scalar>(
        _ states: StateView, _ parameters: ParameterVector<Scalar>, _ gradient: ParameterVector<Scalar>,
        _ pass: QNetworkPass<Scalar>, dropout: Matrix<Scalar>? = nil
    ) {
        evaluateBackward(
            states, pass.encoding, parameters, gradient, pass.head, into: pass.encoder.outputGradient)
        if let dropout { pass.encoder.outputGradient.scale(by: dropout) }
        encoder.backward(parameters, gradient, pass.encoder)
    }
}
