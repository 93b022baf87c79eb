import Agents
import Environments
import RandomNumbers

extension Solver {
    /// The value of the start, which value iteration gives exactly; for a learner, what its values say.
    func tabular(
        _ model: FiniteModel, _ agent: SolveAgent
    ) throws -> (seeds: [SolveResult.Seed], answers: [KnownAnswer], source: String) {
        let exact = ValueIteration.solve(model)
        let start = ContinuousClock.now
        let answers = [KnownAnswer("exact", exact.values[model.start])]
        switch agent {
        case .valueIteration(let configuration):
            let solution = ValueIteration.solve(model, configuration: configuration)
            let sweeps = solution.residuals.count
            let seed = SolveResult.Seed(
                seed: 1, score: solution.values[model.start], chosenUpdate: nil, updates: sweeps, steps: 0,
                seconds: (ContinuousClock.now - start).seconds, curve: [])
            return ([seed], answers, "no episodes: \(sweeps) sweeps over the law, error at most \(solution.errorBound)")
        case .qLearning(let configuration):
            let results = try seeds.map { seed in
                try learn(model, configuration, seed: seed)
            }
            let agreeing = results.count { $0.greedy == greedyActions(model, exact.pairValues) }
            return (
                results.map(\.seed), answers,
                "steps in the world; the greedy policy is the exact one's with \(agreeing) of \(results.count) seeds"
            )
        case .valueBased: preconditionFailure("checked: the agent is one of the world's")
        }
    }

    private func learn(
        _ model: FiniteModel, _ configuration: QLearningConfiguration, seed: Int
    ) throws -> (seed: SolveResult.Seed, greedy: [[Int]]) {
        let start = ContinuousClock.now
        var learner = QLearning(model, configuration: configuration, key: root.child("training").child(seed))
        var curve: [CurvePoint] = []
        let part = max(1, configuration.steps / 50)
        var steps = 0
        while steps < configuration.steps {
            try Task.checkCancellation()
            let count = min(part, configuration.steps - steps)
            let progress = learner.learn(steps: count)
            steps += count
            curve.append(
                CurvePoint(
                    update: steps, steps: steps, loss: progress.meanAbsoluteError, gradientNorm: nil,
                    meanMaxQ: model.stateValues(of: learner.pairValues)[model.start],
                    exploration: configuration.exploration, learningRate: 0,
                    score: model.stateValues(of: learner.pairValues)[model.start]))
        }
        let result = SolveResult.Seed(
            seed: seed, score: model.stateValues(of: learner.pairValues)[model.start], chosenUpdate: nil,
            updates: steps, steps: steps, seconds: (ContinuousClock.now - start).seconds, curve: curve)
        return (result, greedyActions(model, learner.pairValues))
    }

    /// The best actions of each state; values that differ by rounding are equally good.
    private func greedyActions(_ model: FiniteModel, _ pairValues: [Double]) -> [[Int]] {
        model.states.indices.map { model.bestActions(in: $0, of: pairValues, tolerance: 1e-9).prefix(1) + [] }
    }
}
