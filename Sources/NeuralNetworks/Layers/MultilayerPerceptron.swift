import RandomNumbers
import TensorCore

/// Rectified dense layers, one after the other.
///
/// All layers' outputs lie in one workspace of `[batch · totalUnits]` elements, layer after layer.
@usableFromInline
package struct MultilayerPerceptron: Equatable, Sendable {
    @usableFromInline package let layers: [Dense]
    /// Sum of the layers' widths: elements of workspace a row of the batch needs.
    @usableFromInline package let totalUnits: Int

    /// Appends layers `name.0`, `name.1`, … to a network's parameters, or from another number on.
    /// - Precondition: there is at least one layer.
    package init(
        _ name: String, inputs: Int, hidden: [Int], firstNumber: Int = 0, layout: inout ParameterLayout
    ) {
        precondition(!hidden.isEmpty, "a perceptron has at least one layer")
        var width = inputs
        var layers: [Dense] = []
        for (index, units) in hidden.enumerated() {
            layers.append(
                Dense(
                    "\(name).\(firstNumber + index)", inputs: width, outputs: units, rectified: true, layout: &layout))
            width = units
        }
        self.layers = layers
        totalUnits = hidden.reduce(0, +)
    }

    @inlinable
    package var outputs: Int { layers[layers.count - 1].outputs }

    package func initialise<Scalar>(_ parameters: ParameterVector<Scalar>, using stream: inout RandomStream) {
        for layer in layers { layer.initialise(parameters, using: &stream) }
    }

    /// - Returns: The last layer's output, a view into `activations`.
    @inlinable
    package func forward<Scalar>(
        _ x: Matrix<Scalar>, _ parameters: ParameterVector<Scalar>, activations: Matrix<Scalar>
    ) -> Matrix<Scalar> {
        var input = x
        var offset = 0
        for index in layers.indices {
            let layer = layers[index]
            let output = Self.part(of: activations, at: offset, rows: x.rows, columns: layer.outputs)
            layer.forward(input, parameters, into: output)
            input = output
            offset += output.count
        }
        return input
    }

    /// Accumulates the parameters' gradient.
    /// - Parameters:
    ///   - dy: ∂L/∂(last layer's output), overwritten.
    ///   - gradients: Workspace of the same shape as `activations`, overwritten; `dy` may be its last layer's part.
    ///   - dx: ∂L/∂x, overwritten where it is wanted.
    @inlinable
    package func backward<Scalar>(
        _ dy: Matrix<Scalar>, x: Matrix<Scalar>, activations: Matrix<Scalar>, gradients: Matrix<Scalar>,
        _ parameters: ParameterVector<Scalar>, _ gradient: ParameterVector<Scalar>, into dx: Matrix<Scalar>? = nil
    ) {
        var offset = x.rows * totalUnits
        var dOutput = dy
        for index in layers.indices.reversed() {
            let layer = layers[index]
            offset -= x.rows * layer.outputs
            let output = Self.part(of: activations, at: offset, rows: x.rows, columns: layer.outputs)
            if index == 0 {
                layer.backward(dOutput, x: x, y: output, parameters, gradient, into: dx)
            } else {
                let before = offset - x.rows * layer.inputs
                let input = Self.part(of: activations, at: before, rows: x.rows, columns: layer.inputs)
                let dInput = Self.part(of: gradients, at: before, rows: x.rows, columns: layer.inputs)
                layer.backward(dOutput, x: input, y: output, parameters, gradient, into: dInput)
                dOutput = dInput
            }
        }
    }

    /// The last layer's part of a workspace for `rows` rows.
    @inlinable
    package func last<Scalar>(of workspace: Matrix<Scalar>, rows: Int) -> Matrix<Scalar> {
        Self.part(of: workspace, at: rows * (totalUnits - outputs), rows: rows, columns: outputs)
    }

    @inlinable
    static func part<Scalar>(
        of matrix: Matrix<Scalar>, at offset: Int, rows: Int, columns: Int
    ) -> Matrix<Scalar> {
        Matrix(matrix.base + offset, rows: rows, columns: columns)
    }
}
