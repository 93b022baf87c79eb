/// Wilder's average true range (1978): the Wilder average of
///
///     TR(t) = max(high, previous close) − min(low, previous close)
///
/// The first bar has no previous close and therefore no true range, as in TA-Lib.
///
/// - Parameters: Shape `[bars]` each, NaN where absent; an absent value starts the warm-up anew.
/// - Returns: In units of price, shape `[bars]`; NaN for the first `period` bars.
/// - Complexity: O(*bars*).
package func averageTrueRange(high: [Double], low: [Double], close: [Double], period: Int) -> [Double] {
    var ranges = [Double](repeating: .nan, count: close.count)
    for bar in close.indices.dropFirst() {
        let (top, bottom, previous) = (high[bar], low[bar], close[bar - 1])
        // `max` and `min` may drop a NaN; the sum does not.
        if (top + bottom + previous).isNaN { continue }
        ranges[bar] = max(top, previous) - min(bottom, previous)
    }
    return wilderAverage(of: ranges, period: period)
}
