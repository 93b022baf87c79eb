import Configuration
import Experiments
import Foundation
import MarketData
import Testing
import TraderTestSupport

@Test func theShippedStrategiesAreThoseInTheFolder() throws {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("Strategies")
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".yaml") }
    #expect(Set(StrategyCatalog.shipped.map { "\($0.name).yaml" }) == Set(files))
    for source in StrategyCatalog.shipped {
        let text = try String(contentsOf: folder.appendingPathComponent("\(source.name).yaml"), encoding: .utf8)
        #expect(source.text == text, "\(source.name) is embedded as it lies in the folder")
        let configuration = try source.configuration()
        #expect(configuration.agent.kind.rawValue == source.name)
        #expect(!configuration.description.isEmpty)
    }
}

@Test func aStrategyWrittenBackIsTheSameStrategy() throws {
    for source in StrategyCatalog.shipped {
        let configuration = try source.configuration(overrides: ["costs.spreadBasisPoints=7", "seeds.root=12"])
        let text = ConfigurationFile.encode(configuration)
        #expect(
            try ConfigurationFile.decode(StrategyConfiguration.self, text: text, name: "again.yaml") == configuration)
    }
}

@Test func anUnknownStrategyIsAnsweredWithTheNearest() {
    #expect {
        try StrategyCatalog(folder: "no-such-folder").find("gated-dqm")
    } throws: { error in
        "\(error)"
            == "there is no strategy 'gated-dqm'. Did you mean 'gated-dqn'? There are: bcrp, buy-and-hold, convolution-dqn, "
            + "cwmr-stdev, dqn, drqn, eg, gated-dqn, lstm-dqn, minimum-variance, moving-average-crossover, olmar-2, ons, pamr, "
            + "pamr-2, risk-parity, rmr, ubah, ucrp, universal. A file in no-such-folder/ is named like "
            + "these, one elsewhere with its path."
    }
}

@Test func keysThatContradictEachOtherAreRefused() throws {
    let source = try StrategyCatalog(folder: "no-such-folder").find("gated-dqn")
    func problems(_ overrides: String...) -> String {
        do {
            _ = try source.configuration(overrides: overrides)
            return ""
        } catch { return "\(error)" }
    }
    #expect(problems("agent.steps=3").contains("counterfactual experience looks one step ahead"))
    #expect(problems("agent.steps=3", "agent.experience=sampled") == "")
    #expect(
        problems("agent.evaluateEvery=5000")
            == "--set agent.evaluateEvery: error: agent.evaluateEvery is 5000, more than updates, which is 1000, so that no "
            + "checkpoint could be chosen; lower it, as with --set agent.evaluateEvery=1000, or raise updates")
    // Nobody can look up a line of what is built in.
    #expect(problems("agent.updates=50").hasPrefix("gated-dqn.yaml (built in): error: agent.evaluateEvery is "))
    #expect(problems("walkForward.testFrom=2008-13-01").contains("must be a date such as 2008-01-02"))
    #expect(problems("trading.positionSise=1").contains("positionSize"))
}

/// A report of one kind of agent never bears the name or the description of another.
@Test func anotherKindNeedsAnotherName() throws {
    let source = try StrategyCatalog(folder: "no-such-folder").find("drqn")
    for overrides in [["agent.kind=gated-dqn"], ["agent.kind=gated-dqn", "name=drqn"], ["agent={kind: gated-dqn}"]] {
        #expect(
            throws: ExperimentError(
                "agent.kind is gated-dqn, which makes this another strategy than drqn: give it a name of its own, such as "
                    + "--set name=my-gated-dqn")
        ) { try source.configuration(overrides: overrides) }
    }
    let renamed = try source.configuration(overrides: ["agent.kind=gated-dqn", "name=mine"])
    #expect(renamed.agent.kind == .gatedDQN && renamed.name == "mine" && renamed.description == "")
    let described = try source.configuration(
        overrides: ["agent.kind=gated-dqn", "name=mine", "description=A window instead."])
    #expect(described.description == "A window instead.")
    let same = try source.configuration(overrides: ["agent.kind=drqn", "agent.updates=500"])
    #expect(same.name == nil && !same.description.isEmpty)
}

@Test func whatSequencesCannotDoIsRefused() throws {
    let source = try StrategyCatalog(folder: "no-such-folder").find("drqn")
    func problem(_ overrides: String...) -> String {
        do {
            let configuration = try source.configuration(overrides: ["universe.symbols=[WALK]"] + overrides)
            _ = try Experiment(name: "drqn", configuration: configuration, history: randomWalk(bars: 500, seed: 1))
            return ""
        } catch { return "\(error)" }
    }
    #expect(problem() == "")
    #expect(problem("agent.experience=sampled", "agent.initialState=stored", "agent.burnIn=19") == "")
    #expect(
        problem("agent.burnIn=20")
            == "agent: burnIn is 20, but an episode begins with a window of 20 rows, so that a burn-in may have 19 at most; "
            + "change agent.burnIn or features.window")
    for key in ["steps=1", "replay=uniform", "priorityExponent=0.5", "priorityCorrection=0.5"] {
        #expect(problem("agent.\(key)").contains("agent.\(key.prefix { $0 != "=" }) is not a key"), "\(key)")
    }
    #expect(problem("agent.sequenceLength=253").contains("agent.sequenceLength exceeds episodeLength"))
    #expect(problem("agent.sequenceLength=252") == "")
    #expect(
        problem("agent.initialState=stored", "agent.stepsPerUpdate=0").contains(
            "agent.initialState is stored, but with stepsPerUpdate 0 "))
    #expect(problem("agent.stepsPerUpdate=0") == "")
    #expect(problem("agent.initialState=random").contains("not one of zero, stored"))
}

/// 2²² rows are as many as 65,536 windows of 64 rows.
@Test func anUpdateThatNoMachineHoldsIsRefused() throws {
    func problem(_ kind: String, _ overrides: String...) -> String {
        do {
            let source = try StrategyCatalog(folder: "no-such-folder").find(kind)
            let configuration = try source.configuration(
                overrides: ["universe.symbols=[WALK]", "agent.batchSize=65536", "agent.replayCapacity=65536"]
                    + overrides)
            _ = try Experiment(name: kind, configuration: configuration, history: randomWalk(bars: 1300, seed: 1))
            return ""
        } catch { return "\(error)" }
    }
    #expect(problem("gated-dqn", "features.window=64") == "")
    #expect(
        problem("gated-dqn", "features.window=65")
            == "agent: an update of 65536 windows of 65 rows reads 4259840 rows, and 4194304 are the most; change "
            + "agent.batchSize or features.window")
    #expect(problem("drqn", "agent.sequenceLength=53", "agent.burnIn=10") == "")
    #expect(
        problem("drqn", "agent.sequenceLength=54", "agent.burnIn=10")
            == "agent: an update of 65536 sequences of 65 rows reads 4259840 rows, and 4194304 are the most; change "
            + "agent.batchSize, agent.sequenceLength or agent.burnIn")
}

@Test func aStrategyMayNotTakeTheNameOfABaseline() throws {
    var configuration = StrategyConfiguration()
    configuration.universe.symbols = ["WALK"]
    configuration.agent = .movingAverageCrossover(MovingAverageConfiguration())
    let history = randomWalk(bars: 400, seed: 1)
    for name in ["buy-and-hold", "random", "hindsight-optimum"] {
        let error = #expect(throws: ExperimentError.self) {
            try Experiment(name: name, configuration: configuration, history: history)
        }
        #expect(error?.description.hasPrefix("'\(name)' is the name of what every strategy is compared with") == true)
    }
    #expect(throws: Never.self) {
        try Experiment(name: "moving-average-crossover", configuration: configuration, history: history)
    }
}

@Test func whoHoldsHasNoStop() throws {
    var configuration = StrategyConfiguration()
    configuration.universe.symbols = ["WALK"]
    configuration.agent = .buyAndHold(BuyAndHoldConfiguration())
    configuration.trading.stopLoss = 0.1
    #expect(throws: ExperimentError.self) {
        try Experiment(name: "held", configuration: configuration, history: randomWalk(bars: 400, seed: 1))
    }
}

@Test func barsOfADayAndOfAnHourDoNotShareAReport() throws {
    let daily = randomWalk(bars: 400, seed: 1)
    let hourly = (0..<3000).compactMap { index in
        randomWalk(bars: 1, seed: UInt64(index)).bar(of: 0, at: 0).map { bar in
            var bar = bar
            bar.time = Timestamp(seconds: daily.times[0].seconds + Int64(index) * 3600)
            return bar
        }
    }
    let history = PriceHistory(series: [("DAY", (0..<400).compactMap { daily.bar(of: 0, at: $0) }), ("HOUR", hourly)])
    var configuration = StrategyConfiguration()
    configuration.universe.symbols = ["DAY", "HOUR"]
    configuration.agent = .movingAverageCrossover(MovingAverageConfiguration())
    let error = #expect(throws: ExperimentError.self) {
        try Experiment(name: "mixed", configuration: configuration, history: history)
    }
    #expect(error?.description.contains("annual figures of both cannot stand in one report") == true)
    configuration.evaluation.periodsPerYear = 252
    #expect(throws: Never.self) {
        try Experiment(name: "mixed", configuration: configuration, history: history)
    }
}
