import Environments
import Foundation
import NeuralNetworks
import RandomNumbers

/// A training under way: all that changes while it goes on.
///
/// Not copyable, since copies would learn in the same memory.
struct TrainingCourse<World: ReplayableWorld>: ~Copyable {
    private let trainer: ValueBasedTrainer<World>
    private let features: FeaturePointer
    private var learning: DoubleQLearning
    private var explorer: Explorer<World>
    private var sampler: ExperienceSampler<World>
    private var replayStream: RandomStream
    private var batch = ValueUpdateBatch()
    private var means = RunningMeans()
    private var curve: [CurvePoint] = []
    private var chosen: (policy: GreedyQPolicy, point: CurvePoint)?
    private var highestScore = -Double.infinity
    private var evaluationsSinceBest = 0

    private var configuration: ValueLearningConfiguration { trainer.configuration }

    init(_ trainer: ValueBasedTrainer<World>, _ features: FeaturePointer) {
        self.trainer = trainer
        self.features = features
        let configuration = trainer.configuration
        learning = DoubleQLearning(
            network: trainer.network, settings: configuration.doubleQSettings, key: trainer.key.child("network"))
        explorer = Explorer(
            world: trainer.world, memory: trainer.freshMemory, configuration: configuration, key: trainer.key)
        sampler = ExperienceSampler(
            world: trainer.world, configuration: configuration, sequences: trainer.sequences)
        replayStream = trainer.key.stream("replay")
    }

    /// Random steps before anything is learned.
    mutating func warmUp() throws {
        for step in 0..<configuration.warmUpSteps {
            if step % 1000 == 0 { try Task.checkCancellation() }
            explore(probability: 1)
        }
    }

    /// Takes a step, a random one with the probability given.
    private mutating func explore(probability: Double) {
        // What is remembered with an experience has to be read by now, whoever decides.
        if explorer.memory.keptWidth > 0 {
            learning.read(&explorer.memory, through: explorer.worldState.windowEnd, of: features)
        }
        explorer.take(
            explorer.randomAction(probability: probability)
                ?? learning.act(explorer.worldState, &explorer.memory, features: features).action)
    }

    /// Whether there is nothing more to do: all updates are done, or none has been of use for long.
    var isOver: Bool {
        learning.updates >= configuration.updates
            || configuration.patience.map { evaluationsSinceBest >= $0 } ?? false
    }

    /// Explores, learns from one batch, and evaluates where it is time.
    mutating func update() throws -> CurvePoint? {
        let epsilon = configuration.exploration(at: learning.updates)
        for _ in 0..<configuration.stepsPerUpdate { explore(probability: epsilon) }
        sampler.fill(
            &batch, from: explorer.replay, correction: configuration.priorityCorrection(at: learning.updates),
            using: &replayStream)
        learning.learningRate = configuration.learningRate(at: learning.updates)
        means.add(try learning.update(batch, features: features))
        if configuration.replay == .prioritised { explorer.setErrors(learning.absoluteErrors, of: batch) }
        let isDue =
            learning.updates % configuration.evaluateEvery == 0 || learning.updates == configuration.updates
        return isDue ? try evaluate() : nil
    }

    /// Tries the policy as it is, and keeps it where it is the best so far.
    mutating func evaluate() throws -> CurvePoint {
        let policy = learning.frozenPolicy(configuration.policyNetwork)
        let score = trainer.evaluation.score(policy)
        guard score.isFinite else { throw learning.failure(.score, batch, features) }
        let point = CurvePoint(
            update: learning.updates, steps: explorer.steps, loss: means.loss, gradientNorm: means.gradientNorm,
            meanMaxQ: trainer.evaluation.meanMaximalValue(policy),
            exploration: configuration.exploration(at: learning.updates),
            learningRate: configuration.learningRate(at: learning.updates), score: score)
        means = RunningMeans()
        curve.append(point)
        // What has learned nothing yet is drawn in the curve but not chosen.
        guard learning.updates > 0 else { return point }
        let isBest = score > highestScore
        highestScore = max(highestScore, score)
        evaluationsSinceBest = isBest ? 0 : evaluationsSinceBest + 1
        if isBest || configuration.checkpoint == .last { chosen = (policy, point) }
        return point
    }

    /// - Precondition: the training is over.
    var outcome: ValueBasedTrainer<World>.Outcome {
        guard let chosen else { preconditionFailure("the last update is always evaluated") }
        return ValueBasedTrainer.Outcome(
            policy: chosen.policy, chosenUpdate: chosen.point.update, score: chosen.point.score, curve: curve)
    }

    var state: TrainingState<World> {
        TrainingState(
            learning: learning.state, explorer: explorer.state, replayPosition: replayStream.position, means: means,
            curve: curve,
            chosen: chosen.map { .init(parameters: Data(bitsOf: $0.policy.parameters), point: $0.point) },
            highestScore: highestScore, evaluationsSinceBest: evaluationsSinceBest)
    }

    mutating func restore(_ state: TrainingState<World>) throws {
        try learning.restore(state.learning)
        try explorer.restore(state.explorer)
        replayStream = replayStream.moved(to: state.replayPosition)
        means = state.means
        curve = state.curve
        evaluationsSinceBest = state.evaluationsSinceBest
        highestScore = state.highestScore
        chosen = nil
        guard let kept = state.chosen else { return }
        let parameters = try kept.parameters.elements(of: Float.self)
        guard parameters.count == trainer.network.layout.count else {
            throw TrainingStateError("the chosen checkpoint is of another network")
        }
        chosen = (GreedyQPolicy(network: trainer.network, parameters: parameters), kept.point)
    }
}

extension ValueLearningConfiguration {
    fileprivate var doubleQSettings: DoubleQSettings {
        var settings = DoubleQSettings()
        settings.adam.learningRate = learningRate
        settings.adam.weightDecay = weightDecay
        settings.target = targetRate.map { .soft(rate: Float($0)) } ?? .copy(every: targetEvery)
        settings.doubleQ = doubleQ
        settings.huberThreshold = Float(huberDelta)
        settings.maximumGradientNorm = gradientNorm
        settings.dropout = Float(dropout)
        return settings
    }
}
