/// Returns to the same weights after every bar.
///
///     bₜ = b
///
/// With uniform weights it is UCRP, the usual benchmark; with the weights of ``BestConstantRebalanced`` it is BCRP.
///
/// - SeeAlso: Cover, “Universal portfolios”, *Mathematical Finance* 1(1), 1991.
package struct ConstantRebalanced: AllocationRule {
    package let initial: [Double]

    /// Uniform weights.
    package init(assets: Int) { initial = uniformWeights(assets: assets) }

    /// - Parameter weights: At least 0, sum 1.
    package init(weights: [Double]) {
        precondition(
            weights.allSatisfy { $0 >= 0 } && abs(weights.reduce(0, +) - 1) < 1e-9,
            "weights are at least 0 and sum to 1")
        initial = weights
    }

    package mutating func update(with relatives: [Double]) -> [Double]? { initial }
}
