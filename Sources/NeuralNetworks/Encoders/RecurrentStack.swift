import RandomNumbers
import TensorCore

/// Recurrent layers, each of which reads the states of the one before.
@usableFromInline
package struct RecurrentStack<Layer: RecurrentLayer>: Equatable, Sendable {
    @usableFromInline package let layers: [Layer]

    /// Appends layers to a network's parameters: `name` if there is one, else `name.0`, `name.1`, …
    /// - Precondition: there is at least one layer.
    package init(_ name: String, inputs: Int, hidden: [Int], layout: inout ParameterLayout) {
        precondition(!hidden.isEmpty, "a stack has at least one layer")
        var width = inputs
        var layers: [Layer] = []
        for (index, units) in hidden.enumerated() {
            layers.append(
                Layer(hidden.count == 1 ? name : "\(name).\(index)", inputs: width, units: units, layout: &layout))
            width = units
        }
        self.layers = layers
    }

    @inlinable
    package var outputs: Int { layers[layers.count - 1].units }

    /// One layer's share of a stack's memory.
    @usableFromInline
    struct Part<Scalar: NumericScalar> {
        @usableFromInline let workspace: RecurrentWorkspace<Scalar>
        /// ∂L/∂(what the layer reads), while learning; the first layer's is not wanted.
        @usableFromInline let inputGradient: Matrix<Scalar>

        @inlinable
        init(workspace: RecurrentWorkspace<Scalar>, inputGradient: Matrix<Scalar>) {
            self.workspace = workspace
            self.inputGradient = inputGradient
        }
    }

    /// The share of layer `index`, after those of the layers below. Views cost some additions, and lists of them would
    /// have to be allocated, so they are laid out anew wherever they are needed.
    @inlinable
    func part<Scalar>(
        _ index: Int, _ extent: RecurrentWorkspace<Scalar>.Extent, of memory: EncoderMemory<Scalar>
    ) -> Part<Scalar> {
        var arena = Arena(memory.base)
        for lower in 0..<index { _ = layOut(lower, extent, in: &arena) }
        return layOut(index, extent, in: &arena)
    }

    @inlinable
    func layOut<Scalar>(
        _ index: Int, _ extent: RecurrentWorkspace<Scalar>.Extent, in arena: inout Arena<Scalar>
    ) -> Part<Scalar> {
        var extent = extent
        if index < layers.count - 1 { extent.everyStep = true }
        let rows = extent.learning && index > 0 ? extent.steps * extent.batch : 0
        let workspace = RecurrentWorkspace(layers[index], extent, in: &arena)
        return Part(workspace: workspace, inputGradient: arena.matrix(rows: rows, columns: layers[index].inputs))
    }

    /// Takes the memory for all layers.
    @inlinable
    func layOutAll<Scalar>(
        _ extent: RecurrentWorkspace<Scalar>.Extent, in arena: inout Arena<Scalar>
    ) {
        for index in layers.indices { _ = layOut(index, extent, in: &arena) }
    }

    @inlinable
    func top<Scalar>(
        _ extent: RecurrentWorkspace<Scalar>.Extent, of memory: EncoderMemory<Scalar>
    ) -> RecurrentWorkspace<Scalar> {
        part(layers.count - 1, extent, of: memory).workspace
    }

    @inlinable
    func forward<Scalar>(
        _ x: Matrix<Scalar>, _ parameters: ParameterVector<Scalar>, _ extent: RecurrentWorkspace<Scalar>.Extent,
        _ memory: EncoderMemory<Scalar>
    ) {
        var input = x
        for index in layers.indices {
            let workspace = part(index, extent, of: memory).workspace
            layers[index].forward(input, parameters, workspace)
            if index < layers.count - 1 { input = workspace.outputs }
        }
    }

    /// - Precondition: the top layer's `stateGradient` is set.
    @inlinable
    func backward<Scalar>(
        x: Matrix<Scalar>, _ parameters: ParameterVector<Scalar>, _ gradient: ParameterVector<Scalar>,
        _ extent: RecurrentWorkspace<Scalar>.Extent, _ memory: EncoderMemory<Scalar>
    ) {
        var outputGradients: Matrix<Scalar>?
        for index in layers.indices.reversed() {
            let part = part(index, extent, of: memory)
            part.workspace.cellGradient.fill(with: 0)
            if index < layers.count - 1 { part.workspace.stateGradient.fill(with: 0) }
            if index == 0 {
                layers[index].backward(
                    outputGradients: outputGradients, x: x, parameters, gradient, part.workspace, into: nil)
            } else {
                let below = self.part(index - 1, extent, of: memory).workspace
                layers[index].backward(
                    outputGradients: outputGradients, x: below.outputs, parameters, gradient, part.workspace,
                    into: part.inputGradient)
                outputGradients = part.inputGradient
            }
        }
    }
}

extension RecurrentStack where Layer == GatedRecurrentUnit {
    package func initialise<Scalar>(_ parameters: ParameterVector<Scalar>, using stream: inout RandomStream) {
        for layer in layers { layer.initialise(parameters, using: &stream) }
    }
}

extension RecurrentStack where Layer == LongShortTermMemory {
    package func initialise<Scalar>(_ parameters: ParameterVector<Scalar>, using stream: inout RandomStream) {
        for layer in layers { layer.initialise(parameters, using: &stream) }
    }
}
