import Agents
import Environments

extension SolveWorld {
    /// The agent with settings that are known to be good in this world.
    ///
    /// - Parameter isTrainedOnFew: Whether Gao's games are learned from a hundred published episodes, which are soon learned
    ///   by heart, and not from as many as one likes.
    package func agent(_ kind: SolveAgent.Kind, isTrainedOnFew: Bool = false) -> SolveAgent {
        guard case .valueBased(var agent) = SolveAgent(kind: kind) else { return SolveAgent(kind: kind) }
        agent.learn { learning in
            switch self {
            case .mountainCar: learning.setForMountainCar()
            case .cartPole: learning.setForCartPole()
            case .gaoUnivariate, .gaoBivariate:
                learning.setForGames()
                if isTrainedOnFew { learning.setForFewEpisodes(isBivariate: self == .gaoBivariate) }
            case .wave: learning.setForWave()
            case .dice, .grid: break
            }
        }
        switch (self, agent) {
        case (.mountainCar, .dqn(var dqn)), (.cartPole, .dqn(var dqn)):
            dqn.hiddenUnits = [64]
            agent = .dqn(dqn)
        case (.wave, .gatedDQN(var recurrent)):
            recurrent.hiddenUnits = 16
            agent = .gatedDQN(recurrent)
        case (.wave, .drqn(var recurrent)):
            recurrent.hiddenUnits = 16
            recurrent.burnIn = NoiselessWave.windowLength - 1
            recurrent.learning.batchSize = 8
            agent = .drqn(recurrent)
        case (.gaoUnivariate, .drqn(var recurrent)), (.gaoBivariate, .drqn(var recurrent)):
            recurrent.sequenceLength = 40
            recurrent.burnIn = GaoGame.windowLength - 1
            recurrent.learning.batchSize = 16
            agent = .drqn(recurrent)
        default: break
        }
        return .valueBased(agent)
    }
}

extension ValueLearningConfiguration {
    /// Returns of five steps carry the distant goal back fast enough that a minute is plenty; the published settings, of one
    /// step, rarely come there at all (`ReferenceWorlds` has both).
    fileprivate mutating func setForMountainCar() {
        headUnits = [64]
        dropout = 0
        dueling = false
        experience = .sampled
        steps = 5
        discount = 0.99
        batchSize = 128
        updates = 60_000
        learningRate = 1e-3
        gradientNorm = 10
        rewardScale = 1
        targetEvery = 600
        replayCapacity = 50_000
        warmUpSteps = 1_000
        stepsPerUpdate = 2
        explorationEnd = 0.07
        explorationFraction = 0.2
        evaluateEvery = 2_000
    }

    /// A falling step size settles what a constant one keeps shaking: fallen poles become rare in replay as the agent gets
    /// better, and are forgotten.
    fileprivate mutating func setForCartPole() {
        headUnits = [64]
        dropout = 0
        dueling = false
        experience = .sampled
        steps = 3
        discount = 0.99
        batchSize = 64
        updates = 40_000
        learningRate = 1e-3
        learningRateEnd = 5e-5
        gradientNorm = 10
        rewardScale = 1
        targetRate = 0.005
        replayCapacity = 50_000
        warmUpSteps = 1_000
        stepsPerUpdate = 1
        explorationEnd = 0.1
        explorationFraction = 0.2
        evaluateEvery = 1_000
    }

    /// Every action from both positions at moments drawn uniformly: a walk at random covers the episodes before learning
    /// begins, and nothing has to be explored.
    fileprivate mutating func setForGames() {
        headUnits = [64]
        dropout = 0
        discount = 0.95
        batchSize = 128
        updates = 20_000
        learningRate = 3e-3
        learningRateEnd = 1e-4
        gradientNorm = 10
        // Squared errors: a jump that is rare and large counts in a mean, and hardly in what Huber's loss settles on.
        huberDelta = 100
        rewardScale = 0.1
        targetRate = 0.005
        policyNetwork = .target
        replayCapacity = 2_000_000
        warmUpSteps = 2_000_000
        stepsPerUpdate = 0
        explorationEnd = 1
        evaluateEvery = 2_000
    }

    /// Smaller steps, a longer mean and weight decay against learning by heart, chosen by `Benchmarks/Ablation/few_episodes.py`. No
    /// episode is left to choose a checkpoint by, so the last one is kept.
    fileprivate mutating func setForFewEpisodes(isBivariate: Bool) {
        updates = isBivariate ? 20_000 : 12_000
        learningRate = 1e-3
        weightDecay = isBivariate ? 0.5 : 0.3
        targetRate = 0.002
        replayCapacity = 200_000
        warmUpSteps = 200_000
        checkpoint = .last
    }

    fileprivate mutating func setForWave() {
        headUnits = [32]
        dropout = 0
        batchSize = 32
        updates = 3_000
        warmUpSteps = 1_000
        episodeLength = 100
        evaluateEvery = 250
    }
}
