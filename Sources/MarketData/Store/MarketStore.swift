import Foundation
import GRDB
import Synchronization

/// Market data in one SQLite file.
///
/// Bars are kept raw, as their files gave them, beside the adjustments that apply when they are read. Any number of processes may
/// read while one writes (write-ahead log). A file is taken in whole or not at all: whatever kills the process, the store is as
/// before or as after, and needs no repair.
package final class MarketStore: Sendable {
    package enum Mode: Sendable {
        /// The store must be there.
        case readOnly
        /// The store, and its folder, are made by the first write if they are not there.
        case readWrite
    }

    /// Where the store lies, as the user wrote it.
    package let path: String
    private let mode: Mode
    private let connections = Mutex(Connections())

    var isOpenForWriting: Bool { mode == .readWrite }

    private struct Connections {
        var reading: DatabaseQueue?
        var writing: DatabaseQueue?
    }

    /// The path leads to another file than the one that is open, or to none.
    private struct FileHasMoved: Error {}

    /// How often a file that has moved is looked for again.
    private static let turns = 3

    /// Opens a store. One of an earlier version is brought up to date, which changes nothing of what it holds.
    /// - Throws: `StoreError`; a file that is no store, or that a later version made, is left alone.
    package init(path: String, mode: Mode) throws(StoreError) {
        self.path = path
        self.mode = mode
        let isThere = try withReading { $0 != nil }
        if mode == .readOnly && !isThere { throw .missing(path: path) }
    }

    /// Reads in one transaction: all that `body` sees is of one moment.
    /// - Parameter body: is given nil where there is no store yet.
    func withReading<Value>(_ body: (Database?) throws -> Value) throws(StoreError) -> Value {
        do {
            for _ in 0..<MarketStore.turns {
                let queue = try connections.withLock { connections in
                    if connections.reading == nil { connections.reading = try StoreFile.openForReading(path) }
                    return connections.reading
                }
                guard let queue else { return try body(nil) }
                do {
                    return try queue.read { database in
                        if StoreFile.hasMoved(database) { throw FileHasMoved() }
                        return try body(database)
                    }
                } catch is FileHasMoved {
                    connections.withLock { $0 = Connections() }
                }
            }
            throw StoreError.cannotOpen(path: path, detail: "the file is being replaced")
        } catch {
            throw StoreError(error, path: path)
        }
    }

    /// Writes in one transaction. A store that is not there is made, if its folder is.
    /// - Throws: `StoreError` where the database fails, else what `body` throws; the store is then as it was.
    func withWriting<Value>(_ body: (Database) throws -> Value) throws -> Value {
        guard mode == .readWrite else { throw StoreError.readOnly(path: path) }
        for _ in 0..<MarketStore.turns {
            do {
                let queue = try connections.withLock { connections in
                    if let queue = connections.writing { return queue }
                    NewStore.removeAbandoned(besides: path)
                    let queue = try StoreFile.openForWriting(path)
                    connections.writing = queue
                    return queue
                }
                let value = try queue.write { database in
                    if StoreFile.hasMoved(database) { throw FileHasMoved() }
                    return try body(database)
                }
                emptyLog(queue)
                return value
            } catch is FileHasMoved {
                connections.withLock { $0 = Connections() }
            } catch let error as DatabaseError {
                throw StoreError(error, path: path)
            }
        }
        throw StoreError.cannotOpen(path: path, detail: "the file is being replaced")
    }

    /// Moves what was written from the log into the database and empties the log, as far as nobody reads an earlier state: that
    /// is not worth waiting for, as the next writer or the last reader does it too.
    private func emptyLog(_ queue: DatabaseQueue) {
        try? queue.writeWithoutTransaction { database in
            let patience = try Int.fetchOne(database, sql: "PRAGMA busy_timeout") ?? 0
            try database.execute(sql: "PRAGMA busy_timeout = 0")
            defer { try? database.execute(sql: "PRAGMA busy_timeout = \(patience)") }
            try database.checkpoint(.truncate)
        }
    }
}
