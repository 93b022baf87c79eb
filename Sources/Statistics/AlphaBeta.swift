import Foundation

/// How much returns move with the benchmark's: the slope of their regression.
///
///     β = cov(r, m) / var(m)
///
/// As empyrical's `beta`; a constant risk-free rate cancels. No unit: 1 moves like the benchmark, 0 has nothing to do
/// with it. Undefined below two returns, where the series differ in length, and where the benchmark does not vary.
/// - Parameters:
///   - returns: simple returns per bar, fractions.
///   - benchmark: the benchmark's returns in the same bars.
package func beta(of returns: [Double], benchmark: [Double]) -> MeasureValue {
    if let reason = obstacle(in: returns, against: benchmark) { return .undefined(reason) }
    if isRounding(standardDeviation(of: benchmark), scale: scale(ofReturns: benchmark)) {
        return .undefined("the benchmark's returns do not vary")
    }
    let (center, benchmarkCenter) = (mean(of: returns), mean(of: benchmark))
    let covariance = mean(of: zip(returns, benchmark).map { ($0 - center) * ($1 - benchmarkCenter) })
    return .finite(covariance / centralMoment(2, of: benchmark))
}

/// Return a year that the benchmark does not explain.
///
///     α = (1 + mean((r − f) − β·(m − f)))^A − 1        f = (1 + risk-free)^{1/A} − 1
///
/// As empyrical's `alpha`, compounded; quantstats multiplies the mean by A instead. A fraction a year. Undefined where
/// β is.
/// - Parameters:
///   - returns: simple returns per bar, fractions.
///   - benchmark: the benchmark's returns in the same bars.
///   - periodsPerYear: A, bars a year.
///   - riskFree: annual rate, a fraction.
/// - SeeAlso: Jensen, “The performance of mutual funds in the period 1945–1964”, *Journal of Finance* 23(2), 1968.
package func alpha(
    of returns: [Double], benchmark: [Double], periodsPerYear: Double, riskFree: Double = 0
) -> MeasureValue {
    let slope: Double
    switch beta(of: returns, benchmark: benchmark) {
    case .value(let value): slope = value
    case .undefined(let reason): return .undefined(reason)
    }
    let excess = excessReturns(returns, riskFree: riskFree, periodsPerYear: periodsPerYear)
    let excessBenchmark = excessReturns(benchmark, riskFree: riskFree, periodsPerYear: periodsPerYear)
    if let reason = excess.obstacle ?? excessBenchmark.obstacle { return .undefined(reason) }
    let unexplained = mean(of: zip(excess.returns, excessBenchmark.returns).map { $0 - slope * $1 })
    return .finite(pow(1 + unexplained, periodsPerYear) - 1)
}
