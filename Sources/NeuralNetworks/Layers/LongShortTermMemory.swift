import RandomNumbers
import TensorCore

/// A long short-term memory (Hochreiter and Schmidhuber, Neural Computation 9(8), 1997, with the forget gate of Gers et
/// al., 2000), by PyTorch's equations:
///
///     i = σ(x Wᵢᵢ + h Wₕᵢ + bᵢ)          input gate
///     f = σ(x Wᵢf + h Wₕf + bf)          forget gate
///     g = tanh(x Wᵢg + h Wₕg + bg)       candidate
///     o = σ(x Wᵢₒ + h Wₕₒ + bₒ)          output gate
///     c' = f ⊙ c + i ⊙ g
///     h' = o ⊙ tanh(c')
///
/// Shapes as in `GatedRecurrentUnit`; the columns of Wᵢ, Wₕ and b are (i, f, g, o). PyTorch has two biases, of which only
/// the sum matters: ours is the sum. Backward, with dh' and dc' of a step, and the sums inside the gates as î, f̂, ĝ, ô:
///
///     (1)  dc' ← dc' + dh' ⊙ o ⊙ (1 − tanh²(c'))
///     (2)  dî = dc' ⊙ g ⊙ i ⊙ (1 − i)        df̂ = dc' ⊙ c ⊙ f ⊙ (1 − f)
///     (3)  dĝ = dc' ⊙ i ⊙ (1 − g²)           dô = dh' ⊙ tanh(c') ⊙ o ⊙ (1 − o)
///     (4)  dc = dc' ⊙ f
///     (5)  dh = [dî df̂ dĝ dô] Wₕᵀ
///     (6)  dWₕ = Σₜ hᵀ [dî df̂ dĝ dô]
///     (7)  dWᵢ = Σₜ xᵀ [dî df̂ dĝ dô]         db = Σ [dî df̂ dĝ dô]
///     (8)  dx = [dî df̂ dĝ dô] Wᵢᵀ
@usableFromInline
package struct LongShortTermMemory: RecurrentLayer {
    @usableFromInline package let inputWeight: ParameterSlice
    @usableFromInline package let recurrentWeight: ParameterSlice
    @usableFromInline package let bias: ParameterSlice

    @usableFromInline
    package init(_ name: String, inputs: Int, units: Int, layout: inout ParameterLayout) {
        inputWeight = layout.add("\(name).inputWeight", rows: inputs, columns: 4 * units)
        recurrentWeight = layout.add("\(name).recurrentWeight", rows: units, columns: 4 * units)
        bias = layout.add("\(name).bias", columns: 4 * units)
    }

    @inlinable
    package static var kind: RecurrentKind { .longShortTerm }
    @inlinable
    package var inputs: Int { inputWeight.rows }
    @inlinable
    package var units: Int { recurrentWeight.rows }

    /// Draws all tensors uniformly from ±1/√H, as PyTorch does, and then adds 1 to the forget gate's biases, so that a fresh
    /// network remembers (Jozefowicz et al., ICML 2015).
    package func initialise<Scalar>(_ parameters: ParameterVector<Scalar>, using stream: inout RandomStream) {
        let bound = 1 / Double(units).squareRoot()
        for slice in [inputWeight, recurrentWeight, bias] {
            parameters[slice].fillUniformly(within: bound, using: &stream)
        }
        for unit in units..<2 * units { parameters[bias].base[unit] += 1 }
    }

    @inlinable
    package func forward<Scalar>(
        _ x: Matrix<Scalar>, _ parameters: ParameterVector<Scalar>, _ workspace: RecurrentWorkspace<Scalar>
    ) {
        let batch = workspace.batch
        for first in stride(from: 0, to: batch, by: workspace.chunk) {
            let count = min(workspace.chunk, batch - first)
            if workspace.startsFromZero {
                workspace.state(0, from: first, count: count).fill(with: 0)
                workspace.cell(0, from: first, count: count).fill(with: 0)
            }
            for step in 0..<workspace.steps {
                let gates = workspace.gates(step, from: first, count: count)
                gates.assignProduct(x.rows(from: step * batch + first, count: count), parameters[inputWeight])
                if step > 0 || !workspace.startsFromZero {
                    gates.assignProduct(
                        workspace.state(step, from: first, count: count), parameters[recurrentWeight],
                        accumulating: true)
                }
                Scalar.longShortTermForward(
                    rows: count, units: units, gates: gates.base, bias: parameters[bias].base,
                    previous: workspace.cell(step, from: first, count: count).base,
                    next: workspace.cell(step + 1, from: first, count: count).base,
                    state: workspace.state(step + 1, from: first, count: count).base)
            }
        }
    }

    @inlinable
    package func backward<Scalar>(
        outputGradients: Matrix<Scalar>?, x: Matrix<Scalar>, _ parameters: ParameterVector<Scalar>,
        _ gradient: ParameterVector<Scalar>, _ workspace: RecurrentWorkspace<Scalar>, into dx: Matrix<Scalar>?
    ) {
        let (batch, steps) = (workspace.batch, workspace.steps)
        precondition(workspace.learning, "a workspace not made for learning")
        workspace.transposedWeight.assignTransposed(parameters[recurrentWeight])
        for first in stride(from: 0, to: batch, by: workspace.chunk) {
            let count = min(workspace.chunk, batch - first)
            let dState = workspace.stateGradient.rows(from: first, count: count)
            let dCell = workspace.cellGradient.rows(from: first, count: count)
            for step in stride(from: steps - 1, through: 0, by: -1) {
                let gates = workspace.gates(step, from: first, count: count)
                if let outputGradients { dState.add(outputGradients.rows(from: step * batch + first, count: count)) }
                Scalar.longShortTermBackward(  // (1)–(4)
                    rows: count, units: units, gates: gates.base,
                    previous: workspace.cell(step, from: first, count: count).base,
                    next: workspace.cell(step + 1, from: first, count: count).base, stateGradient: dState.base,
                    cellGradient: dCell.base)
                if step > 0 || !workspace.startsFromZero {  // Nobody asks for the gradient of a zero state.
                    dState.assignProduct(gates, workspace.transposedWeight)  // (5)
                }
            }
        }
        // A zero state before the first step adds nothing to (6).
        let skipped = workspace.startsFromZero ? batch : 0
        let rows = steps * batch - skipped
        gradient[recurrentWeight].assignProduct(  // (6)
            workspace.states.rows(from: skipped, count: rows), workspace.gates.rows(from: skipped, count: rows),
            transposingLeft: true, accumulating: true)
        gradient[inputWeight].assignProduct(x, workspace.gates, transposingLeft: true, accumulating: true)  // (7)
        gradient[bias].addRowSums(of: workspace.gates)
        if let dx { dx.assignProduct(workspace.gates, parameters[inputWeight], transposingRight: true) }  // (8)
    }
}
