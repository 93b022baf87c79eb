import Environments
import Foundation
import RandomNumbers

/// What turns a window of bars into an encoding.
package typealias WindowEncoder = QNetworkShape.Encoder

/// Deep Q-learning on one market: the loop of Mnih et al. (Nature 518, 2015, algorithm 1) with the target of van Hasselt,
/// Guez & Silver (AAAI 2016), and with the checkpoint chosen on bars that were not learned from.
///
///     repeat:  act ε-greedily, remember  →  draw a batch  →  one gradient step  →  now and then, try on validation
package struct ValueBasedTrainer: Sendable {
    private let encoder: WindowEncoder
    private let configuration: ValueLearningConfiguration
    private let training: TradingEnvironment
    private let validation: TradingEnvironment
    private let key: RandomKey

    /// - Parameters:
    ///   - encoder: What turns a window into an encoding.
    ///   - configuration: How to learn.
    ///   - training: Where experience is gathered; its span is all that is learned from.
    ///   - validation: Where checkpoints are compared; its span is one episode.
    ///   - key: Initialisation, dropout, exploration and replay draw from streams of their own below it.
    package init(
        encoder: WindowEncoder, configuration: ValueLearningConfiguration, training: TradingEnvironment,
        validation: TradingEnvironment, key: RandomKey
    ) {
        self.encoder = encoder
        self.configuration = configuration
        self.training = training
        self.validation = validation
        self.key = key
    }

    /// One trial on the validation span.
    package struct CurvePoint: Equatable, Sendable {
        /// Updates so far.
        package var update: Int
        /// Mean Huber loss of the updates since the point before, in scaled reward; nil at update 0, as the next two.
        package var loss: Double?
        /// Mean of the highest valid value of the same updates' states, in scaled reward, with dropout.
        package var meanMaxQ: Double?
        /// Mean length of the same updates' gradients, before clipping.
        package var gradientNorm: Double?
        /// ε at this update.
        package var exploration: Double
        /// ln(final / starting equity) on the whole validation span, greedy, net of costs.
        package var validationLogReturn: Double
    }

    package struct Outcome: Sendable {
        /// The checkpoint that did best on the validation span; of equals, the first; never that of update 0.
        package let policy: QPolicy
        /// The update after which it was taken.
        package let chosenUpdate: Int
        /// Mean log return per bar of the chosen checkpoint on the validation span.
        package let validationScore: Double
        /// Update 0, every `evaluateEvery` updates, and the last one.
        package let curve: [CurvePoint]
    }

    /// Trains from scratch. The same key, environments and configuration give the same outcome, to the bit, on one kind of
    /// processor.
    ///
    /// - Parameter progress: Called now and then with the number of updates done since the last call.
    /// - Throws: `NotFiniteError`, or `CancellationError` when the surrounding task is cancelled.
    package func train(progress: (Int) -> Void) throws -> Outcome {
        let features = training.market.features
        return try features.withUnsafeBufferPointer { buffer in
            guard let base = buffer.baseAddress else { preconditionFailure("a market has features") }
            return try train(
                on: FeaturePointer(base, bars: features.bars, features: features.features), progress: progress)
        }
    }

    private func train(on features: FeaturePointer, progress: (Int) -> Void) throws -> Outcome {
        var learning = DoubleQLearning(network: network(features), settings: settings, key: key.child("network"))
        var replayStream = key.stream("replay")
        var explorer = Explorer(environment: training, configuration: configuration, key: key)
        var sampler = ExperienceSampler(environment: training, configuration: configuration)
        var batch = ValueUpdateBatch()
        for step in 0..<configuration.warmUpSteps {
            if step % 1000 == 0 { try Task.checkCancellation() }
            explorer.step(exploration: 1) { _ in .hold }
        }

        var means = RunningMeans()
        var curve: [CurvePoint] = []
        var best: (policy: GreedyQPolicy, point: CurvePoint)?
        func evaluate(at update: Int) {
            let policy = learning.frozenPolicy()
            let point = CurvePoint(
                update: update, loss: means.loss, meanMaxQ: means.meanMaxQ, gradientNorm: means.gradientNorm,
                exploration: exploration(at: update), validationLogReturn: validationLogReturn(of: policy))
            means = RunningMeans()
            curve.append(point)
            // What has learned nothing yet is drawn in the curve but not chosen.
            if update > 0, point.validationLogReturn > best?.point.validationLogReturn ?? -.infinity {
                best = (policy, point)
            }
        }
        evaluate(at: 0)
        for update in 1...configuration.updates {
            try Task.checkCancellation()
            let epsilon = exploration(at: update - 1)
            for _ in 0..<configuration.stepsPerUpdate {
                explorer.step(exploration: epsilon) { state in
                    TradingAction(
                        learning.act(
                            windowEnd: state.now, features: features, numbers: state.account.values,
                            valid: state.validActions.rawValue))
                }
            }
            sampler.fill(&batch, from: explorer.replay, using: &replayStream)
            means.add(try learning.update(batch, features: features))
            if update % configuration.evaluateEvery == 0 || update == configuration.updates { evaluate(at: update) }
            if update % 10 == 0 { progress(10) }
        }
        progress(configuration.updates % 10)
        guard let best else { preconditionFailure("the last update is always evaluated") }
        return Outcome(
            policy: QPolicy(best.policy), chosenUpdate: best.point.update,
            validationScore: best.point.validationLogReturn / Double(validation.span.count - 1), curve: curve)
    }

    private func network(_ features: FeaturePointer) -> QNetwork {
        QNetwork(
            QNetworkShape(
                window: training.translator.windowLength, features: features.features, numbers: AccountFeatures.count,
                actions: TradingAction.allCases.count, encoder: encoder, hidden: [configuration.headUnits],
                dueling: configuration.dueling))
    }

    private var settings: DoubleQSettings {
        var settings = DoubleQSettings()
        settings.adam.learningRate = configuration.learningRate
        settings.target =
            configuration.targetRate.map { .soft(rate: Float($0)) } ?? .copy(every: configuration.targetEvery)
        settings.doubleQ = configuration.doubleQ
        settings.huberThreshold = Float(configuration.huberDelta)
        settings.maximumGradientNorm = configuration.gradientNorm
        settings.dropout = Float(configuration.dropout)
        return settings
    }

    /// ε: falls in a line from its start to its end over the first part of the updates.
    private func exploration(at update: Int) -> Double {
        let share = Double(update) / (configuration.explorationFraction * Double(configuration.updates))
        return configuration.explorationStart
            + (configuration.explorationEnd - configuration.explorationStart) * min(1, share)
    }

    /// The growth of the account when the policy trades the validation span.
    private func validationLogReturn(of policy: GreedyQPolicy) -> Double {
        var environment = validation
        var stream = key.stream("validation")
        let policy = QPolicy(policy)
        var observation = environment.reset(using: &stream)
        while true {
            let step = environment.step(policy.action(for: observation, using: &stream))
            observation = step.observation
            if step.ending != .none { break }
        }
        return log(max(environment.equity / environment.startingCash, 1e-4))
    }
}

/// Means of what updates report.
private struct RunningMeans {
    private var count = 0
    private var sums = SIMD3<Double>()

    mutating func add(_ summary: UpdateSummary) {
        count += 1
        sums += SIMD3(summary.loss, summary.meanMaximalValue, summary.gradientNorm)
    }

    var loss: Double? { mean(0) }
    var meanMaxQ: Double? { mean(1) }
    var gradientNorm: Double? { mean(2) }

    private func mean(_ lane: Int) -> Double? { count > 0 ? sums[lane] / Double(count) : nil }
}
