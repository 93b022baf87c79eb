import Configuration
import Experiments
import Foundation
import MarketData

/// What a training leaves on disk, and what is said of it.
package struct TrainedModels: Sendable {
    private struct Item: Sendable {
        /// Relative to the folder.
        let path: String
        let model: ModelFile
        let curve: LearningCurve?
    }
    private let strategy: String
    private let configuration: String
    private let startedAt: String
    private let items: [Item]
    private let warnings: [String]

    /// Name and version of the schema of `models.json`.
    static let schema = "trader/models/1"

    package init(_ trained: [TrainedFold], of experiment: Experiment, startedAt: Timestamp) {
        strategy = experiment.name
        configuration = ConfigurationFile.encode(experiment.configuration)
        self.startedAt = startedAt.description
        items = trained.map {
            Item(path: "models/\($0.name).safetensors", model: experiment.model($0), curve: $0.curve)
        }
        warnings = experiment.warnings
    }

    /// Writes the folder, all or nothing.
    /// - Parameter extraFiles: As for a backtest's folder.
    /// - Throws: `RunFolderError`; `CheckpointError` where a parameter is not finite.
    package func write(
        extraFiles: [(path: String, contents: Data)], to destination: RunFolder.Destination
    ) throws -> URL {
        let progress = items.compactMap(\.curve?.progressLines).joined()
        let files = try items.map { ReportFile(path: $0.path, contents: try $0.model.encoded()) }
        return try RunFolder.write(
            files + charts + [
                ReportFile(path: "strategy.yaml", contents: Data(configuration.utf8)),
                ReportFile(path: "models.json", contents: Data(json(folder: ".").utf8)),
                ReportFile(path: "progress.jsonl", contents: Data(progress.utf8)),
            ] + extraFiles.map { ReportFile(path: $0.path, contents: $0.contents) }, strategy: strategy,
            startedAt: startedAt, to: destination)
    }

    /// A learning curve for each symbol.
    private var charts: [ReportFile] {
        let symbols = Dictionary(grouping: items, by: \.model.symbol)
        let slugs = fileSlugs(items.map(\.model.symbol))
        return symbols.sorted { $0.key < $1.key }.compactMap { symbol, items in
            let seeds = items.map { LearningCurves.Seed(seed: $0.model.seed, points: $0.curve?.points ?? []) }
            let curves = LearningCurves(world: symbol, agent: strategy, seeds: seeds, known: [])
            return SeedCurvesChart(curves).draw().map {
                ReportFile(path: "charts/learning-\(slugs[symbol] ?? fileSlug(symbol)).svg", contents: $0)
            }
        }
    }

    /// For programs.
    /// - Parameter folder: As the reader of this JSON would open it.
    package func json(folder: String) -> String {
        JSONValue.object([
            "schema": .string(Self.schema), "strategy": .string(strategy), "folder": .string(folder),
            "version": .string(traderVersion), "warnings": JSONValue(warnings),
            "models": .array(items.map(json)),
        ]).pretty
    }

    private func json(_ item: Item) -> JSONValue {
        let model = item.model
        return .object([
            "file": .string(item.path), "symbol": .string(model.symbol), "seed": .integer(model.seed),
            "update": .integer(model.update), "validationScore": .number(model.validationScore),
            "training": ReportJSON.span(model.training), "validation": ReportJSON.span(model.validation),
        ])
    }

    /// For people: a line for each model, and how to go on.
    package func text(folder: String) -> String {
        var lines = items.map { item in
            let model = item.model
            let score = NumberText.signedPercent(model.validationScore, decimals: 3)
            return "\(folder)/\(item.path)  validation \(score) a bar, update \(NumberText.integer(model.update))"
        }
        if let item = items.first {
            let model = item.model
            lines += [
                "",
                "Trained on bars up to \(model.training.to); those from \(model.validation.from) to \(model.validation.to) chose "
                    + "the update.",
                "What it would do now:        trader signal --model \(folder)/\(item.path)",
                "On newer bars, as they come: trader backtest --model \(folder)/\(item.path)",
            ]
        }
        return (lines + warnings.map { "Warning: \($0)" }).map { $0 + "\n" }.joined()
    }
}
