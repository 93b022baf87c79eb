import Configuration
import Experiments
import Foundation
import MarketData
import Testing
import TraderTestSupport

/// Models that are used after training: they do what they did when they were tested, and on nothing that they have seen.
struct FrozenModelTests {
    private func evaluate(
        _ files: [ModelFile], on history: PriceHistory, overrides: [String] = []
    ) async throws -> RunResult {
        let models = try FrozenModels(files.map { ("\($0.seed)", $0) }, overrides: overrides)
        let configuration = try models.configuration()
        return try await Experiment(
            name: configuration.name ?? "", configuration: configuration, history: history,
            purpose: .evaluation(models)
        ).run(workers: 2, observer: Unwatched()).result
    }

    /// Through the file and back: a wrong scaling, window, cost or bar would change some fill.
    @Test(arguments: ["gated-dqn", "lstm-dqn", "convolution-dqn", "dqn", "drqn"])
    func aFrozenModelRepeatsItsFold(kind: String) async throws {
        let history = randomWalk(bars: 500, seed: 8)
        let experiment = try Experiment(name: kind, configuration: modelConfiguration(kind), history: history)
        let (result, trained) = try await experiment.run(workers: 2, observer: Unwatched())
        let files = try trained.filter { $0.fold == 1 }.map {
            try ModelFile(decoding: experiment.model($0).encoded(), path: "model")
        }
        #expect(files.map(\.fold) == [1, 1] && files.map(\.seed) == [1, 2])
        let frozen = try await evaluate(files, on: history[0..<400])
        let (whole, again) = (result.entries.filter { $0.name == kind }, frozen.entries.filter { $0.name == kind })
        #expect(again.count == 2)
        for (one, two) in zip(whole, again) {
            #expect(two.times == Array(one.times.prefix(101)) && two.seed == one.seed && two.kind == .learned)
            #expect(two.equity == Array(one.equity.prefix(101)))
            #expect(two.exposure == Array(one.exposure.prefix(101)))
            #expect(one.foldOutcomes.first?.validationScore == two.foldOutcomes.first?.validationScore)
            #expect(one.foldOutcomes.first?.chosenUpdate == two.foldOutcomes.first?.chosenUpdate)
        }
        #expect(whole.contains { !$0.trades.isEmpty }, "otherwise nothing was compared")
        #expect(frozen.folds.first == result.folds.first)
        #expect(frozen.models == ["models/WALK-seed1.safetensors", "models/WALK-seed2.safetensors"])
    }

    /// Folders are named after it: runs of different models must not look like one.
    @Test func anIdentifierTellsModelsApart() async throws {
        let history = randomWalk(bars: 500, seed: 8)
        let files = try await models(on: history[0..<300])
        func identifier(_ files: [ModelFile]) throws -> String {
            let models = try FrozenModels(files.map { ("\($0.seed)", $0) })
            return try Experiment(
                name: "gated-dqn", configuration: models.configuration(), history: history,
                purpose: .evaluation(models)
            ).identifier
        }
        let all = try [[files[0]], [files[1]], files].map(identifier)
        #expect(Set(all).count == 3)
        #expect(try all == [[files[0]], [files[1]], [files[1], files[0]]].map(identifier))
    }

    /// Training alone learns what the fold of a backtest learns that knows the same bars.
    @Test func trainingAloneLearnsWhatAFoldLearns() async throws {
        let history = randomWalk(bars: 500, seed: 8)
        let experiment = try Experiment(
            name: "gated-dqn", configuration: modelConfiguration(), history: history)
        let folds = try await experiment.run(workers: 2, observer: Unwatched()).trained.filter { $0.fold == 1 }
        // The first test bar is number 300, after an embargo of one window.
        let alone = try await models(on: history[0..<295])
        #expect(alone.count == 2)
        for (fold, model) in zip(folds, alone) {
            #expect(fold.policy.greedy.parameters == model.policy.greedy.parameters)
            #expect(fold.scaler == model.scaler && fold.chosenUpdate == model.update)
            #expect(model.trainedThrough == history.times[294].description)
        }
    }

    /// At every close the signal, which is handed no later bar, is what the backtest did next.
    @Test(arguments: ["gated-dqn", "dqn", "drqn"])
    func aSignalIsWhatTheBacktestDoes(kind: String) async throws {
        let history = squareWave(bars: 460, halfPeriod: 7)
        let columns = "features.columns=[closeReturn, sma(3), sma(7)]"
        let overrides = ["universe.symbols=[WAVE]", columns, "agent.updates=200", "costs.spreadBasisPoints=1"]
        let model = try #require(try await models(of: kind, on: history[0..<300], overrides: overrides).first)
        let entry = try #require(try await evaluate([model], on: history).entries.first { $0.name == kind })
        try #require(entry.trades.count > 10)
        // A test of 155 bars, the first of them number 305; decisions from the bar before it on.
        let bars = Dictionary(uniqueKeysWithValues: history.times.enumerated().map { ($1.description, $0) })
        let trades = try entry.trades.map {
            (entry: try #require(bars[$0.entryTime]), exit: try #require(bars[$0.exitTime]), trade: $0)
        }
        for bar in 304..<459 {
            let held = trades.first { $0.entry <= bar && (bar < $0.exit || $0.trade.exit == .endOfData) }
            let position =
                held.map { AssumedPosition(.long, entryPrice: $0.trade.entryPrice, barsHeld: bar - $0.entry + 1) }
                ?? AssumedPosition()
            let signal = try Signal(of: model, on: history[0..<(bar + 1)], holding: position)
            let isEntered = trades.contains { $0.entry == bar + 1 }
            let isLeft = trades.contains { $0.exit == bar + 1 && $0.trade.exit == .order }
            #expect(signal.action == (isEntered ? .buy : isLeft ? .sell : .hold), "bar \(bar)")
            #expect(signal.time == history.times[bar].description && signal.age == bar - 299)
            // Windows of five bars; what is carried comes from where the test began.
            #expect(signal.window.count == (kind == "drqn" ? bar - 299 : 5))
        }
    }

    @Test func aSignalSaysWhatMakesItDoubtful() async throws {
        let history = randomWalk(bars: 320, seed: 2)
        let model = try #require(try await models(on: history[0..<300]).first)
        let sound = try Signal(of: model, on: history, holding: AssumedPosition())
        #expect(sound.warnings.filter { !$0.hasPrefix("Unlike") } == [])
        #expect(
            sound.window.count == 5 && sound.window.allSatisfy { $0.count == 5 } && sound.numbers == [1, 0, 0, 0, 0])
        #expect(sound.values.map(\.action) == [.hold, .buy])

        let seen = try Signal(of: model, on: history[0..<300], holding: AssumedPosition())
        #expect(seen.age == 0 && seen.warnings.contains { $0.hasPrefix("The model was trained on this bar") })

        // Who carries its state has read all bars since the models began, and not only those of a window of five.
        let carrying = try #require(try await models(of: "drqn", on: history[0..<300]).first)
        var earlier = (0..<320).compactMap { history.bar(of: 0, at: $0) }
        earlier[306].low = earlier[306].close / 2
        earlier[306].close /= 2
        let read = try Signal(
            of: carrying, on: PriceHistory(symbol: "WALK", bars: earlier), holding: AssumedPosition())
        // There and back.
        #expect(
            read.window.count == 20 && read.warnings.contains { $0.contains("closeReturn (2 of 20 bars)") },
            "\(read.warnings)")

        // A last bar that falls by half is far outside of five deviations.
        let bars = (0..<320).compactMap { history.bar(of: 0, at: $0) }
        var crash = bars
        crash[319].low = crash[319].close / 2
        crash[319].close /= 2
        let other = try Signal(
            of: model, on: PriceHistory(symbol: "OTHER", bars: crash), holding: AssumedPosition(.long))
        #expect(other.warnings.contains("The model was trained on WALK, not on OTHER."))
        let unlike = try #require(other.warnings.first { $0.hasPrefix("Unlike nearly all of the training") })
        #expect(unlike.contains("closeReturn (1 of 5 bars)"), "\(unlike)")
        // Long for one bar of a window of five, entered at the close, so nothing is won or lost.
        #expect(other.numbers == [0, 1, 0, 0, 0.2] && other.values.map(\.action) == [.hold, .sell])

        let long = AssumedPosition(.long, entryPrice: crash[319].close / 1.25, barsHeld: 3)
        let numbers = try Signal(of: model, on: PriceHistory(symbol: "WALK", bars: crash), holding: long).numbers
        #expect(numbers == [0, 1, 0, 0.25, 0.6])
        #expect(throws: ExperimentError.self) { try Signal(of: model, on: history, holding: AssumedPosition(.short)) }
        #expect(throws: ExperimentError.self) {
            try Signal(of: model, on: history[0..<9], holding: AssumedPosition())
        }
    }

    @Test func whatAModelHasSeenIsNoTest() async throws {
        let history = randomWalk(bars: 400, seed: 2)
        let files = try await models(on: history[0..<300])
        func refusal(_ overrides: String..., on history: PriceHistory) async -> String {
            do {
                _ = try await evaluate(files, on: history, overrides: overrides)
                return "run"
            } catch { return "\(error)" }
        }
        let seen = weekday(299)
        #expect(
            await refusal("walkForward.testFrom=\(seen)", on: history)
                == "the model has seen bars up to \(seen), so that a test from \(seen) on would be look-ahead. The first bar it "
                + "can be tested on is of \(weekday(305)), after what it has seen and an embargo of 5 bars "
                + "(walkForward.embargoBars).")
        #expect(
            await refusal("walkForward.testFrom=\(weekday(304))", on: history).contains("within the embargo of 5 bars"))
        #expect(await refusal("walkForward.testFrom=\(weekday(305))", on: history) == "run")
        #expect(
            await refusal("walkForward.testFrom=\(weekday(300))", "walkForward.embargoBars=0", on: history) == "run")
        #expect(await refusal(on: history[0..<306]).contains("no bars are left for a test"))
        #expect(await refusal(on: history[0..<300]).contains("train with an earlier --to"))
        #expect(await refusal(on: history[0..<307]) == "run")
        for override in [
            "agent.discount=0.5", "agent.updates=3", "features.clip=4", "trading.shorting=true", "universe.prices=raw",
            "name=other",
        ] {
            #expect(await refusal(override, on: history).contains("cannot be changed for a model"), "\(override)")
        }
        #expect(await refusal("trading.fill=nextClose", "costs.spreadBasisPoints=9", on: history) == "run")
    }

    @Test func modelsOfOneRunAreOneStrategyWithSeveralSeeds() async throws {
        let history = randomWalk(bars: 400, seed: 2)
        let files = try await models(on: history[0..<300])
        let result = try await evaluate(files.reversed(), on: history)
        #expect(result.seeds == [1, 2])
        let own = result.entries.filter { $0.name == "gated-dqn" }
        #expect(own.map(\.seed) == [1, 2])
        #expect(result.entries.filter { $0.name == "random" }.map(\.seed) == [1, 2])
        let others = try await models(of: "dqn", on: history[0..<300])
        for pair in [[files[0], others[1]], [files[0], files[0]]] {
            #expect(throws: ModelFileError.self) { try FrozenModels(pair.map { ("m", $0) }) }
        }
    }

    @Test func aRuleHasNothingToTrain() throws {
        var configuration = StrategyConfiguration()
        configuration.universe.symbols = ["WALK"]
        configuration.agent = .buyAndHold(BuyAndHoldConfiguration())
        let error = #expect(throws: ExperimentError.self) {
            try Experiment(
                name: "buy-and-hold", configuration: configuration, history: randomWalk(bars: 300, seed: 1),
                purpose: .training)
        }
        #expect(error?.description.contains("has nothing to learn") == true)
    }
}
