import Configuration
import RandomNumbers
import Testing

/// The file that a run writes back.
@Suite struct WritingTests {
    @Test func theWholeFile() {
        var strategy = SampleStrategy()
        strategy.environment.stopLoss = 1e-4
        strategy.agent = .crossover(SampleCrossover())
        #expect(
            ConfigurationFile.encode(strategy) == """
                # The name in reports. (must not be empty)
                name: gated-dqn
                # One training for each. (must not be empty)
                seeds: [1, 2, 3]

                # What is traded.
                universe:
                  # Symbols, as in the price files. (must not be empty)
                  symbols: [AAPL, "NO", "ON"]
                  # An index to compare with. (must not be empty)
                  benchmark: null
                  # Of the symbols, fractions of equity.
                  weights: []

                # The account and the rules of trading.
                environment:
                  # Account currency at the start. (positive)
                  startingCash: 100000
                  # Close a position at this loss, a fraction. (in 0.0001...0.9999)
                  stopLoss: 0.0001
                  # Close a position at this gain, a fraction. (positive)
                  takeProfit: null
                  # Whether a flat account may sell short.
                  shorting: false
                  # When an order decided at a close is filled. (one of nextOpen, nextClose, sameClose)
                  fill: nextOpen
                  # Bars after which a position is closed. (at least 1)
                  maximumHolding: null

                # Who trades.
                agent:
                  # What this section sets up; the other keys belong to it. (one of gated-dqn,
                  # moving-average-crossover, buy-and-hold)
                  kind: moving-average-crossover
                  # Bars of the fast average. (at least 1)
                  window: 20
                  # Bars of the slow average. (at least 2)
                  slowWindow: 50

                """)
        #expect(ConfigurationFile.encode(SampleNothing()) == "{}\n")
    }

    /// Any configuration is read back as it was. One text is not: a byte order mark (U+FEFF) that begins it is lost, since
    /// Foundation drops it from what libyaml read.
    @Test func whatIsWrittenIsReadBack() throws {
        for seed in 0..<2000 {
            var random = RandomStream(RandomKey(seed: UInt64(seed)))
            let strategy = SampleStrategy.random(using: &random)
            let text = ConfigurationFile.encode(strategy)
            let again = try ConfigurationFile.decode(
                SampleStrategy.self, text: text, name: "seed \(seed)", overrides: [])
            #expect(again == strategy, "seed \(seed):\n\(text)")
            // Equality of texts takes é and e´ for the same, so compare their scalars as well.
            #expect(Array(again.name.unicodeScalars) == Array(strategy.name.unicodeScalars), "seed \(seed)")
        }
    }

    @Test(arguments: [
        .leastNonzeroMagnitude, 2.2250738585072014e-308, 1.7976931348623157e308, 0.1, 1.0 / 3, 1e-7, 1e16,
        123_456_789_012_345_680, -2.5, 100,
    ])
    func numbersAreShortAndExact(number: Double) throws {
        var universe = SampleUniverse()
        universe.symbols = ["A"]
        universe.weights = [number]
        let text = ConfigurationFile.encode(universe)
        let again = try ConfigurationFile.decode(SampleUniverse.self, text: text, name: "")
        #expect(again.weights.map(\.bitPattern) == [number.bitPattern])
        #expect(number.written.count <= "\(number)".count + 2)
    }

    @Test func otherReadersSeeNumbersAsNumbersAndTextAsText() {
        // YAML 1.1, as PyYAML reads it: a number with an exponent needs a point, and NO is false.
        #expect((1e-7).written == "1.0e-07" && (1e16).written == "1.0e+16" && Float(5e-4).written == "0.0005")
        #expect(["NO", "y", "Null", "1e5", "", "~", "a: b", "-", "#"].allSatisfy { $0.written == "\"\($0)\"" })
        #expect("BRK.B".written == "BRK.B" && "Reports/a-1".written == "Reports/a-1")
        #expect("a\"\\\n\u{2028}\0ü".written == #""a\"\\\n\U00002028\U00000000ü""#)
    }
}

extension SampleStrategy {
    /// Legal values of every key, awkward ones among them.
    static func random(using random: inout some RandomNumberGenerator) -> SampleStrategy {
        func text() -> String {
            let pieces = [
                "NO", "on", "~", "null", "1e5", "0x1F", ".nan", "- ", ": ", " #", "'", "\"", "\\", "\n", "\r\n", "\t",
                "{", "]",
                ",", "&a", "*a", "!t", "|", ">", "%", "@", "`", "é", "e\u{301}", "日本", "👩‍👩‍👧", "\u{0}", "\u{85}",
                "\u{2028}", "a\u{FEFF}", "\u{E000}", "\u{10FFFF}", "---", "...", "<<", "=", " ", "a", "Z",
            ]
            return (0...Int.random(in: 0...4, using: &random)).map { _ in
                pieces[Int.random(in: pieces.indices, using: &random)]
            }.joined()
        }
        func number() -> Double {
            let value = Double(bitPattern: random.next())
            return value.isFinite ? value : 0.5
        }
        func positive() -> Double { max(abs(number()), .leastNonzeroMagnitude) }
        func maybe<Value>(_ value: Value) -> Value? { Bool.random(using: &random) ? value : nil }

        var strategy = SampleStrategy()
        strategy.name = text()
        strategy.seeds = (0...Int.random(in: 0...3, using: &random)).map { _ in random.next() }
        strategy.universe.symbols = (0...Int.random(in: 0...5, using: &random)).map { _ in text() }
        strategy.universe.benchmark = maybe(text())
        strategy.universe.weights = maybe(strategy.universe.symbols.map { _ in number() }) ?? []
        strategy.environment.startingCash = positive()
        strategy.environment.stopLoss = maybe(Double.random(in: 0.0001...0.9999, using: &random))
        strategy.environment.takeProfit = maybe(positive())
        strategy.environment.shorting = Bool.random(using: &random)
        strategy.environment.fill = maybe(.sameClose) ?? .nextClose
        strategy.environment.maximumHolding = maybe(Int(random.next() >> 1) | 1)
        switch Int.random(in: 0...2, using: &random) {
        case 0:
            var agent = SampleDQN()
            agent.discount = Double.random(in: 0...1, using: &random)
            let rate = Float(bitPattern: UInt32(truncatingIfNeeded: random.next()) & 0x7FFF_FFFF)
            agent.learningRate = rate.isFinite && rate > 0 ? rate : .leastNonzeroMagnitude
            agent.hiddenSizes = (0...Int.random(in: 0...3, using: &random)).map { $0 * 8 }
            agent.replay.capacity = Int.random(in: 64...Int.max, using: &random)
            strategy.agent = .gatedDQN(agent)
        case 1:
            var agent = SampleCrossover()
            agent.window = Int.random(in: 1...Int.max, using: &random)
            strategy.agent = .crossover(agent)
        default: strategy.agent = .buyAndHold(SampleNothing())
        }
        return strategy
    }
}
