/// ONS: follows the best constant portfolio so far, with the curvature of log wealth for a metric.
///
///     g = x / (b·x)        A ← A + g·gᵀ, first I        s ← s + (1 + 1/β)·g, first 0
///     p = the point of the simplex next to q = δ·A⁻¹·s in the norm of A
///     b ← (1 − η)·p + η/m
///
/// ½(p − q)ᵀA(p − q) differs from ½pᵀA p − δ·sᵀp by a constant, so A is never inverted: ``SimplexQuadraticProgram`` has the
/// rest.
///
/// - SeeAlso: Agarwal, Hazan, Kale, Schapire, “Algorithms for portfolio management based on the Newton method”, ICML 2006,
///   figure 2.
package struct OnlineNewtonStep: AllocationRule {
    package let initial: [Double]
    private let mixing: Double
    /// δ·(1 + 1/β).
    private let pull: Double
    private var weights: [Double]
    /// p, before mixing.
    private var projected: [Double]
    private var curvature: SymmetricMatrix
    private var gradients: [Double]

    /// - Parameters:
    ///   - mixing: η in `0...1`, the share that is always divided uniformly.
    ///   - beta: β, positive.
    ///   - delta: δ, positive.
    package init(assets: Int, mixing: Double = 0, beta: Double = 1, delta: Double = 0.125) {
        precondition((0...1).contains(mixing) && beta > 0 && delta > 0, "η is a share, and β and δ are positive")
        initial = uniformWeights(assets: assets)
        self.mixing = mixing
        pull = delta * (1 + 1 / beta)
        weights = initial
        projected = initial
        curvature = SymmetricMatrix(count: assets, diagonal: 1)
        gradients = [Double](repeating: 0, count: assets)
    }

    /// - Complexity: O(assets²), and the quadratic program.
    package mutating func update(with relatives: [Double]) -> [Double]? {
        precondition(relatives.count == weights.count, "there is one relative for each asset")
        let growth = dotProduct(weights, relatives)
        let gradient = relatives.map { $0 / growth }
        curvature.addSquare(of: gradient)
        for asset in gradients.indices { gradients[asset] += gradient[asset] }
        projected = SimplexQuadraticProgram(quadratic: curvature, linear: gradients.map { pull * $0 })
            .solution(from: projected)
        weights = projected.map { (1 - mixing) * $0 + mixing / Double(weights.count) }
        return weights
    }
}
