import Foundation
import NeuralNetworks
import TensorCore

/// The memory that a pass of an allocation network over W windows works in; views only.
struct AllocationPass<Scalar: NumericScalar> {
    let encoder: SequenceEncoder.Workspace<Scalar>
    /// The latest close of each window, and the input's scale over it, once for each feature: `[W, f]`.
    let close: Matrix<Scalar>
    let factor: Matrix<Scalar>
    /// wₜ₋₁ of each window's asset, `[W, 1]`, to be written before a pass.
    let previous: Matrix<Scalar>
    /// `[W, 1]`
    let scores: Matrix<Scalar>
    /// ∂L/∂scores, while learning.
    let scoreGradient: Matrix<Scalar>

    init(_ network: AllocationNetwork, windows: Int, learning: Bool, in arena: inout Arena<Scalar>) {
        encoder = SequenceEncoder.Workspace(network.encoder, windows: windows, learning: learning, in: &arena)
        close = arena.matrix(rows: windows, columns: network.shape.features)
        factor = arena.matrix(rows: windows, columns: network.shape.features)
        previous = arena.matrix(rows: windows, columns: 1)
        scores = arena.matrix(rows: windows, columns: 1)
        scoreGradient = arena.matrix(rows: learning ? windows : 0, columns: 1)
    }
}

func exponential(_ value: Double) -> Double { exp(value) }
