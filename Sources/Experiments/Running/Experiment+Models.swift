import Agents
import Foundation
import NeuralNetworks

extension Experiment {
    /// The learned policies as files of a run's folder, one for each training.
    ///
    /// A file is in the safetensors format: the parameters, and in its metadata everything needed to act with them (the
    /// architecture, the features and their scaling) and to know where they come from.
    ///
    /// - Returns: Paths relative to the run's folder, and contents that are the same for the same training.
    /// - Throws: `CheckpointError` where a parameter is not finite.
    package func modelFiles(_ trained: [TrainedFold]) throws -> [(path: String, contents: Data)] {
        try trained.map { fold in
            let greedy = fold.policy.greedy
            let metadata = [
                "strategy": name, "symbol": fold.symbol, "fold": String(fold.fold), "seed": String(fold.seed),
                "update": String(fold.chosenUpdate), "version": traderVersion, "dataFingerprint": data.fingerprint,
                "architecture": greedy.network.shape.text,
                "features": fold.scaler.names.joined(separator: ";"),
                "featureMeans": fold.scaler.means.map { "\($0)" }.joined(separator: ";"),
                "featureDeviations": fold.scaler.deviations.map { "\($0)" }.joined(separator: ";"),
                "featureClip": "\(configuration.features.clip)",
            ]
            let checkpoint = Checkpoint(
                layout: greedy.network.layout, parameters: greedy.parameters, metadata: metadata)
            return ("models/\(fold.name).safetensors", try checkpoint.encoded())
        }
    }
}
