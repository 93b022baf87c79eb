import Foundation

/// The right of one process to work in a folder. The system takes it back when the process ends, however it ends: nothing
/// has to be cleared away after SIGKILL.
final class FolderLock: Sendable {
    private let descriptor: Int32

    /// - Returns: nil where another process has it.
    /// - Throws: `RunFolderError.failed` where the folder cannot be written to.
    init?(_ folder: String) throws {
        let path = "\(folder)/lock"
        let opened = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard opened >= 0 else { throw DurableFiles.failure(path) }
        // Some network file systems have no locks: better unguarded there than not at all.
        if flock(opened, LOCK_EX | LOCK_NB) != 0, errno == EWOULDBLOCK {
            close(opened)
            return nil
        }
        descriptor = opened
    }

    deinit { close(descriptor) }

    /// Whether some process works in the folder.
    static func isTaken(_ folder: String) -> Bool {
        guard DurableFiles.exists("\(folder)/lock") else { return false }
        do { return try FolderLock(folder) == nil } catch { return false }
    }
}
