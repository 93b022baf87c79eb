import NeuralNetworks
import RandomNumbers
import TensorCore
import Testing
import TraderTestSupport

/// A layer with everything it needs for a pass.
private final class Trial<Scalar: NumericScalar> {
    let layer: GatedRecurrentUnit
    let layout: ParameterLayout
    let parameters: NumericBuffer<Scalar>
    let gradient: NumericBuffer<Scalar>
    let x: NumericBuffer<Scalar>
    let dOutput: NumericBuffer<Scalar>
    private let memory: NumericBuffer<Scalar>
    private let transposed: NumericBuffer<Scalar>
    let workspace: GatedRecurrentUnit.Workspace<Scalar>

    init(steps: Int, batch: Int, inputs: Int, units: Int) {
        var layout = ParameterLayout()
        layer = GatedRecurrentUnit("layer", inputs: inputs, units: units, layout: &layout)
        self.layout = layout
        parameters = NumericBuffer(count: layout.count)
        gradient = NumericBuffer(count: layout.count)
        x = NumericBuffer(count: steps * batch * inputs)
        dOutput = NumericBuffer(count: batch * units)
        transposed = NumericBuffer(count: 3 * units * units)
        var counting = Arena<Scalar>()
        _ = GatedRecurrentUnit.Workspace(layer, steps: steps, batch: batch, learning: true, in: &counting)
        memory = NumericBuffer(count: counting.used)
        var arena = Arena(memory.base)
        workspace = GatedRecurrentUnit.Workspace(layer, steps: steps, batch: batch, learning: true, in: &arena)
    }

    private var input: Matrix<Scalar> { Matrix(x.base, rows: x.count / layer.inputs, columns: layer.inputs) }

    /// The last state, `[batch, units]`.
    func forward() -> Matrix<Scalar> {
        layer.forward(input, ParameterVector(parameters), workspace)
        return workspace.output
    }

    func backward() {
        let transposedWeight = Matrix(transposed.base, rows: 3 * layer.units, columns: layer.units)
        transposedWeight.assignTransposed(ParameterVector(parameters)[layer.recurrentWeight])
        layer.backward(
            Matrix(dOutput.base, rows: dOutput.count / layer.units, columns: layer.units), x: input,
            transposedRecurrentWeight: transposedWeight, ParameterVector(gradient), workspace)
    }
}

/// One sequence and one step are the edges; 70 sequences and 66 units cross the chunks that the batch is walked in.
@Test(arguments: [(1, 1, 1, 1), (1, 3, 2, 4), (4, 1, 3, 2), (5, 3, 4, 6), (2, 70, 1, 2), (3, 33, 1, 3)])
func recurrentGradientsMeetCentralDifferences(steps: Int, batch: Int, inputs: Int, units: Int) {
    var stream = RandomKey(seed: 21).child(steps).child(batch).stream("gru")
    let trial = Trial<Double>(steps: steps, batch: batch, inputs: inputs, units: units)
    for buffer in [trial.parameters, trial.x, trial.dOutput] { buffer.assign(normals(buffer.count, &stream).values) }
    let dOutput = buffer(trial.dOutput.values)
    let expected = centralDifferences(trial.parameters) { dot(trial.forward(), dOutput) }
    _ = trial.forward()
    trial.backward()
    #expect(relativeDistance(trial.gradient.values, expected) < gradientTolerance)
}

@Test func theRecurrentUnitMeetsPyTorch() throws {
    try check(Double.self, tolerance: 1e-13)
    // Five steps of gates whose tanh is off by 3e-7.
    try check(Float.self, tolerance: 3e-6)

    func check<Scalar: NumericScalar>(_ type: Scalar.Type, tolerance: Double) throws {
        let golden = try GoldenFile("neural-networks/gru.json")
        let trial = Trial<Scalar>(
            steps: try golden.integer("steps"), batch: try golden.integer("batch"),
            inputs: try golden.integer("inputs"), units: try golden.integer("units"))
        let names = ["inputWeight", "recurrentWeight", "inputBias", "recurrentBias"]
        trial.parameters.assign(try names.flatMap { try golden.tensor($0) }.map { Scalar($0) })
        trial.x.assign(try golden.tensor("x").map { Scalar($0) })
        trial.dOutput.assign(try golden.tensor("dOutput").map { Scalar($0) })
        let output = trial.forward()
        let values = (0..<output.count).map { Double(output.base[$0]) }
        #expect(relativeDistance(values, try golden.tensor("output")) < tolerance)
        trial.backward()
        let gradient = trial.gradient.values.map { Double($0) }
        for (name, slice) in zip(
            ["dInputWeight", "dRecurrentWeight", "dInputBias", "dRecurrentBias"], trial.layout.slices)
        {
            let part = Array(gradient[slice.offset..<slice.offset + slice.count])
            #expect(relativeDistance(part, try golden.tensor(name)) < tolerance, "\(name)")
        }
    }
}

@Test func largeBatchesMeetDoublePrecision() {
    // The chunks of 32 and 64 rows, with a remainder, against the same layer in double precision.
    for (units, batch) in [(64, 70), (65, 70)] {
        var stream = RandomKey(seed: 22).child(units).stream("gru")
        let exact = Trial<Double>(steps: 6, batch: batch, inputs: 3, units: units)
        exact.layer.initialise(ParameterVector(exact.parameters), using: &stream)
        for buffer in [exact.x, exact.dOutput] { buffer.assign(normals(buffer.count, &stream).values) }
        let fast = Trial<Float>(steps: 6, batch: batch, inputs: 3, units: units)
        fast.parameters.assign(exact.parameters.values.map { Float($0) })
        fast.x.assign(exact.x.values.map { Float($0) })
        fast.dOutput.assign(exact.dOutput.values.map { Float($0) })
        _ = exact.forward()
        _ = fast.forward()
        exact.backward()
        fast.backward()
        #expect(relativeDistance(fast.gradient.values.map { Double($0) }, exact.gradient.values) < 5e-6)
    }
}

@Test func freshRecurrentWeightsFillTheirRange() {
    var layout = ParameterLayout()
    let layer = GatedRecurrentUnit("layer", inputs: 10, units: 25, layout: &layout)
    let parameters = NumericBuffer<Float>(count: layout.count)
    var stream = RandomKey(seed: 23).stream("initialisation")
    layer.initialise(ParameterVector(parameters), using: &stream)
    #expect(parameters.values.allSatisfy { abs($0) <= 0.2 })  // 1/√25
    // A uniform value has variance 0.2²/3; 2,775 of them put the standard error of their mean at 0.0022; five of it.
    #expect(abs(parameters.values.reduce(0, +) / Float(parameters.count)) < 0.011)
    #expect(parameters.values.contains { $0 > 0.19 } && parameters.values.contains { $0 < -0.19 })
}
