import Experiments
import Foundation
import MarketData

/// A run that is under way, or was interrupted: a folder beside the one its report will have, `<run>.unfinished/`.
///
///     run.json          what has to be the same when it goes on
///     strategy.yaml     the complete configuration
///     training/         states and results of the trainings
///     progress.jsonl    the learning curves so far, for whoever watches
///     tensorboard/      the same for TensorBoard
///     lock              held by the process that works on it
///
/// What is kept is written under another name, reaches the disk and is renamed, with its SHA-256 before it: after SIGKILL
/// at any moment the latest complete state is there, and nothing else is ever read.
package struct UnfinishedRun: TrainingStore {
    /// What a run that goes on has to agree with.
    package struct Identity: Codable, Equatable, Sendable {
        package var schema = Identity.schema
        /// Such as `backtest`.
        package var command: String
        package var strategy: String
        /// ISO 8601, UTC.
        package var startedAt: String
        /// Of the program: a state is read by the version that wrote it.
        package var version: String
        /// Trained bits differ between kernels.
        package var linearAlgebra: String
        package var dataFingerprint: String
        package var configurationFingerprint: String
        /// Path of the store.
        package var database: String
        /// The folder to write as it was asked for; absent for one chosen by the program.
        package var output: String?

        package init(
            command: String, strategy: String, startedAt: String, version: String, linearAlgebra: String,
            dataFingerprint: String, configurationFingerprint: String, database: String, output: String?
        ) {
            self.command = command
            self.strategy = strategy
            self.startedAt = startedAt
            self.version = version
            self.linearAlgebra = linearAlgebra
            self.dataFingerprint = dataFingerprint
            self.configurationFingerprint = configurationFingerprint
            self.database = database
            self.output = output
        }
    }

    /// As people name it.
    package let folder: String
    package let identity: Identity
    /// The complete configuration of the run.
    package let strategy: String
    package let log: TrainingLog
    private let lock: FolderLock

    static let suffix = ".unfinished"
    /// What a run keeps at the top of its folder; all else there is somebody else's.
    private static let files = ["run.json", "strategy.yaml", "training", "progress.jsonl", "tensorboard", "lock"]

    /// Begins a run.
    /// - Parameter path: The folder that the report will have.
    /// - Throws: `RunFolderError`, `TrainingLogError`; where an unfinished run of that name is there already, it is not
    ///   touched.
    package init(beginning path: String, identity: Identity, strategy: String) throws {
        folder = path + Self.suffix
        self.identity = identity
        self.strategy = strategy
        guard !DurableFiles.exists(folder) else { throw Self.inTheWay(folder) }
        let partial = Self.hidden("partial", beside: path)
        try? FileManager.default.removeItem(atPath: partial)
        do {
            try DurableFiles.makeFolders("\(partial)/training")
            guard let lock = try FolderLock(partial) else { throw RunFolderError.busy(folder: folder) }
            self.lock = lock
            try DurableFiles.write(Data(strategy.utf8), to: "\(partial)/strategy.yaml")
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
            try DurableFiles.write(encoder.encode(identity), to: "\(partial)/run.json")
            // A folder that is there is complete. Another run may have been quicker.
            guard rename(partial, folder) == 0 else {
                throw DurableFiles.exists(folder) ? Self.inTheWay(folder) : DurableFiles.failure(folder)
            }
        } catch {
            try? FileManager.default.removeItem(atPath: partial)
            throw error
        }
        log = try TrainingLog(folder: folder)
    }

    /// Why no run can be begun where this folder is.
    static func inTheWay(_ folder: String) -> RunFolderError {
        if FolderLock.isTaken(folder) { return .busy(folder: folder) }
        do {
            return .unfinished(folder: folder, command: try content(of: folder).identity.command)
        } catch {
            return .refused(folder: folder, reason: "is in the way, and no run that could be gone on with")
        }
    }

    /// Whether a run that is not kept while it is under way may be written to a folder: whoever went on with an interrupted
    /// one there would replace it.
    /// - Parameter path: The folder that the report will have.
    /// - Throws: `RunFolderError` where a run is unfinished there.
    package static func checkNone(beside path: String) throws {
        let folder = path + suffix
        if DurableFiles.exists("\(folder)/run.json") { throw inTheWay(folder) }
    }

    /// Opens a run to go on with.
    /// - Parameter path: The folder, with or without its ending.
    /// - Throws: `RunFolderError` where it is none, or another process works on it; `TrainingLogError` where its log cannot
    ///   be gone on with.
    package init(resuming path: String) throws {
        var path = path
        while path.count > 1, path.hasSuffix("/") { path.removeLast() }
        let folder = path.hasSuffix(Self.suffix) ? path : path + Self.suffix
        guard DurableFiles.isFolder(folder) else {
            let finished = String(folder.dropLast(Self.suffix.count))
            guard !RunFolder.isFinished(finished) else { throw Self.finished(path, results: finished) }
            let reason =
                !DurableFiles.exists(path)
                ? "is not there" : DurableFiles.isFolder(path) ? "is no interrupted run" : "is a file"
            throw RunFolderError.notResumable(
                folder: path, reason: reason, remedy: "Name a folder that ends in '\(Self.suffix)'.")
        }
        // Nothing is changed in what is somebody else's.
        _ = try Self.content(of: folder)
        guard let lock = try FolderLock(folder) else { throw RunFolderError.busy(folder: folder) }
        // Who had it until now may have come to the end.
        (identity, strategy) = try Self.content(of: folder)
        // Without states, trainings begin anew.
        try DurableFiles.makeFolders("\(folder)/training")
        self.folder = folder
        self.lock = lock
        log = try TrainingLog(folder: folder)
    }

    private static func content(of folder: String) throws -> (identity: Identity, strategy: String) {
        func refusal(_ reason: String, _ remedy: String) -> RunFolderError {
            .notResumable(folder: folder, reason: reason, remedy: remedy)
        }
        guard !RunFolder.isFinished(folder) else { throw finished(folder, results: folder) }
        let names = ["run.json", "strategy.yaml"]
        for name in names where !DurableFiles.exists("\(folder)/\(name)") {
            throw refusal("has no \(name)", "Name a folder that 'trader backtest' or 'trader train' left behind.")
        }
        let contents = names.map { FileManager.default.contents(atPath: "\(folder)/\($0)") ?? Data() }
        let isDamaged = "cannot be read: the file was changed or cut off"
        let remedy = "Give it back what it held, or remove the folder and start anew."
        guard let identity = try? JSONDecoder().decode(Identity.self, from: contents[0]) else {
            throw refusal("has a run.json that \(isDamaged)", remedy)
        }
        guard identity.schema == Identity.schema else {
            throw refusal("has a run.json of another version of the program", "Go on with the program that began it.")
        }
        guard let strategy = String(validating: contents[1], as: UTF8.self) else {
            throw refusal("has a strategy.yaml that \(isDamaged)", remedy)
        }
        return (identity, strategy)
    }

    private static func finished(_ folder: String, results: String) -> RunFolderError {
        .notResumable(folder: folder, reason: "is finished", remedy: "Its results are in \(results).")
    }

    /// The latest interrupted run of the same configuration on the same prices, among folders that the program named.
    package static func latest(root: String, strategy: String, id: String) -> String? {
        let parent = "\(root)/\(fileSlug(strategy))"
        let names = (try? FileManager.default.contentsOfDirectory(atPath: parent)) ?? []
        return names.filter { $0.hasSuffix("-\(id)\(suffix)") }.sorted().map { "\(parent)/\($0)" }
            .last { !FolderLock.isTaken($0) }
    }

    /// The folder that the report will have.
    package var finishedFolder: String { String(folder.dropLast(Self.suffix.count)) }

    /// Whether this program on these prices may go on with it.
    /// - Throws: `RunFolderError.notResumable` with what is different.
    package func check(
        version: String, linearAlgebra: String, dataFingerprint: String, configurationFingerprint: String
    ) throws {
        let pairs = [
            ("by version", identity.version, version, "Go on with the program that began it"),
            ("with the kernels", identity.linearAlgebra, linearAlgebra, "Go on where it was begun"),
            (
                "on prices with the fingerprint", identity.dataFingerprint, dataFingerprint,
                "Give \(identity.database) the prices back that it had"
            ),
            (
                "with a strategy.yaml with the fingerprint", identity.configurationFingerprint,
                configurationFingerprint, "Give strategy.yaml back what it held"
            ),
        ]
        for (what, begun, now, remedy) in pairs where begun != now {
            throw RunFolderError.notResumable(
                folder: folder, reason: "was begun \(what) \(begun), and this is \(now)",
                remedy: "\(remedy), or remove the folder and start anew.")
        }
    }

    /// Takes the folder away, once the report is there, and what was left beside it by processes that were killed. What
    /// somebody else put into the folder stays there.
    package func remove() {
        let aside = Self.hidden("finished", beside: finishedFolder)
        try? FileManager.default.removeItem(atPath: aside)
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        if names.allSatisfy(Self.files.contains) {
            // In one step, so that no half of it is ever gone on with.
            guard rename(folder, aside) == 0 else { return }
        } else {
            // The first is run.json: nothing can be gone on with without it.
            for name in Self.files { try? FileManager.default.removeItem(atPath: "\(folder)/\(name)") }
        }
        let parent = (aside as NSString).deletingLastPathComponent
        let name = (finishedFolder as NSString).lastPathComponent
        for other in (try? FileManager.default.contentsOfDirectory(atPath: parent)) ?? []
        where ["partial", "replaced", "finished"].contains(where: { other.hasPrefix(".\(name).\($0)-") }) {
            try? FileManager.default.removeItem(atPath: "\(parent)/\(other)")
        }
    }

    /// A folder beside that of the report which nobody else looks at.
    private static func hidden(_ purpose: String, beside path: String) -> String {
        let place = URL(fileURLWithPath: path).standardizedFileURL
        return "\(place.deletingLastPathComponent().path)/.\(place.lastPathComponent).\(purpose)-\(getpid())"
    }

    package func data(named name: String) throws -> Data? {
        let path = path(of: name)
        guard DurableFiles.exists(path) else { return nil }
        guard let bytes = FileManager.default.contents(atPath: path) else { throw DurableFiles.failure(path) }
        let contents = Data(bytes.dropFirst(64))
        guard bytes.prefix(64).elementsEqual(hash(of: contents, named: name).utf8) else {
            throw RunFolderError.damaged(path: path)
        }
        return contents
    }

    /// The name is hashed too, so that one training's state is never taken for another's.
    private func hash(of data: Data, named name: String) -> String {
        SHA256.hexadecimal(of: Array(name.utf8) + Array(data))
    }

    package func keep(_ data: Data, named name: String) throws {
        let partial = path(of: "\(name).partial")
        unlink(partial)
        do {
            try DurableFiles.write(Data(hash(of: data, named: name).utf8) + data, to: partial)
        } catch {
            throw (error as? RunFolderError)?.renaming(partial, to: path(of: name)) ?? error
        }
        try DurableFiles.move(partial, to: path(of: name))
    }

    package func remove(_ name: String) throws {
        let path = path(of: name)
        guard !DurableFiles.exists(path) || unlink(path) == 0 else { throw DurableFiles.failure(path) }
    }

    private func path(of name: String) -> String { "\(folder)/training/\(name)" }
}

extension UnfinishedRun.Identity {
    static let schema = "trader/unfinished/1"
}
