import Configuration
import Testing

/// What is read, and that the rest keeps its default.
@Suite struct ReadingTests {
    @Test func aRealisticFile() throws {
        let strategy = try read(
            """
            # A night's experiment.
            name: my gated agent
            seeds: [7, 18446744073709551615]
            universe:
              symbols: [NO, ON, 1e5, "0700", yes, null, 2330.TW, ^GSPC]
              benchmark: null
            environment:
              startingCash: 250_000
              stopLoss: 5e-2
              fill: sameClose
              shorting: true
            agent:
              kind: gated-dqn
              window: 3e1
              hiddenSizes:
                - 128.0
                - 64
              replay: {capacity: 1e6, batchSize: 32}
            """)
        var expected = SampleStrategy()
        expected.name = "my gated agent"
        expected.seeds = [7, .max]
        expected.universe.symbols = ["NO", "ON", "1e5", "0700", "yes", "null", "2330.TW", "^GSPC"]
        expected.environment.startingCash = 250_000
        expected.environment.stopLoss = 0.05
        expected.environment.fill = .sameClose
        expected.environment.shorting = true
        var agent = SampleDQN()
        agent.window = 30
        agent.hiddenSizes = [128, 64]
        agent.replay.capacity = 1_000_000
        agent.replay.batchSize = 32
        expected.agent = .gatedDQN(agent)
        #expect(strategy == expected)
    }

    @Test func absentKeysKeepTheirDefault() throws {
        #expect(try read("{}") == SampleStrategy())
        #expect(try read("environment:\n  # nothing yet\n") == SampleStrategy())
        #expect(try read("universe: {benchmark: SPY}").universe.benchmark == "SPY")
        #expect(try read("\u{FEFF}name: ü\r\nseeds: [4]\r\n").name == "ü")
    }

    @Test func anotherKindHasOtherKeys() throws {
        let strategy = try read("agent:\n  slowWindow: 200\n  kind: moving-average-crossover\n")
        var crossover = SampleCrossover()
        crossover.slowWindow = 200
        #expect(strategy.agent == .crossover(crossover))
        #expect(try read("agent: {kind: 'buy-and-hold'}").agent == .buyAndHold(SampleNothing()))
    }

    /// Whole numbers are the same number however they look; exact or refused.
    @Test(arguments: [
        ("64", 64), ("+64", 64), ("64.0", 64), ("6.4e1", 64), ("1E3", 1000), ("1_000_000", 1_000_000), ("007", 7),
        ("9223372036854775807", Int.max), ("9007199254740992.0", 1 << 53),
    ])
    func wholeNumbers(text: String, value: Int) throws {
        #expect(try read("environment: {maximumHolding: \(text)}").environment.maximumHolding == value)
    }

    @Test(arguments: [
        ("64.5", "is 64.5, not a whole number"), ("1e-3", "is 1e-3, not a whole number"),
        ("0x10", "is 0x10, not a whole number"), ("1__0", "is 1__0, not a whole number"),
        ("ten", "is ten, not a whole number"), (".nan", "is .nan, not a finite number"),
        ("1e19", "is 1e19, outside -9223372036854775808...9223372036854775807"),
        ("9223372036854775808", "is 9223372036854775808, outside -9223372036854775808...9223372036854775807"),
        ("9007199254740994.0", "is 9007199254740994.0, outside -9223372036854775808...9223372036854775807"),
    ])
    func notWholeNumbers(text: String, problem: String) {
        let expected = "s.yaml:2:19: error: environment.maximumHolding \(problem); the default is null"
        #expect(messages("environment:\n  maximumHolding: \(text)\n") == [expected])
    }

    @Test(arguments: [
        ("nan", "is nan, not a finite number; the default is 100000"),
        ("-.INF", "is -.INF, not a finite number; the default is 100000"),
        ("infinity", "is infinity, not a finite number; the default is 100000"),
        ("1e999", "is 1e999, too large for a number; the default is 100000"),
        ("1.2.3", "is 1.2.3, not a number; the default is 100000"),
        ("[1]", "is a list, not a number; the default is 100000"),
        ("10 %", "is 10 %, not a number; the default is 100000"),
        ("\"100\"", "is the text \"100\", not a number; remove the quotes"),
        ("{a: 1}", "is a section, not a number; the default is 100000"),
        ("", "has no value; write a number, or remove the key for its default"),
        ("~", "has no value; write a number, or remove the key for its default"),
        ("0", "is 0, not positive; the default is 100000"),
    ])
    func notNumbers(text: String, problem: String) {
        let found = messages("environment: \n  startingCash: \(text)")
        #expect(found.map { $0.drop { $0 != " " } } == [" error: environment.startingCash \(problem)"])
    }
}
