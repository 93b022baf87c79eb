import Foundation
import Statistics
import Testing

/// Four bars: +10 %, −10 %, +10 %, +20 %. The numbers were worked with pencil and paper; each equals its literal up to the
/// last digits of a double, for which 1e-12 leaves room.
private let equity = [100, 110, 99, 108.9, 130.68]
private let returns = [0.1, -0.1, 0.1, 0.2]

private func expect(_ value: MeasureValue, _ expected: Double, sourceLocation: SourceLocation = #_sourceLocation) {
    #expect(areClose(value.number, expected, 1e-12), "\(value)", sourceLocation: sourceLocation)
}

@Test func returnsOfFourBars() throws {
    let computed = try #require(simpleReturns(of: equity))
    #expect(zip(computed, returns).allSatisfy { areClose($0, $1, 1e-12) })
    expect(totalReturn(of: equity), 0.3068)
    expect(annualReturn(of: equity, periodsPerYear: 4), 0.3068)
    expect(annualReturn(of: equity, periodsPerYear: 8), 1.3068 * 1.3068 - 1)
    expect(annualReturn(of: [100, 40, 0], periodsPerYear: 252), -1)
}

@Test func riskOfFourBars() {
    // Mean 0.075, deviations 0.025, −0.175, 0.025, 0.125, squares summing to 0.0475.
    let deviation = (0.0475 / 3).squareRoot()
    expect(volatility(of: returns, periodsPerYear: 4), 2 * deviation)
    expect(sharpeRatio(of: returns, periodsPerYear: 4), 2 * 0.075 / deviation)
    // 46.41 % a year is 10 % a bar: excess returns 0, −0.2, 0, 0.1.
    expect(sharpeRatio(of: returns, periodsPerYear: 4, riskFree: 0.4641), 2 * -0.025 / deviation)
    expect(sortinoRatio(of: returns, periodsPerYear: 4), 0.3 / (0.05 * 2))
    expect(sortinoRatio(of: returns, periodsPerYear: 4, riskFree: 0.4641), -0.1 / (0.1 * 2))
    expect(omegaRatio(of: returns, periodsPerYear: 4), 0.4 / 0.1)
    expect(omegaRatio(of: returns, periodsPerYear: 4, riskFree: 0.4641), 0.1 / 0.2)
    expect(skewness(of: returns), -0.00084375 / pow(0.011875, 1.5))
    // Fourth powers: 2·0.025⁴ + 0.175⁴ + 0.125⁴ = 0.001182812500, over four.
    expect(excessKurtosis(of: returns), 0.001182812500 / 4 / (0.011875 * 0.011875) - 3)
}

@Test func tailsOfFourBars() {
    // Sorted −0.1, 0.1, 0.1, 0.2; positions 3·0.05 = 0.15 and 3·0.95 = 2.85.
    expect(valueAtRisk(of: returns), -0.07)
    expect(conditionalValueAtRisk(of: returns), -0.1)
    expect(tailRatio(of: returns), 0.185 / 0.07)
    expect(barWinRate(of: returns + [0, 0]), 0.75)
    expect(bestBar(of: returns), 0.2)
    expect(worstBar(of: returns), -0.1)
    // Of 21 returns, ⌊20·5 %⌋ + 1 = 2 are the tail.
    expect(conditionalValueAtRisk(of: (0...20).map { Double($0) / 100 }), 0.005)
}

@Test func drawdownsOfFourBars() {
    #expect(zip(drawdowns(of: equity), [0, 0, 0.1, 0.01, 0]).allSatisfy { areClose($0, $1, 1e-12) })
    expect(maximumDrawdown(of: equity), 0.1)
    // From the peak at bar 1 until bar 4 stands above it.
    expect(maximumDrawdownDuration(of: equity), 3)
    expect(calmarRatio(of: equity, periodsPerYear: 4), 3.068)
}

@Test func theStartingEquityIsAPeak() {
    expect(maximumDrawdown(of: [100, 75, 90]), 0.25)
    // Never reached again: counted to the end.
    expect(maximumDrawdownDuration(of: [100, 75, 90]), 2)
}

@Test(arguments: [
    ([1, 2, 3], 0), ([1, 1, 1], 0), ([2, 1, 2], 2), ([2, 1, 2, 2, 1, 1], 2), ([3, 1, 2, 3, 2], 3), ([2, 1], 1),
    // Rising to a value as high as the peak up to rounding ends the time under water.
    ([0.3, 0.2, 0.1 + 0.2], 2), ([0.1 + 0.2, 0.2, 0.3, 0.3], 2),
])
func timeUnderWater(equity: [Double], bars: Double) {
    expect(maximumDrawdownDuration(of: equity), bars)
}

@Test func ruinIsADrawdownOfEverythingAndDebtOfMore() {
    expect(maximumDrawdown(of: [100, 50, 0]), 1)
    expect(maximumDrawdown(of: [100, 50, -20]), 1.2)
    expect(totalReturn(of: [100, 50, -20]), -1.2)
}

@Test func againstABenchmark() {
    // Benchmark mean 0.02, squared deviations summing to 0.0056, cross products to 0.014: β = 2.5, so α is 0.025 a bar.
    let benchmark = [0.02, -0.04, 0.06, 0.04]
    expect(beta(of: returns, benchmark: benchmark), 2.5)
    expect(alpha(of: returns, benchmark: benchmark, periodsPerYear: 4), 0.103812890625)
    // A rate of 10 % a bar: −0.025 − 2.5·(−0.08) = 0.175.
    expect(
        alpha(of: returns, benchmark: benchmark, periodsPerYear: 4, riskFree: 0.4641), pow(1.175, 4) - 1)
    // Active returns 0.08, −0.06, 0.04, 0.16, mean 0.055, squared deviations 0.0251.
    expect(informationRatio(of: returns, benchmark: benchmark), 0.055 / (0.0251 / 3).squareRoot())
}

@Test func trades() {
    let profits = [100.0, -50, 30, 0, -10]
    expect(tradeWinRate(of: profits), 0.4)
    expect(tradeProfitFactor(of: profits), 130.0 / 60)
    expect(tradeExpectancy(of: profits), 14)
    // Deviations 86, −64, 16, −14, −24, squares summing to 12,520.
    expect(systemQualityNumber(of: profits), 5.0.squareRoot() * 14 / 3130.0.squareRoot())
    expect(averageTradeReturn(of: [0.1, -0.02]), 0.04)
}

@Test func activity() {
    expect(exposure(of: [0, 0.5, -1, 1e-17]), 0.5)
    expect(turnover(tradedValue: [100, 0, 110, 0], equity: [90, 100, 100, 100, 110], periodsPerYear: 8), 4.2)
    expect(costsPaid([1.5, 0, 2]), 3.5)
    expect(costsPaid([]), 0)
}

@Test func quantilesInterpolateAsNumpyDoes() {
    // numpy.quantile([7, 1, 3, 10], [0, 0.25, 0.5, 0.75, 1]) is [1, 2.5, 5, 7.75, 10].
    let values = [7.0, 1, 3, 10]
    #expect([0, 0.25, 0.5, 0.75, 1].map { quantile($0, of: values) } == [1, 2.5, 5, 7.75, 10])
    #expect(median(of: values) == 5)
    #expect(median(of: [4]) == 4)
    #expect(median(of: []) == nil)
    #expect(median(of: [1, .nan]) == nil)
}
