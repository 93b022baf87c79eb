import NeuralNetworks
import RandomNumbers
import TensorCore
import TraderTestSupport

/// A recurrent layer with everything it needs for a pass.
final class RecurrentTrial<Layer: RecurrentLayer, Scalar: NumericScalar> {
    let layer: Layer
    let layout: ParameterLayout
    let parameters: NumericBuffer<Scalar>
    let gradient: NumericBuffer<Scalar>
    let x: NumericBuffer<Scalar>
    let dx: NumericBuffer<Scalar>
    /// ∂L/∂(last state).
    let dOutput: NumericBuffer<Scalar>
    /// ∂L/∂(output of each step), where the trial asks for them.
    let dOutputs: NumericBuffer<Scalar>
    /// The state before the first step, and the cell where there is one; not used where the trial starts from zero.
    let firstState: NumericBuffer<Scalar>
    private let memory: NumericBuffer<Scalar>
    private let everyStep: Bool
    let workspace: RecurrentWorkspace<Scalar>

    init(
        steps: Int, batch: Int, inputs: Int, units: Int, everyStep: Bool = false, startsFromZero: Bool = true,
        learning: Bool = true
    ) {
        var layout = ParameterLayout()
        layer = Layer("layer", inputs: inputs, units: units, layout: &layout)
        self.layout = layout
        self.everyStep = everyStep
        parameters = NumericBuffer(count: layout.count)
        gradient = NumericBuffer(count: layout.count)
        x = NumericBuffer(count: steps * batch * inputs)
        dx = NumericBuffer(count: x.count)
        dOutput = NumericBuffer(count: batch * units)
        dOutputs = NumericBuffer(count: everyStep ? steps * batch * units : 0)
        firstState = NumericBuffer(count: startsFromZero ? 0 : batch * units * Layer.kind.carried)
        let extent = SequenceExtent(
            steps: steps, batch: batch, learning: learning, everyStep: everyStep, startsFromZero: startsFromZero)
        var counting = Arena<Scalar>()
        _ = RecurrentWorkspace(layer, extent, in: &counting)
        memory = NumericBuffer(count: counting.used)
        var arena = Arena(memory.base)
        workspace = RecurrentWorkspace(layer, extent, in: &arena)
    }

    var variables: [NumericBuffer<Scalar>] { [parameters, x, dOutput, dOutputs, firstState] }

    private func rows(_ buffer: NumericBuffer<Scalar>, _ columns: Int) -> Matrix<Scalar> {
        Matrix(buffer.base, rows: buffer.count / columns, columns: columns)
    }

    /// The last state, `[batch, units]`.
    func forward() -> Matrix<Scalar> {
        if !workspace.startsFromZero {
            let count = workspace.batch * layer.units
            workspace.firstState.base.update(from: firstState.base, count: count)
            if Layer.kind == .longShortTerm {
                workspace.firstCell.base.update(from: firstState.base + count, count: count)
            }
        }
        layer.forward(rows(x, layer.inputs), ParameterVector(parameters), workspace)
        return workspace.output
    }

    /// What every step gave, as numbers.
    var outputs: [Double] {
        let outputs = workspace.outputs
        return (0..<outputs.count).map { Double(outputs.base[$0]) }
    }

    /// ∂L/∂(first state), and of the cell where there is one, after `backward`.
    var firstGradients: [Double] {
        [workspace.stateGradient, workspace.cellGradient].flatMap { matrix in
            (0..<matrix.count).map { Double(matrix.base[$0]) }
        }
    }

    func backward() {
        workspace.stateGradient.assign(rows(dOutput, layer.units))
        workspace.cellGradient.fill(with: 0)
        layer.backward(
            outputGradients: everyStep ? rows(dOutputs, layer.units) : nil, x: rows(x, layer.inputs),
            ParameterVector(parameters), ParameterVector(gradient), workspace, into: rows(dx, layer.inputs))
    }
}

extension RecurrentTrial where Scalar == Double {
    /// L = last state · dOutput + Σ over steps of output · dOutputs.
    func value() -> Double {
        let last = dot(forward(), dOutput)
        guard everyStepIsUsed else { return last }
        return last + zip(outputs, dOutputs.values).map { $0 * $1 }.reduce(0, +)
    }

    private var everyStepIsUsed: Bool { dOutputs.count > 0 }

    /// All gradients against central differences.
    func worstDistance() -> Double {
        let expected = centralDifferences(parameters, value)
        let expectedInput = centralDifferences(x, value)
        let expectedState = centralDifferences(firstState, value)
        _ = value()
        backward()
        var distances = [relativeDistance(gradient.values, expected), relativeDistance(dx.values, expectedInput)]
        if firstState.count > 0 {
            distances.append(relativeDistance(firstGradients, expectedState))
        }
        return distances.max() ?? .infinity
    }
}
