import RandomNumbers
import Testing

/// Known answers of Philox4x32-10 from the Random123 distribution (`kat_vectors`).
@Test(arguments: [
    (
        SIMD4<UInt32>(repeating: 0), SIMD2<UInt32>(repeating: 0),
        SIMD4<UInt32>(0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8)
    ),
    (
        SIMD4<UInt32>(repeating: .max), SIMD2<UInt32>(repeating: .max),
        SIMD4<UInt32>(0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd)
    ),
    (
        SIMD4<UInt32>(0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344), SIMD2<UInt32>(0xa409_3822, 0x299f_31d0),
        SIMD4<UInt32>(0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1)
    ),
])
func philoxMeetsThePublishedVectors(counter: SIMD4<UInt32>, key: SIMD2<UInt32>, expected: SIMD4<UInt32>) {
    #expect(Philox.block(counter: counter, key: key) == expected)
}

@Test func aStreamIsDeterminedByItsPathAlone() {
    func draws(_ key: RandomKey) -> [UInt64] {
        var stream = key.stream("exploration")
        return (0..<5).map { _ in stream.next() }
    }
    let root = RandomKey(seed: 7)
    #expect(draws(root.child("AAPL").child(2)) == draws(RandomKey(seed: 7).child("AAPL").child(2)))
    #expect(draws(root.child("AAPL").child(2)) != draws(root.child("AAPL").child(3)))
    #expect(draws(root.child("AAPL").child(2)) != draws(root.child("IBM").child(2)))
    #expect(draws(root.child(0)) != draws(root))
}

@Test func uniformsHaveTheRightMeanVarianceAndRange() {
    var stream = RandomKey(seed: 1).stream("uniform")
    let values = (0..<200_000).map { _ in stream.uniform() }
    let mean = values.reduce(0, +) / Double(values.count)
    let variance = values.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / Double(values.count)
    // Standard errors: 0.289/√n = 0.00065 for the mean, 0.0745/√n = 0.00017 for the variance; five of each.
    #expect(abs(mean - 0.5) < 0.0033)
    #expect(abs(variance - 1.0 / 12) < 0.00084)
    #expect(values.allSatisfy { (0..<1).contains($0) })
}

@Test func normalsHaveTheRightMoments() {
    var stream = RandomKey(seed: 2).stream("normal")
    let values = (0..<200_000).map { _ in stream.normal() }
    let count = Double(values.count)
    // Standard errors 1/√n, √2/√n, √96/√n for mean, variance and fourth moment; five of each.
    #expect(abs(values.reduce(0, +) / count) < 0.0112)
    #expect(abs(values.map { $0 * $0 }.reduce(0, +) / count - 1) < 0.0159)
    #expect(abs(values.map { $0 * $0 * $0 * $0 }.reduce(0, +) / count - 3) < 0.11)
}

@Test func indicesCoverTheirRangeEvenly() {
    var stream = RandomKey(seed: 3).stream("index")
    var counts = [Int](repeating: 0, count: 7)
    for _ in 0..<70_000 { counts[stream.index(below: 7)] += 1 }
    // Binomial deviation √(70,000·1/7·6/7) = 92.6; five of them.
    for count in counts { #expect(abs(count - 10_000) < 463) }
}

@Test func aShuffleIsAPermutation() {
    var stream = RandomKey(seed: 4).stream("shuffle")
    var values = Array(0..<100)
    stream.shuffle(&values)
    #expect(values != Array(0..<100))
    #expect(values.sorted() == Array(0..<100))
}
