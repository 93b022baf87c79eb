/// The return that one bar in twenty falls below.
///
///     VaR = 5th percentile of r, linear between neighbours (type 7)
///
/// Historical, as empyrical's `value_at_risk`; quantstats prints the quantile of a fitted normal distribution instead.
/// A fraction per bar, negative where it is a loss. Undefined without a return.
package func valueAtRisk(of returns: [Double]) -> MeasureValue {
    if let reason = obstacle(in: returns, atLeast: 1) { return .undefined(reason) }
    return .finite(quantile(0.05, ofSorted: returns.sorted()))
}

/// The mean return of the worst bars, one in twenty.
///
///     CVaR = mean of the lowest ⌊(n − 1)·5 %⌋ + 1 returns
///
/// As empyrical's `conditional_value_at_risk`; quantstats prints the tail mean of a fitted normal distribution
/// unless told otherwise. A fraction per bar, negative where it is a loss. Undefined without a return.
/// - SeeAlso: Rockafellar and Uryasev, “Optimization of conditional value-at-risk”, *Journal of Risk* 2(3), 2000.
package func conditionalValueAtRisk(of returns: [Double]) -> MeasureValue {
    if let reason = obstacle(in: returns, atLeast: 1) { return .undefined(reason) }
    let count = Int(Double(returns.count - 1) * 0.05) + 1
    return .finite(mean(of: Array(returns.sorted().prefix(count))))
}

/// How large the good extremes are beside the bad ones.
///
///     tail ratio = |95th percentile of r| / |5th percentile of r|
///
/// As empyrical's `tail_ratio`. No unit; above 1 where the right tail is the longer. Undefined without a return and
/// where the 5th percentile is zero.
package func tailRatio(of returns: [Double]) -> MeasureValue {
    if let reason = obstacle(in: returns, atLeast: 1) { return .undefined(reason) }
    let sorted = returns.sorted()
    let low = quantile(0.05, ofSorted: sorted)
    if isRounding(low, scale: scale(ofReturns: returns)) { return .undefined("the 5th percentile of returns is zero") }
    return .finite(abs(quantile(0.95, ofSorted: sorted)) / abs(low))
}
