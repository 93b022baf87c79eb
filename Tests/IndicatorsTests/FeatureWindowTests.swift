import Indicators
import Testing

private func matrix() throws -> FeatureMatrix {
    let raw = try RawFeatures(
        names: ["a", "b"], columns: [[.nan, 1, 2, 3, 4, 5], [.nan, -1, -2, -3, -4, -5]])
    return try FeatureScaler.fit(raw, bars: 0..<6).apply(to: raw)
}

@Test func aWindowHoldsItsRowsOldestFirst() throws {
    let matrix = try matrix()
    #expect(matrix.firstUsableBar(windowLength: 3) == 3)
    for end in 3..<6 {
        let window = matrix.window(endingAt: end, length: 3)
        #expect(window.end == end && window.length == 3 && window.features == 2)
        let expected = Array(matrix.values[((end - 2) * 2)..<((end + 1) * 2)])
        #expect(window.withUnsafeBufferPointer(Array.init) == expected)
        #expect((0..<3).flatMap { row in (0..<2).map { window[row, $0] } } == expected)
    }
    #expect(matrix.withUnsafeBufferPointer(Array.init) == matrix.values)
}

@Test func aLaterRowIsOutOfReach() async {
    await #expect(processExitsWith: .failure) { _ = try matrix().window(endingAt: 4, length: 2)[2, 0] }
    await #expect(processExitsWith: .failure) { _ = try matrix().window(endingAt: 6, length: 2) }
}

@Test func aWindowNeverReachesIntoTheWarmUp() async {
    await #expect(processExitsWith: .failure) { _ = try matrix().window(endingAt: 2, length: 3) }
}
