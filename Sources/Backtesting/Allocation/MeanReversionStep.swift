/// How far assets lie from their mean, the direction in which PAMR, OLMAR and RMR move weight.
struct CrossSection {
    /// xᵢ − x̄, shape [assets].
    let deviations: [Double]
    /// ‖x − x̄·1‖².
    let squaredLength: Double

    /// - Parameter values: Of the assets, positive.
    /// - Returns: nil where all moved alike, but for rounding: then no direction is better than another.
    init?(_ values: [Double]) {
        let mean = values.reduce(0, +) / Double(values.count)
        deviations = values.map { $0 - mean }
        squaredLength = dotProduct(deviations, deviations)
        guard deviations.contains(where: { abs($0) > 1e-13 * mean }) else { return nil }
    }

    /// The point of the simplex next to b + τ·(x − x̄·1).
    func moved(_ weights: [Double], by step: Double) -> [Double] {
        projectionOntoSimplex(of: zip(weights, deviations).map { $0 + step * $1 })
    }
}

/// The portfolio nearest to b that would earn at least ε if assets grew by φ:
///
///     b ← Π( b + max(0, ε − b·φ) / ‖φ − φ̄·1‖² · (φ − φ̄·1) ),  Π projects onto the simplex
///
/// - Returns: b where all predictions are alike.
/// - SeeAlso: Li and Hoi, “On-line portfolio selection with moving average reversion”, ICML 2012, proposition 1.
func followed(prediction: [Double], from weights: [Double], threshold: Double) -> [Double] {
    guard let section = CrossSection(prediction) else { return weights }
    let loss = max(0, threshold - dotProduct(weights, prediction))
    return section.moved(weights, by: loss / section.squaredLength)
}
