import Experiments
import Foundation

/// A run's folder on disk, written all or nothing.
///
/// Everything goes to a hidden folder beside the destination, reaches the disk, and is renamed into place, so a report
/// that exists is complete. On an error, and where the task is cancelled, the hidden folder is removed again.
package enum RunFolder {
    package enum Destination {
        /// `<root>/<strategy>/<UTC time>-<id>/`, and `<root>/<strategy>/latest` points to it.
        case automatic(root: String, id: String)
        /// A folder that was chosen so when the run began: `latest` beside it will point to it.
        case claimed(String)
        /// This folder itself. It may be missing, empty, or hold an earlier run, which is replaced at the very end.
        case folder(String)
        /// The same for what `trader solve` writes.
        case curves(String)

        var hasLatest: Bool {
            switch self {
            case .automatic, .claimed: true
            case .folder, .curves: false
            }
        }
    }

    /// - Parameters:
    ///   - extraFiles: what reports are not made from, such as learned models; paths relative to the folder.
    /// - Returns: The folder that was written.
    /// - Throws: `RunFolderError`, and `CancellationError` where the task was cancelled.
    /// - Precondition: extra paths are relative, without `..`, and no file of the report bears the same one.
    @discardableResult
    package static func write(
        _ result: RunResult, extraFiles: [(path: String, contents: Data)], to destination: Destination
    ) throws -> URL {
        try write(
            ReportFile.all(of: result) + extraFiles.map { ReportFile(path: $0.path, contents: $0.contents) },
            strategy: result.strategy, startedAt: result.timing.startedAt, to: destination)
    }

    /// - Returns: The folder that was written.
    /// - Throws: As above.
    static func write(
        _ files: [ReportFile], strategy: String, startedAt: String, to destination: Destination
    ) throws -> URL {
        let folder = try resolve(destination, strategy: strategy, startedAt: startedAt)
        let parent = (folder as NSString).deletingLastPathComponent
        let name = (folder as NSString).lastPathComponent
        try DurableFiles.makeFolders(parent)

        let partial = "\(parent)/.\(name).partial-\(getpid())"
        // Left by a killed process that bore the same number, as in containers.
        try? FileManager.default.removeItem(atPath: partial)
        do {
            try write(files, to: partial)
            if destination.hasLatest { try DurableFiles.prepareLatest(in: parent, pointingTo: name) }
            try Task.checkCancellation()
            try swap(partial, into: folder)
        } catch {
            try? FileManager.default.removeItem(atPath: partial)
            if destination.hasLatest {
                DurableFiles.discardLatest(in: parent)
                // Folders that were made for this run alone; others are not empty and stay.
                rmdir(parent)
                rmdir((parent as NSString).deletingLastPathComponent)
            }
            // People know the folder by its own name, not by the hidden one.
            throw (error as? RunFolderError)?.renaming(partial, to: folder) ?? error
        }
        if destination.hasLatest { try DurableFiles.publishLatest(in: parent) }
        try DurableFiles.syncFolder(parent)
        return URL(fileURLWithPath: folder, isDirectory: true)
    }

    private static func write(_ files: [ReportFile], to folder: String) throws {
        try DurableFiles.makeFolder(folder)
        var folders: Set<String> = []
        for file in files {
            try Task.checkCancellation()
            let parts = file.path.split(separator: "/", omittingEmptySubsequences: false)
            precondition(
                !parts.contains("") && !parts.contains("..") && !parts.contains("."),
                "a file of a run has a plain relative path, not '\(file.path)'")
            let path = "\(folder)/\(file.path)"
            let parent = (path as NSString).deletingLastPathComponent
            if folders.insert(parent).inserted { try DurableFiles.makeFolders(parent) }
            try DurableFiles.write(file.contents, to: path)
        }
        for inner in folders.union([folder]) { try DurableFiles.syncFolder(inner) }
    }

    /// Renames the finished folder into place; an earlier run steps aside first and comes back should that fail.
    private static func swap(_ partial: String, into folder: String) throws {
        guard DurableFiles.exists(folder) else { return try DurableFiles.move(partial, to: folder) }
        let aside = partial.replacing(".partial-", with: ".replaced-")
        try DurableFiles.move(folder, to: aside)
        do {
            try DurableFiles.move(partial, to: folder)
        } catch {
            try? DurableFiles.move(aside, to: folder)
            throw error
        }
        try? FileManager.default.removeItem(atPath: aside)
    }
}
