import Experiments
import Foundation
import MarketData

extension RunFolder {
    /// Who writes a folder, and what; all else there is somebody else's.
    private struct Owner: Sendable {
        let name: String
        /// The first thing in the folder that is somebody else's, by its path; nil where there is none.
        let foreign: @Sendable (_ folder: String) throws -> String?
        /// Files by which an earlier one is known.
        let proof: String
        let isProven: @Sendable (_ folder: String) -> Bool

        static let run = Owner(
            name: "run of trader",
            foreign: { folder in
                let files: Set = [
                    "report.md", "report.json", "charts", "strategy.yaml", "equity.csv", "trades.csv", "weights.csv",
                    "models", "models.json", "progress.jsonl", "tensorboard",
                ]
                return try names(in: folder).first { !files.contains($0) }
            }, proof: "report.json or models.json", isProven: isFinished)
        static let solve = Owner(
            name: "'trader solve'", foreign: { try SolveContents.foreign(in: $0, isUnfinished: false) },
            proof: "agent.yaml", isProven: SolveContents.isFinished)
    }

    /// Whether a run could be written there, asked before hours of work and not after.
    ///
    /// - Throws: `RunFolderError`.
    package static func check(_ destination: Destination, strategy: String) throws {
        switch destination {
        case .automatic(let root, _):
            let folder = "\(absolute(root))/\(fileSlug(strategy))"
            try DurableFiles.checkWritable(folder)
            try DurableFiles.checkLatest(in: folder)
        case .claimed(let path):
            let folder = (absolute(path) as NSString).deletingLastPathComponent
            try DurableFiles.checkWritable(folder)
            try DurableFiles.checkLatest(in: folder)
        case .folder(let path):
            try DurableFiles.checkWritable((checkReplaceable(path, .run) as NSString).deletingLastPathComponent)
        case .curves(let path):
            try DurableFiles.checkWritable((checkReplaceable(path, .solve) as NSString).deletingLastPathComponent)
        }
    }

    /// When the run was written that this one will take the place of, ISO 8601; nil where there is none.
    package static func replaced(by destination: Destination) -> String? {
        let (path, owner): (String, Owner)
        switch destination {
        case .automatic, .claimed: return nil
        case .folder(let folder): (path, owner) = (absolute(folder), .run)
        case .curves(let folder): (path, owner) = (absolute(folder), .solve)
        }
        guard owner.isProven(path) else { return nil }
        let date = try? FileManager.default.attributesOfItem(atPath: path)[.modificationDate] as? Date
        return date.map { "\(Timestamp(seconds: Int64($0.timeIntervalSince1970)))" }
    }

    /// The absolute path of the folder to write, checked to be free or ours.
    /// - Parameter startedAt: When the run began, ISO 8601: part of a folder's name that the program chooses.
    package static func resolve(_ destination: Destination, strategy: String, startedAt: String) throws -> String {
        switch destination {
        case .automatic(let root, let id):
            let base = "\(absolute(root))/\(fileSlug(strategy))/\(timestamp(startedAt))-\(id)"
            // Two short runs may start within one second.
            var folder = base
            var number = 2
            while DurableFiles.exists(folder) || DurableFiles.exists(folder + UnfinishedRun.suffix) {
                folder = "\(base)-\(number)"
                number += 1
            }
            return folder
        case .claimed(let path): return absolute(path)
        case .folder(let path): return try checkReplaceable(path, .run)
        case .curves(let path): return try checkReplaceable(path, .solve)
        }
    }

    /// Whether the folder holds the report of a finished run, or its models.
    @Sendable package static func isFinished(_ folder: String) -> Bool {
        struct Report: Decodable { let schema: String }
        return [("report.json", "trader/report/"), ("models.json", "trader/models/")].contains { name, schema in
            guard let data = FileManager.default.contents(atPath: "\(folder)/\(name)"),
                let report = try? JSONDecoder().decode(Report.self, from: data)
            else { return false }
            return report.schema.hasPrefix(schema)
        }
    }

    /// `2024-05-06T07:08:09Z` as a folder name: `2024-05-06T070809Z`.
    private static func timestamp(_ time: String) -> String { time.prefix(19).filter { $0 != ":" } + "Z" }

    private static func absolute(_ path: String) -> String {
        URL(fileURLWithPath: path).standardizedFileURL.resolvingSymlinksInPath().path
    }

    /// - Returns: Its absolute path.
    /// - Throws: `RunFolderError`, where the folder holds anything that its owner did not write.
    private static func checkReplaceable(_ path: String, _ owner: Owner) throws -> String {
        let folder = absolute(path)
        func refuse(_ reason: String) -> RunFolderError { .refused(folder: path, reason: reason) }
        guard DurableFiles.exists(folder) else { return folder }
        guard DurableFiles.isFolder(folder) else { throw refuse("is a file, not a folder") }
        let current = absolute(FileManager.default.currentDirectoryPath)
        if current == folder || current.hasPrefix(folder == "/" ? "/" : folder + "/") {
            throw refuse("is the folder you are in or one above it, and cannot be replaced")
        }
        let content = try names(in: folder)
        if let foreign = try owner.foreign(folder) {
            throw refuse("holds '\(foreign)', which no \(owner.name) wrote")
        }
        guard content.isEmpty || owner.isProven(folder) else {
            throw refuse("holds '\(content[0])' but no \(owner.proof) of an earlier \(owner.name)")
        }
        return folder
    }

    /// What is in the folder, ascending.
    /// - Throws: `RunFolderError.failed`.
    private static func names(in folder: String) throws -> [String] {
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else {
            throw RunFolderError.failed(path: folder, reason: "the folder cannot be read")
        }
        return names.sorted()
    }
}
