/// Return above the required rate for each unit of downside deviation, annualised.
///
///     Sortino = mean(r − f)·A / (√mean(min(r − f, 0)²)·√A)        f = (1 + required)^{1/A} − 1
///
/// As empyrical's `sortino_ratio`: the downside deviation divides by all n returns, not by the losing ones alone. No
/// unit. Undefined below two returns and where no return lies below the required one.
/// - Parameters:
///   - returns: simple returns per bar, fractions.
///   - periodsPerYear: A, bars a year.
///   - riskFree: annual rate that is required, a fraction.
/// - SeeAlso: Sortino and Price, “Performance measurement in a downside risk framework”, *Journal of Investing* 3(3), 1994.
package func sortinoRatio(of returns: [Double], periodsPerYear: Double, riskFree: Double = 0) -> MeasureValue {
    let excess = excessReturns(returns, riskFree: riskFree, periodsPerYear: periodsPerYear)
    if let reason = excess.obstacle { return .undefined(reason) }
    let downside = mean(of: excess.returns.map { min($0, 0) * min($0, 0) }).squareRoot()
    if isRounding(downside, scale: scale(ofReturns: returns)) {
        return .undefined("no return lies below the required one")
    }
    return .finite(mean(of: excess.returns) / downside * periodsPerYear.squareRoot())
}
