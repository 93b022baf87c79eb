/// The value below which a share of the numbers lies, linear between neighbours: type 7 of Hyndman and Fan, the
/// default of numpy and R.
///
///     position h = (n − 1)·probability        quantile = x[⌊h⌋] + (h − ⌊h⌋)·(x[⌊h⌋ + 1] − x[⌊h⌋]),  x sorted
///
/// Made for summaries over seeds; sorts a copy.
/// - Returns: nil for an empty array and where a number is NaN.
/// - Precondition: `probability` is in `0...1`.
/// - SeeAlso: Hyndman and Fan, “Sample quantiles in statistical packages”, *American Statistician* 50(4), 1996.
package func quantile(_ probability: Double, of values: [Double]) -> Double? {
    precondition((0...1).contains(probability), "a probability lies in 0...1, not \(probability)")
    guard !values.isEmpty, !values.contains(where: \.isNaN) else { return nil }
    return quantile(probability, ofSorted: values.sorted())
}

/// The middle of the numbers, the mean of the two middle ones where their count is even; nil as `quantile`.
package func median(of values: [Double]) -> Double? { quantile(0.5, of: values) }

/// `quantile` of numbers already in ascending order, at least one.
func quantile(_ probability: Double, ofSorted sorted: [Double]) -> Double {
    let position = Double(sorted.count - 1) * probability
    let lower = Int(position)
    guard lower + 1 < sorted.count else { return sorted[sorted.count - 1] }
    return sorted[lower] + (position - Double(lower)) * (sorted[lower + 1] - sorted[lower])
}
