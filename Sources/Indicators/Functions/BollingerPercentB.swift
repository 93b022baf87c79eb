/// Where a value lies between its Bollinger bands (Bollinger 2001): 0 on the lower, 1 on the upper.
///
///     %b = (x − lower) / (upper − lower),    bands = SMA ± `width` · σ,    σ the population deviation of the window
///
/// A flat window has no band to lie in: %b is 0.5, the middle.
///
/// - Parameter values: Shape `[bars]`, NaN where absent.
/// - Returns: Shape `[bars]`, within 0.5 ± √(`period` − 1) / (2 · `width`); NaN for the first `period` − 1 bars and
///   wherever the window holds an absent value.
/// - Complexity: O(*bars* · *period*).
package func bollingerPercentB(of values: [Double], period: Int, width: Double) -> [Double] {
    precondition(width > 0, "bands have a positive width, not \(width)")
    return rolling(values, period: period) { window in
        guard let value = window.last else { return .nan }
        let deviation = (window.squaredDeviations / Double(period)).squareRoot()
        return deviation == 0 ? 0.5 : 0.5 + (value - window.mean) / (2 * width * deviation)
    }
}
