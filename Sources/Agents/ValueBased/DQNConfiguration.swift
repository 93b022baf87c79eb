import Configuration

/// Which experience an update learns from.
package enum ExperienceKind: String, CaseIterable, Codable, Sendable, ConfigurationValue {
    /// Every valid action from every position at the sampled bar. Our trades do not move the market, so the successor and
    /// reward of each are known exactly (after Théate & Ernst, “An application of deep reinforcement learning to
    /// algorithmic trading”, Expert Systems with Applications 173, 2021).
    case counterfactual
    /// The action that was taken, from the position that was held.
    case sampled
}

/// How experience is drawn from the replay.
package enum ReplayKind: String, CaseIterable, Codable, Sendable, ConfigurationValue {
    /// Each as likely as any other.
    case uniform
    /// In proportion to how wrong its values were (Schaul et al., arXiv 1511.05952).
    case prioritised
}

/// Which parameters a training leaves behind.
package enum CheckpointChoice: String, CaseIterable, Codable, Sendable, ConfigurationValue {
    /// Those that did best in evaluation; of equals, the first.
    case best
    /// Those of the last update.
    case last
}

/// Whose parameters a policy acts with.
package enum PolicyNetwork: String, CaseIterable, Codable, Sendable, ConfigurationValue {
    /// Those that learn.
    case online
    /// The target network's; with a soft update they are a mean over the last 1/τ updates, which is steadier.
    case target
}

/// How a value-based agent learns: the same for every encoder.
package struct ValueLearningConfiguration: Equatable, Sendable {
    package var headUnits = [64]
    package var dropout = 0.2
    package var dueling = true
    package var doubleQ = true
    package var experience = ExperienceKind.counterfactual
    package var discount = 0.95
    package var steps = 1
    package var batchSize = 64
    package var updates = 2000
    package var learningRate = 0.001
    package var learningRateEnd: Double?
    package var weightDecay = 0.0
    package var gradientNorm = 1.0
    package var huberDelta = 1.0
    package var rewardScale = 100.0
    package var targetEvery = 100
    package var targetRate: Double?
    package var policyNetwork = PolicyNetwork.online
    package var replay = ReplayKind.uniform
    package var priorityExponent = 0.6
    package var priorityCorrection = 0.4
    package var replayCapacity = 20_000
    package var warmUpSteps = 4000
    package var stepsPerUpdate = 1
    package var episodeLength = 252
    package var explorationStart = 1.0
    package var explorationEnd = 0.05
    package var explorationFraction = 0.5
    package var evaluateEvery = 200
    package var checkpoint = CheckpointChoice.best
    package var patience: Int?

    package init() {}

    /// - Parameter fromSequences: Whether it learns from sequences, which are drawn uniformly and whose steps are followed by the
    ///   next: what would say otherwise is left out.
    mutating func describe(to fields: inout some FieldVisitor, fromSequences: Bool = false) {
        fields.field(
            "headUnits", &headUnits,
            "Units of the rectified layers behind the encoding; the first one joins it with the account.", .layers)
        fields.field(
            "dropout", &dropout, "Share of the encoding that is dropped while learning, never while acting.",
            .in(0...0.9))
        fields.field("dueling", &dueling, "Split values into a state's value and the advantages of its valid actions.")
        fields.field(
            "doubleQ", &doubleQ, "Let the online network choose the action whose target value is learned from.")
        fields.field(
            "experience", &experience,
            "counterfactual: every valid action from every position at each sampled bar; sampled: the action taken.")
        fields.field("discount", &discount, "γ, what a reward one bar ahead is worth today.", .in(0...1))
        if !fromSequences {
            fields.field("steps", &steps, "n of n-step returns; more than 1 needs sampled experience.", .in(1...100))
        }
        fields.field(
            "batchSize", &batchSize,
            "Bars drawn from the replay for an update; for drqn each is where a sequence begins.", .in(1...65_536))
        fields.field("updates", &updates, "Gradient steps of a training.", .in(1...100_000_000))
        fields.field("learningRate", &learningRate, "Adam's step size.", .in(1e-8...1))
        fields.field(
            "learningRateEnd", &learningRateEnd,
            "Where the step size has fallen to, in a line, at the last update. Without it: it stays.", .in(1e-8...1))
        fields.field(
            "weightDecay", &weightDecay,
            "How fast parameters fall towards 0, in shares of the learning rate: against learning by heart.",
            .in(0...100))
        fields.field(
            "gradientNorm", &gradientNorm, "Longer gradients are scaled down to this length.", .in(1e-6...1e12))
        fields.field("huberDelta", &huberDelta, "Errors beyond it count linearly, in scaled reward.", .in(1e-6...1e6))
        fields.field(
            "rewardScale", &rewardScale, "Rewards are multiplied by this before learning: 100 counts in percent.",
            .in(1e-6...1e6))
        fields.field("targetEvery", &targetEvery, "Updates between copies to the target network.", .in(1...10_000_000))
        fields.field(
            "targetRate", &targetRate, "τ: let the target follow by this share each update, instead of copying.",
            .in(1e-6...1))
        fields.field(
            "policyNetwork", &policyNetwork,
            "Whose parameters are tried and kept: online, those that learn; target, their mean over the last 1/τ updates."
        )
        if !fromSequences { describeReplay(to: &fields) }
        fields.field("replayCapacity", &replayCapacity, "Steps kept; the oldest is overwritten.", .in(1...100_000_000))
        fields.field("warmUpSteps", &warmUpSteps, "Random steps before the first update.", .in(1...100_000_000))
        fields.field("stepsPerUpdate", &stepsPerUpdate, "Exploring steps before each update.", .in(0...10_000))
        fields.field("episodeLength", &episodeLength, "Bars of a training episode at most.", .in(2...10_000_000))
        fields.field("explorationStart", &explorationStart, "ε at first.", .in(0...1))
        fields.field("explorationEnd", &explorationEnd, "ε at last.", .in(0...1))
        fields.field(
            "explorationFraction", &explorationFraction, "Share of the updates over which ε falls, in a line.",
            .in(0.001...1))
        fields.field(
            "evaluateEvery", &evaluateEvery,
            "Updates between trials on the validation span, which choose the checkpoint.",
            .in(1...100_000_000))
        fields.field(
            "checkpoint", &checkpoint, "best: the parameters that did best on validation; last: the last ones.")
        fields.field(
            "patience", &patience, "Stop after so many trials without a better one. Without it: never.",
            .in(1...1_000_000))
        fields.check(
            steps == 1 || experience == .sampled, "steps",
            "is \(steps), but counterfactual experience looks one step ahead")
        fields.check(
            policyNetwork == .online || targetRate != nil, "policyNetwork",
            "is target, which is a mean only with a targetRate")
        fields.check(
            learningRate * weightDecay < 1, "weightDecay",
            "times learningRate is \(learningRate * weightDecay); from 1 on parameters would change their sign")
        fields.check(
            batchSize <= replayCapacity, "batchSize",
            "is \(batchSize), more than replayCapacity, which is \(replayCapacity); lower it, or raise replayCapacity")
        fields.check(
            evaluateEvery <= updates, "evaluateEvery",
            "is \(evaluateEvery), more than updates, which is \(updates), so that no checkpoint could be chosen; lower it, as "
                + "with --set agent.evaluateEvery=\(updates), or raise updates")
    }

    private mutating func describeReplay(to fields: inout some FieldVisitor) {
        fields.field(
            "replay", &replay,
            "uniform: every experience as likely; prioritised: in proportion to how wrong its values were.")
        fields.field(
            "priorityExponent", &priorityExponent, "α of prioritised replay: how much errors count; 0 is uniform.",
            .in(0...1))
        fields.field(
            "priorityCorrection", &priorityCorrection,
            "β of prioritised replay at first, 1 at last: how far weights make up for uneven drawing.", .in(0...1))
    }
}

/// `gated-dqn`: a GRU over the window (after Wu et al., “Adaptive stock trading strategies with deep reinforcement learning
/// methods”, Information Sciences 538, 2020); and `lstm-dqn`, the same with an LSTM.
package struct RecurrentDQNConfiguration: Configurable {
    package var hiddenUnits = 64
    package var layers = 1
    package var learning = ValueLearningConfiguration()

    package init() {}

    /// Units of each layer.
    package var units: [Int] { [Int](repeating: hiddenUnits, count: layers) }

    package mutating func describe(to fields: inout some FieldVisitor) {
        fields.field("hiddenUnits", &hiddenUnits, "Units of each recurrent layer.", .in(1...4096))
        fields.field("layers", &layers, "Recurrent layers, one on the other.", .in(1...8))
        learning.describe(to: &fields)
    }
}

/// `convolution-dqn`: one-dimensional convolutions over the window.
package struct ConvolutionDQNConfiguration: Configurable {
    package var channels = [32, 32]
    package var kernel = 3
    package var learning = ValueLearningConfiguration()

    package init() {}

    package mutating func describe(to fields: inout some FieldVisitor) {
        fields.field("channels", &channels, "Maps of each rectified convolution over time.", .layers)
        fields.field("kernel", &kernel, "Bars that a convolution reads at a time.", .in(1...100))
        learning.describe(to: &fields)
    }
}

/// `dqn`: a multilayer perceptron over the flattened window.
package struct DQNConfiguration: Configurable {
    package var hiddenUnits = [64, 64]
    package var learning = ValueLearningConfiguration()

    package init() {}

    package mutating func describe(to fields: inout some FieldVisitor) {
        fields.field(
            "hiddenUnits", &hiddenUnits, "Units of each layer over the flattened window.", .layers)
        learning.describe(to: &fields)
    }
}

extension Rule where Value == [Int] {
    /// Widths of layers.
    fileprivate static var layers: Rule {
        .rule("must be one to eight layers of 1 to 4096 units") { units in
            (1...8).contains(units.count) && units.allSatisfy { (1...4096).contains($0) }
        }
    }
}
