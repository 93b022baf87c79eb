import Foundation
import RandomNumbers
import Statistics
import Testing

/// A random equity curve of 3 to 62 points with its benchmark.
private struct Sample {
    let seed: Int
    var equity = [1_000.0]
    var benchmark = [50.0]
    let returns: [Double]
    let benchmarkReturns: [Double]
    var stream: RandomStream

    init(seed: Int) {
        self.seed = seed
        stream = RandomKey(seed: UInt64(seed)).stream("curve")
        for _ in 0..<(2 + stream.index(below: 60)) {
            let market = 0.02 * stream.normal()
            benchmark.append(benchmark[benchmark.count - 1] * (1 + market))
            equity.append(equity[equity.count - 1] * (1 + 0.7 * market + 0.01 * stream.normal()))
        }
        returns = zip(equity, equity.dropFirst()).map { $1 / $0 - 1 }
        benchmarkReturns = zip(benchmark, benchmark.dropFirst()).map { $1 / $0 - 1 }
    }
}

private let seeds = 0..<3_000

@Test func theCurrencyDoesNotMatter() {
    for seed in seeds {
        var sample = Sample(seed: seed)
        let factor = exp(10 * sample.stream.normal())
        let before = measures(equity: sample.equity, benchmark: sample.benchmark)
        let after = measures(equity: sample.equity.map { $0 * factor }, benchmark: sample.benchmark)
        // Scaling rounds each equity at 1e-16, a return by as much; ratios of two small means and high powers of
        // deviations magnify it a few thousand times.
        for (name, value) in before {
            #expect(areClose(value.number, after[name]?.number, 1e-9), "\(name), seed \(seed)")
        }
    }
}

@Test func drawdownsMeetTheirDefinition() {
    for seed in seeds {
        let equity = Sample(seed: seed).equity
        // Slow twins: every pair of an earlier and a later point.
        var deepest = 0.0
        var longest = 0
        for start in equity.indices {
            for end in start..<equity.count {
                deepest = max(deepest, 1 - equity[end] / equity[start])
                // Under water from `start` to `end`: nothing after the start has reached it, unless the end does.
                let between = equity[(start + 1)...].prefix(max(0, end - start - 1))
                let isUnderWater = between.allSatisfy { $0 < equity[start] } && end > start
                if isUnderWater && (!between.isEmpty || equity[end] < equity[start]) {
                    longest = max(longest, end - start)
                }
            }
        }
        #expect(areClose(maximumDrawdown(of: equity).number, deepest, 1e-15), "seed \(seed)")
        #expect(maximumDrawdownDuration(of: equity) == .value(Double(longest)), "seed \(seed)")
        #expect(drawdowns(of: equity).allSatisfy { (0..<1).contains($0) }, "seed \(seed)")
        #expect(drawdowns(of: equity).count == equity.count)
    }
}

@Test func orderMattersToDrawdownsOnly() {
    for seed in seeds {
        var sample = Sample(seed: seed)
        var shuffled = sample.returns
        sample.stream.shuffle(&shuffled)
        let pairs: [(MeasureValue, MeasureValue)] = [
            (volatility(of: sample.returns, periodsPerYear: 252), volatility(of: shuffled, periodsPerYear: 252)),
            (sharpeRatio(of: sample.returns, periodsPerYear: 252), sharpeRatio(of: shuffled, periodsPerYear: 252)),
            (skewness(of: sample.returns), skewness(of: shuffled)),
            (valueAtRisk(of: sample.returns), valueAtRisk(of: shuffled)),
            (barWinRate(of: sample.returns), barWinRate(of: shuffled)),
        ]
        // Another order of summation, nothing else.
        for (before, after) in pairs { #expect(areClose(before.number, after.number, 1e-12), "seed \(seed)") }
    }
}

@Test func tailsAreOrdered() throws {
    for seed in seeds {
        let returns = Sample(seed: seed).returns
        let values = [
            worstBar(of: returns), conditionalValueAtRisk(of: returns), valueAtRisk(of: returns), bestBar(of: returns),
        ].compactMap(\.number)
        #expect(values.count == 4 && values == values.sorted(), "seed \(seed): \(values)")
    }
}

@Test func ratiosObeyTheirIdentities() {
    for seed in seeds {
        let returns = Sample(seed: seed).returns
        let leveraged = returns.map { 3 * $0 }
        let sharpe = sharpeRatio(of: returns, periodsPerYear: 252).number
        #expect(areClose(sharpe, sharpeRatio(of: leveraged, periodsPerYear: 252).number, 1e-11), "seed \(seed)")
        // Σ(r − f)⁺ − Σ(f − r)⁺ = Σ(r − f), so Omega − 1 is the sum of returns over the losses.
        let losses = returns.reduce(0) { $0 + max(-$1, 0) }
        if let omega = omegaRatio(of: returns, periodsPerYear: 252).number {
            #expect(areClose((omega - 1) * losses, returns.reduce(0, +), 1e-11), "seed \(seed)")
        } else {
            #expect(losses == 0, "seed \(seed)")
        }
    }
}

@Test func alphaAndBetaRecoverALine() {
    for seed in seeds {
        var sample = Sample(seed: seed)
        let (slope, intercept) = (sample.stream.normal(), 0.001 * sample.stream.normal())
        let line = sample.benchmarkReturns.map { intercept + slope * $0 }
        let benchmark = sample.benchmarkReturns
        #expect(areClose(beta(of: line, benchmark: benchmark).number, slope, 1e-10), "seed \(seed)")
        #expect(
            areClose(
                alpha(of: line, benchmark: benchmark, periodsPerYear: 252).number, pow(1 + intercept, 252) - 1, 1e-10),
            "seed \(seed)")
    }
}

@Test func quantilesAreMonotoneAndReachTheEnds() {
    for seed in seeds {
        let returns = Sample(seed: seed).returns
        let values = (0...20).compactMap { quantile(Double($0) / 20, of: returns) }
        #expect(values.count == 21 && values == values.sorted(), "seed \(seed)")
        #expect(values.first == returns.min() && values.last == returns.max(), "seed \(seed)")
        // The mirror image of a sample has the mirror image of its median.
        #expect(areClose(median(of: returns.map { -$0 }), median(of: returns).map { -$0 }, 1e-15), "seed \(seed)")
    }
}
