import Configuration

/// What is carried into a sequence that is learned from.
package enum InitialState: String, CaseIterable, Codable, Sendable, ConfigurationValue {
    /// Zeros (Hausknecht and Stone, arXiv 1507.06527, “bootstrapped random updates”).
    case zero
    /// What was carried there when the agent lived through it, by the parameters of then (Kapturowski et al., “Recurrent
    /// experience replay in distributed reinforcement learning”, ICLR 2019).
    case stored
}

/// How a network that carries its state learns from sequences.
package struct SequenceLearning: Equatable, Sendable {
    /// Steps that are learned from, as far as the episode has them; positive.
    package var length: Int
    /// Rows before them; fewer than the world's window has, so that there always are some.
    package var burnIn: Int
    package var initialState: InitialState

    package init(length: Int, burnIn: Int, initialState: InitialState) {
        self.length = length
        self.burnIn = burnIn
        self.initialState = initialState
    }
}

/// `drqn`: a GRU that reads each row once and carries its state along (Hausknecht and Stone, “Deep recurrent Q-learning for
/// partially observable MDPs”, arXiv 1507.06527).
package struct DRQNConfiguration: Configurable {
    package var hiddenUnits = 64
    package var layers = 1
    package var sequenceLength = 20
    package var burnIn = 10
    package var initialState = InitialState.zero
    package var learning = ValueLearningConfiguration()

    package init() { learning.batchSize = 16 }

    /// Units of each layer.
    package var units: [Int] { [Int](repeating: hiddenUnits, count: layers) }

    package var sequences: SequenceLearning {
        SequenceLearning(length: sequenceLength, burnIn: burnIn, initialState: initialState)
    }

    /// What forbids it where windows have so many rows; nil if nothing does.
    package func problem(windowLength: Int) -> String? {
        guard burnIn >= windowLength else { return nil }
        return
            "burnIn is \(burnIn), but an episode begins with a window of \(windowLength) rows, so that a burn-in may have "
            + "\(windowLength - 1) at most"
    }

    package mutating func describe(to fields: inout some FieldVisitor) {
        fields.field("hiddenUnits", &hiddenUnits, "Units of each recurrent layer.", .in(1...4096))
        fields.field("layers", &layers, "Recurrent layers, one on the other.", .in(1...8))
        fields.field(
            "sequenceLength", &sequenceLength,
            "Bars of a sequence that are learned from; fewer where the episode ends before.", .in(1...10_000))
        fields.field(
            "burnIn", &burnIn,
            "Bars read before them, to bring what is carried up to date; fewer than the window has.", .in(0...9999))
        fields.field(
            "initialState", &initialState,
            "What is carried into a sequence. zero: nothing; stored: what was when the agent lived through it.")
        learning.describe(to: &fields, fromSequences: true)
        fields.check(
            sequenceLength <= learning.episodeLength, "sequenceLength", "exceeds episodeLength, so none could be whole")
        fields.check(
            initialState == .zero || learning.stepsPerUpdate > 0, "initialState",
            "is stored, but with stepsPerUpdate 0 all that is stored comes from before the first update, of a network that has "
                + "learned nothing: set stepsPerUpdate, such as 1, and fewer warmUpSteps")
    }
}
