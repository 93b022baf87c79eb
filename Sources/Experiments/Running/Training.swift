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
    /// Its name is such as `AAPL-fold1-seed3`, or `AAPL-seed3` where nothing is tested: what its files are called.
    let training: TrainingLog.Training
}

/// What a training leaves behind.
package struct TrainedFold: Sendable {
    package let symbol: String
    package let fold: Int
    package let seed: Int
    /// Such as `AAPL-fold1-seed3`, or `AAPL-seed3` where nothing is tested: what its files are called.
    package let name: String
    package let policy: QPolicy
    /// Of all bars, scaled as on the training bars.
    package let features: FeatureMatrix
    package let scaler: FeatureScaler
    /// The update after which the policy was taken.
    package let chosenUpdate: Int
    /// Mean log return per bar on the validation span.
    package let validationScore: Double
    /// nil for a model that was trained before.
    package let curve: LearningCurve?
}

extension Experiment {
    /// All trainings, in the order symbol, fold, seed; empty where nothing is to be learned.
    var trainingJobs: [TrainingJob] {
        guard configuration.agent.learns, purpose.models == nil else { return [] }
        let slugs = fileSlugs(plans.map(\.symbol))
        return plans.flatMap { plan in
            plan.folds.flatMap { fold in
                seeds.map { seed in
                    let symbol = slugs[plan.symbol] ?? fileSlug(plan.symbol)
                    let training = TrainingLog.Training(
                        purpose.isTraining ? "\(symbol)-seed\(seed)" : "\(symbol)-fold\(fold.number)-seed\(seed)",
                        labels: [
                            "name": .string(name), "symbol": .string(plan.symbol), "seed": .integer(seed),
                            "fold": purpose.isTraining ? .null : .integer(fold.number),
                        ], scoreKey: "validationLogReturn")
                    return TrainingJob(plan: plan, fold: fold, seed: seed, training: training)
                }
            }
        }
    }

    /// Trains everything there is to train.
    ///
    /// - Parameters: As for `run`.
    /// - Returns: In the order symbol, fold, seed.
    /// - Throws: As `run`.
    package func train(
        workers: Int, observer: any RunObserver, store: (any TrainingStore)? = nil
    ) async throws -> [TrainedFold] {
        if let models = purpose.models { return plans.flatMap(models.trained(on:)) }
        let jobs = trainingJobs
        observer.begin(trainings: jobs.count, updates: jobs.count * (configuration.agent.learning?.updates ?? 0))
        return try await parallelMap(jobs, workers: workers) { job in
            let result = try train(job, observer: observer, store: store)
            observer.didFinish(job.training.name)
            return result
        }
    }

    /// Trains one agent on the training bars of a fold and chooses its checkpoint on the validation bars. No later bar is
    /// touched: features are scaled on training bars, and the environments' spans end with theirs.
    ///
    /// - Parameter store: Where the training may have been kept, and is; nil keeps nothing.
    func train(_ job: TrainingJob, observer: any RunObserver, store: (any TrainingStore)?) throws -> TrainedFold {
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
        let validation = environment(job.fold.validation, episodeLength: nil)
        let key = root.child("training").child(job.plan.symbol).child(job.fold.number).child(job.seed)
        let trainer = ValueBasedTrainer(
            encoder: configuration.agent.encoder, sequences: configuration.agent.sequences, configuration: learning,
            world: environment(job.fold.training, episodeLength: learning.episodeLength),
            evaluation: validation.evaluation(key: key.child("validation")), key: key)
        let outcome: ValueBasedTrainer<TradingEnvironment>.Outcome
        do {
            outcome = try trainer.train(job.training, observer: observer, store: store, log: store?.log)
        } catch var error as NotFiniteError {
            error.columnNames = scaler.names
            throw error
        }
        return TrainedFold(
            symbol: job.plan.symbol, fold: job.fold.number, seed: job.seed, name: job.training.name,
            policy: QPolicy(outcome.policy, windowLength: configuration.features.window), features: features,
            scaler: scaler, chosenUpdate: outcome.chosenUpdate,
            validationScore: outcome.score / Double(validation.span.count - 1),
            curve: LearningCurve(job.training, points: outcome.curve))
    }
}
