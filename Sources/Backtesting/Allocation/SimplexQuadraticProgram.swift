/// The weights on the simplex that minimise a strictly convex quadratic function.
///
///     minimise ½ pᵀA p − dᵀp        where p ≥ 0, Σ p = 1
///
/// By an active set, so exactly up to rounding. Among the assets S that may have weight, the minimum without signs is
///
///     p_S = A_SS⁻¹ (d_S + λ·1),  λ such that Σ p = 1
///
/// Where a weight would be negative, p goes as far as the first that becomes 0, which leaves S. Otherwise the asset
/// whose gradient (A p − d)ᵢ lies furthest below λ enters S, until there is none: then p meets the conditions of Karush,
/// Kuhn and Tucker, which for a convex program are sufficient.
///
/// - SeeAlso: Nocedal and Wright, *Numerical optimization* (2006), algorithm 16.3.
package struct SimplexQuadraticProgram {
    /// A, positive definite.
    package let quadratic: SymmetricMatrix
    /// d.
    package let linear: [Double]

    package init(quadratic: SymmetricMatrix, linear: [Double]) {
        precondition(quadratic.count == linear.count, "A and d speak of the same assets")
        self.quadratic = quadratic
        self.linear = linear
    }

    /// - Parameter start: A point of the simplex; the nearer to the solution, the sooner it is found.
    /// - Complexity: O(s³ + c·(s² + s·n)) for *n* assets, *s* of which may have weight, and *c* changes of S.
    package func solution(from start: [Double]) -> [Double] {
        var weights = start
        var support = weights.indices.filter { weights[$0] > 0 }
        var factor = CholeskyFactor(quadratic.restricted(to: support))
        var entered: Int?
        // Each set of assets is left for good, but for rounding: the bound is never met in exact arithmetic.
        for _ in 0..<(20 * weights.count + 100) {
            let (target, multiplier) = minimum(on: support, factor)
            if let blocking = blockingPosition(from: weights, to: target, support) {
                let asset = support[blocking]
                let share = weights[asset] / (weights[asset] - target[blocking])
                for (position, other) in support.enumerated() {
                    weights[other] = max(0, weights[other] + share * (target[position] - weights[other]))
                }
                weights[asset] = 0
                support.remove(at: blocking)
                factor.remove(at: blocking)
                // What has just entered only leaves again where its gradient was a matter of rounding.
                if asset == entered { break }
                continue
            }
            for (position, asset) in support.enumerated() { weights[asset] = target[position] }
            guard let asset = entering(weights, support, multiplier) else { break }
            factor.append(support.map { quadratic[asset, $0] } + [quadratic[asset, asset]])
            support.append(asset)
            entered = asset
        }
        return normalized(weights)
    }

    /// The minimum over the assets of the support without regard to signs, and the gradient that they have there.
    private func minimum(on support: [Int], _ factor: CholeskyFactor) -> (weights: [Double], multiplier: Double) {
        let pull = factor.solve(support.map { linear[$0] })
        let push = factor.solve([Double](repeating: 1, count: support.count))
        let multiplier = (1 - pull.reduce(0, +)) / push.reduce(0, +)
        return (zip(pull, push).map { $0 + multiplier * $1 }, multiplier)
    }

    /// Which weight of the support becomes 0 first on the way; nil where none would be negative at its end.
    private func blockingPosition(from weights: [Double], to target: [Double], _ support: [Int]) -> Int? {
        var nearest: (position: Int, share: Double)?
        for (position, asset) in support.enumerated() where target[position] < 0 {
            let share = weights[asset] / (weights[asset] - target[position])
            if share < nearest?.share ?? .infinity { nearest = (position, share) }
        }
        return nearest?.position
    }

    /// The asset outside the support that gains most by entering; nil where none does, to twelve digits of the gradient.
    private func entering(_ weights: [Double], _ support: [Int], _ multiplier: Double) -> Int? {
        let product = quadratic.times(weights)
        var isInside = [Bool](repeating: false, count: weights.count)
        for asset in support { isInside[asset] = true }
        var best: (asset: Int, slack: Double)?
        var scale = abs(multiplier)
        for asset in weights.indices {
            scale = max(scale, abs(product[asset]), abs(linear[asset]))
            let slack = product[asset] - linear[asset] - multiplier
            if !isInside[asset], slack < best?.slack ?? 0 { best = (asset, slack) }
        }
        return best.flatMap { $0.slack < -1e-12 * scale ? $0.asset : nil }
    }
}
