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
        /// Path of the store.
        package var database: String
        /// The folder to write as it was asked for; absent for one chosen by the program.
        package var output: String?

        package init(
            command: String, strategy: String, startedAt: String, version: String, linearAlgebra: String,
            dataFingerprint: String, database: String, output: String?
        ) {
            self.command = command
            self.strategy = strategy
            self.startedAt = startedAt
            self.version = version
            self.linearAlgebra = linearAlgebra
            self.dataFingerprint = dataFingerprint
            self.database = database
            self.output = output
        }
    }

    /// As people name it.
    package let folder: String
    package let identity: Identity
    /// The complete configuration of the run.
    package let strategy: String

    static let suffix = ".unfinished"

    /// Begins a run.
    /// - Parameter path: The folder that the report will have.
    /// - Throws: `RunFolderError`; where an unfinished run of that name is there already, it is not touched.
    package init(beginning path: String, identity: Identity, strategy: String) throws {
        folder = path + Self.suffix
        self.identity = identity
        self.strategy = strategy
        guard !DurableFiles.exists(folder) else {
            throw RunFolderError.unfinished(folder: folder, command: identity.command)
        }
        try DurableFiles.makeFolders("\(folder)/training")
        try DurableFiles.write(Data(strategy.utf8), to: "\(folder)/strategy.yaml")
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        // Last: a folder with it is complete.
        try put(encoder.encode(identity), "run.json")
    }

    /// Opens a run to go on with.
    /// - Parameter path: The folder, with or without its ending.
    /// - Throws: `RunFolderError.refused` where it is none.
    package init(resuming path: String) throws {
        var path = path
        while path.count > 1, path.hasSuffix("/") { path.removeLast() }
        folder = path.hasSuffix(Self.suffix) ? path : path + Self.suffix
        guard DurableFiles.isFolder(folder) else {
            throw RunFolderError.notResumable(
                folder: path, reason: DurableFiles.exists("\(path)/report.json") ? "is finished" : "is not there")
        }
        guard let data = FileManager.default.contents(atPath: "\(folder)/run.json"),
            let strategy = FileManager.default.contents(atPath: "\(folder)/strategy.yaml")
                .flatMap({ String(validating: $0, as: UTF8.self) }),
            let identity = try? JSONDecoder().decode(Identity.self, from: data), identity.schema == Identity.schema
        else {
            throw RunFolderError.notResumable(folder: folder, reason: "has no run.json and strategy.yaml of a run")
        }
        self.identity = identity
        self.strategy = strategy
    }

    /// The latest unfinished run of the same configuration on the same prices, among folders that the program named.
    package static func latest(root: String, strategy: String, id: String) -> String? {
        let parent = "\(root)/\(fileSlug(strategy))"
        let names = (try? FileManager.default.contentsOfDirectory(atPath: parent)) ?? []
        return names.filter { $0.hasSuffix("-\(id)\(suffix)") }.max().map { "\(parent)/\($0)" }
    }

    /// The folder that the report will have.
    package var finishedFolder: String { String(folder.dropLast(Self.suffix.count)) }

    /// Whether this program on these prices may go on with it.
    /// - Throws: `RunFolderError.notResumable` with what is different.
    package func check(version: String, linearAlgebra: String, dataFingerprint: String) throws {
        let pairs = [
            ("was begun by version", identity.version, version),
            ("was begun with the kernels", identity.linearAlgebra, linearAlgebra),
            ("was begun on prices with the fingerprint", identity.dataFingerprint, dataFingerprint),
        ]
        for (what, begun, now) in pairs where begun != now {
            throw RunFolderError.notResumable(folder: folder, reason: "\(what) \(begun), and this is \(now)")
        }
    }

    /// Takes the folder away, once the report is there.
    package func remove() { try? FileManager.default.removeItem(atPath: folder) }

    package func data(named name: String) throws -> Data? {
        let path = path(of: name)
        guard DurableFiles.exists(path) else { return nil }
        guard let bytes = FileManager.default.contents(atPath: path) else { throw DurableFiles.failure(path) }
        let contents = Data(bytes.dropFirst(64))
        guard bytes.prefix(64).elementsEqual(SHA256.hexadecimal(of: Array(contents)).utf8) else {
            throw RunFolderError.notResumable(folder: path, reason: "was changed after the run wrote it")
        }
        return contents
    }

    package func keep(_ data: Data, named name: String) throws {
        try put(Data(SHA256.hexadecimal(of: Array(data)).utf8) + data, "training/\(name)")
    }

    package func remove(_ name: String) throws {
        let path = path(of: name)
        guard !DurableFiles.exists(path) || unlink(path) == 0 else { throw DurableFiles.failure(path) }
    }

    private func path(of name: String) -> String { "\(folder)/training/\(name)" }

    private func put(_ data: Data, _ name: String) throws {
        let partial = "\(folder)/\(name).partial"
        unlink(partial)
        try DurableFiles.write(data, to: partial)
        try DurableFiles.move(partial, to: "\(folder)/\(name)")
    }
}

extension UnfinishedRun.Identity {
    static let schema = "trader/unfinished/1"
}
