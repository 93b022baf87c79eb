import Foundation

/// Files that grow record by record, and that others read while they grow.
enum RecordFile {
    /// Appends a record with one write, so that it is there whole or not at all, whatever kills the program.
    ///
    /// The file is opened for each record: records are seconds apart, a run may have hundreds of files, and what was written
    /// is in nobody's buffer.
    ///
    /// - Parameter durably: whether to wait until it has reached the disk.
    /// - Throws: `TrainingLogError`; the file then ends with its last whole record.
    static func append(_ record: [UInt8], to path: String, durably: Bool = false) throws {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND, 0o644)
        guard descriptor >= 0 else { throw TrainingLogError.failed(path) }
        defer { close(descriptor) }
        let end = lseek(descriptor, 0, SEEK_END)
        var written = write(descriptor, record, record.count)
        while written < 0, errno == EINTR { written = write(descriptor, record, record.count) }
        guard written == record.count else {
            // A full disk takes a part.
            let error = written < 0 ? TrainingLogError.failed(path) : TrainingLogError(path, "there is no room for it")
            if written > 0 { ftruncate(descriptor, end) }
            throw error
        }
        if durably, fsync(descriptor) != 0 { throw TrainingLogError.failed(path) }
    }

    /// Puts new contents in the place of a file at once: readers see the old ones or the new ones.
    static func replace(_ path: String, with contents: [UInt8]) throws {
        // Not a name that a reader of event files would look at.
        let partial = (path as NSString).deletingLastPathComponent + "/rewriting.partial"
        unlink(partial)
        do {
            try append(contents, to: partial, durably: true)
            guard rename(partial, path) == 0 else { throw TrainingLogError.failed(path) }
        } catch {
            unlink(partial)
            throw error
        }
    }

    static func makeFolder(_ path: String) throws {
        do {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        } catch {
            throw TrainingLogError(path, "the folder cannot be made")
        }
    }
}

/// Why a point could not be logged.
package struct TrainingLogError: Error, Equatable, CustomStringConvertible {
    package let description: String

    init(_ path: String, _ reason: String) {
        description =
            "\(path): error: the training log cannot be kept: \(reason). "
            + "See that its folder is yours to write to, has room, and holds no other program's files."
    }

    /// Reads `errno`.
    static func failed(_ path: String) -> TrainingLogError {
        TrainingLogError(path, String(cString: strerror(errno)))
    }
}
