import RandomNumbers
import TensorCore

/// Convolutions over time, one after the other, whose last maps are laid flat.
///
/// Flat, not averaged or maximised over time: when something happened is half of what a trader wants to know, and the mean
/// of a map forgets it. With T' steps and C channels left, an encoding has T'·C numbers, those of the oldest step first.
@usableFromInline
package struct ConvolutionStack: Equatable, Sendable {
    @usableFromInline package let layers: [Convolution]
    /// T, steps of a sequence.
    @usableFromInline let steps: Int

    /// Appends layers `name.0`, `name.1`, … to a network's parameters.
    /// - Precondition: there is at least one layer, a kernel for each, and a step is left after the last.
    package init(
        _ name: String, steps: Int, inputs: Int, channels: [Int], kernels: [Int], layout: inout ParameterLayout
    ) {
        precondition(!channels.isEmpty && kernels.count == channels.count, "a stack has layers, each with a kernel")
        precondition(steps > kernels.reduce(0) { $0 + $1 - 1 }, "kernels of \(kernels) leave no step")
        var width = inputs
        var layers: [Convolution] = []
        for (index, (count, kernel)) in zip(channels, kernels).enumerated() {
            layers.append(
                Convolution("\(name).\(index)", inputs: width, channels: count, kernel: kernel, layout: &layout))
            width = count
        }
        self.layers = layers
        self.steps = steps
    }

    /// Steps that are left after layer `index`.
    @inlinable
    func steps(after index: Int) -> Int {
        var left = steps
        for layer in 0...index { left -= layers[layer].kernel - 1 }
        return left
    }

    @inlinable
    package var outputs: Int { steps(after: layers.count - 1) * layers[layers.count - 1].channels }

    package func initialise<Scalar>(_ parameters: ParameterVector<Scalar>, using stream: inout RandomStream) {
        for layer in layers { layer.initialise(parameters, using: &stream) }
    }

    /// One layer's share of a stack's memory: its maps `[T'·B, C]`, and while learning their gradient.
    @usableFromInline
    struct Part<Scalar: NumericScalar> {
        @usableFromInline let maps: Matrix<Scalar>
        @usableFromInline let gradient: Matrix<Scalar>

        @inlinable
        init(maps: Matrix<Scalar>, gradient: Matrix<Scalar>) {
            self.maps = maps
            self.gradient = gradient
        }
    }

    @inlinable
    func part<Scalar>(_ index: Int, batch: Int, learning: Bool, of memory: EncoderMemory<Scalar>) -> Part<Scalar> {
        var arena = Arena(memory.base)
        for lower in 0..<index { _ = layOut(lower, batch: batch, learning: learning, in: &arena) }
        return layOut(index, batch: batch, learning: learning, in: &arena)
    }

    @inlinable
    func layOut<Scalar>(
        _ index: Int, batch: Int, learning: Bool, in arena: inout Arena<Scalar>
    ) -> Part<Scalar> {
        let rows = steps(after: index) * batch, channels = layers[index].channels
        return Part(
            maps: arena.matrix(rows: rows, columns: channels),
            gradient: arena.matrix(rows: learning ? rows : 0, columns: channels))
    }

    /// Takes the memory for all layers.
    @inlinable
    func layOutAll<Scalar>(batch: Int, learning: Bool, in arena: inout Arena<Scalar>) {
        for index in layers.indices { _ = layOut(index, batch: batch, learning: learning, in: &arena) as Part<Scalar> }
    }

    /// - Parameters:
    ///   - x: `[T·B, F]`, time-major.
    ///   - output: `[B, T'·C]`, overwritten.
    @inlinable
    func forward<Scalar>(
        _ x: Matrix<Scalar>, batch: Int, learning: Bool, _ parameters: ParameterVector<Scalar>,
        _ memory: EncoderMemory<Scalar>, into output: Matrix<Scalar>
    ) {
        var input = x
        for index in layers.indices {
            let maps = part(index, batch: batch, learning: learning, of: memory).maps
            layers[index].forward(input, batch: batch, parameters, into: maps)
            input = maps
        }
        Scalar.exchangeAxes(
            input.base, first: steps(after: layers.count - 1), second: batch, columns: input.columns, into: output.base)
    }

    /// - Parameter dOutput: ∂L/∂(output), `[B, T'·C]`.
    @inlinable
    func backward<Scalar>(
        _ dOutput: Matrix<Scalar>, x: Matrix<Scalar>, batch: Int, _ parameters: ParameterVector<Scalar>,
        _ gradient: ParameterVector<Scalar>, _ memory: EncoderMemory<Scalar>
    ) {
        let last = layers.count - 1
        Scalar.exchangeAxes(
            dOutput.base, first: batch, second: steps(after: last), columns: layers[last].channels,
            into: part(last, batch: batch, learning: true, of: memory).gradient.base)
        for index in layers.indices.reversed() {
            let part = part(index, batch: batch, learning: true, of: memory)
            if index == 0 {
                layers[0].backward(
                    part.gradient, x: x, y: part.maps, batch: batch, parameters, gradient, into: nil)
            } else {
                let below = self.part(index - 1, batch: batch, learning: true, of: memory)
                layers[index].backward(
                    part.gradient, x: below.maps, y: part.maps, batch: batch, parameters, gradient,
                    into: below.gradient)
            }
        }
    }
}
