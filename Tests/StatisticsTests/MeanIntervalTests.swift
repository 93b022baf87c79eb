import Statistics
import Testing

/// Quantiles of Student's t for 97.5 %, as printed tables give them, to four decimals.
@Test(arguments: [(1, 12.7062), (2, 4.3027), (4, 2.7764), (9, 2.2622), (30, 2.0423)])
func theIntervalReachesAsFarAsTablesOfStudentsTSay(freedom: Int, quantile: Double) throws {
    let results = (0...freedom).map { Double($0 * $0) }
    let count = Double(results.count)
    let mean = results.reduce(0, +) / count
    let variance = results.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / Double(freedom)
    let error = (variance / count).squareRoot()
    let interval = MeanInterval(results)
    #expect(abs(interval.mean - mean) < 1e-12 * mean)
    // Half a unit of the tables' last place.
    #expect(abs((try #require(interval.upper) - mean) / error - quantile) < 5e-5)
    #expect(abs((mean - (try #require(interval.lower))) / error - quantile) < 5e-5)
}

/// 1 and 3: mean 2, deviation √2, standard error √2/√2 = 1; with one degree of freedom t is tan(0.475 π) = 12.7062….
@Test func anIntervalByHand() throws {
    let interval = MeanInterval([1, 3])
    #expect(interval.mean == 2)
    #expect(abs(try #require(interval.upper) - 14.706_204_736) < 1e-8)
    #expect(abs(try #require(interval.lower) + 10.706_204_736) < 1e-8)
}

@Test func oneResultHasNoIntervalAndEqualOnesHaveAPoint() {
    let single = MeanInterval([5])
    #expect(single.mean == 5 && single.lower == nil && single.upper == nil)
    let equal = MeanInterval([5, 5, 5])
    #expect(equal.mean == 5 && equal.lower == 5 && equal.upper == 5)
}
