import Foundation

/// Simple returns of an equity curve, one for each bar.
///
///     r[t] = equity[t + 1] / equity[t] − 1
///
/// - Parameter equity: shape `[n + 1]`, the starting value included, in account currency.
/// - Returns: Fractions, shape `[n]`; nil where an equity is not a positive finite number, since there is no return
///   on nothing. Empty for fewer than two values.
package func simpleReturns(of equity: [Double]) -> [Double]? {
    guard equity.allSatisfy({ $0 > 0 && $0.isFinite }) else { return nil }
    return zip(equity, equity.dropFirst()).map { $1 / $0 - 1 }
}

/// Gain over the whole span, `equity[n] / equity[0] − 1`: a fraction, 0.25 is 25 %; −1 is the loss of everything.
///
/// Undefined without a bar and where the starting equity is not positive.
package func totalReturn(of equity: [Double]) -> MeasureValue {
    if let reason = obstacle(inEquity: equity) { return .undefined(reason) }
    return .finite(equity[equity.count - 1] / equity[0] - 1)
}

/// Compound return a year.
///
///     annual return = (equity[n] / equity[0])^{A / n} − 1 = ∏(1 + r)^{A / n} − 1
///
/// As empyrical's `annual_return`: years are counted in bars, not by the calendar. A fraction; −1 where nothing is
/// left. Undefined without a bar, where the starting equity is not positive, and where the account ends in debt.
/// - Parameter periodsPerYear: A, bars a year.
package func annualReturn(of equity: [Double], periodsPerYear: Double) -> MeasureValue {
    if let reason = obstacle(inEquity: equity, periodsPerYear: periodsPerYear) { return .undefined(reason) }
    let growth = equity[equity.count - 1] / equity[0]
    if growth < 0 { return .undefined("the account ends in debt") }
    return .finite(pow(growth, periodsPerYear / Double(equity.count - 1)) - 1)
}
