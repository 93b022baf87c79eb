import Backtesting
import Foundation
import Testing

private func meanLogGrowth(_ weights: [Double], _ relatives: [[Double]]) -> Double {
    relatives.reduce(0) { $0 + log(dot(weights, $1)) } / Double(relatives.count)
}

/// The gap is computed anew from the weights, and no corner, no neighbour and no uniform portfolio is better than it says.
@Test(arguments: [(1, 5), (2, 9), (7, 3), (30, 1), (60, 40), (250, 12), (40, 200)])
func bestConstantWeightsAreCertified(bars: Int, assets: Int) {
    for seed in 0..<4 {
        for relatives in [
            randomRelatives(bars: bars, assets: assets, seed: seed),
            extremeRelatives(bars: bars, assets: assets, seed: seed),
        ] {
            let best = BestConstantRebalanced(of: relatives)
            #expect(best.weights.allSatisfy { $0 >= 0 } && abs(best.weights.reduce(0, +) - 1) < 1e-12)
            var slopes = [Double](repeating: 0, count: assets)
            for relative in relatives {
                let growth = dot(best.weights, relative)
                for asset in 0..<assets { slopes[asset] += relative[asset] / growth / Double(bars) }
            }
            // Growth is followed by products through some tens of steps, so both gaps are right to 1e-13.
            let gap = (slopes.max() ?? .infinity) - 1
            #expect(gap <= 1e-10 && best.gap <= 1e-10, "\(bars)×\(assets), seed \(seed): \(gap), \(best.gap)")

            let growth = meanLogGrowth(best.weights, relatives)
            for asset in 0..<assets {
                var other = best.weights.map { $0 * 0.99 }
                other[asset] += 0.01
                #expect(meanLogGrowth(other, relatives) <= growth + 1e-10)
            }
        }
    }
}

/// An asset that doubles and halves in turn beside one that stands still: half of each earns 9/8 in two bars (Cover).
@Test func bestConstantWeightsByHand() {
    let pump = BestConstantRebalanced(of: [[1, 2], [1, 0.5], [1, 2], [1, 0.5]])
    #expect(largestDifference(pump.weights, [0.5, 0.5]) < 1e-6)
    #expect(BestConstantRebalanced(of: [[1.1, 1.2, 1.2]]).weights == [0, 1, 0])
    #expect(bestAsset(inHindsight: [[1, 2, 2], [1, 0.5, 0.6], [1, 1, 1]]) == 2)
    #expect(bestAsset(inHindsight: [[1, 2, 2]]) == 1)
}

/// As large as anybody asks for: an algorithm that is slow in assets or bars would be seen here. The same asset under many
/// names leaves the Hessian without an inverse.
@Test func bestConstantWeightsOfManyAssets() {
    let relatives = randomRelatives(bars: 2_500, assets: 500, seed: 1)
    let best = BestConstantRebalanced(of: relatives)
    #expect(best.gap <= 1e-10)
    let repeated = BestConstantRebalanced(
        of: relatives.prefix(300).map { relative in (0..<90).map { relative[$0 % 30] } })
    let once = BestConstantRebalanced(of: relatives.prefix(300).map { Array($0.prefix(30)) })
    #expect(repeated.gap <= 1e-10)
    let together = (0..<30).map { asset in [0, 30, 60].reduce(0) { $0 + repeated.weights[asset + $1] } }
    #expect(largestDifference(together, once.weights) < 1e-5)
}
