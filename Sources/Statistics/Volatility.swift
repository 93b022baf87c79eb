/// Deviation of returns, annualised.
///
///     volatility = sd(r)·√A        sd divides by n − 1
///
/// As empyrical's `annual_volatility`. A fraction a year, never negative; 0 for a flat curve. Undefined below two
/// returns.
/// - Parameters:
///   - returns: simple returns per bar, fractions.
///   - periodsPerYear: A, bars a year.
package func volatility(of returns: [Double], periodsPerYear: Double) -> MeasureValue {
    if let reason = obstacle(in: returns, atLeast: 2, periodsPerYear: periodsPerYear) { return .undefined(reason) }
    return .finite(standardDeviation(of: returns) * periodsPerYear.squareRoot())
}
