/// Moving average convergence and divergence (Appel 1979).
///
///     line = EMA(fast) − EMA(slow)      signal = EMA of the line      histogram = line − signal
///
/// Each average is seeded with the mean of its own first values. (TA-Lib starts the fast average late, so that both
/// begin together; the difference fades as (1 − α)ᵏ.)
package struct MACD: Sendable {
    /// In units of price, shape `[bars]`; NaN for the first `slow` − 1 bars.
    package let line: [Double]
    /// In units of price, shape `[bars]`; NaN for the first `slow` + `signal` − 2 bars.
    package let signal: [Double]
    /// In units of price, shape `[bars]`; NaN for the first `slow` + `signal` − 2 bars.
    package let histogram: [Double]

    /// - Parameter values: Shape `[bars]`, NaN where absent; an absent value starts the warm-up anew.
    /// - Precondition: `fast` < `slow`.
    /// - Complexity: O(*bars*).
    package init(of values: [Double], fast: Int, slow: Int, signal period: Int) {
        precondition(fast < slow, "the fast period, \(fast), is below the slow one, \(slow)")
        let fastAverage = exponentialMovingAverage(of: values, period: fast)
        let slowAverage = exponentialMovingAverage(of: values, period: slow)
        line = zip(fastAverage, slowAverage).map { $0 - $1 }
        signal = exponentialMovingAverage(of: line, period: period)
        histogram = zip(line, signal).map { $0 - $1 }
    }
}
