import Agents
import Configuration
import Experiments
import Foundation
import Testing
import TraderTestSupport

private struct Silent: RunObserver {
    func begin(trainings: Int, updates: Int) {}
    func didUpdate(_ count: Int) {}
    func didResume(_ count: Int) {}
    func didFinish(_ training: String) {}
}

/// What a report prints is worked out again from the curves and trades that it stands on.
@Test(arguments: ["nextOpen", "nextClose", "sameClose"])
func theNumbersOfAResultFollowFromItsCurves(fill: String) async throws {
    let configuration = try ConfigurationFile.decode(
        StrategyConfiguration.self,
        text: """
            universe:
              symbols: [WALK]
            trading:
              fill: \(fill)
              stopLoss: 0.1
              shorting: true
            costs:
              borrowBasisPointsPerYear: 200
            agent:
              kind: moving-average-crossover
              fast: 3
              slow: 8
            walkForward:
              folds: 3
            evaluation:
              bootstrapDraws: 100
            """, name: "short.yaml")
    let result = try await Experiment(
        name: "trend", configuration: configuration, history: randomWalk(bars: 500, seed: 12)
    ).run(workers: 2, observer: Silent()).result
    let entries = result.entries
    #expect(Set(entries.map(\.name)).count == 5)
    let holding = try #require(entries.first { $0.name == "buy-and-hold" })
    let optimum = try #require(entries.first { $0.kind == .bound })
    func growth(_ equity: [Double]) -> Double { equity[equity.count - 1] / equity[0] }

    for entry in entries {
        let growthOfEntry = growth(entry.equity)
        // Sums and products of some hundred rounded numbers around one.
        func expect(_ measure: String, _ expected: Double, sourceLocation: SourceLocation = #_sourceLocation) throws {
            let value = try #require(entry.number(measure), "\(entry.name)", sourceLocation: sourceLocation)
            #expect(
                abs(value - expected) <= 1e-9 * max(1, abs(expected)), "\(entry.name) \(measure)",
                sourceLocation: sourceLocation)
        }
        try expect("totalReturn", growthOfEntry - 1)
        try expect("hindsightCapture", log(growthOfEntry) / log(growth(optimum.equity)))
        try expect("costsPaid", entry.costs.total)
        try expect("trades", Double(entry.trades.count))
        try expect("exposure", Double(entry.exposure.dropFirst().count { $0 != 0 }) / Double(entry.equity.count - 1))
        var peak = entry.equity[0]
        var deepest = 0.0
        for value in entry.equity {
            peak = max(peak, value)
            deepest = max(deepest, 1 - value / peak)
        }
        try expect("maxDrawdown", deepest)

        #expect(entry.times.count == entry.equity.count && entry.closes.count == entry.equity.count)
        let folds = entry.foldOutcomes
        #expect(abs(folds.reduce(1) { $0 * (1 + $1.totalReturn) } / growthOfEntry - 1) < 1e-9, "\(entry.name)")
        #expect(folds.reduce(0) { $0 + $1.trades } == entry.trades.count, "\(entry.name)")
        let profit = entry.trades.reduce(0) { $0 + $1.profit }
        #expect(
            abs(profit - (entry.equity[entry.equity.count - 1] - entry.equity[0])) < 1e-9 * entry.equity.reduce(0, max),
            "\(entry.name)")

        if let difference = entry.difference {
            let bars = Double(entry.equity.count - 1)
            let expected = (log(growthOfEntry) - log(growth(holding.equity))) / bars * result.conventions.periodsPerYear
            #expect(abs(difference.annualLogReturn - expected) < 1e-9, "\(entry.name)")
            #expect(difference.lower <= difference.upper && (0...1).contains(difference.pValue))
        } else {
            #expect(entry.name == "buy-and-hold")
        }
        // Everything but the unprotected buy-and-hold obeys the rules that the bound is for.
        if entry.name != "buy-and-hold" { #expect(growthOfEntry <= growth(optimum.equity) * (1 + 1e-12)) }
    }
}
