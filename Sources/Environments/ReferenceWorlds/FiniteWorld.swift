/// A world of a few states whose law is written down: a finite Markov decision process.
///
/// What an agent can earn in it is the solution of a system of equations, so learners are tried here against exact numbers.
/// Chance acts in every step, so it is no `ReplayableWorld`; tabular learners take it as a `FiniteModel`.
package protocol FiniteWorld: Sendable {
    /// What the states are called; they are numbered in this order.
    var states: [String] { get }

    /// What the actions are called; they are numbered in this order.
    var actions: [String] { get }

    /// γ, what a reward one step ahead is worth, in `0...1`; with 1 every policy has to come to an end.
    var discount: Double { get }

    /// The state in which episodes begin.
    var start: Int { get }

    /// What an action may lead to; empty where it is not valid. Some action is valid in every state, and the probabilities of
    /// a valid one add up to 1.
    func outcomes(of action: Int, in state: Int) -> [FiniteOutcome]
}

/// One of the things that an action may lead to.
package struct FiniteOutcome: Equatable, Sendable {
    package var probability: Double
    package var reward: Double
    /// The state that follows; nil where the episode ends.
    package var next: Int?

    package init(probability: Double, reward: Double, next: Int?) {
        self.probability = probability
        self.reward = reward
        self.next = next
    }
}
