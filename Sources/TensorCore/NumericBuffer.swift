/// Numbers in one aligned piece of memory that lives as long as this object.
///
/// A class, because learners hand pointers into it to kernels all the time; it is not `Sendable`, since two owners would
/// write into one memory. What has been learned leaves as an array (`values`).
@usableFromInline
package final class NumericBuffer<Scalar: NumericScalar> {
    @usableFromInline package private(set) var base: UnsafeMutablePointer<Scalar>
    @usableFromInline package private(set) var count: Int

    /// `count` zeros.
    package init(count: Int) {
        base = Self.zeros(count)
        self.count = count
    }

    deinit { base.deallocate() }

    /// Makes room for at least `count` numbers. The contents are zeros afterwards if the memory had to grow; once it is
    /// large enough nothing is allocated any more.
    package func reserve(_ count: Int) {
        guard count > self.count else { return }
        base.deallocate()
        base = Self.zeros(count)
        self.count = count
    }

    @inlinable
    package func fillWithZeros() { base.update(repeating: 0, count: count) }

    /// A copy of the numbers.
    package var values: [Scalar] { Array(UnsafeBufferPointer(start: base, count: count)) }

    /// Replaces the numbers.
    /// - Precondition: `values` has `count` elements.
    package func assign(_ values: [Scalar]) {
        precondition(values.count == count, "\(values.count) numbers for a buffer of \(count)")
        values.withUnsafeBufferPointer { source in
            if let start = source.baseAddress { base.update(from: start, count: count) }
        }
    }

    private static func zeros(_ count: Int) -> UnsafeMutablePointer<Scalar> {
        // 64 bytes: a cache line, and the widest register.
        let bytes = UnsafeMutableRawPointer.allocate(
            byteCount: max(1, count) * MemoryLayout<Scalar>.stride, alignment: 64)
        let base = bytes.bindMemory(to: Scalar.self, capacity: max(1, count))
        base.initialize(repeating: 0, count: max(1, count))
        return base
    }
}
