import Backtesting
import Foundation
import RandomNumbers
import Testing

/// A point w of the simplex is next to v if and only if (v − w)·(z − w) ≤ 0 for every z of it. The largest of that is at a
/// corner.
@Test func aProjectionIsTheNearestPoint() {
    for seed in 0..<2_000 {
        var stream = RandomKey(seed: 9).child(seed).stream("point")
        let size = pow(10, 6 * stream.uniform() - 3)
        let point = (0..<(1 + stream.index(below: 12))).map { _ in size * stream.normal() }
        let nearest = projectionOntoSimplex(of: point)
        #expect(nearest.allSatisfy { $0 >= 0 } && abs(nearest.reduce(0, +) - 1) < 1e-15 * 12)
        let excess = zip(point, nearest).map { $0 - $1 }
        let here = dot(excess, nearest)
        #expect((excess.max() ?? .infinity) - here <= 1e-14 * (1 + size), "seed \(seed)")
    }
}

@Test func projectionsByHand() {
    #expect(projectionOntoSimplex(of: [0.25, 0.75]) == [0.25, 0.75])
    #expect(projectionOntoSimplex(of: [2, 0]) == [1, 0])
    #expect(projectionOntoSimplex(of: [-3]) == [1])
    // θ = (1 + 0.5 − 1)/2 = 0.25; the third lies below it.
    #expect(projectionOntoSimplex(of: [1, 0.5, 0.25 - 1]) == [0.75, 0.25, 0])
    // Large numbers keep the digits of their difference.
    #expect(projectionOntoSimplex(of: [0x1p50 + 0.5, 0x1p50]) == [0.75, 0.25])
}

private func randomProgram(assets: Int, rank: Int, seed: Int) -> SimplexQuadraticProgram {
    var stream = RandomKey(seed: 10).child(seed).stream("program")
    let factors = (0..<rank).map { _ in (0..<assets).map { _ in 0.5 + stream.normal() } }
    let own = pow(10, -6 * stream.uniform())
    return SimplexQuadraticProgram(
        quadratic: SymmetricMatrix(count: assets) { row, column in
            factors.reduce(row == column ? own : 0) { $0 + $1[row] * $1[column] }
        },
        linear: (0..<assets).map { _ in stream.normal() })
}

/// How far the gradient A p − d is from being equal where there is weight and larger where there is none, over its size.
private func residual(_ program: SimplexQuadraticProgram, at weights: [Double]) -> Double {
    let product = program.quadratic.times(weights)
    let gradient = zip(product, program.linear).map { $0 - $1 }
    let multiplier = dot(gradient, weights)
    let scale = zip(product, program.linear).reduce(1e-300) { max($0, abs($1.0), abs($1.1)) }
    return zip(gradient, weights).reduce(0) { worst, asset in
        max(worst, multiplier - asset.0, asset.1 > 0 ? abs(asset.0 - multiplier) : 0)
    } / scale
}

/// The conditions of Karush, Kuhn and Tucker, from a corner, from the middle and from anywhere. The smallest variance of
/// a direction is 1e-6 and the largest about 100, so roundings of 1e-16 may grow to 1e-8 in weights, not in the gradient.
@Test func quadraticProgramsAreSolved() {
    for seed in 0..<600 {
        var stream = RandomKey(seed: 11).child(seed).stream("size")
        let assets = 1 + stream.index(below: 40)
        let program = randomProgram(assets: assets, rank: 1 + stream.index(below: 40), seed: seed)
        var corner = [Double](repeating: 0, count: assets)
        corner[stream.index(below: assets)] = 1
        let middle = [Double](repeating: 1 / Double(assets), count: assets)
        let anywhere = projectionOntoSimplex(of: (0..<assets).map { _ in 0.3 * stream.normal() })
        for start in [corner, middle, anywhere] {
            let weights = program.solution(from: start)
            #expect(weights.allSatisfy { $0 >= 0 } && abs(weights.reduce(0, +) - 1) < 1e-14)
            #expect(residual(program, at: weights) < 1e-9, "seed \(seed), \(assets) assets")
        }
    }
}

/// All sets of assets that may have weight are tried: on one of them the minimum without signs is the solution. In the plane
/// of two assets it is known.
@Test func quadraticProgramsByBruteForce() throws {
    for seed in 0..<100 {
        let program = randomProgram(assets: 5, rank: 3, seed: 1_000 + seed)
        var least = Double.infinity
        var best: [Double] = []
        for set in 1..<(1 << 5) {
            let support = (0..<5).filter { set >> $0 & 1 == 1 }
            let factor = CholeskyFactor(
                SymmetricMatrix(count: support.count) { program.quadratic[support[$0], support[$1]] })
            let pull = factor.solve(support.map { program.linear[$0] })
            let push = factor.solve(support.map { _ in 1 })
            let multiplier = (1 - pull.reduce(0, +)) / push.reduce(0, +)
            var weights = [Double](repeating: 0, count: 5)
            for (position, asset) in support.enumerated() {
                weights[asset] = pull[position] + multiplier * push[position]
            }
            guard weights.allSatisfy({ $0 >= 0 }) else { continue }
            let product = program.quadratic.times(weights)
            let value = dot(weights, product) / 2 - dot(weights, program.linear)
            if value < least { (least, best) = (value, weights) }
        }
        let start = [0, 0, 1.0, 0, 0]
        #expect(largestDifference(program.solution(from: start), best) < 1e-9, "seed \(seed)")
    }
    // Variances 1 and 4, no correlation: 4/5 and 1/5.
    let plane = SimplexQuadraticProgram(
        quadratic: SymmetricMatrix(count: 2) { $0 != $1 ? 0 : $0 == 0 ? 1 : 4 }, linear: [0, 0])
    #expect(largestDifference(plane.solution(from: [0.5, 0.5]), [0.8, 0.2]) < 1e-15)
}

/// Rows come and go; what is solved is compared with the product by the matrix.
@Test func aFactorGrowsAndShrinks() {
    for seed in 0..<50 {
        var stream = RandomKey(seed: 12).child(seed).stream("rows")
        let program = randomProgram(assets: 12, rank: 20, seed: seed)
        var factor = CholeskyFactor()
        var kept: [Int] = []
        for _ in 0..<60 {
            let row = stream.index(below: 12)
            if let position = kept.firstIndex(of: row) {
                factor.remove(at: position)
                kept.remove(at: position)
            } else {
                factor.append(kept.map { program.quadratic[row, $0] } + [program.quadratic[row, row]])
                kept.append(row)
            }
            let matrix = SymmetricMatrix(count: kept.count) { program.quadratic[kept[$0], kept[$1]] }
            let solution = (0..<kept.count).map { _ in stream.normal() }
            // Twenty factors of twelve numbers make eigenvalues that differ by up to 1e4.
            #expect(largestDifference(factor.solve(matrix.times(solution)), solution) < 1e-9, "seed \(seed)")
        }
    }
}
