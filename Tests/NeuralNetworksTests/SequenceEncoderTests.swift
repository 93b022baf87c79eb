import NeuralNetworks
import RandomNumbers
import TensorCore
import Testing
import TraderTestSupport

/// An encoder with everything it needs for a pass.
private final class Trial<Scalar: NumericScalar> {
    let encoder: SequenceEncoder
    let layout: ParameterLayout
    let parameters: NumericBuffer<Scalar>
    let gradient: NumericBuffer<Scalar>
    /// `[T, B, F]`, whatever order the encoder wants.
    let x: NumericBuffer<Scalar>
    private let memory: NumericBuffer<Scalar>
    let workspace: SequenceEncoder.Workspace<Scalar>

    init(_ shape: EncoderShape, steps: Int, windows: Int, features: Int, learning: Bool = true) {
        var layout = ParameterLayout()
        encoder = SequenceEncoder("encoder", shape, steps: steps, features: features, layout: &layout)
        self.layout = layout
        parameters = NumericBuffer(count: layout.count)
        gradient = NumericBuffer(count: layout.count)
        x = NumericBuffer(count: steps * windows * features)
        var counting = Arena<Scalar>()
        _ = SequenceEncoder.Workspace(encoder, windows: windows, learning: learning, in: &counting)
        memory = NumericBuffer(count: counting.used)
        // What a pass does not write itself must not matter.
        for index in 0..<memory.count { memory.base[index] = .nan }
        var arena = Arena(memory.base)
        workspace = SequenceEncoder.Workspace(encoder, windows: windows, learning: learning, in: &arena)
    }

    func forward() -> [Double] {
        let windows = workspace.output.rows, features = encoder.features
        for step in 0..<encoder.steps {
            for window in 0..<windows {
                let row = encoder.isTimeMajor ? step * windows + window : window * encoder.steps + step
                for column in 0..<features {
                    workspace.input.base[row * features + column] =
                        x.base[(step * windows + window) * features + column]
                }
            }
        }
        encoder.forward(ParameterVector(parameters), workspace)
        return (0..<workspace.output.count).map { Double(workspace.output.base[$0]) }
    }

    func backward(_ dOutput: [Double]) {
        for (index, value) in dOutput.enumerated() { workspace.outputGradient.base[index] = Scalar(value) }
        encoder.backward(ParameterVector(parameters), ParameterVector(gradient), workspace)
    }
}

private let shapes: [EncoderShape] = [
    .mlp(hidden: [4]), .mlp(hidden: [5, 3]), .gru(hidden: [4]), .gru(hidden: [3, 5, 2]), .lstm(hidden: [4]),
    .lstm(hidden: [5, 3]), .convolution(channels: [4], kernels: [6]),
    .convolution(channels: [3, 2, 4], kernels: [2, 3, 2]),
    .convolution(channels: [2, 5], kernels: [3, 4]),
]

@Test(arguments: shapes, [1, 5])
func encoderGradientsMeetCentralDifferences(shape: EncoderShape, windows: Int) {
    var stream = RandomKey(seed: 42).child(windows).stream("encoder")
    let trial = Trial<Double>(shape, steps: 6, windows: windows, features: 2)
    for buffer in [trial.parameters, trial.x] { buffer.assign(normals(buffer.count, &stream).values) }
    let direction = normals(windows * trial.encoder.outputs, &stream).values
    let expected = centralDifferences(trial.parameters) {
        zip(trial.forward(), direction).map { $0 * $1 }.reduce(0, +)
    }
    _ = trial.forward()
    trial.backward(direction)
    #expect(relativeDistance(trial.gradient.values, expected) < gradientTolerance)
}

@Test(arguments: shapes)
func actingEncodesAsLearningDoes(shape: EncoderShape) {
    var stream = RandomKey(seed: 43).stream("encoder")
    let learning = Trial<Float>(shape, steps: 6, windows: 5, features: 2)
    let acting = Trial<Float>(shape, steps: 6, windows: 5, features: 2, learning: false)
    for buffer in [learning.parameters, learning.x] {
        buffer.assign(normals(buffer.count, &stream).values.map { Float($0) })
    }
    acting.parameters.assign(learning.parameters.values)
    acting.x.assign(learning.x.values)
    #expect(acting.forward() == learning.forward())
}

@Test(
    arguments: [
        ("gru-stack", .gru(hidden: [5, 4])), ("lstm-stack", .lstm(hidden: [5, 4])),
        ("convolution-stack", .convolution(channels: [4, 5], kernels: [3, 3])),
    ] as [(String, EncoderShape)])
func stacksMeetPyTorch(file: String, shape: EncoderShape) throws {
    func check<Scalar: NumericScalar>(_ type: Scalar.Type, tolerance: Double) throws {
        let golden = try GoldenFile("neural-networks/\(file).json")
        let trial = Trial<Scalar>(
            shape, steps: try golden.integer("steps"), windows: try golden.integer("batch"),
            features: try golden.integer("inputs"))
        trial.parameters.assign(try golden.tensor("parameters").map { Scalar($0) })
        trial.x.assign(try golden.tensor("x").map { Scalar($0) })
        #expect(relativeDistance(trial.forward(), try golden.tensor("output")) < tolerance)
        trial.backward(try golden.tensor("dOutput"))
        #expect(
            relativeDistance(trial.gradient.values.map { Double($0) }, try golden.tensor("dParameters")) < tolerance)
    }
    try check(Double.self, tolerance: 1e-13)
    // Two layers of six steps, whose tanh is off by 3e-7.
    try check(Float.self, tolerance: 1e-5)
}

@Test func tensorsAreNamedByLayer() {
    func names(_ shape: EncoderShape) -> [String] {
        Trial<Float>(shape, steps: shape == .none ? 0 : 6, windows: 1, features: 2).layout.tensors.map(\.name)
    }
    #expect(names(.none).isEmpty)
    #expect(
        names(.gru(hidden: [3])) == [
            "encoder.inputWeight", "encoder.recurrentWeight", "encoder.inputBias", "encoder.recurrentBias",
        ])
    #expect(
        names(.lstm(hidden: [3, 2])) == [
            "encoder.0.inputWeight", "encoder.0.recurrentWeight", "encoder.0.bias", "encoder.1.inputWeight",
            "encoder.1.recurrentWeight", "encoder.1.bias",
        ])
    #expect(names(.convolution(channels: [3], kernels: [2])) == ["encoder.0.weight", "encoder.0.bias"])
    #expect(names(.mlp(hidden: [3])) == ["encoder.0.weight", "encoder.0.bias"])
}

@Test func shapesThatCannotBeSayWhy() {
    #expect(EncoderShape.none.problem(steps: 0) == nil)
    #expect(EncoderShape.none.problem(steps: 3) == "there is no encoder for windows of 3 rows")
    #expect(EncoderShape.gru(hidden: [4]).problem(steps: 0) == "windows have 0 rows, expected 1…65,536")
    #expect(EncoderShape.gru(hidden: []).problem(steps: 3) == "an encoder has 0 layers, expected 1…8")
    #expect(
        EncoderShape.lstm(hidden: [4, 0]).problem(steps: 3) == "a layer of an encoder is 0 wide, expected 1…65,536")
    let convolution = EncoderShape.convolution(channels: [4, 4], kernels: [3, 3])
    #expect(convolution.problem(steps: 5) == nil)
    #expect(convolution.problem(steps: 4) == "kernels of 3, 3 rows leave nothing of windows of 4")
}
