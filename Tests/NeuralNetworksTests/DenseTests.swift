import NeuralNetworks
import RandomNumbers
import TensorCore
import Testing
import TraderTestSupport

@Test(arguments: [(1, 1, 1), (3, 5, 4), (7, 2, 9)], [false, true])
func denseGradientsMeetCentralDifferences(shape: (batch: Int, inputs: Int, outputs: Int), rectified: Bool) {
    var stream = RandomKey(seed: 11).child(shape.batch).stream("dense")
    var layout = ParameterLayout()
    let layer = Dense("layer", inputs: shape.inputs, outputs: shape.outputs, rectified: rectified, layout: &layout)
    let parameters = normals(layout.count, &stream), gradient = NumericBuffer<Double>(count: layout.count)
    let x = normals(shape.batch * shape.inputs, &stream), dx = NumericBuffer<Double>(count: x.count)
    let dy = normals(shape.batch * shape.outputs, &stream), y = NumericBuffer<Double>(count: dy.count)
    func matrix(_ buffer: NumericBuffer<Double>) -> Matrix<Double> {
        Matrix(buffer.base, rows: shape.batch, columns: buffer.count / shape.batch)
    }
    func value() -> Double {
        layer.forward(matrix(x), ParameterVector(parameters), into: matrix(y))
        return dot(matrix(y), dy)
    }
    let expected = centralDifferences(parameters, value), expectedInput = centralDifferences(x, value)
    _ = value()
    let consumed = buffer(dy.values)
    layer.backward(
        matrix(consumed), x: matrix(x), y: matrix(y), ParameterVector(parameters), ParameterVector(gradient),
        into: matrix(dx))
    #expect(relativeDistance(gradient.values, expected) < gradientTolerance)
    #expect(relativeDistance(dx.values, expectedInput) < gradientTolerance)
}

@Test func denseMeetsPyTorch() throws {
    let golden = try GoldenFile("neural-networks/dense.json")
    try check(Double.self, tolerance: 1e-14)
    // Single precision keeps 2⁻²⁴ = 6e-8 of each of a few terms.
    try check(Float.self, tolerance: 1e-6)

    func check<Scalar: NumericScalar>(_ type: Scalar.Type, tolerance: Double) throws {
        var layout = ParameterLayout()
        let layer = Dense("layer", inputs: 5, outputs: 4, rectified: true, layout: &layout)
        let parameters = buffer(try golden.tensor("weight") + golden.tensor("bias"), as: type)
        let gradient = NumericBuffer<Scalar>(count: layout.count)
        let x = Owned(buffer(try golden.tensor("x"), as: type), rows: 3)
        let dy = Owned(buffer(try golden.tensor("dy"), as: type), rows: 3)
        let y = NumericBuffer<Scalar>(count: 12), dx = NumericBuffer<Scalar>(count: 15)
        layer.forward(x.matrix, ParameterVector(parameters), into: Matrix(y.base, rows: 3, columns: 4))
        #expect(relativeDistance(y.values.map { Double($0) }, try golden.tensor("y")) < tolerance)
        layer.backward(
            dy.matrix, x: x.matrix, y: Matrix(y.base, rows: 3, columns: 4), ParameterVector(parameters),
            ParameterVector(gradient), into: Matrix(dx.base, rows: 3, columns: 5))
        #expect(relativeDistance(dx.values.map { Double($0) }, try golden.tensor("dx")) < tolerance)
        let expected = try golden.tensor("dWeight") + golden.tensor("dBias")
        #expect(relativeDistance(gradient.values.map { Double($0) }, expected) < tolerance)
    }
}

/// A buffer and the matrix over it, since a view does not keep memory alive.
private struct Owned<Scalar: NumericScalar> {
    let buffer: NumericBuffer<Scalar>
    let matrix: Matrix<Scalar>

    init(_ buffer: NumericBuffer<Scalar>, rows: Int) {
        self.buffer = buffer
        matrix = Matrix(buffer.base, rows: rows, columns: buffer.count / rows)
    }
}

@Test(arguments: [1, 2, 3])
func perceptronGradientsMeetCentralDifferences(depth: Int) {
    var stream = RandomKey(seed: 12).child(depth).stream("perceptron")
    var layout = ParameterLayout()
    let layers = MultilayerPerceptron("layers", inputs: 5, hidden: Array([6, 4, 3].prefix(depth)), layout: &layout)
    let batch = 4
    let parameters = normals(layout.count, &stream), gradient = NumericBuffer<Double>(count: layout.count)
    let x = normals(batch * 5, &stream), dy = normals(batch * layers.outputs, &stream)
    let activations = NumericBuffer<Double>(count: batch * layers.totalUnits)
    let gradients = NumericBuffer<Double>(count: batch * layers.totalUnits)
    func matrix(_ buffer: NumericBuffer<Double>) -> Matrix<Double> {
        Matrix(buffer.base, rows: batch, columns: buffer.count / batch)
    }
    func value() -> Double {
        dot(layers.forward(matrix(x), ParameterVector(parameters), activations: matrix(activations)), dy)
    }
    let expected = centralDifferences(parameters, value), expectedInput = centralDifferences(x, value)
    _ = value()
    let consumed = buffer(dy.values), dx = NumericBuffer<Double>(count: x.count)
    layers.backward(
        matrix(consumed), x: matrix(x), activations: matrix(activations), gradients: matrix(gradients),
        ParameterVector(parameters), ParameterVector(gradient), into: matrix(dx))
    #expect(relativeDistance(dx.values, expectedInput) < gradientTolerance)
    #expect(relativeDistance(gradient.values, expected) < gradientTolerance)
}
