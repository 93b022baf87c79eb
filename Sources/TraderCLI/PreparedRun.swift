import Configuration
import Experiments
import Foundation
import MarketData
import Reporting

/// A backtest that only has to be run: begun, or to be gone on with.
struct PreparedRun: Sendable {
    let experiment: Experiment
    let destination: RunFolder.Destination
    let startedAt: Timestamp
    /// Where it is kept while it is under way; nil where nothing has to be trained.
    let unfinished: UnfinishedRun?

    /// - Throws: `ExperimentError`, `StoreError`, `RunFolderError`; nothing is left behind then.
    init(
        beginning configuration: StrategyConfiguration, name: String, database: String, output: String?
    ) throws {
        startedAt = .now
        experiment = try Experiment(
            name: name, configuration: configuration,
            history: PreparedRun.history(for: configuration.universe, database: database))
        let asked: RunFolder.Destination =
            output.map { .folder($0) } ?? .automatic(root: "Reports", id: experiment.identifier)
        try RunFolder.check(asked, strategy: name)
        guard configuration.agent.learns else {
            destination = asked
            unfinished = nil
            return
        }
        if output == nil, let earlier = UnfinishedRun.latest(root: "Reports", strategy: name, id: experiment.identifier)
        {
            Console.note(
                "note: this run was begun before and interrupted; to go on with it: trader backtest --resume "
                    + displayPath(earlier))
        }
        let folder = try RunFolder.resolve(asked, strategy: name, startedAt: startedAt.description)
        destination = output.map { .folder($0) } ?? .claimed(folder)
        unfinished = try UnfinishedRun(
            beginning: folder,
            identity: UnfinishedRun.Identity(
                command: "backtest", strategy: name, startedAt: startedAt.description, version: traderVersion,
                linearAlgebra: Experiment.linearAlgebra, dataFingerprint: experiment.dataFingerprint,
                database: database, output: output),
            strategy: ConfigurationFile.encode(configuration))
    }

    /// - Parameter path: An unfinished run's folder.
    /// - Throws: as above, and where the run cannot be gone on with.
    init(resuming path: String) throws {
        let run = try UnfinishedRun(resuming: path)
        let identity = run.identity
        let configuration = try ConfigurationFile.decode(
            StrategyConfiguration.self, text: run.strategy, name: "\(run.folder)/strategy.yaml")
        experiment = try Experiment(
            name: identity.strategy, configuration: configuration,
            history: PreparedRun.history(for: configuration.universe, database: identity.database))
        try run.check(
            version: traderVersion, linearAlgebra: Experiment.linearAlgebra,
            dataFingerprint: experiment.dataFingerprint)
        destination = identity.output.map { .folder($0) } ?? .claimed(run.finishedFolder)
        startedAt = Timestamp(iso8601: identity.startedAt) ?? .now
        unfinished = run
    }

    private static func history(for universe: UniverseConfiguration, database: String) throws -> PriceHistory {
        let to = universe.to.flatMap { text in
            // A last date without a time of day means all of that day.
            Timestamp(iso8601: text).map { Timestamp(seconds: $0.seconds + (text.count <= 10 ? 86_399 : 0)) }
        }
        return try MarketStore(path: database, mode: .readOnly).history(
            of: universe.symbols, prices: universe.prices, from: universe.from.flatMap { Timestamp(iso8601: $0) },
            to: to)
    }
}

/// A path below the current folder is shown from there.
func displayPath(_ path: String) -> String {
    let current =
        URL(fileURLWithPath: FileManager.default.currentDirectoryPath)
        .standardizedFileURL.resolvingSymlinksInPath().path + "/"
    return path.hasPrefix(current) ? String(path.dropFirst(current.count)) : path
}
