import NeuralNetworks
import TensorCore
import Testing
import TraderTestSupport

/// Outputs of all steps and every gradient, from first states that are not zero.
@Test func recurrentStepsMeetPyTorch() throws {
    func check<Layer: RecurrentLayer, Scalar: NumericScalar>(
        _ layer: Layer.Type, _ file: String, _ type: Scalar.Type, tolerance: Double
    ) throws {
        let golden = try GoldenFile("neural-networks/\(file).json")
        let trial = RecurrentTrial<Layer, Scalar>(
            steps: try golden.integer("steps"), batch: try golden.integer("batch"),
            inputs: try golden.integer("inputs"), units: try golden.integer("units"), everyStep: true,
            startsFromZero: false)
        func assign(_ buffer: NumericBuffer<Scalar>, _ key: String) throws {
            buffer.assign(try golden.tensor(key).map { Scalar($0) })
        }
        try assign(trial.parameters, "parameters")
        try assign(trial.x, "x")
        try assign(trial.dOutput, "dOutput")
        try assign(trial.dOutputs, "dOutputs")
        try assign(trial.firstState, "firstState")
        _ = trial.forward()
        #expect(relativeDistance(trial.outputs, try golden.tensor("outputs")) < tolerance)
        trial.backward()
        func expect(_ values: [Double], _ key: String) throws {
            #expect(relativeDistance(values, try golden.tensor(key)) < tolerance, "\(layer), \(key)")
        }
        try expect(trial.gradient.values.map { Double($0) }, "dParameters")
        try expect(trial.dx.values.map { Double($0) }, "dx")
        try expect(trial.firstGradients, "dFirstState")
    }
    try check(GatedRecurrentUnit.self, "gru-steps", Double.self, tolerance: 1e-13)
    try check(LongShortTermMemory.self, "lstm-steps", Double.self, tolerance: 1e-13)
    // Four steps of gates whose tanh is off by 3e-7.
    try check(GatedRecurrentUnit.self, "gru-steps", Float.self, tolerance: 3e-6)
    try check(LongShortTermMemory.self, "lstm-steps", Float.self, tolerance: 3e-6)
}
