/// The law of a finite world as flat arrays, which learners run through.
///
/// A *pair* is a state and an action that is valid in it. Pairs are numbered state by state, so the values that a learner
/// has of actions are one array, with a stretch for each state.
package struct FiniteModel: Sendable {
    package let states: [String]
    package let actions: [String]
    /// γ.
    package let discount: Double
    package let start: Int
    /// The action of each pair.
    package let pairActions: [Int]
    /// Where the pairs of each state begin, and behind the last state their number.
    private let firstPair: [Int]
    /// Where the outcomes of each pair begin, and behind the last pair their number.
    private let firstOutcome: [Int]
    private let outcomes: [FiniteOutcome]

    /// - Precondition: the world keeps what `FiniteWorld` promises; probabilities may miss 1 by 1e-12.
    package init(_ world: some FiniteWorld) {
        let (states, actions) = (world.states, world.actions)
        precondition((0...1).contains(world.discount), "γ is in 0...1")
        precondition(states.indices.contains(world.start), "episodes begin in one of the states")
        var pairActions: [Int] = []
        var firstPair = [0]
        var firstOutcome = [0]
        var outcomes: [FiniteOutcome] = []
        for state in states.indices {
            for action in actions.indices {
                let possible = world.outcomes(of: action, in: state)
                if possible.isEmpty { continue }
                let sum = possible.reduce(0) { $0 + $1.probability }
                precondition(
                    abs(sum - 1) <= 1e-12 && possible.allSatisfy { $0.probability > 0 },
                    "the outcomes of \(actions[action]) in \(states[state]) have positive probabilities that add up to 1"
                )
                precondition(
                    possible.allSatisfy { $0.next.map(states.indices.contains) ?? true },
                    "\(actions[action]) in \(states[state]) leads to a state")
                outcomes += possible
                pairActions.append(action)
                firstOutcome.append(outcomes.count)
            }
            precondition(firstPair.last != pairActions.count, "some action is valid in \(states[state])")
            firstPair.append(pairActions.count)
        }
        self.states = states
        self.actions = actions
        discount = world.discount
        start = world.start
        self.pairActions = pairActions
        self.firstPair = firstPair
        self.firstOutcome = firstOutcome
        self.outcomes = outcomes
    }

    /// The pairs of a state.
    package func pairs(of state: Int) -> Range<Int> { firstPair[state]..<firstPair[state + 1] }

    /// What a pair may lead to.
    package func outcomes(of pair: Int) -> ArraySlice<FiniteOutcome> {
        outcomes[firstOutcome[pair]..<firstOutcome[pair + 1]]
    }

    /// The outcome that a number drawn from U[0, 1) stands for.
    package func outcome(of pair: Int, at uniform: Double) -> FiniteOutcome {
        let last = firstOutcome[pair + 1] - 1
        var left = uniform
        for index in firstOutcome[pair]..<last {
            left -= outcomes[index].probability
            if left < 0 { return outcomes[index] }
        }
        return outcomes[last]
    }

    /// How much closer one sweep of values brings any two guesses, at least: γ times the largest probability, of all pairs,
    /// that the episode goes on. γ itself where some action never ends the episode.
    package var contraction: Double {
        let goingOn = pairActions.indices.map { pair in
            outcomes(of: pair).reduce(0) { $0 + ($1.next == nil ? 0 : $1.probability) }
        }
        return discount * min(1, goingOn.max() ?? 0)
    }

    /// The value of each state when the best pair is taken, of values that pairs have.
    package func stateValues(of pairValues: [Double]) -> [Double] {
        states.indices.map { state in pairs(of: state).reduce(-.infinity) { max($0, pairValues[$1]) } }
    }

    /// The actions of a state whose value misses the best one's by `tolerance` or less, in their order.
    package func bestActions(in state: Int, of pairValues: [Double], tolerance: Double = 0) -> [Int] {
        let best = pairs(of: state).reduce(-.infinity) { max($0, pairValues[$1]) }
        return pairs(of: state).filter { pairValues[$0] >= best - tolerance }.map { pairActions[$0] }
    }
}
