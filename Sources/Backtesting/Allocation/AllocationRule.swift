/// Divides wealth among assets, bar after bar, knowing the price relatives so far.
///
/// A rule is told one bar at a time, so it cannot see a later one. <doc:AllocationRules> has their formulas.
package protocol AllocationRule: Sendable {
    /// Weights for the first period, before any relative is known: shape [assets], at least 0, sum 1.
    var initial: [Double] { get }

    /// Takes notice of the latest bar and says how to divide wealth for the next.
    ///
    /// - Parameter relatives: xₜ, the close over the close before, shape [assets], positive; 1 for an asset without a bar,
    ///   whose price stands still.
    /// - Returns: Weights, shape [assets], at least 0, sum 1; nil where nothing is to be traded and what is held drifts.
    /// - Precondition: there is one relative for each asset.
    mutating func update(with relatives: [Double]) -> [Double]?
}

/// The same share of wealth for each asset.
func uniformWeights(assets: Int) -> [Double] {
    precondition(assets > 0, "wealth is divided among one asset or more")
    return [Double](repeating: 1 / Double(assets), count: assets)
}

/// Numbers of at least 0 over their sum, which is positive.
func normalized(_ values: [Double]) -> [Double] {
    let sum = values.reduce(0, +)
    return values.map { $0 / sum }
}
