/// Share of winning bars among those that won or lost anything.
///
///     win rate of bars = #{r > 0} / #{r ≠ 0}
///
/// As quantstats' `win_rate`: bars without a position neither win nor lose. A return that is only rounding is none. A
/// fraction. Undefined where no bar won or lost. Not to be confused with `tradeWinRate`.
package func barWinRate(of returns: [Double]) -> MeasureValue {
    if let reason = obstacle(in: returns, atLeast: 1) { return .undefined(reason) }
    let outcomes = returns.filter { !isRounding($0) }
    if outcomes.isEmpty { return .undefined("no bar gained or lost") }
    return .value(Double(outcomes.count { $0 > 0 }) / Double(outcomes.count))
}

/// The highest return of a bar, a fraction. Undefined without a return.
package func bestBar(of returns: [Double]) -> MeasureValue {
    if let reason = obstacle(in: returns, atLeast: 1) { return .undefined(reason) }
    return .value(returns.reduce(-.infinity, max))
}

/// The lowest return of a bar, a fraction. Undefined without a return.
package func worstBar(of returns: [Double]) -> MeasureValue {
    if let reason = obstacle(in: returns, atLeast: 1) { return .undefined(reason) }
    return .value(returns.reduce(.infinity, min))
}
