import Foundation
import Statistics
import Testing

private struct GoldenMeasures: Decodable {
    struct Case: Decodable {
        let span: String
        let from: String
        let to: String
        let returns: Int
        let periodsPerYear: Double
        let riskFree: Double
        let empyrical: [String: Double]
        let quantstats: [String: Double]
        let quantstatsDiffers: [String: Double]
    }
    let cases: [Case]
}

/// Sums over 3,269 returns round at about 1e-14, annualising multiplies that by at most a few hundred; 1e-10 leaves room
/// for another order of summation and for no other definition.
private let tolerance = 1e-10

@Test func measuresAgreeWithEmpyricalAndQuantstats() throws {
    let series = try MarketSeries.whole.get()
    let cases = try golden("measures.json", as: GoldenMeasures.self).cases
    #expect(cases.count == 12)
    for golden in cases {
        let span = series.span(from: golden.from, to: golden.to)
        #expect(span.dates.count == golden.returns + 1)
        let ours = measures(
            equity: span.asset, benchmark: span.benchmark, periodsPerYear: golden.periodsPerYear,
            riskFree: golden.riskFree)
        #expect(golden.empyrical.count == 19)
        for (name, expected) in golden.empyrical.merging(golden.quantstats, uniquingKeysWith: { first, _ in first }) {
            #expect(areClose(ours[name]?.number, expected, tolerance), "\(name), \(golden.span)")
        }
        for (name, expected) in golden.quantstats {
            #expect(areClose(ours[name]?.number, expected, tolerance), "quantstats' \(name), \(golden.span)")
        }
    }
}

/// Where quantstats means something else, its number follows from ours by the formula that it uses.
@Test func whereQuantstatsDiffersWeKnowHow() throws {
    let series = try MarketSeries.whole.get()
    for golden in try golden("measures.json", as: GoldenMeasures.self).cases where golden.riskFree == 0 {
        let span = series.span(from: golden.from, to: golden.to)
        let periods = golden.periodsPerYear
        let ours = measures(equity: span.asset, benchmark: span.benchmark, periodsPerYear: periods)
            .compactMapValues(\.number)
        let n = Double(golden.returns)
        let theirs = golden.quantstatsDiffers

        // pandas' unbiased estimators, where ours are scipy's moments.
        let skewness = try #require(ours["skewness"])
        #expect(areClose(skewness * (n * (n - 1)).squareRoot() / (n - 2), theirs["skew"], tolerance))
        let kurtosis = try #require(ours["excessKurtosis"])
        #expect(areClose((n - 1) / ((n - 2) * (n - 3)) * ((n + 1) * kurtosis + 6), theirs["kurtosis"], tolerance))

        // The mean times A, where ours compounds.
        let alpha = try #require(ours["alpha"])
        #expect(areClose((pow(1 + alpha, 1 / periods) - 1) * periods, theirs["alpha"], tolerance))

        // The 5 % quantile and tail mean of a fitted normal distribution, z = Φ⁻¹(0.05) and φ(z)/0.05, where ours are
        // historical.
        let (sharpe, volatility) = (try #require(ours["sharpe"]), try #require(ours["volatility"]))
        let (mean, deviation) = (sharpe * volatility / periods, volatility / periods.squareRoot())
        #expect(areClose(mean - 1.6448536269514722 * deviation, theirs["valueAtRisk"], tolerance))
        let density = exp(-1.6448536269514722 * 1.6448536269514722 / 2) / (2 * Double.pi).squareRoot()
        #expect(areClose(mean - density / 0.05 * deviation, theirs["conditionalValueAtRisk"], tolerance))
    }
}
