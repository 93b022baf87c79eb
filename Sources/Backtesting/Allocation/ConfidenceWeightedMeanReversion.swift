/// CWMR-stdev: PAMR with a confidence in each weight, held as a normal law N(b, diag(σ)) of portfolios.
///
/// The law changes as little as makes the last bar's growth fall to ε with the confidence that φ stands for:
///
///     x̄ = Σ σᵢxᵢ / Σ σᵢ        M = b·x        V = Σ σᵢxᵢ²        D = Σ σᵢ(xᵢ − x̄)²
///
///     λ = the larger root, at least 0, of  a·λ² + 2h·λ + c = 0
///         a = D·(D + φ²V)      h = (ε − M)·(D + φ²V/2)      c = (ε − M)² − φ²V
///
///     √u = ( √(λ²φ²V² + 4V) − λφV ) / 2
///     b ← Π( b − λ·σ ⊙ (x − x̄·1) )        σᵢ ← 1 / (1/σᵢ + λφ·xᵢ²/√u),  Π projects onto the simplex
///
/// As in the authors' toolbox: growth M itself in the place of its logarithm, variances σ that start at 1/m², have the
/// spacing of numbers at 1 added after each bar (there wherever their product is as small, which it is for more than a few
/// assets), and are then scaled to the sum 1/m.
///
/// - SeeAlso: Li, Hoi, Zhao, Gopalkrishnan, “Confidence weighted mean reversion strategy for online portfolio selection”,
///   *ACM Transactions on Knowledge Discovery from Data* 7(1), 2013, proposition 4.2.
package struct ConfidenceWeightedMeanReversion: AllocationRule {
    package let initial: [Double]
    private let confidence: Double
    private let threshold: Double
    private var weights: [Double]
    /// σ, shape [assets].
    private var variances: [Double]

    /// - Parameters:
    ///   - confidence: φ, positive: the quantile of the standard normal law for the probability wanted.
    ///   - threshold: ε, at least 0.
    package init(assets: Int, confidence: Double = 2, threshold: Double = 0.5) {
        precondition(confidence > 0 && threshold >= 0, "φ is positive, and ε at least 0")
        initial = uniformWeights(assets: assets)
        self.confidence = confidence
        self.threshold = threshold
        weights = initial
        variances = initial.map { $0 * $0 }
    }

    /// - Complexity: O(assets·log(assets)).
    package mutating func update(with relatives: [Double]) -> [Double]? {
        precondition(relatives.count == weights.count, "there is one relative for each asset")
        // Where all moved alike, weights stay and variances would be scaled by one number.
        guard CrossSection(relatives) != nil else { return weights }
        let center = dotProduct(variances, relatives) / variances.reduce(0, +)
        let deviations = relatives.map { $0 - center }
        let variance = zip(variances, relatives).reduce(0) { $0 + $1.0 * $1.1 * $1.1 }
        let spread = zip(variances, deviations).reduce(0) { $0 + $1.0 * $1.1 * $1.1 }
        let step = multiplier(shortfall: threshold - dotProduct(weights, relatives), variance: variance, spread: spread)

        weights = projectionOntoSimplex(
            of: weights.indices.map { weights[$0] - step * variances[$0] * deviations[$0] })
        // The difference of two nearly equal numbers, multiplied out.
        let product = step * confidence * variance
        let deviation = 2 * variance / (product + (product * product + 4 * variance).squareRoot())
        let precision = step * confidence / deviation
        variances = zip(variances, relatives).map { 1 / (1 / $0 + precision * $1 * $1) + .ulpOfOne }
        let scale = 1 / (variances.reduce(0, +) * Double(variances.count))
        variances = variances.map { $0 * scale }
        return weights
    }

    /// λ from ε − M, V and D. With a > 0 the roots are real: a quarter of the discriminant is h² − a·c =
    /// (ε − M)²φ⁴V²/4 + a·φ²V.
    private func multiplier(shortfall: Double, variance: Double, spread: Double) -> Double {
        let doubt = confidence * confidence * variance
        let a = spread * (spread + doubt)
        let h = shortfall * (spread + doubt / 2)
        let c = shortfall * shortfall - doubt
        let root = (shortfall * shortfall * doubt * doubt / 4 + a * doubt).squareRoot()
        // The form of the root in which nothing cancels.
        return max(0, h > 0 ? -c / (h + root) : (root - h) / a)
    }
}
