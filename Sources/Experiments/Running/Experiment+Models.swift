import Agents
import Backtesting
import Foundation
import NeuralNetworks

extension Experiment {
    /// The learned policies as files of a run's folder: one for each training, or the models that were tried.
    ///
    /// - Returns: Paths relative to the run's folder, and contents that are the same for the same training.
    /// - Throws: `CheckpointError` where a parameter is not finite.
    package func modelFiles(_ trained: [TrainedFold]) throws -> [(path: String, contents: Data)] {
        if let models = purpose.models {
            return try models.files.map { ("models/\($0.fileName).safetensors", try $0.encoded()) }
        }
        return try trained.map { ("models/\($0.name).safetensors", try model($0).encoded()) }
    }

    /// A policy with all that belongs to it.
    /// - Precondition: it was trained by this experiment.
    package func model(_ trained: TrainedFold) -> ModelFile {
        guard let plan = plans.first(where: { $0.symbol == trained.symbol }),
            let fold = plan.folds.first(where: { $0.number == trained.fold })
        else { preconditionFailure("a training belongs to a fold of its experiment") }
        var configuration = configuration
        configuration.name = name
        // So that a file does not change when another symbol or seed is trained beside it.
        configuration.universe.symbols = [trained.symbol]
        configuration.seeds.count = trained.seed
        // What the fills were, where the prices did not allow what was asked for.
        configuration.trading.fill = plan.rules.fill
        return ModelFile(
            configuration: configuration, symbol: trained.symbol, fold: purpose.isTraining ? nil : trained.fold,
            seed: trained.seed, update: trained.chosenUpdate, validationScore: trained.validationScore,
            training: plan.span(fold.training), validation: plan.span(fold.validation), version: traderVersion,
            linearAlgebra: Experiment.linearAlgebra, dataFingerprint: data.fingerprint, scaler: trained.scaler,
            policy: trained.policy)
    }
}
