import Agents
import Backtesting
import Configuration
import Experiments
import MarketData
import RandomNumbers
import Statistics
import Testing
import TraderTestSupport

/// A short training of everything, on two folds.
private func shortConfiguration(_ kind: String) throws -> StrategyConfiguration {
    let network: String? =
        switch kind {
        case "dqn": "hiddenUnits: [8]"
        case "drqn": "hiddenUnits: 4\n  burnIn: 4"
        case "gated-dqn", "lstm-dqn": "hiddenUnits: 4"
        case "convolution-dqn": "channels: [4]"
        default: nil  // A rule has nothing to learn.
        }
    let learning =
        """
          headUnits: [8]
          updates: 30
          evaluateEvery: 10
          warmUpSteps: 100
          batchSize: 8
        """
    let agent = network.map { "  \($0)\n\(learning)" } ?? ""
    return try ConfigurationFile.decode(
        StrategyConfiguration.self,
        text: """
            universe:
              symbols: [WALK]
            features:
              window: 5
              columns: [openReturn, closeReturn, volumeChange, rsi(5), volatility(5)]
            trading:
              \(kind == "buy-and-hold" ? "lotSize: 1" : "stopLoss: 0.2")
            agent:
              kind: \(kind)
            \(agent)
            walkForward:
              folds: 2
              testFrom: \(weekday(300))
            seeds:
              count: 2
            evaluation:
              bootstrapDraws: 100
            """, name: "short.yaml")
}

private struct Silent: RunObserver {
    func begin(trainings: Int, updates: Int) {}
    func didUpdate(_ count: Int) {}
    func didResume(_ count: Int) {}
    func didFinish(_ training: String) {}
}

private func run(_ kind: String, _ history: PriceHistory, workers: Int = 2) async throws -> (RunResult, [TrainedFold]) {
    let experiment = try Experiment(name: kind, configuration: shortConfiguration(kind), history: history)
    return try await experiment.run(workers: workers, observer: Silent())
}

/// Bars 0…299 are the past of the first fold, 300…399 its test, 400…499 the test of the second.
private let bars = 500

@Test(arguments: [
    "gated-dqn", "lstm-dqn", "convolution-dqn", "dqn", "drqn", "buy-and-hold", "moving-average-crossover",
])
func noStrategySeesALaterBar(kind: String) async throws {
    for seed in 0..<4 {
        var stream = RandomKey(seed: 40).child(seed).stream("cut")
        let history = randomWalk(bars: bars, seed: UInt64(seed))
        let cut = 305 + stream.index(below: 185)
        let (one, trainedOne) = try await run(kind, history)
        let (two, trainedTwo) = try await run(kind, changed(history, after: cut, seed: UInt64(seed)))
        for (first, second) in zip(one.entries, two.entries) where first.kind != .bound && first.name != "random" {
            #expect(first.name == second.name && first.seed == second.seed)
            // Index 0 is bar 299: everything up to the close of the cut is the same, to the bit.
            let known = cut - 299 + 1
            #expect(
                first.equity.prefix(known) == second.equity.prefix(known), "\(first.name), seed \(seed), cut \(cut)")
            #expect(first.exposure.prefix(known) == second.exposure.prefix(known), "\(first.name), seed \(seed)")
            let day = history.times[cut].description
            #expect(
                first.trades.filter { $0.exitTime <= day } == second.trades.filter { $0.exitTime <= day },
                "\(first.name), seed \(seed)")
        }
        // The first fold was over before the cut: its scaling and its choice of checkpoint must not have noticed.
        for (first, second) in zip(trainedOne, trainedTwo) where first.fold == 1 || cut >= 395 {
            #expect(first.scaler == second.scaler)
            #expect(first.chosenUpdate == second.chosenUpdate && first.validationScore == second.validationScore)
            #expect(first.policy.greedy.parameters == second.policy.greedy.parameters)
            #expect(first.curve == second.curve)
        }
    }
}

@Test func theChangeIsFeltAfterwards() async throws {
    let history = randomWalk(bars: bars, seed: 1)
    let (one, trainedOne) = try await run("gated-dqn", history)
    let (two, trainedTwo) = try await run("gated-dqn", changed(history, after: 305, seed: 1))
    // Otherwise the test above would show nothing.
    #expect(one.entries[0].equity != two.entries[0].equity)
    #expect(trainedOne.last?.scaler != trainedTwo.last?.scaler)
    #expect(trainedOne.last?.policy.greedy.parameters != trainedTwo.last?.policy.greedy.parameters)
}

@Test func theNumberOfWorkersChangesNothing() async throws {
    let history = randomWalk(bars: bars, seed: 3)
    let (one, trainedOne) = try await run("gated-dqn", history, workers: 1)
    let (many, trainedMany) = try await run("gated-dqn", history, workers: 7)
    #expect(one.entries.map(\.equity) == many.entries.map(\.equity))
    #expect(one.entries.map(\.measures) == many.entries.map(\.measures))
    #expect(one.entries.map(\.difference) == many.entries.map(\.difference))
    #expect(trainedOne.map(\.policy.greedy.parameters) == trainedMany.map(\.policy.greedy.parameters))
    #expect(Set(trainedOne.map(\.policy.greedy.parameters)).count == 4, "folds and seeds differ from each other")
}

@Test func anotherSymbolOrSeedLeavesTheOthersAsTheyWere() async throws {
    let walk = randomWalk(bars: bars, seed: 3)
    let both = PriceHistory(series: [
        ("WALK", (0..<bars).compactMap { walk.bar(of: 0, at: $0) }),
        ("OTHER", (0..<bars).compactMap { randomWalk(bars: bars, seed: 9).bar(of: 0, at: $0) }),
    ])
    var configuration = try shortConfiguration("dqn")
    let alone = try await Experiment(name: "dqn", configuration: configuration, history: walk)
        .run(workers: 2, observer: Silent()).result
    configuration.universe.symbols = ["OTHER", "WALK"]
    configuration.seeds.count = 3
    let together = try await Experiment(name: "dqn", configuration: configuration, history: both)
        .run(workers: 2, observer: Silent()).result
    for entry in alone.entries where entry.kind == .learned {
        let twin = together.entries.first {
            $0.name == entry.name && $0.symbol == entry.symbol && $0.seed == entry.seed
        }
        #expect(twin?.equity == entry.equity)
    }
}

@Test func feesDoNotDependOnHowTheCalendarGoesOn() async throws {
    // From bar 350 on one series trades on weekends too, so that its whole span has more bars a year.
    let walk = randomWalk(bars: bars, seed: 6)
    let weekends = PriceHistory(
        symbol: "WALK",
        bars: (0..<bars).compactMap { index in
            walk.bar(of: 0, at: index).map { bar in
                var bar = bar
                if index >= 350 {
                    bar.time = Timestamp(seconds: walk.times[349].seconds + Int64(index - 349) * 86_400)
                }
                return bar
            }
        })
    var configuration = try shortConfiguration("dqn")
    configuration.trading.shorting = true
    configuration.costs.borrowBasisPointsPerYear = 3000
    configuration.walkForward.folds = 1
    func equity(_ history: PriceHistory) async throws -> [[Double]] {
        try await Experiment(name: "dqn", configuration: configuration, history: history)
            .run(workers: 2, observer: Silent()).result.entries.filter { $0.kind == .learned }.map(\.equity)
    }
    let (one, two) = (try await equity(walk), try await equity(weekends))
    #expect(one.map { $0.prefix(350 - 299) } == two.map { $0.prefix(350 - 299) })
}
