/// Where one tensor lies in a network's flat vector of parameters.
///
/// Nothing but numbers, so that layers are copied without counting references; the layout knows the names.
@usableFromInline
package struct ParameterSlice: Equatable, BitwiseCopyable, Sendable {
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
@usableFromInline
package struct ParameterLayout: Equatable, Sendable {
    /// One tensor of a network.
    package struct Tensor: Equatable, Sendable {
        /// Such as `encoder.inputWeight`: the name in a checkpoint.
        package let name: String
        package let slice: ParameterSlice
    }

    package private(set) var tensors: [Tensor] = []
    /// Length of the vector.
    package private(set) var count = 0

    package init() {}

    /// Appends a tensor.
    /// - Precondition: no tensor has this name yet.
    package mutating func add(_ name: String, rows: Int = 1, columns: Int) -> ParameterSlice {
        precondition(!tensors.contains { $0.name == name }, "two tensors named \(name)")
        let slice = ParameterSlice(offset: count, rows: rows, columns: columns)
        tensors.append(Tensor(name: name, slice: slice))
        count += slice.count
        return slice
    }

    /// A tensor without rows, which takes no place and bears no name.
    package func nothing(columns: Int) -> ParameterSlice {
        ParameterSlice(offset: count, rows: 0, columns: columns)
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
