import TensorCore

/// Where an encoder's layers lay out their shares.
@usableFromInline
package struct EncoderMemory<Scalar: NumericScalar> {
    @usableFromInline let base: UnsafeMutablePointer<Scalar>

    @inlinable
    init(_ base: UnsafeMutablePointer<Scalar>) { self.base = base }
}

extension SequenceEncoder {
    /// What a pass over W windows works in.
    @usableFromInline
    package struct Workspace<Scalar: NumericScalar> {
        /// The windows, to be written before a pass: `[T·W, F]` where the encoder is time-major, else `[W, T·F]`.
        @usableFromInline package let input: Matrix<Scalar>
        /// The encodings, `[W, E]`.
        @usableFromInline package let output: Matrix<Scalar>
        /// ∂L/∂output, `[W, E]`, to be written before the way back.
        @usableFromInline package let outputGradient: Matrix<Scalar>
        @usableFromInline let memory: EncoderMemory<Scalar>
        @usableFromInline let windows: Int
        @usableFromInline let learning: Bool

        @inlinable
        package init(_ encoder: SequenceEncoder, windows: Int, learning: Bool, in arena: inout Arena<Scalar>) {
            input =
                encoder.isTimeMajor
                ? arena.matrix(rows: encoder.steps * windows, columns: encoder.features)
                : arena.matrix(rows: windows, columns: encoder.steps * encoder.features)
            memory = EncoderMemory(arena.matrix(rows: 0, columns: 0).base)
            self.windows = windows
            self.learning = learning
            let extent = Self.extent(steps: encoder.steps, windows: windows, learning: learning)
            switch encoder.layers {
            case .none:
                output = arena.matrix(rows: windows, columns: 0)
                outputGradient = output
            case .perceptron(let layers):
                let (activations, gradients) = SequenceEncoder.layOut(layers, windows, learning: learning, in: &arena)
                output = layers.last(of: activations, rows: windows)
                outputGradient = layers.last(of: gradients, rows: learning ? windows : 0)
            case .gated(let stack):
                stack.layOutAll(extent, in: &arena)
                let top = stack.top(extent, of: memory)
                (output, outputGradient) = (top.output, top.stateGradient)
            case .longShortTerm(let stack):
                stack.layOutAll(extent, in: &arena)
                let top = stack.top(extent, of: memory)
                (output, outputGradient) = (top.output, top.stateGradient)
            case .convolutions(let stack):
                stack.layOutAll(batch: windows, learning: learning, in: &arena)
                output = arena.matrix(rows: windows, columns: encoder.outputs)
                outputGradient = arena.matrix(rows: learning ? windows : 0, columns: encoder.outputs)
            }
        }

        @inlinable
        func extent(_ steps: Int) -> RecurrentWorkspace<Scalar>.Extent {
            Self.extent(steps: steps, windows: windows, learning: learning)
        }

        @inlinable
        static func extent(steps: Int, windows: Int, learning: Bool) -> RecurrentWorkspace<Scalar>.Extent {
            RecurrentWorkspace.Extent(steps: steps, batch: windows, learning: learning)
        }
    }
}
