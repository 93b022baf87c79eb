/// The weights that would have fluctuated least, from a shrunk covariance of the latest log returns.
///
///     minimise bᵀΣ b        where b ≥ 0, Σ b = 1
///
/// Uniform and untouched until 20 bars (or a shorter window) are known. Σ is ``ShrunkCovariance``.
///
/// - SeeAlso: Markowitz, “Portfolio selection”, *Journal of Finance* 7(1), 1952; Jagannathan and Ma, “Risk reduction in large
///   portfolios: why imposing the wrong constraints helps”, *Journal of Finance* 58(4), 2003, on b ≥ 0.
package struct MinimumVariance: AllocationRule {
    package let initial: [Double]
    private var risk: RollingRisk

    /// - Parameters:
    ///   - window: Bars that the covariance is of, at least 2.
    ///   - every: Bars from one rebalancing to the next.
    package init(assets: Int, window: Int = 120, every: Int = 21) {
        initial = uniformWeights(assets: assets)
        risk = RollingRisk(assets: assets, window: window, every: every)
    }

    /// - Complexity: O(assets), and on rebalancing O(window·assets²) and the quadratic program.
    package mutating func update(with relatives: [Double]) -> [Double]? {
        risk.update(with: relatives) { covariance in
            // From the asset that fluctuates least alone, so that only those are factored that get weight.
            let calmest = (0..<covariance.count).reduce(0) { covariance[$1, $1] < covariance[$0, $0] ? $1 : $0 }
            return SimplexQuadraticProgram(
                quadratic: covariance, linear: [Double](repeating: 0, count: covariance.count)
            ).solution(from: (0..<covariance.count).map { $0 == calmest ? 1 : 0 })
        }
    }
}
