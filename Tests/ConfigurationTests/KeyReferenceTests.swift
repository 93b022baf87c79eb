import Configuration
import Testing

/// What `trader strategies --keys` can say.
@Suite struct KeyReferenceTests {
    @Test func everyKeyOfEveryKind() {
        let lines = keyReference(for: SampleStrategy.self).map {
            [$0.path, $0.type, $0.defaultValue, $0.rules, $0.condition ?? ""].joined(separator: " | ")
        }
        #expect(
            lines == [
                "name | a text | gated-dqn | must not be empty | ",
                "seeds | a list, each a whole number | [1, 2, 3] | must not be empty | ",
                "universe | section |  |  | ",
                #"universe.symbols | a list, each a text | [AAPL, "NO", "ON"] | must not be empty | "#,
                "universe.benchmark | a text, or null | null | must not be empty | ",
                "universe.weights | a list, each a number | [] |  | ",
                "environment | section |  |  | ",
                "environment.startingCash | a number | 100000 | positive | ",
                "environment.stopLoss | a number, or null | null | in 0.0001...0.9999 | ",
                "environment.takeProfit | a number, or null | null | positive | ",
                "environment.shorting | true or false | false |  | ",
                "environment.fill | one of nextOpen, nextClose, sameClose | nextOpen |  | ",
                "environment.maximumHolding | a whole number, or null | null | at least 1 | ",
                "agent | section |  |  | ",
                "agent.kind | one of gated-dqn, moving-average-crossover, buy-and-hold | gated-dqn |  | ",
                "agent.window | a whole number | 20 | in 1...500 | agent.kind is gated-dqn",
                "agent.discount | a number | 0.99 | in 0...1 | agent.kind is gated-dqn",
                "agent.learningRate | a number | 0.0005 | positive | agent.kind is gated-dqn",
                "agent.hiddenSizes | a list, each a whole number | [64, 64] | must not be empty, must all be multiples of 8 | agent.kind is gated-dqn",
                "agent.replay | section |  |  | agent.kind is gated-dqn",
                "agent.replay.capacity | a whole number | 100000 | positive | agent.kind is gated-dqn",
                "agent.replay.batchSize | a whole number | 64 | positive | agent.kind is gated-dqn",
                "agent.window | a whole number | 20 | at least 1 | agent.kind is moving-average-crossover",
                "agent.slowWindow | a whole number | 50 | at least 2 | agent.kind is moving-average-crossover",
            ])
        #expect(
            keyReference(for: SampleReplay.self).map(\.documentation).first
                == "Transitions kept; the oldest is overwritten.")
    }
}
