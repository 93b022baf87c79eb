import Agents
import Configuration

/// Who decides, with what there is to tune.
package enum AgentConfiguration: Equatable, Sendable {
    case gatedDQN(GatedDQNConfiguration)
    case dqn(DQNConfiguration)
    case buyAndHold(BuyAndHoldConfiguration)
    case movingAverageCrossover(MovingAverageConfiguration)

    /// Whether it has to be trained.
    package var learns: Bool {
        switch self {
        case .gatedDQN, .dqn: true
        case .buyAndHold, .movingAverageCrossover: false
        }
    }
}

/// Nothing to tune.
package struct BuyAndHoldConfiguration: Configurable {
    package init() {}
    package mutating func describe(to fields: inout some FieldVisitor) {}
}

/// The moving-average crossover as a strategy of its own.
package struct MovingAverageConfiguration: Configurable {
    package var fast = 20
    package var slow = 50

    package init() {}

    package mutating func describe(to fields: inout some FieldVisitor) {
        fields.field("fast", &fast, "Bars of the fast average.", .in(1...10_000))
        fields.field("slow", &slow, "Bars of the slow average.", .in(2...10_000))
        fields.check(fast < slow, "fast", "is not below slow")
    }
}
