/// Return above the risk-free rate for each unit of deviation, annualised.
///
///     Sharpe = mean(r − f) / sd(r − f) · √A        sd divides by n − 1,  f = (1 + risk-free)^{1/A} − 1
///
/// As empyrical's `sharpe_ratio`. No unit; negative where the rate was missed. Undefined below two returns and where
/// returns do not vary.
/// - Parameters:
///   - returns: simple returns per bar, fractions.
///   - periodsPerYear: A, bars a year.
///   - riskFree: annual rate, a fraction.
/// - SeeAlso: Sharpe, “The Sharpe ratio”, *Journal of Portfolio Management* 21(1), 1994.
package func sharpeRatio(of returns: [Double], periodsPerYear: Double, riskFree: Double = 0) -> MeasureValue {
    let excess = excessReturns(returns, riskFree: riskFree, periodsPerYear: periodsPerYear)
    if let reason = excess.obstacle { return .undefined(reason) }
    let deviation = standardDeviation(of: excess.returns)
    if isRounding(deviation, scale: scale(ofReturns: returns)) { return .undefined("returns do not vary") }
    return .finite(mean(of: excess.returns) / deviation * periodsPerYear.squareRoot())
}
