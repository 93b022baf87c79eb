import RandomNumbers
import TensorCore

/// A gated recurrent unit (Cho et al., arXiv 1406.1078), in the form of cuDNN and PyTorch, where the reset gate acts after
/// the recurrent product:
///
///     c = h Wₕₙ + bₕₙ                          the candidate's recurrent term
///     r = σ(x Wᵢᵣ + bᵢᵣ + h Wₕᵣ + bₕᵣ)         reset
///     z = σ(x Wᵢz + bᵢz + h Wₕz + bₕz)         update
///     n = tanh(x Wᵢₙ + bᵢₙ + r ⊙ c)            candidate
///     h' = (1 − z) ⊙ n + z ⊙ h
///
/// Shapes, with T steps, batch B, inputs F, units H: x [T·B, F], time-major (row t·B + b); states h [(T+1)·B, H], of which
/// the first B rows are the state before the first step. Backward, with dh' = ∂L/∂h' of a step, both through the steps
/// after it and through its own output, and the sums inside r, z, n as r̂, ẑ, n̂:
///
///     (1)  dn̂ = dh' ⊙ (1 − z) ⊙ (1 − n²)
///     (2)  dẑ = dh' ⊙ (h − n) ⊙ z ⊙ (1 − z)
///     (3)  dr̂ = dn̂ ⊙ c ⊙ r ⊙ (1 − r)
///     (4)  dc = dn̂ ⊙ r
///     (5)  dh = dh' ⊙ z + [dc dr̂ dẑ] Wₕᵀ
///     (6)  dWₕ = Σₜ hᵀ [dc dr̂ dẑ]        dbₕ = Σ [dc dr̂ dẑ]
///     (7)  dWᵢ = Σₜ xᵀ [dr̂ dẑ dn̂]        dbᵢ = Σ [dr̂ dẑ dn̂]
///     (8)  dx = [dr̂ dẑ dn̂] Wᵢᵀ
///
/// **Layout.** The columns of Wᵢ and bᵢ are (r, z, n), those of Wₕ and bₕ are (n, r, z). So a workspace of four column
/// groups, (c, r, z, n) forward and (dc, dr̂, dẑ, dn̂) backward, holds both products' gradients as adjacent columns, and
/// (6), (7) and (8) are one product each over all T·B rows.
@usableFromInline
package struct GatedRecurrentUnit: RecurrentLayer {
    @usableFromInline package let inputWeight: ParameterSlice
    @usableFromInline package let recurrentWeight: ParameterSlice
    @usableFromInline package let inputBias: ParameterSlice
    @usableFromInline package let recurrentBias: ParameterSlice

    /// Appends the layer's tensors, `name.inputWeight` and so on, to a network's parameters.
    @usableFromInline
    package init(_ name: String, inputs: Int, units: Int, layout: inout ParameterLayout) {
        inputWeight = layout.add("\(name).inputWeight", rows: inputs, columns: 3 * units)
        recurrentWeight = layout.add("\(name).recurrentWeight", rows: units, columns: 3 * units)
        inputBias = layout.add("\(name).inputBias", columns: 3 * units)
        recurrentBias = layout.add("\(name).recurrentBias", columns: 3 * units)
    }

    @inlinable
    package static var kind: RecurrentKind { .gated }
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

    @inlinable
    package func forward<Scalar>(
        _ x: Matrix<Scalar>, _ parameters: ParameterVector<Scalar>, _ workspace: RecurrentWorkspace<Scalar>
    ) {
        let (batch, units) = (workspace.batch, units)
        for first in stride(from: 0, to: batch, by: workspace.chunk) {
            let count = min(workspace.chunk, batch - first)
            let products = workspace.products.rows(from: first, count: count)
            if workspace.startsFromZero {
                products.fill(with: 0)  // The product with the zero state.
                workspace.state(0, from: first, count: count).fill(with: 0)
            }
            for step in 0..<workspace.steps {
                let gates = workspace.gates(step, from: first, count: count)
                let previous = workspace.state(step, from: first, count: count)
                gates.columns(from: units, count: 3 * units).assignProduct(
                    x.rows(from: step * batch + first, count: count), parameters[inputWeight])
                if step > 0 || !workspace.startsFromZero {
                    products.assignProduct(previous, parameters[recurrentWeight])
                }
                Scalar.gatedRecurrentForward(
                    rows: count, units: units, gates: gates.base, recurrent: products.base,
                    inputBias: parameters[inputBias].base, recurrentBias: parameters[recurrentBias].base,
                    previous: previous.base, next: workspace.state(step + 1, from: first, count: count).base)
            }
        }
    }

    @inlinable
    package func backward<Scalar>(
        outputGradients: Matrix<Scalar>?, x: Matrix<Scalar>, _ parameters: ParameterVector<Scalar>,
        _ gradient: ParameterVector<Scalar>, _ workspace: RecurrentWorkspace<Scalar>, into dx: Matrix<Scalar>?
    ) {
        let (batch, units, steps) = (workspace.batch, units, workspace.steps)
        precondition(workspace.learning, "a workspace not made for learning")
        workspace.transposedWeight.assignTransposed(parameters[recurrentWeight])
        for first in stride(from: 0, to: batch, by: workspace.chunk) {
            let count = min(workspace.chunk, batch - first)
            let dState = workspace.stateGradient.rows(from: first, count: count)
            for step in stride(from: steps - 1, through: 0, by: -1) {
                let gates = workspace.gates(step, from: first, count: count)
                if let outputGradients { dState.add(outputGradients.rows(from: step * batch + first, count: count)) }
                Scalar.gatedRecurrentBackward(  // (1)–(4)
                    rows: count, units: units, gates: gates.base,
                    previous: workspace.state(step, from: first, count: count).base, stateGradient: dState.base)
                if step > 0 || !workspace.startsFromZero {  // Nobody asks for the gradient of a zero state.
                    dState.assignProduct(  // (5)
                        gates.columns(from: 0, count: 3 * units), workspace.transposedWeight, accumulating: true)
                }
            }
        }
        let dRecurrent = workspace.gates.columns(from: 0, count: 3 * units)
        let dInput = workspace.gates.columns(from: units, count: 3 * units)
        // A zero state before the first step adds nothing to (6).
        let skipped = workspace.startsFromZero ? batch : 0
        let rows = steps * batch - skipped
        gradient[recurrentWeight].assignProduct(  // (6)
            workspace.states.rows(from: skipped, count: rows), dRecurrent.rows(from: skipped, count: rows),
            transposingLeft: true, accumulating: true)
        gradient[recurrentBias].addRowSums(of: dRecurrent)
        gradient[inputWeight].assignProduct(x, dInput, transposingLeft: true, accumulating: true)  // (7)
        gradient[inputBias].addRowSums(of: dInput)
        if let dx { dx.assignProduct(dInput, parameters[inputWeight], transposingRight: true) }  // (8)
    }
}
