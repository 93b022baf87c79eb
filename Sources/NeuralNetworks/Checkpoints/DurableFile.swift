import Foundation

/// Files that are either complete or not there.
enum DurableFile {
    /// Writes to `file.partial` beside the file, syncs it, renames it, and syncs the folder.
    /// - Throws: `CheckpointError` with the system's reason; the old file, if any, is then as it was.
    static func write(_ data: Data, to file: URL) throws {
        let partial = file.path + ".partial"
        do {
            try writeAndSync(data, to: partial)
            guard rename(partial, file.path) == 0 else { throw failure("rename", partial) }
        } catch {
            unlink(partial)
            throw error
        }
        // The name is an entry of the folder, which has to reach the disk as well.
        let folder = open(file.deletingLastPathComponent().path, O_RDONLY | O_DIRECTORY)
        guard folder >= 0 else { throw failure("open the folder of", file.path) }
        defer { close(folder) }
        guard fsync(folder) == 0 else { throw failure("sync the folder of", file.path) }
    }

    private static func writeAndSync(_ data: Data, to path: String) throws {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw failure("create", path) }
        defer { close(descriptor) }
        try data.withUnsafeBytes { bytes in
            var rest = bytes[...]
            while !rest.isEmpty {
                let written = Foundation.write(
                    descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
                if written < 0, errno == EINTR { continue }
                guard written > 0 else { throw failure("write", path) }
                rest = rest.dropFirst(written)
            }
        }
        guard fsync(descriptor) == 0 else { throw failure("sync", path) }
    }

    private static func failure(_ action: String, _ path: String) -> CheckpointError {
        CheckpointError("cannot \(action) '\(path)': \(String(cString: strerror(errno)))")
    }
}
