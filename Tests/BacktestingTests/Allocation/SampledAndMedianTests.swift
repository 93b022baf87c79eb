import Backtesting
import Foundation
import RandomNumbers
import Testing
import TraderTestSupport

/// Against the integral. A weight's error is the deviation of b under the wealth's law, below 0.29 (that of a uniform
/// number), over the root of the samples; five of them would come once in a million.
@Test func theUniversalPortfolioOfTwoAssets() throws {
    let golden = try GoldenFile("allocation/rules.json")
    let relatives = try golden.rows("relatives").map { Array($0.prefix(2)) }
    let expected = try golden.rows("universalFirstOfTwo")[0]
    for count in [100, 10_000] {
        var stream = RandomKey(seed: 14).stream("portfolios")
        let rule = UniversalPortfolio(assets: 2, samples: count, using: &stream)
        let first = weights(of: rule, over: relatives).map { $0[0] }
        #expect(first.count == expected.count && first[0] == 0.5)
        #expect(largestDifference(first, expected) < 5 * 0.29 / Double(count).squareRoot(), "\(count) samples")
        // And it is no more than sampled: an exact answer would be another rule.
        #expect(largestDifference(first, expected) > 1e-6)
    }
}

/// Under the Dirichlet law with parameters 1 a weight has mean 1/m and deviation √((m − 1)/(m²(m + 1))).
@Test func portfoliosAreDrawnUniformly() {
    let assets = 4
    var stream = RandomKey(seed: 15).stream("portfolios")
    var rule = UniversalPortfolio(assets: assets, samples: 20_000, using: &stream)
    // All wealth is alike, so that the mean of the samples is seen.
    let mean = rule.update(with: [1, 1, 1, 1]) ?? []
    let deviation = (3.0 / (16 * 5)).squareRoot() / 20_000.0.squareRoot()
    #expect(mean.allSatisfy { abs($0 - 0.25) < 5 * deviation }, "\(mean)")
    // Wealth 1 + b₀ weighs the samples: E[(1 + b₀)·b₀]/E[1 + b₀] = (1/4 + 1/10)/(5/4) for E[b₀²] = 2/(m(m + 1)).
    let tilted = rule.update(with: [2, 1, 1, 1]) ?? []
    #expect(abs((tilted.first ?? .nan) - 0.28) < 5 * deviation, "\(tilted)")
}

/// At the L₁ median the unit vectors towards the points cancel, or those left after points that lie there do not outweigh
/// them.
@Test func theMedianHasTheLeastSumOfDistances() {
    for seed in 0..<300 {
        var stream = RandomKey(seed: 16).child(seed).stream("points")
        let dimension = 1 + stream.index(below: 6)
        let points = (0..<(1 + stream.index(below: 9))).map { _ in (0..<dimension).map { _ in 1 + stream.normal() / 10 }
        }
        func distances(to point: [Double]) -> Double {
            points.reduce(0) { sum, other in
                let between = zip(point, other).map { $0 - $1 }
                return sum + dot(between, between).squareRoot()
            }
        }
        let median = geometricMedian(of: points, tolerance: 1e-13, iterations: 100_000)
        let least = distances(to: median)
        for index in 0..<dimension {
            for change in [-1e-4, 1e-4] {
                var neighbour = median
                neighbour[index] += change
                // Flat at the minimum; the iteration nears a point among the given ones slowly.
                #expect(distances(to: neighbour) >= least - 1e-8, "seed \(seed)")
            }
        }
        for point in points { #expect(distances(to: point) >= least - 1e-8, "seed \(seed)") }
    }
}

@Test func mediansByHand() {
    // In one dimension it is the middle; from the coordinate-wise median the iteration does not move.
    #expect(geometricMedian(of: [[3], [1], [10]]) == [3])
    #expect(geometricMedian(of: [[2, 5], [2, 5], [2, 5]]) == [2, 5])
    // A triangle with an angle of 120° or more: its corner, where Weiszfeld's iteration would divide by 0.
    #expect(geometricMedian(of: [[0, 0], [1, 0.1], [-1, 0.1]]).allSatisfy { abs($0) < 1e-6 })
    // The centre of a square, by symmetry.
    #expect(geometricMedian(of: [[0, 0], [2, 0], [0, 2], [2, 2]]) == [1, 1])
}
