import Backtesting
import Foundation
import RandomNumbers
import Testing

/// Ledoit and Wolf's definition term by term.
@Test func shrinkageByItsDefinition() {
    for seed in 0..<20 {
        let bars = 3 + 4 * seed
        let assets = 1 + seed % 6
        let rows = randomRelatives(bars: bars, assets: assets, seed: seed).map { $0.map { log($0) } }
        let means = (0..<assets).map { asset in rows.reduce(0) { $0 + $1[asset] } / Double(bars) }
        let centered = rows.map { row in zip(row, means).map { $0 - $1 } }
        func norm(_ entry: (Int, Int) -> Double) -> Double {
            var sum = 0.0
            for row in 0..<assets { for column in 0..<assets { sum += entry(row, column) * entry(row, column) } }
            return sum / Double(assets)
        }
        func sample(_ row: Int, _ column: Int) -> Double {
            centered.reduce(0) { $0 + $1[row] * $1[column] } / Double(bars)
        }
        let mean = (0..<assets).reduce(0) { $0 + sample($1, $1) } / Double(assets)
        let dispersion = norm { sample($0, $1) - ($0 == $1 ? mean : 0) }
        let error = centered.reduce(0) { sum, x in sum + norm { x[$0] * x[$1] - sample($0, $1) } } / Double(bars * bars)
        let shrunk = ShrunkCovariance(of: (0..<assets).map { asset in rows.map { $0[asset] } })
        // One series is its own multiple of the identity.
        let intensity = assets == 1 ? shrunk.intensity : min(error, dispersion) / dispersion
        #expect(abs(shrunk.intensity - intensity) < 1e-11, "seed \(seed)")
        for row in 0..<assets {
            for column in 0..<assets {
                let expected = (1 - intensity) * sample(row, column) + (row == column ? intensity * mean : 0)
                #expect(abs(shrunk.matrix[row, column] - expected) < 1e-11 * mean)
            }
        }
    }
}

/// bᵢ(Σb)ᵢ are equal, also where correlations are near 1 and variances differ by 10⁴.
@Test func contributionsToRiskAreEqual() {
    for seed in 0..<200 {
        var stream = RandomKey(seed: 13).child(seed).stream("covariance")
        let assets = 1 + stream.index(below: 25)
        let common = stream.uniform()
        let deviations = (0..<assets).map { _ in pow(10, 2 * stream.uniform() - 1) }
        let signs = (0..<assets).map { _ in stream.uniform() < 0.3 ? -1.0 : 1 }
        let covariance = SymmetricMatrix(count: assets) { row, column in
            deviations[row] * deviations[column] * (row == column ? 1 + 1e-6 : common * signs[row] * signs[column])
        }
        let weights = riskParityWeights(covariance)
        let contributions = zip(weights, covariance.times(weights)).map { $0 * $1 }
        let mean = contributions.reduce(0, +) / Double(assets)
        #expect(weights.allSatisfy { $0 > 0 } && mean > 0)
        // The sums that cancel for assets against the market are up to 10⁶ times as large as what is left.
        #expect(contributions.allSatisfy { abs($0 / mean - 1) < 1e-9 }, "seed \(seed): \(contributions)")
    }
}

/// Without correlation the weights are those of inverse deviations, and for the least variance, of inverse variances.
@Test func weightsByHand() {
    let covariance = SymmetricMatrix(count: 3) { $0 == $1 ? [1, 4, 16][$0] : 0 }
    #expect(largestDifference(riskParityWeights(covariance), [4.0 / 7, 2.0 / 7, 1.0 / 7]) < 1e-12)
}

@Test func weightsAreMadeOnScheduleOfTheWindowAlone() {
    let relatives = randomRelatives(bars: 80, assets: 4, seed: 4)
    for rule in [
        MinimumVariance(assets: 4, window: 30, every: 7) as any AllocationRule,
        RiskParity(assets: 4, window: 30, every: 7),
    ] {
        #expect(rule.initial == [0.25, 0.25, 0.25, 0.25])
        var whole = rule
        let wanted = relatives.map { whole.update(with: $0) }
        let made = wanted.indices.filter { wanted[$0] != nil }.map { $0 + 1 }
        #expect(made == [20, 27, 34, 41, 48, 55, 62, 69, 76])
        // A rule that has seen other bars before the last thirty; bar 76 is its 20 + 8·7 too.
        var other = rule
        for relative in randomRelatives(bars: 46, assets: 4, seed: 5) { _ = other.update(with: relative) }
        let late = relatives[46..<76].map { other.update(with: $0) }
        let last = late.last.flatMap(\.self) ?? []
        #expect(largestDifference(last, wanted[75] ?? []) < 1e-12)
    }
    // A window shorter than twenty bars is full sooner.
    var short = MinimumVariance(assets: 4, window: 5, every: 1)
    #expect(relatives.prefix(6).map { short.update(with: $0) != nil } == [false, false, false, false, true, true])
}

/// An asset that has not been there for half of the window looks as if it bore no risk.
@Test func whatStoodStillTakesNoPart() {
    let moving = randomRelatives(bars: 40, assets: 3, seed: 6)
    for entry in [9, 11, 40] {
        let relatives = moving.enumerated().map { [$1[0], $0 < entry ? 1 : $1[1], $1[2]] }
        for rule in [
            MinimumVariance(assets: 3, window: 20, every: 20) as any AllocationRule,
            RiskParity(assets: 3, window: 20, every: 20),
        ] {
            let first = weights(of: rule, over: relatives)[20]
            #expect((first[1] > 0) == (entry == 9), "\(entry)")
            #expect(first[0] > 0 && first[2] > 0)
        }
    }
    let still = [[Double]](repeating: [1, 1], count: 30)
    #expect(weights(of: RiskParity(assets: 2, every: 1), over: still).last == [0.5, 0.5])
}
