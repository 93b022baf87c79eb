/// Where one tensor lies in a network's flat vector of parameters.
@usableFromInline
package struct ParameterSlice: Equatable, Sendable {
    /// Such as `encoder.inputWeight`: the name in a checkpoint.
    @usableFromInline package let name: String
    @usableFromInline package let offset: Int
    @usableFromInline package let rows: Int
    @usableFromInline package let columns: Int
    @inlinable
    package var count: Int { rows * columns }
}

/// The tensors of a network, in the order in which they lie in one contiguous vector.
///
/// So a target network is a second vector, an optimiser one loop, a checkpoint one write, clipping one norm, and a soft
/// update one pass.
package struct ParameterLayout: Equatable, Sendable {
    package private(set) var slices: [ParameterSlice] = []
    /// Length of the vector.
    package private(set) var count = 0

    package init() {}

    /// Appends a tensor.
    /// - Precondition: no tensor has this name yet.
    package mutating func add(_ name: String, rows: Int = 1, columns: Int) -> ParameterSlice {
        precondition(!slices.contains { $0.name == name }, "two tensors named \(name)")
        let slice = ParameterSlice(name: name, offset: count, rows: rows, columns: columns)
        slices.append(slice)
        count += slice.count
        return slice
    }
}

/// A view of parameters, or of their gradient, in memory that somebody else owns.
@usableFromInline
package struct ParameterVector<Scalar: NumericScalar> {
    @usableFromInline package let base: UnsafeMutablePointer<Scalar>

    @inlinable
    package init(_ base: UnsafeMutablePointer<Scalar>) { self.base = base }

    @inlinable
    package init(_ buffer: NumericBuffer<Scalar>) { base = buffer.base }

    /// A view for kernels that only read; writing through it is a broken promise.
    @inlinable
    package init(reading base: UnsafePointer<Scalar>) { self.base = UnsafeMutablePointer(mutating: base) }

    @inlinable
    package subscript(slice: ParameterSlice) -> Matrix<Scalar> {
        Matrix(base + slice.offset, rows: slice.rows, columns: slice.columns)
    }
}
