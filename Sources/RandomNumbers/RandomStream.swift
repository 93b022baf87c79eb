import Foundation

/// A stream of random numbers that gives the same values in every version and on every machine.
///
/// The standard library may change how it turns bits into ranges and shuffles, so those algorithms are written out here
/// (`RandomStream+Distributions.swift`).
package struct RandomStream: RandomNumberGenerator, Sendable {
    @usableFromInline let key: SIMD2<UInt32>
    /// How many numbers were handed out.
    @usableFromInline package internal(set) var position: UInt64 = 0
    @usableFromInline var block = SIMD4<UInt32>()

    package init(_ key: RandomKey) { self.key = key.words }

    /// The same stream, `position` numbers after its beginning: where a run that is resumed goes on.
    package func moved(to position: UInt64) -> RandomStream {
        var stream = self
        // An odd position is the second half of a block, which the first half makes.
        stream.position = position & ~1
        if position & 1 == 1 { _ = stream.next() }
        return stream
    }

    /// The next 64 random bits; a Philox block serves two calls.
    @inlinable
    package mutating func next() -> UInt64 {
        if position & 1 == 0 {
            let index = position >> 1
            block = Philox.block(
                counter: SIMD4(UInt32(truncatingIfNeeded: index), UInt32(truncatingIfNeeded: index >> 32), 0, 0),
                key: key)
        }
        defer { position &+= 1 }
        return position & 1 == 0
            ? UInt64(block[0]) | UInt64(block[1]) << 32
            : UInt64(block[2]) | UInt64(block[3]) << 32
    }
}
