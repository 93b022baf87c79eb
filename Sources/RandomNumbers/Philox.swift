/// The counter-based generator Philox4x32-10: a keyed bijection of 128-bit counters.
///
/// Any block can be computed without the ones before it, so a stream is a key and a position: nothing depends on the
/// order in which threads ask.
///
/// - SeeAlso: Salmon, Moraes, Dror, Shaw, “Parallel random numbers: as easy as 1, 2, 3”, SC 2011, section 3.3.
package enum Philox {
    /// Four random words for one counter under one key. Ten rounds, as the paper recommends.
    @inlinable
    package static func block(counter: SIMD4<UInt32>, key: SIMD2<UInt32>) -> SIMD4<UInt32> {
        var word = counter
        var round = key
        for _ in 0..<10 {
            let first = UInt64(word[0]) &* 0xD251_1F53
            let second = UInt64(word[2]) &* 0xCD9E_8D57
            word = SIMD4(
                UInt32(truncatingIfNeeded: second >> 32) ^ word[1] ^ round[0],
                UInt32(truncatingIfNeeded: second),
                UInt32(truncatingIfNeeded: first >> 32) ^ word[3] ^ round[1],
                UInt32(truncatingIfNeeded: first))
            // The Weyl sequence of the key schedule: golden ratio and √3 − 1.
            round = round &+ SIMD2(0x9E37_79B9, 0xBB67_AE85)
        }
        return word
    }
}
