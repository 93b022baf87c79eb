/// How far each point of an equity curve lies below the highest one so far.
///
///     drawdown[t] = 1 − equity[t] / max(equity[0...t])
///
/// - Parameter equity: shape `[n + 1]`, the starting value included, in account currency.
/// - Returns: Fractions, shape `[n + 1]`, in `0..<1` while equity is positive, 1 at zero, above 1 in debt. Where no
///   peak so far is positive, and for a value that is not a number, NaN.
/// - Complexity: O(*n*), one pass.
package func drawdowns(of equity: [Double]) -> [Double] {
    var peak = -Double.infinity
    return equity.map { value in
        peak = max(peak, value)
        return peak > 0 ? (peak == value ? 0 : 1 - value / peak) : .nan
    }
}

/// The deepest fall below a running peak, as a positive fraction: 0.25 is a fall by 25 %, 0 a curve that never falls.
///
///     max drawdown = max over t of 1 − equity[t] / max(equity[0...t])
///
/// As empyrical's `max_drawdown` but for the sign, which is negative there. The starting equity is a peak, so a loss
/// in the first bar counts. Undefined without a bar and where the starting equity is not positive.
/// - SeeAlso: Magdon-Ismail and Atiya, “Maximum drawdown”, *Risk* 17(10), 2004.
package func maximumDrawdown(of equity: [Double]) -> MeasureValue {
    if let reason = obstacle(inEquity: equity) { return .undefined(reason) }
    return .finite(drawdowns(of: equity).reduce(0, max))
}

/// The longest time under water, in bars: from a peak until it is reached again, or to the end where it never is.
///
/// A fall in one bar that the next one makes good lasts two bars; a curve that never falls has 0. A point as high as
/// the peak, up to rounding, reaches it. Undefined without a bar and where the starting equity is not positive.
package func maximumDrawdownDuration(of equity: [Double]) -> MeasureValue {
    if let reason = obstacle(inEquity: equity) { return .undefined(reason) }
    var peak = 0
    var longest = 0
    var isUnderWater = false
    for (bar, drawdown) in drawdowns(of: equity).enumerated() {
        let wasUnderWater = isUnderWater
        isUnderWater = !isRounding(drawdown)
        if isUnderWater || wasUnderWater { longest = max(longest, bar - peak) }
        if !isUnderWater { peak = bar }
    }
    return .value(Double(longest))
}

/// Annual return for each unit of the deepest fall.
///
///     Calmar = annual return / max drawdown
///
/// As empyrical's `calmar_ratio`, over the whole span. No unit. Undefined where the annual return is, and for a curve
/// that never falls.
/// - Parameter periodsPerYear: A, bars a year.
/// - SeeAlso: Young, “Calmar ratio: a smoother tool”, *Futures* 20(1), 1991.
package func calmarRatio(of equity: [Double], periodsPerYear: Double) -> MeasureValue {
    switch (annualReturn(of: equity, periodsPerYear: periodsPerYear), maximumDrawdown(of: equity)) {
    case (.value(let annual), .value(let drawdown)):
        isRounding(drawdown) ? .undefined("equity never falls") : .finite(annual / drawdown)
    case (.undefined(let reason), _), (_, .undefined(let reason)):
        .undefined(reason)
    }
}
