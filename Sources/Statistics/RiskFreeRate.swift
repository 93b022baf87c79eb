import Foundation

/// The rate per bar that compounds to an annual one, (1 + rate)^{1/A} − 1, as empyrical and quantstats de-annualise.
///
/// `log1p` keeps the digits that 1 + rate would lose. NaN for a rate of −1 or less.
func ratePerBar(annual: Double, periodsPerYear: Double) -> Double {
    annual > -1 ? expm1(log1p(annual) / periodsPerYear) : .nan
}

/// Returns above the risk-free rate, or the reason why they cannot be had.
func excessReturns(
    _ returns: [Double], riskFree: Double, periodsPerYear: Double
) -> (returns: [Double], obstacle: String?) {
    if let reason = obstacle(in: returns, atLeast: 2, periodsPerYear: periodsPerYear) { return ([], reason) }
    let rate = ratePerBar(annual: riskFree, periodsPerYear: periodsPerYear)
    guard rate.isFinite else { return ([], "the risk-free rate is not a number above −1") }
    return (returns.map { $0 - rate }, nil)
}
