import RandomNumbers

/// A world that answers actions with rewards.
///
///     var observation = environment.reset(using: &stream)
///     while true {
///         let step = environment.step(policy.action(for: observation, using: &stream))
///         if step.ending != .none { break }
///         observation = step.observation
///     }
///
/// Environments are values: a copy is a snapshot, and stepping the copy leaves the original where it was.
package protocol Environment<Observation, Action> {
    associatedtype Observation
    associatedtype Action

    /// Starts an episode.
    mutating func reset(using stream: inout RandomStream) -> Observation

    /// Lives through one time step.
    /// - Precondition: the action is valid for the last observation, and that did not end the episode.
    mutating func step(_ action: Action) -> Step<Observation>
}

/// What follows an action.
package struct Step<Observation> {
    package var observation: Observation
    package var reward: Float
    package var ending: Ending

    package init(observation: Observation, reward: Float, ending: Ending) {
        self.observation = observation
        self.reward = reward
        self.ending = ending
    }
}

/// Why an episode stopped: beyond ruin (`terminated`) lies no value; where data end (`truncated`), some.
package enum Ending: Equatable, Sendable { case none, terminated, truncated }

/// A way of acting. Backtests need nothing more.
///
/// What it remembers of an episode is its own, so that each episode is given a copy that was asked nothing yet.
package protocol Policy<Observation, Action>: Sendable {
    associatedtype Observation
    associatedtype Action

    mutating func action(for observation: Observation, using stream: inout RandomStream) -> Action
}
