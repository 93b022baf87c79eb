import Foundation
import Indicators
import MarketData
import Testing

private let raw: RawFeatures = {
    do {
        return try RawFeatures(
            names: ["a", "b"], columns: [[.nan, 1, 2, 3, 100, -50], [7, 7, 7, 7, 9, 7]])
    } catch { fatalError("\(error)") }
}()

@Test func scalingByHand() throws {
    // Bars 1 to 3 are complete and in the range: a has mean 2, deviation √(2/2) = 1; b is constant.
    let scaler = try FeatureScaler.fit(raw, bars: 0..<4)
    #expect(scaler.means == [2, 7])
    #expect(scaler.deviations == [1, 1])
    let matrix = scaler.apply(to: raw)
    #expect(matrix.values == [0, 0, -1, 0, 0, 0, 1, 0, 5, 2, -5, 0])
    #expect(matrix.names == ["a", "b"])
    #expect(matrix.firstCompleteBar == 1)
    #expect(scaler.apply(to: raw, clip: 0.5).values == [0, 0, -0.5, 0, 0, 0, 0.5, 0, 0.5, 0.5, -0.5, 0])
}

@Test func trainingBarsAreScaledToMeanZeroAndDeviationOne() throws {
    let raw = try FeatureSet(features: Feature.all).raw(from: history(randomBars(seed: 8, count: 500)))
    let matrix = try FeatureScaler.fit(raw, bars: 100..<400).apply(to: raw, clip: 1_000)
    for feature in 0..<matrix.features {
        let column = (100..<400).map { Double(matrix.values[$0 * matrix.features + feature]) }
        let mean = column.reduce(0, +) / 300
        let variance = column.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / 299
        // Float keeps 24 bits, so each value is within 6e-8 of its size, at most 17 = √299 deviations.
        #expect(abs(mean) < 1e-6)
        #expect(abs(variance - 1) < 1e-5)
    }
}

@Test(arguments: 0..<20 as Range<UInt64>)
func theScalerSeesItsBarsOnly(seed: UInt64) throws {
    let set = FeatureSet(features: Feature.all)
    let bars = randomBars(seed: seed, count: 300)
    let changed = bars[..<200] + randomBars(seed: seed + 500, count: 300)[200...]
    let original = try set.raw(from: history(bars))
    let other = try set.raw(from: history(Array(changed)))
    let scaler = try FeatureScaler.fit(original, bars: 0..<200)
    #expect(try scaler == FeatureScaler.fit(other, bars: 0..<200))
    #expect(try scaler != FeatureScaler.fit(other, bars: 0..<201))
    let matrix = scaler.apply(to: original)
    let prefix = 0..<(200 * matrix.features)
    #expect(matrix.values[prefix] == scaler.apply(to: other).values[prefix])
    #expect(matrix.values.allSatisfy { abs($0) <= 5 })
}

@Test func roundingNoiseIsNotBlownUp() throws {
    // A price that grows by the same factor: its returns differ in the last bit only.
    let raw = try FeatureSet(features: [.closeReturn]).raw(from: closes((0..<200).map { pow(1.01, Double($0)) }))
    #expect(Set(raw.values.dropFirst()).count > 1)
    let scaler = try FeatureScaler.fit(raw, bars: 0..<200)
    #expect(scaler.deviations == [1])
    #expect(scaler.apply(to: raw).values.allSatisfy { abs($0) < 1e-9 })
}

@Test func aScalerSurvivesJSON() throws {
    let original = try FeatureSet(features: Feature.all).raw(from: history(randomBars(seed: 9, count: 100)))
    let scaler = try FeatureScaler.fit(original, bars: 0..<90)
    #expect(try JSONDecoder().decode(FeatureScaler.self, from: JSONEncoder().encode(scaler)) == scaler)
}

@Test(arguments: [(0..<2, 1), (0..<0, 0), (5..<6, 1)])
func tooFewTrainingBarsAreRefused(bars: Range<Int>, complete: Int) {
    let error = #expect(throws: FeatureError.self) { try FeatureScaler.fit(raw, bars: bars) }
    #expect(
        error?.description
            == "the training bars \(bars) hold \(complete) past the features' warm-up, which ends at bar 1, but scaling needs "
            + "at least 2; train on more bars or choose shorter periods")
}
