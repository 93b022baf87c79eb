import Agents
import Configuration

/// Who decides, with what there is to tune.
package enum AgentConfiguration: ConfigurableChoice {
    case gatedDQN(GatedDQNConfiguration)
    case dqn(DQNConfiguration)
    case buyAndHold(BuyAndHoldConfiguration)
    case movingAverageCrossover(MovingAverageConfiguration)

    package enum Kind: String, CaseIterable, Sendable, ConfigurationValue {
        case gatedDQN = "gated-dqn"
        case dqn
        case buyAndHold = "buy-and-hold"
        case movingAverageCrossover = "moving-average-crossover"
    }

    package init() { self.init(kind: .gatedDQN) }

    package init(kind: Kind) {
        switch kind {
        case .gatedDQN: self = .gatedDQN(GatedDQNConfiguration())
        case .dqn: self = .dqn(DQNConfiguration())
        case .buyAndHold: self = .buyAndHold(BuyAndHoldConfiguration())
        case .movingAverageCrossover: self = .movingAverageCrossover(MovingAverageConfiguration())
        }
    }

    package var kind: Kind {
        switch self {
        case .gatedDQN: .gatedDQN
        case .dqn: .dqn
        case .buyAndHold: .buyAndHold
        case .movingAverageCrossover: .movingAverageCrossover
        }
    }

    package mutating func describeChosen(to fields: inout some FieldVisitor) {
        switch self {
        case .gatedDQN(var configuration):
            configuration.describe(to: &fields)
            self = .gatedDQN(configuration)
        case .dqn(var configuration):
            configuration.describe(to: &fields)
            self = .dqn(configuration)
        case .buyAndHold(var configuration):
            configuration.describe(to: &fields)
            self = .buyAndHold(configuration)
        case .movingAverageCrossover(var configuration):
            configuration.describe(to: &fields)
            self = .movingAverageCrossover(configuration)
        }
    }

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
