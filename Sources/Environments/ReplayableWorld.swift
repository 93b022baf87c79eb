import Indicators
import RandomNumbers

/// A world that value-based agents learn in: an episode can be taken up again at any remembered moment.
///
///     world.begin(using: &stream)
///     while true {
///         let moment = world.moment                  // what a replay buffer keeps
///         let outcome = world.advance(action)        // the same from the same moment, however often
///         if outcome.ending != .none { break }
///     }
///
/// Chance enters where an episode begins and nowhere else, so experience is remembered as a moment and an action, some
/// dozens of bytes however long the observation, and is lived through again when it is learned from.
package protocol ReplayableWorld: Sendable {
    /// Where an episode stands: everything that its future depends on. Its largest fields come first, so that no bytes lie
    /// unused between them, and equal moments have equal bytes where they are kept.
    associatedtype Moment: BitwiseCopyable, Sendable

    /// Setting it continues from there.
    var moment: Moment { get set }

    /// Starts an episode.
    mutating func begin(using stream: inout RandomStream)

    /// Lives through one time step.
    /// - Precondition: the action is valid at this moment, and the episode has not ended.
    mutating func advance(_ action: UInt8) -> (reward: Float, ending: Ending)

    /// What an agent sees of this moment.
    var state: WorldState { get }

    /// Appends the other moments of the same time that the world could be in had the agent acted otherwise before. A world
    /// that actions change has none; a market that our trades do not move has one for each other position.
    func appendAlternatives(
        to moment: Moment, using stream: inout RandomStream, into alternatives: inout [Moment])

    /// The rows that windows are cut from; nil for a world whose states have no window.
    var table: FeatureMatrix? { get }

    /// The form of its states.
    var view: WorldView { get }
}

extension ReplayableWorld {
    package func appendAlternatives(
        to moment: Moment, using stream: inout RandomStream, into alternatives: inout [Moment]
    ) {}

    package var table: FeatureMatrix? { nil }
}

/// What an agent sees: a window of the world's table, and some numbers beside it.
package struct WorldState: Equatable, Sendable {
    /// The row of the table that the window ends with; not read where the world has no table.
    package var windowEnd: Int
    /// The numbers; `WorldView.numbers` says how many count.
    package var numbers: SIMD8<Float>
    /// The valid actions, bit *a* for action *a*; never 0.
    package var valid: UInt8

    package init(windowEnd: Int = 0, numbers: SIMD8<Float>, valid: UInt8) {
        self.windowEnd = windowEnd
        self.numbers = numbers
        self.valid = valid
    }
}

/// The form that a world's states have.
package struct WorldView: Equatable, Sendable {
    /// T, rows of a window; 0 without a table.
    package var windowLength: Int
    /// Numbers beside the window, `0...8`.
    package var numbers: Int
    /// N, actions, `1...8`.
    package var actions: Int
    package var scaling: WindowScaling

    package init(windowLength: Int, numbers: Int, actions: Int, scaling: WindowScaling = .none) {
        self.windowLength = windowLength
        self.numbers = numbers
        self.actions = actions
        self.scaling = scaling
    }
}

/// What is done to a window before a network reads it.
package enum WindowScaling: String, Codable, Equatable, Sendable {
    /// Nothing: the rows are scaled already.
    case none
    /// Each column becomes 100 · (value / mean of the window's column − 1), so that only its course matters and not its
    /// level (Gao, arXiv 1803.03916, section 3).
    case relativeToMean
}
