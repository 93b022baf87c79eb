import Agents
import Configuration

/// Who decides, with what there is to tune.
package enum AgentConfiguration: ConfigurableChoice {
    case gatedDQN(RecurrentDQNConfiguration)
    case lstmDQN(RecurrentDQNConfiguration)
    case convolutionDQN(ConvolutionDQNConfiguration)
    case dqn(DQNConfiguration)
    case drqn(DRQNConfiguration)
    case buyAndHold(BuyAndHoldConfiguration)
    case movingAverageCrossover(MovingAverageConfiguration)
    case allocation(AllocationConfiguration)

    package enum Kind: String, CaseIterable, Sendable, ConfigurationValue {
        case gatedDQN = "gated-dqn"
        case lstmDQN = "lstm-dqn"
        case convolutionDQN = "convolution-dqn"
        case dqn
        case drqn
        case buyAndHold = "buy-and-hold"
        case movingAverageCrossover = "moving-average-crossover"
        case uniformBuyAndHold = "ubah"
        case uniformConstantRebalanced = "ucrp"
        case bestConstantRebalanced = "bcrp"
        case exponentiatedGradient = "eg"
        case onlineNewtonStep = "ons"
        case passiveAggressive = "pamr"
        case passiveAggressiveTwo = "pamr-2"
        case confidenceWeighted = "cwmr-stdev"
        case movingAverageReversion = "olmar-2"
        case robustMedianReversion = "rmr"
        case universal
        case minimumVariance = "minimum-variance"
        case riskParity = "risk-parity"

        /// The rule of this name that divides an account among assets; nil for who trades one asset.
        package var allocationRule: AllocationConfiguration.Rule? { AllocationConfiguration.Rule(rawValue: rawValue) }
    }

    package init() { self.init(kind: .gatedDQN) }

    package init(kind: Kind) {
        if let rule = kind.allocationRule {
            self = .allocation(AllocationConfiguration(rule))
            return
        }
        switch kind {
        case .gatedDQN: self = .gatedDQN(RecurrentDQNConfiguration())
        case .lstmDQN: self = .lstmDQN(RecurrentDQNConfiguration())
        case .convolutionDQN: self = .convolutionDQN(ConvolutionDQNConfiguration())
        case .dqn: self = .dqn(DQNConfiguration())
        case .drqn: self = .drqn(DRQNConfiguration())
        case .buyAndHold: self = .buyAndHold(BuyAndHoldConfiguration())
        case .movingAverageCrossover: self = .movingAverageCrossover(MovingAverageConfiguration())
        default: preconditionFailure("\(kind.rawValue) is an allocation rule")
        }
    }

    package var kind: Kind {
        switch self {
        case .gatedDQN: .gatedDQN
        case .lstmDQN: .lstmDQN
        case .convolutionDQN: .convolutionDQN
        case .dqn: .dqn
        case .drqn: .drqn
        case .buyAndHold: .buyAndHold
        case .movingAverageCrossover: .movingAverageCrossover
        case .allocation(let configuration):
            Kind(rawValue: configuration.rule.rawValue) ?? .uniformConstantRebalanced
        }
    }

    package mutating func describeChosen(to fields: inout some FieldVisitor) {
        switch self {
        case .gatedDQN(var configuration):
            configuration.describe(to: &fields)
            self = .gatedDQN(configuration)
        case .lstmDQN(var configuration):
            configuration.describe(to: &fields)
            self = .lstmDQN(configuration)
        case .convolutionDQN(var configuration):
            configuration.describe(to: &fields)
            self = .convolutionDQN(configuration)
        case .dqn(var configuration):
            configuration.describe(to: &fields)
            self = .dqn(configuration)
        case .drqn(var configuration):
            configuration.describe(to: &fields)
            self = .drqn(configuration)
        case .buyAndHold(var configuration):
            configuration.describe(to: &fields)
            self = .buyAndHold(configuration)
        case .movingAverageCrossover(var configuration):
            configuration.describe(to: &fields)
            self = .movingAverageCrossover(configuration)
        case .allocation(var configuration):
            configuration.describe(to: &fields)
            self = .allocation(configuration)
        }
    }

    /// Whether it divides one account among all assets, and does not trade each by itself.
    package var isPortfolio: Bool { kind.allocationRule != nil }

    /// Whether it has to be trained.
    package var learns: Bool { learning != nil }

    /// How it learns; nil for rules.
    package var learning: ValueLearningConfiguration? {
        switch self {
        case .gatedDQN(let configuration), .lstmDQN(let configuration): configuration.learning
        case .convolutionDQN(let configuration): configuration.learning
        case .dqn(let configuration): configuration.learning
        case .drqn(let configuration): configuration.learning
        case .buyAndHold, .movingAverageCrossover, .allocation: nil
        }
    }

    /// What turns a window into an encoding.
    /// - Precondition: it learns.
    package var encoder: WindowEncoder {
        switch self {
        case .gatedDQN(let configuration): .gru(hidden: configuration.units)
        case .lstmDQN(let configuration): .lstm(hidden: configuration.units)
        case .convolutionDQN(let configuration):
            .convolution(
                channels: configuration.channels,
                kernels: configuration.channels.map { _ in configuration.kernel })
        case .dqn(let configuration): .mlp(hidden: configuration.hiddenUnits)
        case .drqn(let configuration): .gru(hidden: configuration.units)
        case .buyAndHold, .movingAverageCrossover, .allocation: preconditionFailure("rules have no encoder")
        }
    }

    /// How it learns from sequences; nil for what reads windows, and for rules.
    package var sequences: SequenceLearning? {
        if case .drqn(let configuration) = self { return configuration.sequences }
        return nil
    }

    /// Rows that an update may read. A row takes about 3 kB in layers of 64 units, as it goes through the network that learns
    /// and through its target: 2²² rows are 12 GB, and more than a thousand times what any shipped agent reads.
    private static let mostRows = 1 << 22

    /// What forbids it where windows have so many rows, and what to change; nil if nothing does.
    /// - Parameter windowKey: The key that says how many rows windows have; nil where the world does.
    /// - Precondition: it learns.
    func problem(windowLength: Int, windowKey: String? = nil) -> String? {
        let orWindow = windowKey.map { " or \($0)" } ?? ""
        let batchSize = learning?.batchSize ?? 0
        let rows = batchSize * (sequences.map { $0.burnIn + $0.length + 1 } ?? windowLength)
        guard rows <= Self.mostRows else {
            let what = sequences == nil ? "windows of \(windowLength)" : "sequences of \(rows / batchSize)"
            let keys = sequences == nil ? "" : ", agent.sequenceLength or agent.burnIn"
            return
                "an update of \(batchSize) \(what) rows reads \(rows) rows, and \(Self.mostRows) are the most; change "
                + "agent.batchSize\(sequences == nil ? orWindow : keys)"
        }
        if case .drqn(let configuration) = self, let problem = configuration.problem(windowLength: windowLength) {
            return "\(problem); change agent.burnIn\(orWindow)"
        }
        return encoder.problem(steps: windowLength).map { "\($0); change agent.kernel or agent.channels\(orWindow)" }
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

extension AgentConfiguration {
    /// Changes how it learns, whatever reads its windows.
    mutating func learn(_ change: (inout ValueLearningConfiguration) -> Void) {
        switch self {
        case .gatedDQN(var configuration):
            change(&configuration.learning)
            self = .gatedDQN(configuration)
        case .lstmDQN(var configuration):
            change(&configuration.learning)
            self = .lstmDQN(configuration)
        case .convolutionDQN(var configuration):
            change(&configuration.learning)
            self = .convolutionDQN(configuration)
        case .dqn(var configuration):
            change(&configuration.learning)
            self = .dqn(configuration)
        case .drqn(var configuration):
            change(&configuration.learning)
            self = .drqn(configuration)
        case .buyAndHold, .movingAverageCrossover, .allocation: break
        }
    }
}
