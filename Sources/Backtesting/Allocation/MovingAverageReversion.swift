/// OLMAR-2: expects every price to return to its exponential moving average.
///
///     φ ← α + (1 − α)·φ / x, first 1        (the average over the price, if the average weighs the price by α)
///     b ← Π( b + max(0, ε − b·φ) / ‖φ − φ̄·1‖² · (φ − φ̄·1) ),  Π projects onto the simplex
///
/// - SeeAlso: Li and Hoi, “On-line portfolio selection with moving average reversion”, ICML 2012; Li, Hoi, Sahoo, Liu,
///   “Moving average reversion strategy for on-line portfolio selection”, *Artificial Intelligence* 222, 2015.
package struct MovingAverageReversion: AllocationRule {
    package let initial: [Double]
    private let threshold: Double
    private let decay: Double
    private var weights: [Double]
    /// φ, shape [assets].
    private var prediction: [Double]

    /// - Parameters:
    ///   - threshold: ε, more than 1: the growth that is demanded of the prediction. The larger, the fewer assets are held.
    ///   - decay: α in `0...1`, what the latest price counts for in the average.
    package init(assets: Int, threshold: Double = 10, decay: Double = 0.5) {
        precondition(threshold > 1 && (0...1).contains(decay), "ε is more than 1, and α in 0...1")
        initial = uniformWeights(assets: assets)
        self.threshold = threshold
        self.decay = decay
        weights = initial
        prediction = [Double](repeating: 1, count: assets)
    }

    /// - Complexity: O(assets·log(assets)).
    package mutating func update(with relatives: [Double]) -> [Double]? {
        precondition(relatives.count == weights.count, "there is one relative for each asset")
        prediction = zip(prediction, relatives).map { decay + (1 - decay) * $0 / $1 }
        weights = followed(prediction: prediction, from: weights, threshold: threshold)
        return weights
    }
}
