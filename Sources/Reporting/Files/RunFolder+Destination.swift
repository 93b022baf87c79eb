import Experiments
import Foundation

extension RunFolder {
    /// What a run writes at the top of its folder; all else there is somebody else's.
    private static let ownNames: Set = [
        "report.md", "report.json", "charts", "strategy.yaml", "equity.csv", "trades.csv", "weights.csv", "models",
        "models.json", "progress.jsonl", "tensorboard",
    ]

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
            let folder = absolute(path)
            try checkReplaceable(folder, named: path)
            try DurableFiles.checkWritable((folder as NSString).deletingLastPathComponent)
        }
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
        case .folder(let path):
            let folder = absolute(path)
            try checkReplaceable(folder, named: path)
            return folder
        }
    }

    /// Whether the folder holds the report of a finished run, or its models.
    package static func isFinished(_ folder: String) -> Bool { holdsReport(folder) }

    /// `2024-05-06T07:08:09Z` as a folder name: `2024-05-06T070809Z`.
    private static func timestamp(_ time: String) -> String { time.prefix(19).filter { $0 != ":" } + "Z" }

    private static func absolute(_ path: String) -> String {
        URL(fileURLWithPath: path).standardizedFileURL.resolvingSymlinksInPath().path
    }

    /// - Throws: `RunFolderError.refused` where the folder holds anything that a run did not write.
    private static func checkReplaceable(_ folder: String, named path: String) throws {
        func refuse(_ reason: String) -> RunFolderError { .refused(folder: path, reason: reason) }
        guard DurableFiles.exists(folder) else { return }
        guard DurableFiles.isFolder(folder) else { throw refuse("is a file, not a folder") }
        let current = absolute(FileManager.default.currentDirectoryPath)
        if current == folder || current.hasPrefix(folder == "/" ? "/" : folder + "/") {
            throw refuse("is the folder you are in or one above it, and cannot be replaced")
        }
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else {
            throw RunFolderError.failed(path: path, reason: "the folder cannot be read")
        }
        if let foreign = names.sorted().first(where: { !ownNames.contains($0) }) {
            throw refuse("holds '\(foreign)', which no run of trader wrote")
        }
        guard names.isEmpty || holdsReport(folder) else {
            throw refuse("holds '\(names.sorted()[0])' but no report.json or models.json of an earlier run")
        }
    }

    private static func holdsReport(_ folder: String) -> Bool {
        struct Report: Decodable { let schema: String }
        return [("report.json", "trader/report/"), ("models.json", "trader/models/")].contains { name, schema in
            guard let data = FileManager.default.contents(atPath: "\(folder)/\(name)"),
                let report = try? JSONDecoder().decode(Report.self, from: data)
            else { return false }
            return report.schema.hasPrefix(schema)
        }
    }
}
