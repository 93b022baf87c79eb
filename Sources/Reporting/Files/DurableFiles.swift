import Foundation

/// Writing that has reached the disk when it returns, and errors that name the path.
enum DurableFiles {
    /// - Throws: `RunFolderError.failed`.
    static func write(_ contents: Data, to path: String) throws {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL, 0o644)
        guard descriptor >= 0 else { throw failure(path) }
        defer { close(descriptor) }
        try contents.withUnsafeBytes { bytes in
            var rest = bytes[...]
            while !rest.isEmpty {
                let written = Foundation.write(
                    descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
                if written < 0, errno == EINTR { continue }
                guard written > 0 else { throw failure(path) }
                rest = rest.dropFirst(written)
            }
        }
        guard fsync(descriptor) == 0 else { throw failure(path) }
    }

    /// Whether a folder could be made or written to: asks the nearest one above it that exists.
    static func checkWritable(_ folder: String) throws {
        var path = folder
        while !exists(path), path != "/" { path = (path as NSString).deletingLastPathComponent }
        guard isFolder(path) else { throw RunFolderError.failed(path: path, reason: "is not a folder") }
        guard access(path, W_OK | X_OK) == 0 else { throw failure(path) }
    }

    static func makeFolder(_ path: String) throws {
        guard mkdir(path, 0o755) == 0 else { throw failure(path) }
    }

    /// Makes a folder and those above it where they are missing.
    static func makeFolders(_ path: String) throws {
        if isFolder(path) { return }
        let parent = (path as NSString).deletingLastPathComponent
        if !parent.isEmpty, parent != path { try makeFolders(parent) }
        guard mkdir(path, 0o755) == 0 || (errno == EEXIST && isFolder(path)) else { throw failure(path) }
    }

    /// Makes the names within a folder last.
    static func syncFolder(_ path: String) throws {
        let descriptor = open(path, O_RDONLY)
        guard descriptor >= 0 else { throw failure(path) }
        defer { close(descriptor) }
        // Some file systems cannot sync a folder and say so with EINVAL; there is nothing more to do then.
        guard fsync(descriptor) == 0 || errno == EINVAL else { throw failure(path) }
    }

    static func move(_ source: String, to destination: String) throws {
        guard rename(source, destination) == 0 else { throw failure(destination) }
    }

    static func link(_ path: String, to target: String) throws {
        guard symlink(target, path) == 0 else { throw failure(path) }
    }

    static func isFolder(_ path: String) -> Bool {
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
    }

    /// Whether anything bears the name, a dangling link too.
    static func exists(_ path: String) -> Bool { (try? FileManager.default.attributesOfItem(atPath: path)) != nil }

    static func isLink(_ path: String) -> Bool {
        (try? FileManager.default.destinationOfSymbolicLink(atPath: path)) != nil
    }

    /// Reads `errno`.
    static func failure(_ path: String) -> RunFolderError {
        .failed(path: path, reason: String(cString: strerror(errno)))
    }
}
