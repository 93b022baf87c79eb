import RandomNumbers
import TensorCore

/// A gated recurrent unit over sequences that start from a zero state (Cho et al., arXiv 1406.1078), in the form of cuDNN
/// and PyTorch, where the reset gate acts after the recurrent product:
///
///     c = h Wₕₙ + bₕₙ                          the candidate's recurrent term
///     r = σ(x Wᵢᵣ + bᵢᵣ + h Wₕᵣ + bₕᵣ)         reset
///     z = σ(x Wᵢz + bᵢz + h Wₕz + bₕz)         update
///     n = tanh(x Wᵢₙ + bᵢₙ + r ⊙ c)            candidate
///     h' = (1 − z) ⊙ n + z ⊙ h
///
/// Shapes, with T steps, batch B, inputs F, units H: x [T·B, F], time-major (row t·B + b); states h [(T+1)·B, H], of which
/// the first B rows are the zero state. Backward, with dh' = ∂L/∂h' of a step and the sums inside r, z, n as r̂, ẑ, n̂:
///
///     (1)  dn̂ = dh' ⊙ (1 − z) ⊙ (1 − n²)
///     (2)  dẑ = dh' ⊙ (h − n) ⊙ z ⊙ (1 − z)
///     (3)  dr̂ = dn̂ ⊙ c ⊙ r ⊙ (1 − r)
///     (4)  dc = dn̂ ⊙ r
///     (5)  dh = dh' ⊙ z + [dc dr̂ dẑ] Wₕᵀ
///     (6)  dWₕ = Σₜ hᵀ [dc dr̂ dẑ]        dbₕ = Σ [dc dr̂ dẑ]
///     (7)  dWᵢ = Σₜ xᵀ [dr̂ dẑ dn̂]        dbᵢ = Σ [dr̂ dẑ dn̂]
///
/// **Layout.** The columns of Wᵢ and bᵢ are (r, z, n), those of Wₕ and bₕ are (n, r, z). So a workspace of four column
/// groups, (c, r, z, n) forward and (dc, dr̂, dẑ, dn̂) backward, holds both products' gradients as adjacent columns, and
/// (6) and (7) are one product each over all T·B rows.
@usableFromInline
package struct GatedRecurrentUnit: Equatable, Sendable {
    @usableFromInline package let inputWeight: ParameterSlice
    @usableFromInline package let recurrentWeight: ParameterSlice
    @usableFromInline package let inputBias: ParameterSlice
    @usableFromInline package let recurrentBias: ParameterSlice

    /// Appends the layer's tensors, `name.inputWeight` and so on, to a network's parameters.
    package init(_ name: String, inputs: Int, units: Int, layout: inout ParameterLayout) {
        inputWeight = layout.add("\(name).inputWeight", rows: inputs, columns: 3 * units)
        recurrentWeight = layout.add("\(name).recurrentWeight", rows: units, columns: 3 * units)
        inputBias = layout.add("\(name).inputBias", columns: 3 * units)
        recurrentBias = layout.add("\(name).recurrentBias", columns: 3 * units)
    }

    @inlinable
    package var inputs: Int { inputWeight.rows }
    @inlinable
    package var units: Int { recurrentWeight.rows }

    /// Draws all tensors uniformly from ±1/√H, as PyTorch does.
    package func initialise<Scalar>(_ parameters: ParameterVector<Scalar>, using stream: inout RandomStream) {
        let bound = 1 / Double(units).squareRoot()
        for slice in [inputWeight, recurrentWeight, inputBias, recurrentBias] {
            parameters[slice].fillUniformly(within: bound, using: &stream)
        }
    }

    /// What a pass over T steps of B sequences works in.
    ///
    /// Learning keeps gates and states of all steps for the way back; otherwise each step overwrites the one before, and
    /// everything stays in the cache.
    @usableFromInline
    package struct Workspace<Scalar: NumericScalar> {
        /// `[T·B, 4H]`, or `[B, 4H]` when not learning: gates forward, their gradients backward.
        @usableFromInline let gates: Matrix<Scalar>
        /// `[(T+1)·B, H]`, or `[2·B, H]` when not learning: the states before and after each step.
        @usableFromInline let states: Matrix<Scalar>
        /// `[B, 3H]`: recurrent products of one step.
        @usableFromInline let products: Matrix<Scalar>
        @usableFromInline let steps: Int
        @usableFromInline let batch: Int
        @usableFromInline let learning: Bool

        @inlinable
        package init(
            _ layer: GatedRecurrentUnit, steps: Int, batch: Int, learning: Bool, in arena: inout Arena<Scalar>
        ) {
            gates = arena.matrix(rows: learning ? steps * batch : batch, columns: 4 * layer.units)
            states = arena.matrix(rows: learning ? (steps + 1) * batch : 2 * batch, columns: layer.units)
            products = arena.matrix(rows: batch, columns: 3 * layer.units)
            self.steps = steps
            self.batch = batch
            self.learning = learning
        }

        /// Gates of a step for `count` sequences.
        @inlinable
        func gates(_ step: Int, from first: Int, count: Int) -> Matrix<Scalar> {
            gates.rows(from: (learning ? step * batch : 0) + first, count: count)
        }

        /// The state before a step, for `count` sequences.
        @inlinable
        func state(_ step: Int, from first: Int, count: Int) -> Matrix<Scalar> {
            states.rows(from: (learning ? step : step & 1) * batch + first, count: count)
        }

        /// The last state, `[B, H]`.
        @inlinable
        package var output: Matrix<Scalar> { state(steps, from: 0, count: batch) }
    }

    /// Sequences that go through all steps together, so that their gates stay in the cache: the sequences of a batch do
    /// not touch each other.
    @usableFromInline static let chunk = 64

    /// Runs the sequences; the last state is `workspace.output`.
    ///
    /// The input is projected step by step, just before its gates are computed: a product of 64 rows runs at the rate of
    /// one over all steps, and its result is still in the cache.
    @inlinable
    package func forward<Scalar>(
        _ x: Matrix<Scalar>, _ parameters: ParameterVector<Scalar>, _ workspace: Workspace<Scalar>
    ) {
        let (batch, units) = (workspace.batch, units)
        for first in stride(from: 0, to: batch, by: Self.chunk) {
            let count = min(Self.chunk, batch - first)
            let products = workspace.products.rows(from: first, count: count)
            products.fill(with: 0)  // The first state is zero, and so is its product.
            workspace.state(0, from: first, count: count).fill(with: 0)
            for step in 0..<workspace.steps {
                let gates = workspace.gates(step, from: first, count: count)
                let previous = workspace.state(step, from: first, count: count)
                gates.columns(from: units, count: 3 * units).assignProduct(
                    x.rows(from: step * batch + first, count: count), parameters[inputWeight])
                if step > 0 { products.assignProduct(previous, parameters[recurrentWeight]) }
                Scalar.gatedRecurrentForward(
                    rows: count, units: units, gates: gates.base, recurrent: products.base,
                    inputBias: parameters[inputBias].base, recurrentBias: parameters[recurrentBias].base,
                    previous: previous.base, next: workspace.state(step + 1, from: first, count: count).base)
            }
        }
    }

    /// Accumulates the parameters' gradient.
    /// - Parameters:
    ///   - dOutput: ∂L/∂(last state), `[B, H]`, overwritten.
    ///   - transposedRecurrentWeight: Wₕᵀ `[3H, H]`, since the product with a matrix stored transposed is slow: made once
    ///     an update, used at each step.
    ///   - workspace: As the forward pass left it; its gates are overwritten.
    @inlinable
    package func backward<Scalar>(
        _ dOutput: Matrix<Scalar>, x: Matrix<Scalar>, transposedRecurrentWeight: Matrix<Scalar>,
        _ gradient: ParameterVector<Scalar>, _ workspace: Workspace<Scalar>
    ) {
        let (batch, units, steps) = (workspace.batch, units, workspace.steps)
        precondition(workspace.learning, "a workspace not made for learning")
        for first in stride(from: 0, to: batch, by: Self.chunk) {
            let count = min(Self.chunk, batch - first)
            let dState = dOutput.rows(from: first, count: count)
            for step in stride(from: steps - 1, through: 0, by: -1) {
                let gates = workspace.gates(step, from: first, count: count)
                Scalar.gatedRecurrentBackward(  // (1)–(4)
                    rows: count, units: units, gates: gates.base,
                    previous: workspace.state(step, from: first, count: count).base, stateGradient: dState.base)
                if step > 0 {  // Nobody asks for the gradient of the zero state.
                    dState.assignProduct(  // (5)
                        gates.columns(from: 0, count: 3 * units), transposedRecurrentWeight, accumulating: true)
                }
            }
        }
        let dRecurrent = workspace.gates.columns(from: 0, count: 3 * units)
        let dInput = workspace.gates.columns(from: units, count: 3 * units)
        // The first step's state is zero and adds nothing to (6).
        let later = (steps - 1) * batch
        gradient[recurrentWeight].assignProduct(  // (6)
            workspace.states.rows(from: batch, count: later), dRecurrent.rows(from: batch, count: later),
            transposingLeft: true, accumulating: true)
        gradient[recurrentBias].addRowSums(of: dRecurrent)
        gradient[inputWeight].assignProduct(x, dInput, transposingLeft: true, accumulating: true)  // (7)
        gradient[inputBias].addRowSums(of: dInput)
    }
}
