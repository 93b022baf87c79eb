/// Cuts one piece of memory into matrices.
///
/// Without memory it only counts, so the same code that lays out a workspace says how large it is.
@usableFromInline
package struct Arena<Scalar: NumericScalar> {
    @usableFromInline let start: UnsafeMutablePointer<Scalar>?
    /// Elements handed out so far.
    @usableFromInline package var used = 0

    /// - Parameter start: Memory for as many elements as an arena without memory counted, or nil to count.
    @inlinable
    package init(_ start: UnsafeMutablePointer<Scalar>? = nil) { self.start = start }

    /// The next `rows × columns` elements, at a multiple of 16 elements. Their values are whatever was there.
    @inlinable
    package mutating func matrix(rows: Int, columns: Int) -> Matrix<Scalar> {
        let offset = used
        used += (rows * columns + 15) & ~15
        // A counting arena hands out views that nobody may read.
        let base = start.map { $0 + offset } ?? Self.nowhere
        return Matrix(base, rows: rows, columns: columns)
    }

    @inlinable
    static var nowhere: UnsafeMutablePointer<Scalar> {
        UnsafeMutableRawPointer(bitPattern: 64).unsafelyUnwrapped.assumingMemoryBound(to: Scalar.self)
    }
}
