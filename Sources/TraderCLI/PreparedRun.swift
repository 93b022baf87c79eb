import Configuration
import Experiments
import Foundation
import MarketData
import Reporting

/// A backtest or a training that only has to be run: begun, or to be gone on with.
struct PreparedRun: Sendable {
    let experiment: Experiment
    let destination: RunFolder.Destination
    let startedAt: Timestamp
    /// Where it is kept while it is under way; nil where nothing has to be trained.
    let unfinished: UnfinishedRun?

    /// - Parameter configuration: Its symbols may be `*`, for all that the database has; what is written down are their names.
    /// - Throws: `ExperimentError`, `StoreError`, `RunFolderError`; nothing is left behind then.
    init(
        beginning configuration: StrategyConfiguration, name: String, database: String, output: String?,
        purpose: Experiment.Purpose = .backtest
    ) throws {
        startedAt = .now
        var configuration = configuration
        if configuration.universe.symbols == ["*"] {
            configuration.universe.symbols = try MarketStore(path: database, mode: .readOnly).symbols().map(\.symbol)
        }
        experiment = try Experiment(
            name: name, configuration: configuration,
            history: PreparedRun.history(for: configuration.universe, database: database), purpose: purpose)
        let root = purpose.isTraining ? "Models" : "Reports"
        let command = purpose.isTraining ? "train" : "backtest"
        let asked: RunFolder.Destination =
            output.map { .folder($0) } ?? .automatic(root: root, id: experiment.identifier)
        try RunFolder.check(asked, strategy: name)
        if let output { noteReplacement(by: asked, in: output) }
        guard configuration.agent.learns, purpose.models == nil else {
            try UnfinishedRun.checkNone(
                beside: RunFolder.resolve(asked, strategy: name, startedAt: startedAt.description))
            destination = asked
            unfinished = nil
            return
        }
        if output == nil, let earlier = UnfinishedRun.latest(root: root, strategy: name, id: experiment.identifier) {
            Console.note(
                "note: this run was begun before and interrupted; to go on with it: trader \(command) --resume "
                    + displayPath(earlier))
        }
        let folder = try RunFolder.resolve(asked, strategy: name, startedAt: startedAt.description)
        destination = output.map { .folder($0) } ?? .claimed(folder)
        unfinished = try UnfinishedRun(
            beginning: folder,
            identity: UnfinishedRun.Identity(
                command: command, strategy: name, startedAt: startedAt.description, version: PreparedRun.build,
                linearAlgebra: Experiment.linearAlgebra, dataFingerprint: experiment.dataFingerprint,
                configurationFingerprint: PreparedRun.fingerprint(configuration),
                database: URL(fileURLWithPath: database).standardizedFileURL.path, output: output),
            strategy: ConfigurationFile.encode(configuration))
    }

    /// - Parameters:
    ///   - path: An unfinished run's folder.
    ///   - command: That it was begun with.
    /// - Throws: as above, and `StoppedRun` where the run cannot be gone on with.
    static func resuming(_ path: String, command: String) throws -> PreparedRun {
        do {
            return try PreparedRun(resuming: path, command: command)
        } catch let error as RunFolderError {
            throw StoppedRun(error: error, command: "trader \(command) --resume \(path)")
        }
    }

    private init(resuming path: String, command: String) throws {
        let run = try UnfinishedRun(resuming: path)
        let identity = run.identity
        guard identity.command == command else {
            throw RunFolderError.notResumable(
                folder: run.folder, reason: "was begun with 'trader \(identity.command)'",
                remedy: "Go on with it: \(resumingCommand(run))")
        }
        let configuration = try ConfigurationFile.decode(
            StrategyConfiguration.self, text: run.strategy, name: "\(run.folder)/strategy.yaml")
        let history: PriceHistory
        do {
            history = try PreparedRun.history(for: configuration.universe, database: identity.database)
        } catch let error as StoreError where error.isWrongInput {
            // What else it says is for a run that begins, which can be given another --database.
            throw RunFolderError.notResumable(
                folder: run.folder,
                reason: "was begun on prices that are gone (\("\(error)".prefix { $0 != "\n" }))",
                remedy: "Give \(identity.database) the prices back that it had, or remove the folder and start anew.")
        }
        // Of what was checked when the run began, nothing else can be wrong then.
        try run.check(
            version: PreparedRun.build, linearAlgebra: Experiment.linearAlgebra,
            dataFingerprint: history.fingerprint,
            configurationFingerprint: PreparedRun.fingerprint(configuration))
        experiment = try Experiment(
            name: identity.strategy, configuration: configuration, history: history,
            purpose: command == "train" ? .training : .backtest)
        // Beside what was kept, from wherever the program is called.
        destination = identity.output == nil ? .claimed(run.finishedFolder) : .folder(run.finishedFolder)
        try RunFolder.check(destination, strategy: identity.strategy)
        noteReplacement(by: destination, in: displayPath(run.finishedFolder))
        startedAt = Timestamp(iso8601: identity.startedAt) ?? .now
        unfinished = run
    }

    /// The version and the bytes of this program: what is kept of a training is read by the very program that wrote it.
    private static var build: String {
        let bytes = FileManager.default.contents(atPath: "/proc/self/exe") ?? Data()
        return "\(traderVersion) (\(SHA256.hexadecimal(of: Array(bytes)).prefix(12)))"
    }

    private static func fingerprint(_ configuration: StrategyConfiguration) -> String {
        String(SHA256.hexadecimal(of: Array(ConfigurationFile.encode(configuration).utf8)).prefix(12))
    }

    /// The prices of a universe.
    static func history(for universe: UniverseConfiguration, database: String) throws -> PriceHistory {
        let to = universe.to.flatMap { text in
            // A last date without a time of day means all of that day.
            Timestamp(iso8601: text).map { Timestamp(seconds: $0.seconds + (text.count <= 10 ? 86_399 : 0)) }
        }
        return try MarketStore(path: database, mode: .readOnly).history(
            of: universe.symbols, prices: universe.prices, from: universe.from.flatMap { Timestamp(iso8601: $0) },
            to: to)
    }
}

/// Says which earlier run this one will take the place of, before hours of work and not after.
func noteReplacement(by destination: RunFolder.Destination, in folder: String) {
    guard let time = RunFolder.replaced(by: destination) else { return }
    Console.note("note: when it is done, this run takes the place of the one of \(time) in \(folder)")
}

/// How to go on with a run.
func resumingCommand(_ run: UnfinishedRun) -> String {
    "trader \(run.identity.command) --resume \(displayPath(run.folder))"
}

/// A path below the current folder is shown from there.
func displayPath(_ path: String) -> String {
    let current =
        URL(fileURLWithPath: FileManager.default.currentDirectoryPath)
        .standardizedFileURL.resolvingSymlinksInPath().path + "/"
    return path.hasPrefix(current) ? String(path.dropFirst(current.count)) : path
}
