import Foundation

/// BCRP: the constant weights that would have earned most, known only afterwards.
///
///     maximise f(b) = 1/T·Σₜ ln(b·xₜ)        where b ≥ 0, Σ b = 1
///
/// Newton's method: the quadratic model of f is maximised over the simplex (``SimplexQuadraticProgram``), and the step is
/// halved until f grows as promised. Each step allows weight to the assets that have some and to the one with the
/// steepest gradient; as few of them end up with weight, few columns of the Hessian are ever computed.
///
/// - SeeAlso: Cover, “An algorithm for maximizing expected log investment return”, *IEEE Transactions on Information
///   Theory* 30(2), 1984: the problem, and the bound below.
package struct BestConstantRebalanced: Equatable, Sendable {
    /// Shape [assets], at least 0, sum 1.
    package let weights: [Double]
    /// maxᵢ 1/T·Σₜ xₜᵢ/(b·xₜ) − 1, at least 0: by no more than this could the mean logarithmic growth of a bar be larger.
    package let gap: Double

    /// - Parameters:
    ///   - relatives: Shape [bars][assets], positive, one bar or more.
    ///   - tolerance: The gap to stop at. After 500 steps the search ends with the gap that it has.
    /// - Complexity: O(bars·assets) a step, and O(bars·s²) for *s* assets with weight; some ten to fifty steps.
    package init(of relatives: [[Double]], tolerance: Double = 1e-11) {
        let assets = relatives.first?.count ?? 0
        var search = BestConstantSearch(relatives, start: bestAsset(inHindsight: relatives))
        var slopes = search.slopes()
        for _ in 0..<500 {
            guard let steepest = (0..<assets).max(by: { slopes[$0] < slopes[$1] }), slopes[steepest] - 1 > tolerance,
                search.step(slopes, entering: steepest)
            else { break }
            slopes = search.slopes()
        }
        weights = normalized(search.weights)
        gap = max(0, slopes.reduce(0, max) - 1)
    }
}

private struct BestConstantSearch {
    private(set) var weights: [Double]
    /// xₜᵢ, one asset after the other, shape [assets × bars].
    private let columns: [Double]
    /// b·xₜ, shape [bars].
    private var growth: [Double]

    init(_ relatives: [[Double]], start: Int) {
        let assets = relatives[0].count
        columns = (0..<assets).flatMap { asset in relatives.map { $0[asset] } }
        weights = [Double](repeating: 0, count: assets)
        weights[start] = 1
        growth = relatives.map { $0[start] }
    }

    /// ∂f/∂bᵢ = 1/T·Σₜ xₜᵢ/(b·xₜ), shape [assets].
    func slopes() -> [Double] {
        let bars = growth.count
        let inverse = growth.map { 1 / $0 }
        return weights.indices.map { asset in
            var sum = 0.0
            for bar in 0..<bars { sum += columns[asset * bars + bar] * inverse[bar] }
            return sum / Double(bars)
        }
    }

    /// One step of Newton's method. Returns whether there was anything left to gain that rounding does not hide.
    mutating func step(_ slopes: [Double], entering: Int) -> Bool {
        let bars = growth.count
        let working = weights.indices.filter { weights[$0] > 0 || $0 == entering }
        let scaled = working.map { asset in (0..<bars).map { columns[asset * bars + $0] / growth[$0] } }
        let curvature = SymmetricMatrix(count: working.count) { dotProduct(scaled[$0], scaled[$1]) / Double(bars) }
        // Where assets repeat each other, the curvature is no inner product. A pull towards b makes it one, and does not
        // change where the steps end.
        let pull = 1e-10 * curvature.trace
        let start = working.map { weights[$0] }
        // The model's gradient at b is −slopes, and curvature·b = slopes.
        let target = SimplexQuadraticProgram(
            quadratic: SymmetricMatrix(count: working.count) { curvature[$0, $1] + ($0 == $1 ? pull : 0) },
            linear: zip(working, start).map { 2 * slopes[$0] + pull * $1 }
        ).solution(from: start)
        let direction = zip(target, start).map { $0 - $1 }
        var drift = [Double](repeating: 0, count: bars)
        for (position, change) in direction.enumerated() where change != 0 {
            for bar in 0..<bars { drift[bar] += change * scaled[position][bar] }
        }
        let promised = drift.reduce(0, +) / Double(bars)
        var share = 1.0
        // Close to the solution the gain is smaller than the rounding of a mean of logarithms: 1e-15 of it is forgiven.
        while drift.reduce(0, { $0 + log1p(share * $1) }) / Double(bars) < 1e-4 * share * promised - 1e-15 {
            share /= 2
            if share < 1e-9 { return false }
        }
        for (position, asset) in working.enumerated() {
            weights[asset] = max(0, start[position] + share * direction[position])
        }
        for bar in 0..<bars { growth[bar] *= 1 + share * drift[bar] }
        return true
    }
}
