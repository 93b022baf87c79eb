import Configuration
import Environments

/// The worlds with known answers that `trader solve` knows by name.
package enum SolveWorld: String, CaseIterable, Sendable {
    case mountainCar = "mountain-car"
    case cartPole = "cart-pole"
    case dice
    case grid
    case gaoUnivariate = "gao-univariate"
    case gaoBivariate = "gao-bivariate"
    case wave

    /// One sentence for a list.
    package var summary: String {
        switch self {
        case .mountainCar: "A car too weak for its hill: minus the steps to the goal, 200 at most."
        case .cartPole: "A pole on a cart: the steps it stands, 500 at most."
        case .dice: "Quit for 5, or take 3 and go on with probability 2/3: the value of the game."
        case .grid: "A 3 × 3 board with rewards and a teleport: the value of the start."
        case .gaoUnivariate: "Gao's trading game on noisy waves: mean profit of an episode of 140 steps."
        case .gaoBivariate: "Gao's trading game with a signal that runs ahead: mean profit of an episode."
        case .wave: "A noiseless wave, traded with costs: log return of 10 unseen cycles."
        }
    }

    /// Who can learn in it, the one it is tried with by default first.
    package var agents: [SolveAgent.Kind] {
        switch self {
        case .mountainCar, .cartPole: [.dqn]
        case .dice, .grid: [.qLearning, .valueIteration]
        case .gaoUnivariate, .gaoBivariate, .wave: [.gatedDQN, .lstmDQN, .convolutionDQN, .dqn, .drqn]
        }
    }

    /// - Throws: `ExperimentError` where the agent cannot learn in it.
    package func check(_ kind: SolveAgent.Kind) throws {
        guard agents.contains(kind) else {
            throw ExperimentError(
                "\(kind.rawValue) cannot learn in \(rawValue): choose \(agents.map(\.rawValue).joined(separator: ", "))"
            )
        }
    }

    /// Rows that an agent sees; nil where there is no window.
    var windowLength: Int? {
        switch self {
        case .mountainCar, .cartPole, .dice, .grid: nil
        case .gaoUnivariate, .gaoBivariate: GaoGame.windowLength
        case .wave: NoiselessWave.windowLength
        }
    }

    /// The game of this name, for the two that Gao made.
    package var game: GaoEpisodes.Game? {
        switch self {
        case .gaoUnivariate: .univariate
        case .gaoBivariate: .bivariate
        default: nil
        }
    }
}

/// A score that others are held against: an answer worked out, or a published figure.
package struct KnownAnswer: Codable, Equatable, Sendable {
    package var name: String
    package var score: Double

    init(_ name: String, _ score: Double) {
        self.name = name
        self.score = score
    }
}
