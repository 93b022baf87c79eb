import Environments
import NeuralNetworks

/// What a Q-network looks like.
package struct QNetworkShape: Codable, Equatable, Sendable {
    /// How a window becomes a vector.
    package typealias Encoder = EncoderShape

    /// T, rows of a window; 0 without an encoder.
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
    /// Widths of the rectified layers behind the encoder. The first one joins encoding and numbers.
    package var hidden: [Int]
    /// Whether values are V(s) + A(s, a) − mean over valid actions of A(s, ·) (Wang et al., arXiv 1511.06581, eq. 9).
    package var dueling: Bool

    /// - Precondition: there is no `problem`.
    package init(
        window: Int, features: Int, numbers: Int, actions: Int, scaling: WindowScaling = .none, encoder: Encoder,
        hidden: [Int], dueling: Bool = true
    ) {
        self.window = window
        self.features = features
        self.numbers = numbers
        self.actions = actions
        self.scaling = scaling
        self.encoder = encoder
        self.hidden = hidden
        self.dueling = dueling
        if let problem { preconditionFailure("a Q-network cannot be made: \(problem)") }
    }

    /// The network for a world's states.
    /// - Parameter features: Columns of the world's table; not read without an encoder.
    package init(_ view: WorldView, features: Int, encoder: Encoder, hidden: [Int], dueling: Bool = true) {
        self.init(
            window: encoder == .none ? 0 : view.windowLength, features: encoder == .none ? 0 : features,
            numbers: view.numbers, actions: view.actions, scaling: view.scaling, encoder: encoder, hidden: hidden,
            dueling: dueling)
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
        guard (0...8).contains(numbers) else { return "there are \(numbers) numbers, expected 0…8" }
        guard (1...8).contains(actions) else { return "there are \(actions) actions, expected 1…8" }
        guard (1...8).contains(hidden.count) else { return "there are \(hidden.count) hidden layers, expected 1…8" }
        if let width = hidden.first(where: { !(1...65_536).contains($0) }) {
            return "a hidden layer is \(width) wide, expected 1…65,536"
        }
        return nil
    }
}
