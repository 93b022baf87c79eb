import Environments
import RandomNumbers

/// Learns the values of actions in a finite world from steps in it, without knowing its law.
///
///     Q(s, a) ← Q(s, a) + α·(r + γ·max over valid a' of Q(s', a') − Q(s, a))        0 for what is beyond an end
///
/// Actions are ε-greedy; of equal values the first action counts as the best. The n-th update of a pair has α = h / (h + n − 1):
/// the first replaces the initial value, the sum of all α diverges and that of their squares does not, which with every pair
/// visited for ever is enough for Q to become exact. It becomes so fast, with an error of the order 1/√n, only where
/// h·(1 − ρ) > ½ (ρ = `FiniteModel.contraction`): with h = 1 and γ near 1, old and poor targets are forgotten too slowly.
///
/// A learner is a value: a copy goes on as the original does, to the bit.
///
/// - SeeAlso: Watkins and Dayan, “Q-learning”, Machine Learning 8, 1992; Even-Dar and Mansour, “Learning rates for
///   Q-learning”, JMLR 5, 2003.
package struct QLearning: Sendable {
    package let model: FiniteModel
    private let configuration: QLearningConfiguration
    /// Q, one for each pair of the model.
    package private(set) var pairValues: [Double]
    /// How often each pair was updated.
    private var updates: [Int]
    private var state: Int
    private var worldStream: RandomStream
    private var explorationStream: RandomStream

    /// What learning looked like over some steps.
    package struct Progress: Equatable, Sendable {
        package var steps: Int
        /// Episodes that ended in them.
        package var episodes: Int
        /// Mean reward of a step, exploring ones included.
        package var meanReward: Double
        /// Mean of |r + γ·max Q(s', ·) − Q(s, a)|. It stays at the spread of the outcomes, however exact Q is.
        package var meanAbsoluteError: Double
    }

    /// - Parameter key: The world's chance and exploration draw from streams of their own below it.
    package init(_ model: FiniteModel, configuration: QLearningConfiguration = .init(), key: RandomKey) {
        self.model = model
        self.configuration = configuration
        pairValues = [Double](repeating: configuration.initialValue, count: model.pairActions.count)
        updates = [Int](repeating: 0, count: model.pairActions.count)
        state = model.start
        worldStream = key.stream("world")
        explorationStream = key.stream("exploration")
    }

    /// Takes steps, and learns from each. An episode that ended is followed by one that begins at the start.
    /// - Precondition: `count` is positive.
    @discardableResult
    package mutating func learn(steps count: Int) -> Progress {
        precondition(count > 0, "there is a step to learn from")
        var progress = Progress(steps: count, episodes: 0, meanReward: 0, meanAbsoluteError: 0)
        for _ in 0..<count {
            let pair = choice()
            let outcome = model.outcome(of: pair, at: worldStream.uniform())
            let following = outcome.next.map { pairValues[best(in: $0)] } ?? 0
            let error = outcome.reward + model.discount * following - pairValues[pair]
            let halving = configuration.stepSizeHalving
            pairValues[pair] += halving / (halving + Double(updates[pair])) * error
            updates[pair] += 1
            state = outcome.next ?? model.start
            progress.episodes += outcome.next == nil ? 1 : 0
            progress.meanReward += outcome.reward / Double(count)
            progress.meanAbsoluteError += abs(error) / Double(count)
        }
        return progress
    }

    private mutating func choice() -> Int {
        let pairs = model.pairs(of: state)
        return explorationStream.uniform() < configuration.exploration
            ? pairs.lowerBound + explorationStream.index(below: pairs.count) : best(in: state)
    }

    private func best(in state: Int) -> Int {
        let pairs = model.pairs(of: state)
        var best = pairs.lowerBound
        for pair in pairs.dropFirst() where pairValues[pair] > pairValues[best] { best = pair }
        return best
    }
}
