import Agents
import Configuration
import Foundation
import Indicators
import MarketData
import NeuralNetworks

extension ModelFile {
    /// Reads a file.
    /// - Throws: `ModelFileError` where it is anything but a whole model as this program writes it.
    package init(reading path: String) throws {
        let type = (try? FileManager.default.attributesOfItem(atPath: URL(fileURLWithPath: path).resolvedPath))?[.type]
        guard let type = type as? FileAttributeType else {
            throw ModelFileError(path, "there is no such model file. \(ModelFile.whereModelsAre)")
        }
        guard type == .typeRegular else { throw ModelFileError(path, "is not a file. \(ModelFile.whereModelsAre)") }
        guard let data = FileManager.default.contents(atPath: path) else {
            throw ModelFileError(path, "the file cannot be read; check its permissions")
        }
        try self.init(decoding: data, path: path)
    }

    /// - Parameter path: For messages.
    /// - Throws: `ModelFileError`.
    package init(decoding data: Data, path: String) throws {
        // Behind the length of the header stands the header, a JSON object.
        guard data.count > 8, data[data.startIndex + 8] == UInt8(ascii: "{") else {
            throw ModelFileError(path, "is not a model: not a safetensors file. \(ModelFile.whereModelsAre)")
        }
        do {
            try self.init(metadata: Checkpoint.metadata(of: data), data: data)
        } catch let error as CheckpointError {
            throw ModelFileError(path, "is not a whole model: \(error). \(ModelFile.whereModelsAre)")
        } catch let error as MetadataError {
            throw ModelFileError(path, error.problem)
        }
    }

    private static let whereModelsAre =
        "'trader train' and 'trader backtest' write models into the folder 'models' of a run."

    private init(metadata: [String: String], data: Data) throws {
        let reader = MetadataReader(metadata: metadata)
        try reader.expectFormat()
        configuration = try reader.configuration()
        symbol = try reader.symbol()
        fold = metadata["fold"] == nil ? nil : try reader.number("fold")
        seed = try reader.number("seed")
        update = try reader.number("update")
        validationScore = try reader.score()
        training = try reader.json(FoldSummary.Span.self, "training")
        validation = try reader.json(FoldSummary.Span.self, "validation")
        try reader.expectSpans(training, validation)
        version = try reader.text("version")
        linearAlgebra = try reader.text("linearAlgebra")
        dataFingerprint = try reader.text("dataFingerprint")
        scaler = try reader.scaler(configuration.features)
        let architecture = try reader.text("architecture")
        guard let shape = try? QNetworkShape(text: architecture), configuration.trains(shape) else {
            throw reader.edited("architecture")
        }
        let network = QNetwork(shape)
        // Asked before memory is taken: a number in a file is no reason to take it.
        guard 4 * network.layout.count <= data.count else {
            throw MetadataError(
                problem:
                    "is not a whole model: it has \(data.count) bytes, too few for its network. Take the file as it was "
                    + "written, or train it anew")
        }
        let checkpoint = try Checkpoint(decoding: data, layout: network.layout)
        policy = QPolicy(
            GreedyQPolicy(network: network, parameters: checkpoint.parameters),
            windowLength: configuration.features.window)
        guard try reader.text("fingerprint") == checkpoint.fingerprint else { throw reader.edited("fingerprint") }
    }
}

extension URL {
    /// Behind links.
    fileprivate var resolvedPath: String { resolvingSymlinksInPath().path }
}

/// What is wrong with the metadata, as a sentence with its remedy.
struct MetadataError: Error {
    let problem: String
}

/// Takes a model's metadata apart and believes nothing.
struct MetadataReader {
    let metadata: [String: String]

    func expectFormat() throws {
        guard let format = metadata["format"], format.hasPrefix("trader/model/") else {
            throw MetadataError(
                problem:
                    "is a safetensors file, but not a model of trader: its metadata name no format. Models of other "
                    + "programs cannot be used")
        }
        guard format == ModelFile.format else {
            throw MetadataError(
                problem:
                    "is of the format \(excerpt(format)), and this program reads \(ModelFile.format). Use the version "
                    + "that wrote it, or train it anew")
        }
    }

    func text(_ key: String) throws -> String {
        guard let value = metadata[key], !value.isEmpty else {
            throw MetadataError(problem: "is damaged: '\(key)' is missing in its metadata. Train it anew")
        }
        return value
    }

    /// What is said of a value that no program wrote, or that does not fit the others.
    func edited(_ key: String) -> MetadataError {
        MetadataError(
            problem:
                "was changed after it was written: '\(key)' in its metadata is '\(excerpt(metadata[key] ?? ""))', which "
                + "does not fit the rest. Take the file as it was written, or train it anew")
    }

    /// A number counted from 1.
    func number(_ key: String) throws -> Int {
        guard let value = Int(try text(key)), value > 0 else { throw edited(key) }
        return value
    }

    func score() throws -> Double {
        guard let value = Double(try text("validationScore")), value.isFinite else { throw edited("validationScore") }
        return value
    }

    func symbol() throws -> String {
        let symbol = try text("symbol")
        guard Symbol.isLegal(symbol.utf8) else { throw edited("symbol") }
        return symbol
    }

    func json<Value: Decodable>(_ type: Value.Type, _ key: String) throws -> Value {
        let text = try text(key)
        guard let value = try? JSONDecoder().decode(Value.self, from: Data(text.utf8)) else { throw edited(key) }
        return value
    }

    func configuration() throws -> StrategyConfiguration {
        let text = try text("configuration")
        let configuration: StrategyConfiguration
        do {
            configuration = try ConfigurationFile.decode(StrategyConfiguration.self, text: text, name: "configuration")
        } catch {
            throw MetadataError(
                problem:
                    "its strategy cannot be read. It was changed, or written by another version of the program; train it "
                    + "anew.\n\(error)")
        }
        guard configuration.agent.learns else { throw edited("configuration") }
        guard let name = configuration.name, name == metadata["strategy"] else { throw edited("strategy") }
        return configuration
    }

    func expectSpans(_ training: FoldSummary.Span, _ validation: FoldSummary.Span) throws {
        for (key, span) in [("training", training), ("validation", validation)] {
            guard let from = Timestamp(iso8601: span.from), let to = Timestamp(iso8601: span.to), from <= to,
                span.bars > 0
            else { throw edited(key) }
        }
        guard let end = Timestamp(iso8601: training.to), let start = Timestamp(iso8601: validation.from), end < start
        else {
            throw edited("validation")
        }
        guard try text("trainedThrough") == validation.to else { throw edited("trainedThrough") }
    }

    func scaler(_ features: FeatureConfiguration) throws -> FeatureScaler {
        let scaling = try json(ModelFile.Scaling.self, "features")
        let names = try? features.columns.map { try Feature(parsing: $0).description }
        guard scaling.names == names, scaling.clip == features.clip, scaling.means.count == scaling.names.count,
            scaling.deviations.count == scaling.names.count, scaling.means.allSatisfy(\.isFinite),
            scaling.deviations.allSatisfy({ $0.isFinite && $0 > 0 })
        else { throw edited("features") }
        return FeatureScaler(names: scaling.names, means: scaling.means, deviations: scaling.deviations)
    }

    private func excerpt(_ text: String) -> String {
        let line = String(text.prefix(60).map { $0.isNewline ? " " : $0 })
        return line.count < text.count ? line + "…" : line
    }
}
