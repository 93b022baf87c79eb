import NeuralNetworks
import RandomNumbers
import TensorCore
import Testing
import TraderTestSupport

@Test func theRecurrentUnitMeetsPyTorch() throws {
    try check(Double.self, tolerance: 1e-13)
    // Five steps of gates whose tanh is off by 3e-7.
    try check(Float.self, tolerance: 3e-6)

    func check<Scalar: NumericScalar>(_ type: Scalar.Type, tolerance: Double) throws {
        let golden = try GoldenFile("neural-networks/gru.json")
        let trial = RecurrentTrial<GatedRecurrentUnit, Scalar>(
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
        for (name, tensor) in zip(
            ["dInputWeight", "dRecurrentWeight", "dInputBias", "dRecurrentBias"], trial.layout.tensors)
        {
            let slice = tensor.slice
            let part = Array(gradient[slice.offset..<slice.offset + slice.count])
            #expect(relativeDistance(part, try golden.tensor(name)) < tolerance, "\(name)")
        }
    }
}

@Test func largeBatchesMeetDoublePrecision() {
    // The chunks of 32 and 64 rows, with a remainder, against the same layer in double precision.
    for (units, batch) in [(64, 70), (65, 70)] {
        var stream = RandomKey(seed: 22).child(units).stream("gru")
        let exact = RecurrentTrial<GatedRecurrentUnit, Double>(steps: 6, batch: batch, inputs: 3, units: units)
        exact.layer.initialise(ParameterVector(exact.parameters), using: &stream)
        for buffer in [exact.x, exact.dOutput] { buffer.assign(normals(buffer.count, &stream).values) }
        let fast = RecurrentTrial<GatedRecurrentUnit, Float>(steps: 6, batch: batch, inputs: 3, units: units)
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
