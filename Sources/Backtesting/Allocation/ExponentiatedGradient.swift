import Foundation

/// EG: shifts weight slowly towards what grew more than the portfolio.
///
///     bᵢ ← bᵢ·exp(η·xᵢ / (b·x)) / Σⱼ bⱼ·exp(η·xⱼ / (b·x))
///
/// - SeeAlso: Helmbold, Schapire, Singer, Warmuth, “On-line portfolio selection using multiplicative updates”,
///   *Mathematical Finance* 8(4), 1998, equation 3.3.
package struct ExponentiatedGradient: AllocationRule {
    package let initial: [Double]
    private let rate: Double
    private var weights: [Double]

    /// - Parameter rate: η, at least 0; 0 is UCRP.
    package init(assets: Int, rate: Double = 0.05) {
        precondition(rate >= 0, "a learning rate is at least 0")
        initial = uniformWeights(assets: assets)
        self.rate = rate
        weights = initial
    }

    /// - Complexity: O(assets).
    package mutating func update(with relatives: [Double]) -> [Double]? {
        precondition(relatives.count == weights.count, "there is one relative for each asset")
        let growth = dotProduct(weights, relatives)
        let highest = relatives.reduce(0, max)
        // The largest exponent is 0, so that none overflows.
        weights = normalized(zip(weights, relatives).map { $0 * exp(rate * ($1 - highest) / growth) })
        return weights
    }
}
