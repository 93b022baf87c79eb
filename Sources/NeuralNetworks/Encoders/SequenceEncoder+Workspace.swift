import TensorCore

/// Where an encoder's layers lay out their shares.
@usableFromInline
package struct EncoderMemory<Scalar: NumericScalar> {
    @usableFromInline let base: UnsafeMutablePointer<Scalar>

    @inlinable
    init(_ base: UnsafeMutablePointer<Scalar>) { self.base = base }
}

extension SequenceEncoder {
    /// What a pass over W windows or sequences works in.
    @usableFromInline
    package struct Workspace<Scalar: NumericScalar> {
        /// The windows, to be written before a pass: `[T·W, F]` where the encoder is time-major, else `[W, T·F]`.
        @usableFromInline package let input: Matrix<Scalar>
        /// The encodings, `[W, E]`; `[T·W, E]`, time-major, where every step gives one.
        @usableFromInline package let output: Matrix<Scalar>
        /// ∂L/∂output, of its shape, to be written before the way back.
        @usableFromInline package let outputGradient: Matrix<Scalar>
        @usableFromInline let memory: EncoderMemory<Scalar>
        @usableFromInline let extent: SequenceExtent

        /// For windows.
        @inlinable
        package init(_ encoder: SequenceEncoder, windows: Int, learning: Bool, in arena: inout Arena<Scalar>) {
            let extent = SequenceExtent(steps: encoder.steps, batch: windows, learning: learning)
            let input =
                encoder.isTimeMajor
                ? arena.matrix(rows: encoder.steps * windows, columns: encoder.features)
                : arena.matrix(rows: windows, columns: encoder.steps * encoder.features)
            self.init(encoder, extent, input: input, in: &arena)
        }

        /// - Parameters:
        ///   - extent: Other steps than the encoder's, an output of every step, or first states, where it is recurrent.
        ///   - input: Where the windows will be.
        @inlinable
        package init(
            _ encoder: SequenceEncoder, _ extent: SequenceExtent, input: Matrix<Scalar>, in arena: inout Arena<Scalar>
        ) {
            self.input = input
            self.extent = extent
            memory = EncoderMemory(arena.matrix(rows: 0, columns: 0).base)
            let windows = extent.batch, learners = extent.learning ? windows : 0
            switch encoder.layers {
            case .none:
                output = arena.matrix(rows: windows, columns: 0)
                outputGradient = output
            case .perceptron(let layers):
                let (activations, gradients) = SequenceEncoder.layOut(
                    layers, windows, learning: extent.learning, in: &arena)
                output = layers.last(of: activations, rows: windows)
                outputGradient = layers.last(of: gradients, rows: learners)
            case .gated(let stack): (output, outputGradient) = Self.layOut(stack, extent, memory, in: &arena)
            case .longShortTerm(let stack): (output, outputGradient) = Self.layOut(stack, extent, memory, in: &arena)
            case .convolutions(let stack):
                stack.layOutAll(batch: windows, learning: extent.learning, in: &arena)
                output = arena.matrix(rows: windows, columns: encoder.outputs)
                outputGradient = arena.matrix(rows: learners, columns: encoder.outputs)
            }
        }

        @inlinable
        static func layOut<Layer: RecurrentLayer>(
            _ stack: RecurrentStack<Layer>, _ extent: SequenceExtent, _ memory: EncoderMemory<Scalar>,
            in arena: inout Arena<Scalar>
        ) -> (output: Matrix<Scalar>, outputGradient: Matrix<Scalar>) {
            stack.layOutAll(extent, in: &arena)
            let top = stack.top(extent, of: memory)
            guard extent.everyStep else { return (top.output, top.stateGradient) }
            let rows = extent.learning ? extent.steps * extent.batch : 0
            return (top.outputs, arena.matrix(rows: rows, columns: stack.outputs))
        }
    }
}
