import Brokerage

/// The transaction remainder factor of a rebalance, in the form that can be differentiated.
///
/// `RebalancingCost.remainder` has its equation. On the set S of assets that are sold, w'ᵢ > μ wᵢ, it is linear in μ, so with
/// κ = c_s + c_p − c_s·c_p
///
///     μ = N/D        N = 1 − c_p·w'₀ − κ Σ_S w'ᵢ        D = 1 − c_p·w₀ − κ Σ_S wᵢ
///
/// S changes only where an asset is neither bought nor sold. Everywhere else, which is almost everywhere, it stays the same
/// in a neighbourhood, and the slopes are exact, not of first order:
///
///     ∂ ln μ/∂w'₀ = −c_p/N        ∂ ln μ/∂w'ᵢ = −κ/N for i in S, else 0
///     ∂ ln μ/∂w₀  = c_p/D         ∂ ln μ/∂wᵢ  = κ/D for i in S, else 0
///
/// Where an asset is neither bought nor sold, the slope is that of buying.
package struct RemainderSlope {
    /// N and D.
    package let numerator: Double
    package let denominator: Double
    /// What tells S: asset i is sold where w'ᵢ > threshold · wᵢ.
    package let threshold: Double

    /// μ
    package var factor: Double { numerator / denominator }

    /// Newton's method: the equation is convex and piecewise linear in μ, so it ends after some steps with S itself.
    ///
    /// - Parameters:
    ///   - cost: Rates; the law is the remainder, whatever `cost.law` says.
    ///   - drifted: w', `count` weights, cash first.
    ///   - target: w
    package init(
        _ cost: RebalancingCost, from drifted: UnsafePointer<Double>, to target: UnsafePointer<Double>, count: Int
    ) {
        let both = cost.selling + cost.buying - cost.selling * cost.buying
        var threshold = 1.0
        var (numerator, denominator) = (1.0, 1.0)
        // Two or three steps are usual. Rounding could let an asset that stays be sold and not sold in turn.
        for _ in 0..<64 {
            var (soldBefore, soldAfter) = (0.0, 0.0)
            for asset in 1..<count where drifted[asset] > threshold * target[asset] {
                soldBefore += drifted[asset]
                soldAfter += target[asset]
            }
            numerator = 1 - cost.buying * drifted[0] - both * soldBefore
            denominator = 1 - cost.buying * target[0] - both * soldAfter
            let next = numerator / denominator
            if next == threshold { break }
            threshold = next
        }
        (self.numerator, self.denominator, self.threshold) = (numerator, denominator, threshold)
    }
}
