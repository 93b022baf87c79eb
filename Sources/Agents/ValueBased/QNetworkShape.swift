import Environments
import NeuralNetworks

/// What a Q-network looks like.
package struct QNetworkShape: Codable, Equatable, Sendable {
    /// How a window becomes a vector.
    package typealias Encoder = EncoderShape

    /// T, rows of a window; 0 without an encoder, 1 where the state is carried.
    package var window: Int
    /// F, features of a row; 0 without an encoder.
    package var features: Int
    /// M, numbers beside the window, `0...8`.
    package var numbers: Int
    /// N, actions; at most 8, since masks are bytes.
    package var actions: Int
    /// What is done to a window before it is encoded.
    package var scaling: WindowScaling
    package var encoder: Encoder
    /// Whether the encoder's state is carried from row to row of an episode (Hausknecht and Stone, arXiv 1507.06527), so that
    /// each row is read once; otherwise each state has a window that is read from a zero state.
    package var carriesState: Bool
    /// Widths of the rectified layers behind the encoder. The first one joins encoding and numbers.
    package var hidden: [Int]
    /// Whether values are V(s) + A(s, a) − mean over valid actions of A(s, ·) (Wang et al., arXiv 1511.06581, eq. 9).
    package var dueling: Bool

    /// - Precondition: there is no `problem`.
    package init(
        window: Int, features: Int, numbers: Int, actions: Int, scaling: WindowScaling = .none, encoder: Encoder,
        carriesState: Bool = false, hidden: [Int], dueling: Bool = true
    ) {
        self.window = window
        self.features = features
        self.numbers = numbers
        self.actions = actions
        self.scaling = scaling
        self.encoder = encoder
        self.carriesState = carriesState
        self.hidden = hidden
        self.dueling = dueling
        if let problem { preconditionFailure("a Q-network cannot be made: \(problem)") }
    }

    /// The network for a world's states.
    /// - Parameter features: Columns of the world's table; not read without an encoder.
    package init(
        _ view: WorldView, features: Int, encoder: Encoder, carriesState: Bool = false, hidden: [Int],
        dueling: Bool = true
    ) {
        self.init(
            window: encoder == .none ? 0 : carriesState ? 1 : view.windowLength,
            features: encoder == .none ? 0 : features, numbers: view.numbers, actions: view.actions,
            scaling: view.scaling, encoder: encoder, carriesState: carriesState, hidden: hidden, dueling: dueling)
    }

    /// What forbids such a network; nil if nothing does.
    package var problem: String? {
        if let problem = encoder.problem(steps: window) { return problem }
        if encoder == .none {
            guard features == 0 else { return "there is no encoder for \(features) features" }
            guard numbers > 0 else { return "without an encoder and without numbers there is nothing to read" }
        } else {
            guard (1...65_536).contains(features) else { return "a row has \(features) features, expected 1…65,536" }
        }
        if carriesState {
            guard encoder.isRecurrent else { return "only a GRU or an LSTM carries a state" }
            guard window == 1 else { return "a carried state reads one row at a time, not \(window)" }
            guard scaling == .none else { return "a single row cannot be scaled by the mean of its window" }
        }
        guard (0...8).contains(numbers) else { return "there are \(numbers) numbers, expected 0…8" }
        guard (1...8).contains(actions) else { return "there are \(actions) actions, expected 1…8" }
        guard (1...8).contains(hidden.count) else { return "there are \(hidden.count) hidden layers, expected 1…8" }
        if let width = hidden.first(where: { !(1...65_536).contains($0) }) {
            return "a hidden layer is \(width) wide, expected 1…65,536"
        }
        return nil
    }
}
