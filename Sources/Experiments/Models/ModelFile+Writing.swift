import Agents
import Configuration
import Foundation
import NeuralNetworks

extension ModelFile {
    /// The bytes of the file; the same model always gives the same bytes.
    /// - Throws: `CheckpointError` where a parameter is not finite.
    package func encoded() throws -> Data {
        let greedy = policy.greedy
        var metadata = [
            "format": ModelFile.format, "strategy": name, "symbol": symbol, "seed": String(seed),
            "update": String(update), "validationScore": "\(validationScore)",
            "training": ModelFile.json(training), "validation": ModelFile.json(validation),
            "trainedThrough": trainedThrough, "version": version, "linearAlgebra": linearAlgebra,
            "dataFingerprint": dataFingerprint, "architecture": greedy.network.shape.text,
            "features": ModelFile.json(
                Scaling(
                    names: scaler.names, means: scaler.means, deviations: scaler.deviations,
                    clip: configuration.features.clip)),
            "configuration": ConfigurationFile.encode(configuration),
        ]
        if let fold { metadata["fold"] = String(fold) }
        return try Checkpoint(layout: greedy.network.layout, parameters: greedy.parameters, metadata: metadata).encoded()
    }

    /// One line; numbers in the shortest form that reads back to the same value.
    private static func json(_ value: some Encodable) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(value) else { preconditionFailure("finite numbers and names are JSON") }
        return String(decoding: data, as: UTF8.self)
    }
}

extension QNetworkShape {
    /// One line of JSON; equal shapes give equal text.
    var text: String {
        let encoder =
            switch self.encoder {
            case .gru(let hidden): "{\"gru\":{\"hidden\":[\(hidden)]}}"
            case .mlp(let hidden): "{\"mlp\":{\"hidden\":[\(hidden.map(String.init).joined(separator: ","))]}}"
            }
        return "{\"actions\":\(actions),\"dueling\":\(dueling),\"encoder\":\(encoder),\"features\":\(features),"
            + "\"hidden\":[\(hidden)],\"numbers\":\(account),\"window\":\(window)}"
    }
}
