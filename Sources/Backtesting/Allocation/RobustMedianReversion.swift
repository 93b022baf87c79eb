/// RMR: expects prices to return to the L₁ median of their latest values.
///
///     φ = L₁median(pₜ₋W₊₁, …, pₜ) / pₜ
///     b ← Π( b + max(0, ε − b·φ) / ‖φ − φ̄·1‖² · (φ − φ̄·1) ),  Π projects onto the simplex
///
/// The median depends on where each price began, since a dear asset outweighs cheap ones in a distance. As in the authors'
/// toolbox, every price is 1 at the first close (the first relative brings no price), and the last relative is
/// the prediction, φ = x, until W + 1 closes are known.
///
/// - SeeAlso: Huang, Zhou, Li, Hoi, Zhou, “Robust median reversion strategy for online portfolio selection”, *IEEE
///   Transactions on Knowledge and Data Engineering* 28(9), 2016, algorithm 2.
package struct RobustMedianReversion: AllocationRule {
    package let initial: [Double]
    private let threshold: Double
    private let window: Int
    private var weights: [Double]
    /// Of the latest W + 1 closes, oldest first, each of shape [assets].
    private var prices: [[Double]] = []

    /// - Parameters:
    ///   - threshold: ε, more than 1.
    ///   - window: W, the closes that the median is taken of, at least 2.
    package init(assets: Int, threshold: Double = 5, window: Int = 5) {
        precondition(threshold > 1 && window >= 2, "ε is more than 1, and a median is over two closes or more")
        initial = uniformWeights(assets: assets)
        self.threshold = threshold
        self.window = window
        weights = initial
    }

    /// - Complexity: O(200·window·assets) at most.
    package mutating func update(with relatives: [Double]) -> [Double]? {
        precondition(relatives.count == weights.count, "there is one relative for each asset")
        let latest = prices.last.map { zip($0, relatives).map { $0 * $1 } } ?? relatives.map { _ in 1 }
        prices.append(latest)
        var prediction = relatives
        if prices.count > window {
            prices.removeFirst(prices.count - window - 1)
            prediction = zip(geometricMedian(of: Array(prices.suffix(window))), latest).map { $0 / $1 }
        }
        weights = followed(prediction: prediction, from: weights, threshold: threshold)
        return weights
    }
}
