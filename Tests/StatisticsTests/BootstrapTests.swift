import Foundation
import RandomNumbers
import Statistics
import Testing

private struct GoldenBlockLengths: Decodable {
    struct Case: Decodable {
        let from: String
        let to: String
        let series: String
        let count: Int
        let stationary: Double
    }
    let cases: [Case]
}

@Test func blockLengthsAreThoseOfArch() throws {
    let market = try MarketSeries.whole.get()
    let cases = try golden("block_lengths.json", as: GoldenBlockLengths.self).cases
    #expect(cases.count == 16)
    for golden in cases {
        let span = market.span(from: golden.from, to: golden.to)
        func steps(_ values: [Double]) -> [Double] { zip(values, values.dropFirst()).map { log($1) - log($0) } }
        let series: [Double] =
            switch golden.series {
            case "difference": logReturnDifferences(equity: span.asset, benchmark: span.benchmark) ?? []
            case "absoluteReturn": steps(span.asset).map(abs)
            case "absoluteBenchmarkReturn": steps(span.benchmark).map(abs)
            default: span.asset.map(log)
            }
        #expect(series.count == golden.count)
        // Log returns round at 1e-16, of 1e-2; autocovariances of near-independent returns cancel to a few hundredths
        // of the variance.
        #expect(areClose(optimalBlockLength(of: series), golden.stationary, 1e-8), "\(golden)")
    }
}

@Test func blockLengthOfWhatHasNoMemory() {
    #expect(optimalBlockLength(of: []) == 1)
    #expect(optimalBlockLength(of: [1, 2, 3]) == 1)
    #expect(optimalBlockLength(of: [Double](repeating: 0.25, count: 100)) == 1)
}

/// Gives out the numbers it was made with, to walk through a resample by hand.
private struct Script: RandomNumberGenerator {
    var numbers: [UInt64]
    mutating func next() -> UInt64 { numbers.removeFirst() }
}

@Test func aResampleWorkedByHand() {
    // Of four values the top two bits choose the start; 0 ends a block, the largest number goes on.
    let (goOn, end) = (UInt64.max, UInt64(0))
    var script = Script(numbers: [2 << 62, goOn, goOn, end, 1 << 62])
    // Values 2 and 3, around the end to 0, then a new block at 1: 4 + 8 + 1 + 2.
    #expect(resampledMeans(of: [1, 2, 4, 8], blockLength: 5, draws: 1, using: &script) == [3.75])
    #expect(script.numbers.isEmpty)
}

/// Politis and Romano (1994, lemma 1): with circular autocovariances C(k) and q = 1 − 1/length,
/// var(m*) = (C(0) + 2·Σ (1 − k/n)·qᵏ·C(k)) / n, exactly.
@Test(arguments: [1.0, 3, 20])
func resampledMeansHaveTheExactVariance(blockLength: Double) {
    let values = [0.3, 1.2, 0.9, -0.4, -1.1, -0.7, 0.2, 2.0]
    let count = values.count
    let center = values.reduce(0, +) / Double(count)
    func covariance(_ lag: Int) -> Double {
        values.indices.reduce(0) { $0 + (values[$1] - center) * (values[($1 + lag) % count] - center) } / Double(count)
    }
    let exact =
        (1..<count).reduce(covariance(0)) { sum, lag in
            sum + 2 * (1 - Double(lag) / Double(count)) * pow(1 - 1 / blockLength, Double(lag)) * covariance(lag)
        } / Double(count)

    let draws = 200_000
    var stream = RandomKey(seed: 5).stream("bootstrap")
    let means = resampledMeans(of: values, blockLength: blockLength, draws: draws, using: &stream)
    let mean = means.reduce(0, +) / Double(draws)
    let variance = means.reduce(0) { $0 + ($1 - center) * ($1 - center) } / Double(draws)
    // Five standard errors: √(var/draws) of the mean, √((kurtosis − 1)/draws)·var of the variance; the kurtosis of these
    // means grows with the length of blocks, from 2.9 to about 10.
    #expect(abs(mean - center) < 5 * (exact / Double(draws)).squareRoot())
    let fourth = means.reduce(0) { $0 + pow($1 - center, 4) } / Double(draws)
    let error = (fourth - variance * variance).squareRoot() / Double(draws).squareRoot()
    #expect(abs(variance - exact) < 5 * error, "\(variance) and \(exact)")
}

@Test(arguments: [leastBootstrapValues, 200])
func underTheHypothesisOneTestInTwentyRejects(count: Int) throws {
    var rejections = 0
    var misses = 0
    let trials = 400
    for seed in 0..<trials {
        var stream = RandomKey(seed: UInt64(seed)).stream("noise")
        let values = (0..<count).map { _ in 0.01 * stream.normal() }
        let estimate = try #require(stationaryBootstrap(ofMean: values, draws: 400, using: &stream))
        if estimate.pValue <= 0.05 { rejections += 1 }
        if !(estimate.lower...estimate.upper).contains(0) { misses += 1 }
        #expect(estimate.lower <= estimate.mean && estimate.mean <= estimate.upper, "seed \(seed)")
    }
    // At n = 200 the percentile method rejects 6.3 % of 2,000 such series, as small samples are known to: 25 of these
    // 400 with a binomial deviation of 4.9, of which four either way. At n = 30, the fewest there may be, it rejects 8.8 % and
    // misses 9.3 % of 4,000: 35 and 37 of 400, four deviations of 5.8 either way. This shows how far the level is off, and
    // not that fewer values would be worse: 10 of them give 36.
    let range = count == 200 ? 6...45 : 13...60
    #expect(range.contains(rejections), "\(rejections) of \(trials)")
    #expect(range.contains(misses), "\(misses) of \(trials)")
}

@Test func aClearDifferenceIsFound() throws {
    var stream = RandomKey(seed: 9).stream("noise")
    let values = (0..<500).map { _ in 0.002 + 0.01 * stream.normal() }
    let estimate = try #require(stationaryBootstrap(ofMean: values, using: &stream))
    // The t-statistic is about 4.5.
    #expect(estimate.pValue < 0.005)
    #expect(estimate.lower > 0)
    #expect(estimate.draws == 2_000)
    // The interval of a normal mean is 1.96 deviations either way; 2,000 draws know it to a few percent, the block
    // length moves it by a few more.
    #expect(areClose((estimate.upper - estimate.lower) / (2 * 1.96 * 0.01 / 500.0.squareRoot()), 1, 0.25))
}

@Test func anAccountDoesNotDifferFromItself() throws {
    var stream = RandomKey(seed: 3).stream("prices")
    var prices = [50.0]
    for _ in 0..<300 { prices.append(prices[prices.count - 1] * exp(0.02 * stream.normal())) }
    let differences = try #require(logReturnDifferences(equity: prices.map { $0 * 24.6912 }, benchmark: prices))
    #expect(differences.contains { $0 != 0 }, "the example must round")
    let estimate = try #require(stationaryBootstrap(ofMean: differences, using: &stream))
    #expect([estimate.mean, estimate.lower, estimate.upper] == [0, 0, 0])
    #expect(estimate.pValue == 1)
}

@Test func theSameSeedGivesTheSameEstimate() {
    let values = (0..<50).map { sin(Double($0)) }
    var (first, second) = (RandomKey(seed: 1).stream("a"), RandomKey(seed: 1).stream("a"))
    #expect(stationaryBootstrap(ofMean: values, using: &first) == stationaryBootstrap(ofMean: values, using: &second))
}

@Test func differencesThatCannotBeHad() {
    #expect(logReturnDifferences(equity: [1, 2], benchmark: [1]) == nil)
    #expect(logReturnDifferences(equity: [1, 0], benchmark: [1, 2]) == nil)
    #expect(logReturnDifferences(equity: [1, 2], benchmark: [1, .nan]) == nil)
    var stream = RandomKey(seed: 1).stream("a")
    #expect(stationaryBootstrap(ofMean: [1], using: &stream) == nil)
    let values = (0..<leastBootstrapValues).map { sin(Double($0)) }
    #expect(stationaryBootstrap(ofMean: values, using: &stream) != nil)
    #expect(stationaryBootstrap(ofMean: Array(values.dropLast()), using: &stream) == nil)
    #expect(stationaryBootstrap(ofMean: [1, .infinity], using: &stream) == nil)
}
