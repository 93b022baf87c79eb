import NeuralNetworks
import TensorCore

/// The memory that a pass of a Q-network over W windows and S states works in.
///
/// Views only: laying them out costs some additions, so a pass is made for each batch over memory that stays.
package struct QNetworkPass<Scalar: NumericScalar> {
    enum Encoder {
        case gru(GatedRecurrentUnit.Workspace<Scalar>)
        case mlp(activations: Matrix<Scalar>, gradients: Matrix<Scalar>)
    }

    /// What only learning needs: gradients of what bears the same name in the pass.
    struct Backward {
        let encoding: Matrix<Scalar>
        let joined: Matrix<Scalar>
        let hidden: Matrix<Scalar>
        let headOutput: Matrix<Scalar>
        let transposedRecurrentWeight: Matrix<Scalar>
    }

    /// `[T·W, F]` time-major, or `[W, T·F]` for a dense encoder.
    let input: Matrix<Scalar>
    let encoder: Encoder
    /// `[W, E]`
    package let encoding: Matrix<Scalar>
    /// `[W, D]`, the encodings' share of the hidden layer.
    let joined: Matrix<Scalar>
    /// `[S, A]`
    let accounts: Matrix<Scalar>
    /// `[S, D]`
    let hidden: Matrix<Scalar>
    /// `[S, 1 + N]`, or `[S, N]` without dueling.
    let headOutput: Matrix<Scalar>
    /// Q(s, a), `[S, N]`; those of invalid actions mean nothing.
    package let values: Matrix<Scalar>
    /// ∂L/∂Q, `[S, N]`, while learning.
    package let valueGradient: Matrix<Scalar>
    let backward: Backward?

    package init(_ network: QNetwork, windows: Int, states: Int, learning: Bool, in arena: inout Arena<Scalar>) {
        let shape = network.shape
        switch network.encoder {
        case .gru(let layer):
            input = arena.matrix(rows: shape.window * windows, columns: shape.features)
            let workspace = GatedRecurrentUnit.Workspace(
                layer, steps: shape.window, batch: windows, learning: learning, in: &arena)
            encoder = .gru(workspace)
            encoding = workspace.output
        case .mlp(let layers):
            input = arena.matrix(rows: windows, columns: shape.window * shape.features)
            let activations = arena.matrix(rows: windows, columns: layers.totalUnits)
            let gradients = arena.matrix(rows: learning ? windows : 0, columns: layers.totalUnits)
            encoder = .mlp(activations: activations, gradients: gradients)
            encoding = Matrix(
                activations.base + windows * (layers.totalUnits - layers.outputs), rows: windows,
                columns: layers.outputs)
        }
        joined = arena.matrix(rows: windows, columns: shape.hidden)
        accounts = arena.matrix(rows: states, columns: shape.account)
        hidden = arena.matrix(rows: states, columns: shape.hidden)
        headOutput = arena.matrix(rows: states, columns: network.head.outputs)
        values = arena.matrix(rows: states, columns: shape.actions)
        valueGradient = arena.matrix(rows: learning ? states : 0, columns: shape.actions)
        guard learning else {
            backward = nil
            return
        }
        var transposed = Matrix(values.base, rows: 0, columns: 0)
        if case .gru(let layer) = network.encoder {
            transposed = arena.matrix(rows: 3 * layer.units, columns: layer.units)
        }
        backward = Backward(
            encoding: arena.matrix(rows: windows, columns: encoding.columns),
            joined: arena.matrix(rows: windows, columns: shape.hidden),
            hidden: arena.matrix(rows: states, columns: shape.hidden),
            headOutput: arena.matrix(rows: states, columns: network.head.outputs),
            transposedRecurrentWeight: transposed)
    }
}
