/// Return above the benchmark for each unit of its deviation, per bar.
///
///     information ratio = mean(r − m) / sd(r − m)        sd divides by n − 1
///
/// As empyrical's `excess_sharpe` and quantstats' `information_ratio`: **not annualised**; times √A it is a figure a
/// year. No unit. Undefined below two returns, where the series differ in length, and where returns never leave the
/// benchmark by a changing amount.
/// - Parameters:
///   - returns: simple returns per bar, fractions.
///   - benchmark: the benchmark's returns in the same bars.
/// - SeeAlso: Grinold and Kahn, *Active Portfolio Management*, 2nd edition, 1999, chapter 5.
package func informationRatio(of returns: [Double], benchmark: [Double]) -> MeasureValue {
    if let reason = obstacle(in: returns, against: benchmark) { return .undefined(reason) }
    let active = zip(returns, benchmark).map { $0 - $1 }
    let trackingError = standardDeviation(of: active)
    if isRounding(trackingError, scale: max(scale(ofReturns: returns), scale(ofReturns: benchmark))) {
        return .undefined("the difference to the benchmark does not vary")
    }
    return .finite(mean(of: active) / trackingError)
}
