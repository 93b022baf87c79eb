/// A row-major view into memory that somebody else owns.
///
/// Rows may be further apart than they are long, so a range of columns is a view too.
@usableFromInline
package struct Matrix<Scalar: NumericScalar> {
    @usableFromInline package let base: UnsafeMutablePointer<Scalar>
    @usableFromInline package let rows: Int
    @usableFromInline package let columns: Int
    /// Elements from one row to the next.
    @usableFromInline package let stride: Int

    @inlinable
    package init(_ base: UnsafeMutablePointer<Scalar>, rows: Int, columns: Int, stride: Int? = nil) {
        self.base = base
        self.rows = rows
        self.columns = columns
        self.stride = stride ?? columns
    }

    /// The rows from `first`, `count` of them.
    @inlinable
    package func rows(from first: Int, count: Int) -> Matrix {
        Matrix(base + first * stride, rows: count, columns: columns, stride: stride)
    }

    /// The columns from `first`, `count` of them.
    @inlinable
    package func columns(from first: Int, count: Int) -> Matrix {
        Matrix(base + first, rows: rows, columns: count, stride: stride)
    }

    @inlinable
    package var isContiguous: Bool { stride == columns || rows <= 1 }

    /// The number of elements.
    @inlinable
    package var count: Int { rows * columns }
}

extension Matrix {
    /// self ← op(left) · op(right), or self ← self + op(left) · op(right) when `accumulating`, where op is a transposition
    /// if the operand is to be transposed.
    /// - Precondition: the shapes fit.
    /// - Complexity: 2 · rows · columns · inner floating-point operations.
    @inlinable
    package func assignProduct(
        _ left: Matrix, _ right: Matrix, transposingLeft: Bool = false, transposingRight: Bool = false,
        accumulating: Bool = false
    ) {
        let inner = transposingLeft ? left.rows : left.columns
        assert(rows == (transposingLeft ? left.columns : left.rows), "rows of the product")
        assert(columns == (transposingRight ? right.rows : right.columns), "columns of the product")
        assert(inner == (transposingRight ? right.columns : right.rows), "inner extent of the product")
        Scalar.multiply(
            left.base, stride: left.stride, transposed: transposingLeft,
            right.base, stride: right.stride, transposed: transposingRight,
            rows: rows, columns: columns, inner: inner, alpha: 1, beta: accumulating ? 1 : 0,
            into: base, stride: stride)
    }
}
