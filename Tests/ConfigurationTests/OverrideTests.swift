import Configuration
import Testing

/// `--set key.path=value`.
@Suite struct OverrideTests {
    @Test func theLaterWins() throws {
        let strategy = try read(
            "environment: {stopLoss: 0.1}", set: "environment.stopLoss=0.2", " environment.stopLoss = 0.3 ",
            "name=a = b: c #d",
            "universe.symbols=[NO, 1e5]", "environment.takeProfit=null", "agent.replay.capacity=1_000", "seeds=[9]")
        var expected = SampleStrategy()
        expected.environment.stopLoss = 0.3
        expected.name = "a = b: c #d"
        expected.universe.symbols = ["NO", "1e5"]
        expected.seeds = [9]
        var agent = SampleDQN()
        agent.replay.capacity = 1000
        expected.agent = .gatedDQN(agent)
        #expect(strategy == expected)
        #expect(try read("environment: {stopLoss: 0.1}", set: "environment.stopLoss=").environment.stopLoss == nil)
    }

    @Test func anOverrideRepairsTheFile() throws {
        #expect(try read("environment: {stopLoss: 7}", set: "environment.stopLoss=0.5").environment.stopLoss == 0.5)
    }

    @Test func anotherKindKeepsWhatItShares() throws {
        let file = """
            agent:
              kind: gated-dqn
              window: 33
              discount: 0.9
              replay: {capacity: 1000}
            """
        var crossover = SampleCrossover()
        crossover.window = 33
        crossover.slowWindow = 99
        let strategy = try read(file, set: "agent.kind=moving-average-crossover", "agent.slowWindow=99")
        #expect(strategy.agent == .crossover(crossover))
        // What is no key of any kind stays a mistake, and so does an override for the kind that went.
        #expect(
            messages(file + "\n  dicount: 1", set: "agent.kind=buy-and-hold", "agent.discount=1") == [
                "s.yaml:6:3: error: agent.dicount is not a key; did you mean agent.discount?",
                "--set agent.discount: error: agent.discount is not a key of this kind: it needs that agent.kind is gated-dqn; remove it, or change the kind",
            ])
    }

    @Test(arguments: [
        ("stopLoss", "write --set section.key=value, such as --set agent.discount=0.9"),
        ("=3", "write --set section.key=value, such as --set agent.discount=0.9"),
        ("agent..window=3", "write --set section.key=value, such as --set agent.discount=0.9"),
        ("name.first=Ada", "name is gated, so it has no keys below it; set name itself"),
        (
            "environment.stoploss=0.1",
            "environment.stoploss is not a key; did you mean environment.stopLoss?"
        ),
        ("stopLoss=0.1", "stopLoss is not a key; stopLoss belongs elsewhere: did you mean environment.stopLoss?"),
        ("environment.stopLoss=2", "environment.stopLoss is 2, not in 0.0001...0.9999; the default is null"),
        ("environment=2", "environment is 2, not a section; indent its keys below it"),
        (
            "seeds=[1, 2",
            "this is not YAML (while parsing a flow sequence, did not find expected ',' or ']'); check indentation, quotes and brackets here and just above"
        ),
        ("seeds=[1, x]", "seeds[1] is x, not a whole number; the default is [1, 2, 3]"),
    ])
    func problemsNameTheOverride(text: String, problem: String) {
        let path = text.prefix { $0 != "=" }
        #expect(messages("name: gated", set: text) == ["--set \(path): error: \(problem)"])
    }
}
