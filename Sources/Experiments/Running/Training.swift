import Agents
import Backtesting
import Environments
import Foundation
import Indicators
import RandomNumbers

/// One training: a symbol, a fold, a replicate.
struct TrainingJob: Sendable {
    let plan: SymbolPlan
    let fold: Fold
    let seed: Int
}

/// What a training leaves behind.
package struct TrainedFold: Sendable {
    package let symbol: String
    package let fold: Int
    package let seed: Int
    package let policy: QPolicy
    /// Of all bars, scaled as on the training bars.
    package let features: FeatureMatrix
    package let scaler: FeatureScaler
    /// The update after which the policy was taken.
    package let chosenUpdate: Int
    /// Mean log return per bar on the validation span.
    package let validationScore: Double
    package let curve: [LearningPoint]
}

extension Experiment {
    /// All trainings, in the order symbol, fold, seed; empty for a strategy that does not learn.
    var trainingJobs: [TrainingJob] {
        guard configuration.agent.learns else { return [] }
        return plans.flatMap { plan in
            plan.folds.flatMap { fold in seeds.map { TrainingJob(plan: plan, fold: fold, seed: $0) } }
        }
    }

    /// Trains one agent on the training bars of a fold and chooses its checkpoint on the validation bars. No later bar is
    /// touched: features are scaled on training bars, and the environments' spans end with theirs.
    ///
    /// - Parameter progress: Called with the number of updates done since the last call.
    func train(_ job: TrainingJob, progress: @escaping @Sendable (Int) -> Void) throws -> TrainedFold {
        guard let raw = job.plan.raw, let learning = configuration.agent.learning else {
            preconditionFailure("only learning agents are trained")
        }
        let scaler = try FeatureScaler.fit(raw, bars: job.fold.training)
        let features = scaler.apply(to: raw, clip: configuration.features.clip)
        let market = TradingMarket(quotes: job.plan.quotes, features: features)
        let translator = job.plan.translator(configuration)
        func environment(_ span: Range<Int>, episodeLength: Int?) -> TradingEnvironment {
            TradingEnvironment(
                market: market, span: span, rules: job.plan.rules, translator: translator,
                startingCash: configuration.trading.startingCash,
                reward: Reward(configuration.trading.reward, rate: configuration.trading.rewardRate),
                episodeLength: episodeLength)
        }
        let key = root.child("training").child(job.plan.symbol).child(job.fold.number).child(job.seed)
        let outcome = try ValueBasedTrainer(
            encoder: configuration.agent.encoder, configuration: learning,
            training: environment(job.fold.training, episodeLength: learning.episodeLength),
            validation: environment(job.fold.validation, episodeLength: nil), key: key
        ).train(progress: progress)
        return TrainedFold(
            symbol: job.plan.symbol, fold: job.fold.number, seed: job.seed, policy: outcome.policy, features: features,
            scaler: scaler, chosenUpdate: outcome.chosenUpdate, validationScore: outcome.validationScore,
            curve: outcome.curve.map {
                LearningPoint(
                    update: $0.update, loss: $0.loss, meanMaxQ: $0.meanMaxQ, gradientNorm: $0.gradientNorm,
                    exploration: $0.exploration, validationLogReturn: $0.validationLogReturn)
            })
    }
}

extension AgentConfiguration {
    /// How it learns; nil for rules.
    var learning: ValueLearningConfiguration? {
        switch self {
        case .gatedDQN(let configuration): configuration.learning
        case .dqn(let configuration): configuration.learning
        case .buyAndHold, .movingAverageCrossover: nil
        }
    }

    /// What turns a window into an encoding.
    var encoder: WindowEncoder {
        switch self {
        case .gatedDQN(let configuration): .gru(hidden: [configuration.hiddenUnits])
        case .dqn(let configuration): .mlp(hidden: configuration.hiddenUnits)
        case .buyAndHold, .movingAverageCrossover: preconditionFailure("rules have no encoder")
        }
    }
}
