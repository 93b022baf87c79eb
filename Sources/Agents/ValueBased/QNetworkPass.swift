import NeuralNetworks
import TensorCore

/// The memory that a pass of a Q-network over W windows and S states works in.
///
/// Views only: laying them out costs some additions, so a pass is made for each batch over memory that stays.
package struct QNetworkPass<Scalar: NumericScalar> {
    let encoder: SequenceEncoder.Workspace<Scalar>
    let head: QHeadPass<Scalar>

    package init(_ network: QNetwork, windows: Int, states: Int, learning: Bool, in arena: inout Arena<Scalar>) {
        let windows = network.encoder.outputs > 0 ? windows : 0
        encoder = SequenceEncoder.Workspace(network.encoder, windows: windows, learning: learning, in: &arena)
        head = QHeadPass(network, encodings: windows, states: states, learning: learning, in: &arena)
    }

    /// The encodings, `[W, E]`.
    package var encoding: Matrix<Scalar> { encoder.output }
    /// Q(s, a), `[S, N]`; those of invalid actions mean nothing.
    package var values: Matrix<Scalar> { head.values }
    /// ∂L/∂Q, `[S, N]`, while learning.
    package var valueGradient: Matrix<Scalar> { head.valueGradient }
}

/// The memory of the layers behind the encoder, for R encodings and S states.
struct QHeadPass<Scalar: NumericScalar> {
    /// What only learning needs: gradients of what bears the same name in the pass.
    struct Backward {
        let joined: Matrix<Scalar>
        let hidden: Matrix<Scalar>
        let further: Matrix<Scalar>
        let headOutput: Matrix<Scalar>
    }

    /// `[R, D]`, the encodings' share of the first hidden layer, where several states may have one.
    let joined: Matrix<Scalar>
    /// `[S, 8]`, of which the first M columns count.
    let numbers: Matrix<Scalar>
    /// `[S, D]`, the first hidden layer.
    let hidden: Matrix<Scalar>
    /// The hidden layers behind it, layer after layer.
    let further: Matrix<Scalar>
    /// `[S, 1 + N]`, or `[S, N]` without dueling.
    let headOutput: Matrix<Scalar>
    /// Q(s, a), `[S, N]`.
    let values: Matrix<Scalar>
    /// ∂L/∂Q, `[S, N]`, while learning.
    let valueGradient: Matrix<Scalar>
    let backward: Backward?

    init(_ network: QNetwork, encodings: Int, states: Int, learning: Bool, in arena: inout Arena<Scalar>) {
        let shape = network.shape
        let width = shape.hidden[0]
        let furtherUnits = network.further?.totalUnits ?? 0
        joined = arena.matrix(rows: encodings, columns: width)
        numbers = arena.matrix(rows: states, columns: 8)
        hidden = arena.matrix(rows: states, columns: width)
        further = arena.matrix(rows: states, columns: furtherUnits)
        headOutput = arena.matrix(rows: states, columns: network.head.outputs)
        values = arena.matrix(rows: states, columns: shape.actions)
        valueGradient = arena.matrix(rows: learning ? states : 0, columns: shape.actions)
        backward =
            learning
            ? Backward(
                joined: arena.matrix(rows: encodings, columns: width),
                hidden: arena.matrix(rows: states, columns: width),
                further: arena.matrix(rows: states, columns: furtherUnits),
                headOutput: arena.matrix(rows: states, columns: network.head.outputs))
            : nil
    }
}
