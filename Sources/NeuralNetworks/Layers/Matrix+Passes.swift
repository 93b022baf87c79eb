import RandomNumbers
import TensorCore

/// Element-wise passes over contiguous matrices, as layers say them.
extension Matrix {
    @inlinable
    package func fill(with value: Scalar) {
        assert(isContiguous)
        base.update(repeating: value, count: count)
    }

    /// Independent values, uniform in ±bound, in row-major order.
    package func fillUniformly(within bound: Double, using stream: inout RandomStream) {
        for index in 0..<count { base[index] = Scalar((2 * stream.uniform() - 1) * bound) }
    }

    @inlinable
    package func addBias(_ bias: Matrix) {
        assert(isContiguous && bias.count == columns)
        Scalar.addBias(bias.base, to: base, rows: rows, columns: columns)
    }

    @inlinable
    package func addBiasAndRectify(_ bias: Matrix) {
        assert(isContiguous && bias.count == columns)
        Scalar.addBiasAndRectify(bias.base, to: base, rows: rows, columns: columns)
    }

    /// Adds element by element.
    @inlinable
    package func add(_ matrix: Matrix) {
        assert(isContiguous && matrix.isContiguous && matrix.count == count)
        Scalar.add(matrix.base, to: base, count: count)
    }

    /// Copies element by element.
    @inlinable
    package func assign(_ matrix: Matrix) {
        assert(isContiguous && matrix.isContiguous && matrix.count == count)
        base.update(from: matrix.base, count: count)
    }

    /// Copies row by row, where rows of either may be further apart than they are long.
    @inlinable
    package func assignRows(of matrix: Matrix) {
        assert(rows == matrix.rows && columns == matrix.columns)
        for row in 0..<rows { (base + row * stride).update(from: matrix.base + row * matrix.stride, count: columns) }
    }

    /// Zeros where `outputs` is not positive.
    @inlinable
    package func rectifyBackward(outputs: Matrix) {
        assert(isContiguous && outputs.isContiguous && outputs.count == count)
        Scalar.rectifyBackward(outputs: outputs.base, gradient: base, count: count)
    }

    /// Adds to this row vector the sum of a matrix's rows.
    @inlinable
    package func addRowSums(of matrix: Matrix) {
        assert(count == matrix.columns)
        Scalar.addRowSums(
            of: matrix.base, rows: matrix.rows, columns: matrix.columns, stride: matrix.stride, to: base)
    }

    /// Multiplies element by element.
    @inlinable
    package func scale(by factors: Matrix) {
        assert(isContiguous && factors.isContiguous && factors.count == count)
        Scalar.scale(base, by: factors.base, count: count)
    }

    @inlinable
    package func assignTransposed(_ matrix: Matrix) {
        assert(isContiguous && matrix.isContiguous && matrix.count == count)
        Scalar.transpose(matrix.base, rows: matrix.rows, columns: matrix.columns, into: base)
    }
}
