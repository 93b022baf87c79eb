/// Share of bars at whose close a position was open, long or short.
///
///     exposure = #{position ≠ 0} / n
///
/// A fraction. A position that is only what rounding left of a sale is none. Undefined without a bar.
/// - Parameter positions: value of the position over equity at each bar's close, negative when short; shape `[n]`.
package func exposure(of positions: [Double]) -> MeasureValue {
    if let reason = obstacle(in: positions, atLeast: 1, "bar") { return .undefined(reason) }
    return .value(Double(positions.count { !isRounding($0) }) / Double(positions.count))
}

/// How many times a year the account was traded.
///
///     turnover = Σ tradedValue / mean(equity) · A / n        mean over all n + 1 equities
///
/// Both sides count: to buy with all the money and sell everything, once in a year, is a turnover of about 2. Per
/// year. Undefined without a bar and where the starting or the mean equity is not positive.
/// - Parameters:
///   - tradedValue: |shares| · price summed over the fills of each bar, in account currency; shape `[n]`.
///   - equity: shape `[n + 1]`, the starting value included.
///   - periodsPerYear: A, bars a year.
package func turnover(tradedValue: [Double], equity: [Double], periodsPerYear: Double) -> MeasureValue {
    if let reason = obstacle(inEquity: equity, periodsPerYear: periodsPerYear) { return .undefined(reason) }
    if let reason = obstacle(in: tradedValue, atLeast: 0, "traded value") { return .undefined(reason) }
    let meanEquity = mean(of: equity)
    guard meanEquity > 0 else { return .undefined("the mean equity is not positive") }
    return .finite(tradedValue.reduce(0, +) / meanEquity * periodsPerYear / Double(equity.count - 1))
}

/// The sum of all costs, in account currency; 0 without a bar.
/// - Parameter costs: what each bar's fills and holdings cost, positive; shape `[n]`.
package func costsPaid(_ costs: [Double]) -> MeasureValue {
    if let reason = obstacle(in: costs, atLeast: 0, "cost") { return .undefined(reason) }
    return .finite(costs.reduce(0, +))
}
