/// Why numbers cannot be measured, or nil where they can.
/// - Parameters:
///   - noun: what one number is, for the reason's words.
///   - periodsPerYear: A, for measures that annualise.
func obstacle(
    in values: [Double], atLeast minimum: Int, _ noun: String = "return", periodsPerYear: Double = 1
) -> String? {
    if values.count < minimum {
        return minimum == 1 ? "no \(noun)" : "fewer than \(minimum) \(noun)s"
    }
    if !values.allSatisfy(\.isFinite) { return "a \(noun) is not a finite number" }
    if !(periodsPerYear > 0 && periodsPerYear.isFinite) { return "the periods per year are not a positive number" }
    return nil
}

/// Why an equity curve of shape `[n + 1]` cannot be measured, or nil where it can.
func obstacle(inEquity equity: [Double], periodsPerYear: Double = 1) -> String? {
    guard let first = equity.first, equity.count > 1 else { return "no bar" }
    if let reason = obstacle(in: equity, atLeast: 2, "equity value", periodsPerYear: periodsPerYear) { return reason }
    return first > 0 ? nil : "the starting equity is not positive"
}

/// Why two series cannot be compared bar by bar, or nil where they can.
func obstacle(in returns: [Double], against benchmark: [Double], periodsPerYear: Double = 1) -> String? {
    if returns.count != benchmark.count {
        return "the benchmark's returns (\(benchmark.count)) and the account's (\(returns.count)) differ in number"
    }
    return obstacle(in: returns, atLeast: 2, periodsPerYear: periodsPerYear)
        ?? obstacle(in: benchmark, atLeast: 2, "benchmark return")
}

/// Whether a deviation, a loss or a position is only what rounding left of zero.
///
/// Equity is known to about sixteen digits, and an account of many fills to some fewer; what lies below 1e-12 of the
/// scale says nothing about a strategy, yet dividing by it would give a Sharpe ratio of billions to a flat curve.
func isRounding(_ value: Double, scale: Double = 1) -> Bool { abs(value) <= 1e-12 * scale }

/// The scale that rounding of returns has: 1 + r is a ratio of two equities, so even a tiny return carries its error.
func scale(ofReturns returns: [Double]) -> Double { 1 + largestMagnitude(of: returns) }

func largestMagnitude(of values: [Double]) -> Double { values.reduce(0) { max($0, abs($1)) } }
