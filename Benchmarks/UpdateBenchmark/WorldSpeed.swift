import Agents
import Environments
import RandomNumbers

/// Steps of Mountain Car a second with one gradient step each: acting, the world, replay, drawing, learning, all of it, with
/// two layers of 32 and batches of 64.
func mountainCarSpeed(updates: Int) throws -> Double {
    var configuration = ValueLearningConfiguration()
    configuration.headUnits = [32, 32]
    configuration.dropout = 0
    configuration.dueling = false
    configuration.experience = .sampled
    configuration.discount = 0.99
    configuration.batchSize = 64
    configuration.updates = updates
    configuration.replayCapacity = 50_000
    configuration.warmUpSteps = 2_000
    configuration.stepsPerUpdate = 1
    configuration.explorationStart = 0.1
    configuration.explorationEnd = 0.01
    configuration.evaluateEvery = updates
    let trainer = ValueBasedTrainer(
        encoder: .none, configuration: configuration, world: MountainCar(),
        evaluation: Evaluation(world: MountainCar(), probes: []) { _ in 0 }, key: RandomKey(seed: 1))
    return Double(updates) / (try seconds { _ = try trainer.train(observer: UnwatchedTraining()) })
}
