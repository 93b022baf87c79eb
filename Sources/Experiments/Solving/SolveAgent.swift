import Agents
import Configuration

/// What `trader solve` tunes: the agent and how it learns.
package struct SolveConfiguration: Configurable {
    package var agent = SolveAgent()

    package init() {}

    init(_ agent: SolveAgent) { self.agent = agent }

    package mutating func describe(to fields: inout some FieldVisitor) {
        fields.section("agent", &agent, "Who learns.")
    }
}

/// Who is tried in a world with a known answer.
package enum SolveAgent: ConfigurableChoice {
    case valueIteration(ValueIterationConfiguration)
    case qLearning(QLearningConfiguration)
    /// An agent that strategies know too, which learns values.
    case valueBased(AgentConfiguration)

    package enum Kind: String, CaseIterable, Sendable, ConfigurationValue {
        case valueIteration = "value-iteration"
        case qLearning = "q-learning"
        case dqn
        case drqn
        case gatedDQN = "gated-dqn"
        case lstmDQN = "lstm-dqn"
        case convolutionDQN = "convolution-dqn"
    }

    package init() { self.init(kind: .dqn) }

    package init(kind: Kind) {
        switch kind {
        case .valueIteration: self = .valueIteration(ValueIterationConfiguration())
        case .qLearning: self = .qLearning(QLearningConfiguration())
        case .dqn: self = .valueBased(AgentConfiguration(kind: .dqn))
        case .drqn: self = .valueBased(AgentConfiguration(kind: .drqn))
        case .gatedDQN: self = .valueBased(AgentConfiguration(kind: .gatedDQN))
        case .lstmDQN: self = .valueBased(AgentConfiguration(kind: .lstmDQN))
        case .convolutionDQN: self = .valueBased(AgentConfiguration(kind: .convolutionDQN))
        }
    }

    package var kind: Kind {
        switch self {
        case .valueIteration: .valueIteration
        case .qLearning: .qLearning
        case .valueBased(let agent):
            switch agent.kind {
            case .gatedDQN: .gatedDQN
            case .lstmDQN: .lstmDQN
            case .convolutionDQN: .convolutionDQN
            case .drqn: .drqn
            default: .dqn
            }
        }
    }

    package mutating func describeChosen(to fields: inout some FieldVisitor) {
        switch self {
        case .valueIteration(var configuration):
            configuration.describe(to: &fields)
            self = .valueIteration(configuration)
        case .qLearning(var configuration):
            configuration.describe(to: &fields)
            self = .qLearning(configuration)
        case .valueBased(var agent):
            agent.describeChosen(to: &fields)
            self = .valueBased(agent)
        }
    }

    /// Gradient steps of a training; 0 for tabular agents.
    var updates: Int {
        if case .valueBased(let agent) = self { return agent.learning?.updates ?? 0 }
        return 0
    }
}
