import NeuralNetworks
import RandomNumbers
import TensorCore
import Testing
import TraderTestSupport

/// A kernel over the whole sequence, one of a single step, one sequence, one channel.
@Test(arguments: [(3, 1, 2, 1, 3), (5, 4, 1, 3, 2), (6, 3, 4, 5, 1), (7, 2, 3, 4, 3)])
func convolutionGradientsMeetCentralDifferences(
    extent: (steps: Int, batch: Int, inputs: Int, channels: Int, kernel: Int)
) {
    var stream = RandomKey(seed: 41).child(extent.steps).stream("convolution")
    var layout = ParameterLayout()
    let layer = Convolution(
        "layer", inputs: extent.inputs, channels: extent.channels, kernel: extent.kernel, layout: &layout)
    let rows = (extent.steps - extent.kernel + 1) * extent.batch
    let parameters = normals(layout.count, &stream), gradient = NumericBuffer<Double>(count: layout.count)
    let x = normals(extent.steps * extent.batch * extent.inputs, &stream), dx = NumericBuffer<Double>(count: x.count)
    let dy = normals(rows * extent.channels, &stream), y = NumericBuffer<Double>(count: dy.count)
    func matrix(_ buffer: NumericBuffer<Double>, _ columns: Int) -> Matrix<Double> {
        Matrix(buffer.base, rows: buffer.count / columns, columns: columns)
    }
    func value() -> Double {
        layer.forward(
            matrix(x, extent.inputs), batch: extent.batch, ParameterVector(parameters), into: matrix(y, extent.channels)
        )
        return dot(matrix(y, extent.channels), dy)
    }
    let expected = centralDifferences(parameters, value), expectedInput = centralDifferences(x, value)
    _ = value()
    let consumed = buffer(dy.values)
    layer.backward(
        matrix(consumed, extent.channels), x: matrix(x, extent.inputs), y: matrix(y, extent.channels),
        batch: extent.batch, ParameterVector(parameters), ParameterVector(gradient), into: matrix(dx, extent.inputs))
    #expect(relativeDistance(gradient.values, expected) < gradientTolerance)
    #expect(relativeDistance(dx.values, expectedInput) < gradientTolerance)
}

/// By hand: one column 1, 2, 4, 8; a kernel (1, −1) and bias ½ give 1 − 2 + ½ = −½ → 0, 2 − 4 + ½ → 0 and 4 − 8 + ½ → 0;
/// with the kernel turned round 1½, 2½ and 4½.
@Test func aKernelSeesTheOlderStepFirst() {
    var layout = ParameterLayout()
    let layer = Convolution("layer", inputs: 1, channels: 2, kernel: 2, layout: &layout)
    // Rows are the older and the newer step, columns the channels; then the biases.
    let parameters = buffer([1, -1, -1, 1, 0.5, 0.5]), x = buffer([1, 2, 4, 8]), y = NumericBuffer<Double>(count: 6)
    layer.forward(
        Matrix(x.base, rows: 4, columns: 1), batch: 1, ParameterVector(parameters),
        into: Matrix(y.base, rows: 3, columns: 2))
    #expect(y.values == [0, 1.5, 0, 2.5, 0, 4.5])
}
