import TensorCore

/// What recurrent encoders carry from step to step, so that a sequence may be read in parts.
extension SequenceEncoder {
    /// Numbers that are carried: for each layer its state, then its cell if it has one; 0 where nothing is.
    @inlinable
    package var carriedWidth: Int {
        switch layers {
        case .none, .perceptron, .convolutions: 0
        case .gated(let stack): stack.carriedWidth
        case .longShortTerm(let stack): stack.carriedWidth
        }
    }

    /// Where among the carried numbers the encoding lies: it is the state of the last layer.
    @inlinable
    package var encodingOffset: Int {
        switch layers {
        case .none, .perceptron, .convolutions: 0
        case .gated: carriedWidth - outputs
        case .longShortTerm: carriedWidth - 2 * outputs
        }
    }

    /// Sets what is carried into the first step, `[W, carriedWidth]`, of a workspace that does not start from zero.
    @inlinable
    package func setFirst<Scalar>(_ carried: Matrix<Scalar>, of workspace: Workspace<Scalar>) {
        precondition(!workspace.extent.startsFromZero, "a workspace that starts from zero")
        switch layers {
        case .none, .perceptron, .convolutions: preconditionFailure("an encoder that carries nothing")
        case .gated(let stack): stack.setFirst(carried, workspace.extent, workspace.memory)
        case .longShortTerm(let stack): stack.setFirst(carried, workspace.extent, workspace.memory)
        }
    }

    /// Copies what is carried out of the last step of a pass to `carried`, `[W, carriedWidth]`.
    @inlinable
    package func getLast<Scalar>(of workspace: Workspace<Scalar>, into carried: Matrix<Scalar>) {
        switch layers {
        case .none, .perceptron, .convolutions: preconditionFailure("an encoder that carries nothing")
        case .gated(let stack): stack.getLast(carried, workspace.extent, workspace.memory)
        case .longShortTerm(let stack): stack.getLast(carried, workspace.extent, workspace.memory)
        }
    }
}
