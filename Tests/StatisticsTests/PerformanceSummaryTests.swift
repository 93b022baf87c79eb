import RandomNumbers
import Statistics
import Testing

private let names = [
    "totalReturn", "annualReturn", "volatility", "sharpe", "sortino", "calmar", "maxDrawdown", "maxDrawdownDuration",
    "omega", "valueAtRisk", "conditionalValueAtRisk", "tailRatio", "skewness", "excessKurtosis", "alpha", "beta",
    "informationRatio", "winRateBars", "bestBar", "worstBar", "exposure", "turnover", "costsPaid", "trades",
    "winRateTrades", "profitFactorTrades", "expectancyTrades", "averageTradeReturn", "sqnTrades",
]

@Test func everyNameMeetsItsMeasure() {
    let all = PerformanceSummary.measures(
        equity: [100, 110, 99, 108.9, 130.68], benchmark: [100, 102, 97.92, 103.7952, 107.947008], periodsPerYear: 4,
        riskFree: 0, positions: [1, 1, 0, 1], tradedValue: [110, 0, 99, 109], costs: [1, 0, 1, 2],
        tradeProfits: [-1, 20, 30], tradeReturns: [-0.01, 0.2, 0.11])
    #expect(all.map(\.name) == names)
    // The worked examples, in the order of the names.
    let deviation = (0.0475 / 3).squareRoot()
    let mean = 49.0 / 3
    let tradeDeviation =
        (((-1 - mean) * (-1 - mean) + (20 - mean) * (20 - mean) + (30 - mean) * (30 - mean)) / 2).squareRoot()
    let meanEquity = (100 + 110 + 99 + 108.9 + 130.68) / 5
    let expected = [
        0.3068, 0.3068, 2 * deviation, 0.15 / deviation, 3, 3.068, 0.1, 3, 4, -0.07, -0.1, 0.185 / 0.07,
        -0.00084375 / (0.011875 * 0.011875.squareRoot()), 0.001182812500 / 4 / (0.011875 * 0.011875) - 3,
        0.103812890625, 2.5, 0.055 / (0.0251 / 3).squareRoot(), 0.75, 0.2, -0.1, 0.75, 318 / meanEquity, 4, 3,
        2.0 / 3, 50, mean, 0.1, 3.0.squareRoot() * mean / tradeDeviation,
    ]
    for (measure, number) in zip(all, expected) {
        #expect(areClose(measure.value.number, number, 1e-12), "\(measure)")
    }
}

/// Whatever comes in, the same names come out and every value is finite.
@Test func noInputTrapsOrYieldsNaN() {
    let nasty = [0, -0.0, 1, -1, 1e-300, 1e300, -1e300, .infinity, -.infinity, .nan, 100, 101, 99, .ulpOfOne]
    for seed in 0..<5_000 {
        var stream = RandomKey(seed: UInt64(seed)).stream("nasty")
        // Half of the series take only values that the one before could have been followed by.
        let pool = stream.index(below: 2) == 0 ? nasty : [100, 101, 99, 100.5, 1e300, 1e-300]
        func series() -> [Double] {
            (0..<stream.index(below: 12)).map { _ in pool[stream.index(below: pool.count)] }
        }
        let all = PerformanceSummary.measures(
            equity: series(), benchmark: stream.index(below: 4) == 0 ? nil : series(),
            periodsPerYear: stream.index(below: 2) == 0 ? 252 : nasty[stream.index(below: nasty.count)],
            riskFree: stream.index(below: 2) == 0 ? 0.02 : nasty[stream.index(below: nasty.count)],
            positions: series(), tradedValue: series(), costs: series(), tradeProfits: series(), tradeReturns: series())
        #expect(all.map(\.name) == names, "seed \(seed)")
        for measure in all {
            #expect(measure.value.number.map(\.isFinite) ?? true, "seed \(seed): \(measure)")
        }
    }
}
