/// The weights with which every asset contributes the same to the variance, bᵢ·(Σ b)ᵢ equal for all *i*.
///
///     minimise m/2·yᵀΣ y − Σᵢ ln yᵢ        b = y / Σ y
///
/// Where the gradient m·Σ y − 1/y is 0, each contribution yᵢ(Σ y)ᵢ is 1/m. The function is self-concordant, so Newton's
/// method with steps over 1 + its decrement finds the one minimum from everywhere. Σ is ``ShrunkCovariance`` of the latest log
/// returns; uniform and untouched until 20 bars (or a shorter window) are known.
///
/// - SeeAlso: Maillard, Roncalli, Teïletche, “The properties of equally weighted risk contribution portfolios”, *Journal of
///   Portfolio Management* 36(4), 2010; Spinu, “An algorithm for computing risk parity weights”, 2013.
package struct RiskParity: AllocationRule {
    package let initial: [Double]
    private var risk: RollingRisk

    /// - Parameters:
    ///   - window: Bars that the covariance is of, at least 2.
    ///   - every: Bars from one rebalancing to the next.
    package init(assets: Int, window: Int = 120, every: Int = 21) {
        initial = uniformWeights(assets: assets)
        risk = RollingRisk(assets: assets, window: window, every: every)
    }

    /// - Complexity: O(assets), and on rebalancing O(window·assets²) and some ten times O(assets³).
    package mutating func update(with relatives: [Double]) -> [Double]? {
        risk.update(with: relatives, weights: riskParityWeights)
    }
}

/// - Parameter covariance: Positive definite, its diagonal about 1.
/// - Returns: Weights whose contributions to the variance are equal to 10⁻¹²; after 200 steps, as equal as they are then.
package func riskParityWeights(_ covariance: SymmetricMatrix) -> [Double] {
    let count = Double(covariance.count)
    // What it is without correlations, scaled to the variance 1 that the solution has.
    let apart = (0..<covariance.count).map { 1 / covariance[$0, $0].squareRoot() }
    let deviation = dotProduct(apart, covariance.times(apart)).squareRoot()
    var position = apart.map { $0 / deviation }
    for _ in 0..<200 {
        let product = covariance.times(position)
        if zip(position, product).allSatisfy({ abs($0 * $1 * count - 1) <= 1e-12 }) { break }
        let gradient = zip(position, product).map { count * $1 - 1 / $0 }
        let hessian = SymmetricMatrix(count: covariance.count) {
            count * covariance[$0, $1] + ($0 == $1 ? 1 / (position[$0] * position[$0]) : 0)
        }
        let step = CholeskyFactor(hessian).solve(gradient)
        let decrement = max(0, dotProduct(gradient, step)).squareRoot()
        // Below ¼ the whole step stays positive and converges quadratically.
        let share = decrement < 0.25 ? 1 : 1 / (1 + decrement)
        position = zip(position, step).map { $0 - share * $1 }
    }
    return normalized(position)
}
