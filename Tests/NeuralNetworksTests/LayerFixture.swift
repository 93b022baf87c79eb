import NeuralNetworks
import RandomNumbers
import TensorCore
import TraderTestSupport

/// Random numbers in a buffer of their own.
func normals(_ count: Int, _ stream: inout RandomStream) -> NumericBuffer<Double> {
    let buffer = NumericBuffer<Double>(count: count)
    for index in 0..<count { buffer.base[index] = stream.normal() }
    return buffer
}

func buffer<Scalar: NumericScalar>(_ values: [Double], as type: Scalar.Type = Double.self) -> NumericBuffer<Scalar> {
    let buffer = NumericBuffer<Scalar>(count: values.count)
    buffer.assign(values.map { Scalar($0) })
    return buffer
}

func dot(_ left: Matrix<Double>, _ right: NumericBuffer<Double>) -> Double {
    (0..<right.count).map { left.base[$0] * right.base[$0] }.reduce(0, +)
}

/// Central differences leave 1e-10 of the gradient's size and more where it is small; a wrong formula is off by 1e-2.
let gradientTolerance = 1e-6
