import Agents
import Environments
import RandomNumbers
import Testing

@Test(arguments: 1...5)
func qLearningFindsTheValueOfTheDiceGame(seed: Int) {
    var learner = QLearning(FiniteModel(DiceGame()), key: RandomKey(seed: UInt64(seed)))
    learner.learn(steps: QLearningConfiguration().steps)
    // With n updates of the throw, α = h / n, λ = 1 − ⅔ and an outcome's spread σ = 9·√(⅔·⅓), the error's deviation is
    // h·σ / √((2hλ − 1)·n): for h = 10 and n = 4,500,000 it is 0.0084, and 0.05 is six of them.
    #expect(abs(learner.pairValues[DiceGame.throwing] - 9) < 0.05, "\(learner.pairValues)")
    #expect(learner.pairValues[DiceGame.quit] == 5)
}

@Test(arguments: 1...5)
func qLearningWalksTheGridAsValueIterationDoes(seed: Int) {
    let model = FiniteModel(GridWorld())
    let exact = ValueIteration.solve(model).pairValues
    var learner = QLearning(model, key: RandomKey(seed: UInt64(seed)))
    learner.learn(steps: 1_000_000)
    for state in model.states.indices {
        #expect(
            model.bestActions(in: state, of: learner.pairValues)
                == model.bestActions(in: state, of: exact, tolerance: 1e-9), "cell \(state)")
    }
    // Within half the least gap between best and second-best, the policy cannot be another.
    let error = zip(learner.pairValues, exact).reduce(0) { max($0, abs($1.0 - $1.1)) }
    #expect(error < 0.729 / 2, "\(error)")
}

/// One state, one action, one step: a coin.
private struct Coin: FiniteWorld {
    let states = ["in"]
    let actions = ["throw"]
    let discount = 1.0
    let start = 0

    func outcomes(of action: Int, in state: Int) -> [FiniteOutcome] {
        [FiniteOutcome(probability: 0.5, reward: 1, next: nil), FiniteOutcome(probability: 0.5, reward: 0, next: nil)]
    }
}

/// From a to b for 1, from b to the end for 4.
private struct Chain: FiniteWorld {
    let states = ["a", "b"]
    let actions = ["go"]
    let discount = 0.5
    let start = 0

    func outcomes(of action: Int, in state: Int) -> [FiniteOutcome] {
        [FiniteOutcome(probability: 1, reward: state == 0 ? 1 : 4, next: state == 0 ? 1 : nil)]
    }
}

private func averaging() -> QLearningConfiguration {
    var configuration = QLearningConfiguration()
    configuration.stepSizeHalving = 1
    return configuration
}

@Test func withAStepSizeOfOneOverNAValueIsTheMeanOfItsTargets() {
    var learner = QLearning(FiniteModel(Coin()), configuration: averaging(), key: RandomKey(seed: 1))
    let progress = learner.learn(steps: 1000)
    // Two ways of adding up a thousand numbers.
    #expect(abs(learner.pairValues[0] - progress.meanReward) < 1e-12)
    #expect(progress.episodes == 1000 && progress.steps == 1000)
    // A binomial count of 1,000 fair throws has deviation 16.
    #expect(abs(progress.meanReward - 0.5) < 5 * 0.016)
}

@Test func updatesByHand() {
    var learner = QLearning(FiniteModel(Chain()), configuration: averaging(), key: RandomKey(seed: 1))
    // a: 1 + ½·0. b: 4. a: 1 + ½·(1 + ½·4 − 1) = 2. b stays. a: 2 + ⅓·(3 − 2).
    let expected = [[1, 0], [1, 4], [2, 4], [2, 4], [7.0 / 3, 4]]
    let errors = [1.0, 4, 2, 0, 1]
    for (step, values) in expected.enumerated() {
        let progress = learner.learn(steps: 1)
        #expect(learner.pairValues == values)
        #expect(progress.meanAbsoluteError == errors[step] && progress.episodes == step % 2)
    }
}

@Test func aCopyGoesOnAsTheOriginal() {
    let model = FiniteModel(GridWorld())
    var whole = QLearning(model, key: RandomKey(seed: 3))
    whole.learn(steps: 20_000)
    var part = QLearning(model, key: RandomKey(seed: 3))
    part.learn(steps: 7_001)
    var copy = part
    copy.learn(steps: 12_999)
    #expect(copy.pairValues == whole.pairValues)
    var other = QLearning(model, key: RandomKey(seed: 4))
    other.learn(steps: 20_000)
    #expect(other.pairValues != whole.pairValues)
}
