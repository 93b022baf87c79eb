/// The mean of the last `period` values.
///
/// - Parameter values: Shape `[bars]`, NaN where absent.
/// - Returns: Shape `[bars]`; NaN for the first `period` − 1 bars and wherever the window holds an absent value.
/// - Complexity: O(*bars* · *period*).
package func simpleMovingAverage(of values: [Double], period: Int) -> [Double] {
    rolling(values, period: period) { $0.mean }
}

/// The exponential moving average with weight α = 2 / (`period` + 1), seeded as textbooks and TA-Lib do:
///
///     EMA(period − 1) = mean of the first `period` values
///     EMA(t) = EMA(t − 1) + α · (x(t) − EMA(t − 1))
///
/// - Parameter values: Shape `[bars]`, NaN where absent.
/// - Returns: Shape `[bars]`; NaN for the first `period` − 1 bars. An absent value starts the warm-up anew.
/// - Complexity: O(*bars*).
package func exponentialMovingAverage(of values: [Double], period: Int) -> [Double] {
    smoothed(values, period: period, weight: 2 / Double(period + 1))
}

/// Wilder's average: the exponential average with weight 1 / `period` (Wilder, *New Concepts in Technical Trading
/// Systems*, 1978), seeded with the mean of the first `period` values.
///
/// - Returns: Shape `[bars]`; NaN for the first `period` − 1 bars. An absent value starts the warm-up anew.
/// - Complexity: O(*bars*).
func wilderAverage(of values: [Double], period: Int) -> [Double] {
    smoothed(values, period: period, weight: 1 / Double(period))
}

private func smoothed(_ values: [Double], period: Int, weight: Double) -> [Double] {
    precondition(period > 0, "an average covers at least one bar, not \(period)")
    var result = [Double](repeating: .nan, count: values.count)
    var known = 0
    var average = Double.nan
    for (bar, value) in values.enumerated() {
        guard !value.isNaN else {
            known = 0
            continue
        }
        known += 1
        if known < period { continue }
        // The difference form keeps a flat series exactly flat.
        average = known == period ? values[(bar - period + 1)...bar].mean : average + weight * (value - average)
        result[bar] = average
    }
    return result
}
