/// PAMR and PAMR-2: sells what just grew, as little as makes the last bar's growth fall to ε.
///
///     τ = max(0, b·x − ε) / (‖x − x̄·1‖² + 1/(2C))        b ← Π( b − τ·(x − x̄·1) ),  Π projects onto the simplex
///
/// With C = ∞ it is PAMR; with a finite C, PAMR-2, which moves less where all assets moved alike. PAMR-1, which bounds τ by
/// C, is left out: with the usual C it never differs.
///
/// The toolbox of Li and Hoi puts the growth *net of costs* in the place of b·x; a rule does not know the costs. Its figures
/// for a cost of 0.5 % differ in the third digit for that.
///
/// - SeeAlso: Li, Zhao, Hoi, Gopalkrishnan, “PAMR: Passive aggressive mean reversion strategy for portfolio selection”,
///   *Machine Learning* 87(2), 2012, propositions 1 and 3.
package struct PassiveAggressiveMeanReversion: AllocationRule {
    package let initial: [Double]
    private let threshold: Double
    private let aggressiveness: Double
    private var weights: [Double]

    /// - Parameters:
    ///   - threshold: ε, at least 0: the growth of the last bar above which weights change.
    ///   - aggressiveness: C, positive; infinite for PAMR. The authors use 500 for PAMR-2.
    package init(assets: Int, threshold: Double = 0.5, aggressiveness: Double = .infinity) {
        precondition(threshold >= 0 && aggressiveness > 0, "ε is at least 0, and C positive")
        initial = uniformWeights(assets: assets)
        self.threshold = threshold
        self.aggressiveness = aggressiveness
        weights = initial
    }

    /// - Complexity: O(assets·log(assets)).
    package mutating func update(with relatives: [Double]) -> [Double]? {
        precondition(relatives.count == weights.count, "there is one relative for each asset")
        guard let section = CrossSection(relatives) else { return weights }
        let loss = max(0, dotProduct(weights, relatives) - threshold)
        weights = section.moved(weights, by: -loss / (section.squaredLength + 1 / (2 * aggressiveness)))
        return weights
    }
}
