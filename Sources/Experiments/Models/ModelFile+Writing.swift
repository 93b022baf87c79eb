import Agents
import Configuration
import Foundation
import MarketData
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
        func checkpoint() -> Checkpoint {
            Checkpoint(layout: greedy.network.layout, parameters: greedy.parameters, metadata: metadata)
        }
        metadata["fingerprint"] = checkpoint().fingerprint
        return try checkpoint().encoded()
    }

    /// One line; numbers in the shortest form that reads back to the same value.
    private static func json(_ value: some Encodable) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(value) else { preconditionFailure("finite numbers and names are JSON") }
        return String(decoding: data, as: UTF8.self)
    }
}

extension Checkpoint {
    /// SHA-256, in hexadecimal, over everything else that is in the file: the metadata in the order of their names, each
    /// name and value ended by a zero byte, then the parameters as little-endian `Float32`.
    var fingerprint: String {
        var bytes: [UInt8] = []
        for (name, value) in metadata.sorted(by: { $0.key < $1.key }) where name != "fingerprint" {
            bytes += Array(name.utf8) + [0] + Array(value.utf8) + [0]
        }
        for parameter in parameters { withUnsafeBytes(of: parameter.bitPattern.littleEndian) { bytes += Array($0) } }
        return SHA256.hexadecimal(of: bytes)
    }
}
