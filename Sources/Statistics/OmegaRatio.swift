/// What returns gained above the required rate over what they lost below it.
///
///     Omega = Σ max(r − f, 0) / Σ max(f − r, 0)        f = (1 + required)^{1/A} − 1
///
/// As empyrical's `omega_ratio`. No unit, never negative; above 1 where gains outweigh losses. Undefined below two
/// returns and where no return lies below the required one.
/// - Parameters:
///   - returns: simple returns per bar, fractions.
///   - periodsPerYear: A, bars a year.
///   - riskFree: annual rate that is required, a fraction.
/// - SeeAlso: Keating and Shadwick, “A universal performance measure”, *Journal of Performance Measurement* 6(3), 2002.
package func omegaRatio(of returns: [Double], periodsPerYear: Double, riskFree: Double = 0) -> MeasureValue {
    let excess = excessReturns(returns, riskFree: riskFree, periodsPerYear: periodsPerYear)
    if let reason = excess.obstacle { return .undefined(reason) }
    let gains = mean(of: excess.returns.map { max($0, 0) })
    let losses = mean(of: excess.returns.map { max(-$0, 0) })
    if isRounding(losses, scale: scale(ofReturns: returns)) {
        return .undefined("no return lies below the required one")
    }
    return .finite(gains / losses)
}
