/// A place in the tree of seeds: what random numbers are for, not when they are drawn.
///
///     let root = RandomKey(seed: 1)
///     var stream = root.child("training").child("AAPL").child(fold).child(replicate).stream("exploration")
///
/// Children differ with overwhelming probability in every coordinate, so adding a seed, a fold or a purpose leaves all
/// other streams as they were. The derivation is part of what “same seed, same run” promises: changing it changes
/// every result.
package struct RandomKey: Hashable, Sendable {
    let key: UInt64

    package init(seed: UInt64) { key = seed }

    /// The key of a named purpose below this one.
    package func child(_ name: String) -> RandomKey {
        // FNV-1a gives the same 64 bits for the same text everywhere; Philox then mixes them with the key.
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in name.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
        return derived(from: hash, domain: 1)
    }

    /// The key of a numbered coordinate (a fold, a replicate) below this one.
    package func child(_ index: Int) -> RandomKey {
        derived(from: UInt64(bitPattern: Int64(index)), domain: 2)
    }

    /// A generator for a purpose below this key.
    package func stream(_ purpose: String) -> RandomStream { RandomStream(child(purpose)) }

    /// Domain 0 belongs to the streams' own blocks, so a child key never repeats a block that a stream hands out.
    private func derived(from coordinate: UInt64, domain: UInt32) -> RandomKey {
        let counter = SIMD4(UInt32(truncatingIfNeeded: coordinate), UInt32(coordinate >> 32), domain, 0)
        let block = Philox.block(counter: counter, key: words)
        return RandomKey(seed: UInt64(block[0]) | UInt64(block[1]) << 32)
    }

    var words: SIMD2<UInt32> { SIMD2(UInt32(truncatingIfNeeded: key), UInt32(key >> 32)) }
}
