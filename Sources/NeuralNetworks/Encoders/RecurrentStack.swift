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
        _ index: Int, _ extent: SequenceExtent, of memory: EncoderMemory<Scalar>
    ) -> Part<Scalar> {
        var arena = Arena(memory.base)
        for lower in 0..<index { _ = layOut(lower, extent, in: &arena) }
        return layOut(index, extent, in: &arena)
    }

    @inlinable
    func layOut<Scalar>(
        _ index: Int, _ extent: SequenceExtent, in arena: inout Arena<Scalar>
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
        _ extent: SequenceExtent, in arena: inout Arena<Scalar>
    ) {
        for index in layers.indices { _ = layOut(index, extent, in: &arena) }
    }

    /// Numbers that a sequence carries from step to step: for each layer its state, then its cell if it has one.
    @inlinable
    package var carriedWidth: Int {
        var width = 0
        for index in layers.indices { width += layers[index].units * Layer.kind.carried }
        return width
    }

    /// Copies what is carried into the first step, `[B, carriedWidth]`, to where the layers read it.
    @inlinable
    func setFirst<Scalar>(_ carried: Matrix<Scalar>, _ extent: SequenceExtent, _ memory: EncoderMemory<Scalar>) {
        var offset = 0
        for index in layers.indices {
            let workspace = part(index, extent, of: memory).workspace, units = layers[index].units
            workspace.firstState.assignRows(of: carried.columns(from: offset, count: units))
            offset += units
            if Layer.kind == .longShortTerm {
                workspace.firstCell.assignRows(of: carried.columns(from: offset, count: units))
                offset += units
            }
        }
    }

    /// Copies what is carried out of the last step.
    @inlinable
    func getLast<Scalar>(_ carried: Matrix<Scalar>, _ extent: SequenceExtent, _ memory: EncoderMemory<Scalar>) {
        var offset = 0
        for index in layers.indices {
            let workspace = part(index, extent, of: memory).workspace, units = layers[index].units
            carried.columns(from: offset, count: units).assignRows(of: workspace.output)
            offset += units
            if Layer.kind == .longShortTerm {
                carried.columns(from: offset, count: units).assignRows(of: workspace.lastCell)
                offset += units
            }
        }
    }

    @inlinable
    func top<Scalar>(
        _ extent: SequenceExtent, of memory: EncoderMemory<Scalar>
    ) -> RecurrentWorkspace<Scalar> {
        part(layers.count - 1, extent, of: memory).workspace
    }

    @inlinable
    func forward<Scalar>(
        _ x: Matrix<Scalar>, _ parameters: ParameterVector<Scalar>, _ extent: SequenceExtent,
        _ memory: EncoderMemory<Scalar>
    ) {
        var input = x
        for index in layers.indices {
            let workspace = part(index, extent, of: memory).workspace
            layers[index].forward(input, parameters, workspace)
            if index < layers.count - 1 { input = workspace.outputs }
        }
    }

    /// - Parameter outputGradients: ∂L/∂(output of each step), `[T·B, H]`; nil where only the last state was used: then the
    ///   top layer's `stateGradient` is set.
    @inlinable
    func backward<Scalar>(
        outputGradients: Matrix<Scalar>?, x: Matrix<Scalar>, _ parameters: ParameterVector<Scalar>,
        _ gradient: ParameterVector<Scalar>, _ extent: SequenceExtent, _ memory: EncoderMemory<Scalar>
    ) {
        var outputGradients = outputGradients
        for index in layers.indices.reversed() {
            let part = part(index, extent, of: memory)
            part.workspace.cellGradient.fill(with: 0)
            if outputGradients != nil { part.workspace.stateGradient.fill(with: 0) }
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
