import RandomNumbers
import TensorCore

/// Turns windows of T rows and F columns into vectors of E numbers, by the layers that an `EncoderShape` names.
///
///     let workspace = SequenceEncoder.Workspace(encoder, windows: count, learning: true, in: &arena)
///     // Write the windows to workspace.input, in the order that encoder.isTimeMajor tells.
///     encoder.forward(parameters, workspace)                 // → workspace.output          [W, E]
///     // Write ∂L/∂output to workspace.outputGradient.                                      [W, E]
///     encoder.backward(parameters, gradient, workspace)
///
/// A network asks it for everything, and need not know which layers there are.
@usableFromInline
package struct SequenceEncoder: Equatable, Sendable {
    @usableFromInline
    enum Layers: Equatable, Sendable {
        case none
        case perceptron(MultilayerPerceptron)
        case gated(RecurrentStack<GatedRecurrentUnit>)
        case longShortTerm(RecurrentStack<LongShortTermMemory>)
        case convolutions(ConvolutionStack)
    }

    @usableFromInline let layers: Layers
    /// T, rows of a window.
    @usableFromInline package let steps: Int
    /// F, columns of a row.
    @usableFromInline package let features: Int
    /// E, numbers of an encoding; 0 without an encoder.
    @usableFromInline package let outputs: Int

    /// Appends the layers' tensors to a network's parameters.
    /// - Precondition: the shape is right for windows of `steps` rows.
    package init(_ name: String, _ shape: EncoderShape, steps: Int, features: Int, layout: inout ParameterLayout) {
        if let problem = shape.problem(steps: steps) { preconditionFailure(problem) }
        switch shape {
        case .none:
            layers = .none
            outputs = 0
        case .mlp(let hidden):
            let perceptron = MultilayerPerceptron(name, inputs: steps * features, hidden: hidden, layout: &layout)
            layers = .perceptron(perceptron)
            outputs = perceptron.outputs
        case .gru(let hidden):
            let stack = RecurrentStack<GatedRecurrentUnit>(name, inputs: features, hidden: hidden, layout: &layout)
            layers = .gated(stack)
            outputs = stack.outputs
        case .lstm(let hidden):
            let stack = RecurrentStack<LongShortTermMemory>(name, inputs: features, hidden: hidden, layout: &layout)
            layers = .longShortTerm(stack)
            outputs = stack.outputs
        case .convolution(let channels, let kernels):
            let stack = ConvolutionStack(
                name, steps: steps, inputs: features, channels: channels, kernels: kernels, layout: &layout)
            layers = .convolutions(stack)
            outputs = stack.outputs
        }
        self.steps = steps
        self.features = features
    }

    /// Whether the rows of a step lie together, `[T·W, F]`; otherwise those of a window do, `[W, T·F]`.
    @inlinable
    package var isTimeMajor: Bool {
        switch layers {
        case .none, .perceptron: false
        case .gated, .longShortTerm, .convolutions: true
        }
    }

    package func initialise<Scalar>(_ parameters: ParameterVector<Scalar>, using stream: inout RandomStream) {
        switch layers {
        case .none: break
        case .perceptron(let layers): layers.initialise(parameters, using: &stream)
        case .gated(let stack): stack.initialise(parameters, using: &stream)
        case .longShortTerm(let stack): stack.initialise(parameters, using: &stream)
        case .convolutions(let stack): stack.initialise(parameters, using: &stream)
        }
    }

    /// Encodes `workspace.input`.
    @inlinable
    package func forward<Scalar>(_ parameters: ParameterVector<Scalar>, _ workspace: Workspace<Scalar>) {
        let (extent, memory) = (workspace.extent, workspace.memory)
        switch layers {
        case .none: break
        case .perceptron(let layers):
            let (activations, _) = Self.layOut(layers, extent.batch, learning: extent.learning, memory)
            _ = layers.forward(workspace.input, parameters, activations: activations)
        case .gated(let stack): stack.forward(workspace.input, parameters, extent, memory)
        case .longShortTerm(let stack): stack.forward(workspace.input, parameters, extent, memory)
        case .convolutions(let stack):
            stack.forward(
                workspace.input, batch: extent.batch, learning: extent.learning, parameters, memory,
                into: workspace.output)
        }
    }

    /// Accumulates the parameters' gradient.
    /// - Parameter workspace: As the forward pass left it, made for learning, with ∂L/∂output in `outputGradient`, which is
    ///   overwritten.
    @inlinable
    package func backward<Scalar>(
        _ parameters: ParameterVector<Scalar>, _ gradient: ParameterVector<Scalar>, _ workspace: Workspace<Scalar>
    ) {
        let (extent, memory, input) = (workspace.extent, workspace.memory, workspace.input)
        precondition(extent.learning, "a workspace not made for learning")
        let everyStep = extent.everyStep ? workspace.outputGradient : nil
        switch layers {
        case .none: break
        case .perceptron(let layers):
            let (activations, gradients) = Self.layOut(layers, extent.batch, learning: true, memory)
            layers.backward(
                workspace.outputGradient, x: input, activations: activations, gradients: gradients, parameters,
                gradient)
        case .gated(let stack):
            stack.backward(outputGradients: everyStep, x: input, parameters, gradient, extent, memory)
        case .longShortTerm(let stack):
            stack.backward(outputGradients: everyStep, x: input, parameters, gradient, extent, memory)
        case .convolutions(let stack):
            stack.backward(workspace.outputGradient, x: input, batch: extent.batch, parameters, gradient, memory)
        }
    }

    /// A perceptron's share of memory.
    @inlinable
    static func layOut<Scalar>(
        _ layers: MultilayerPerceptron, _ windows: Int, learning: Bool, _ memory: EncoderMemory<Scalar>
    ) -> (activations: Matrix<Scalar>, gradients: Matrix<Scalar>) {
        var arena = Arena(memory.base)
        return layOut(layers, windows, learning: learning, in: &arena)
    }

    @inlinable
    static func layOut<Scalar>(
        _ layers: MultilayerPerceptron, _ windows: Int, learning: Bool, in arena: inout Arena<Scalar>
    ) -> (activations: Matrix<Scalar>, gradients: Matrix<Scalar>) {
        (
            arena.matrix(rows: windows, columns: layers.totalUnits),
            arena.matrix(rows: learning ? windows : 0, columns: layers.totalUnits)
        )
    }
}
