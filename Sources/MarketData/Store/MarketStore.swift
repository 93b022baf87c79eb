import Foundation
import GRDB

/// Market data in one SQLite file.
///
/// Bars are kept raw, as their files gave them, beside the factor that adjusts them. Any number of processes may read while one
/// writes (write-ahead log). A file is taken in whole or not at all.
package final class MarketStore: Sendable {
    package enum Mode: Sendable {
        /// The store must be there.
        case readOnly
        /// The store, and its folder, are made if they are not there.
        case readWrite
    }

    /// Where the store lies, as the user wrote it.
    package let path: String
    let database: DatabaseQueue

    /// How long to wait for another process that is writing, in seconds.
    private static let patience = 5.0

    /// Opens a store.
    /// - Throws: `StoreError`; a file that is no store, or that a later version made, is left alone.
    package init(path: String, mode: Mode) throws(StoreError) {
        self.path = path
        do {
            switch mode {
            case .readOnly:
                guard FileManager.default.fileExists(atPath: path) else { throw StoreError.missing(path: path) }
                try MarketStore.requireSQLite(path)
                database = try MarketStore.openForReading(path)
                try MarketStore.requireOurs(database, path)
            case .readWrite:
                try FileManager.default.createDirectory(
                    at: URL(fileURLWithPath: path).deletingLastPathComponent(), withIntermediateDirectories: true)
                let isNew = try MarketStore.isAbsentOrEmpty(path)
                if !isNew {
                    try MarketStore.requireSQLite(path)
                    // Looked at before it is opened in a way that could change it.
                    try MarketStore.requireOurs(MarketStore.openForReading(path), path)
                }
                database = try MarketStore.openForWriting(path, isNew: isNew)
            }
        } catch let error as StoreError {
            throw error
        } catch is CocoaError {
            throw .cannotOpen(path: path, detail: "its folder cannot be made or read")
        } catch {
            throw StoreError(error, path: path)
        }
    }

    private static func configuration() -> GRDB.Configuration {
        var configuration = GRDB.Configuration()
        configuration.busyMode = .timeout(patience)
        return configuration
    }

    private static func openForReading(_ path: String) throws -> DatabaseQueue {
        var configuration = configuration()
        configuration.readonly = true
        do {
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            try queue.read { try $0.execute(sql: "SELECT 1 FROM sqlite_schema") }
            return queue
        } catch let error as DatabaseError
            where [.SQLITE_CANTOPEN, .SQLITE_READONLY].contains(error.resultCode)
            && !FileManager.default.fileExists(atPath: path + "-wal")
        {
            // On a medium that cannot be written to, SQLite cannot put the index of its log beside the file. As nobody can
            // change the file either, it may be read without.
            let url = URL(fileURLWithPath: path).absoluteString + "?immutable=1"
            return try DatabaseQueue(path: url, configuration: configuration)
        }
    }

    private static func openForWriting(_ path: String, isNew: Bool) throws -> DatabaseQueue {
        // The mark goes in first and by itself, in one atomic step, so that a process that dies at any later moment leaves a
        // file that the next one knows as a store and completes.
        if isNew {
            let creation = try DatabaseQueue(path: path, configuration: configuration())
            try creation.writeWithoutTransaction {
                try $0.execute(sql: "PRAGMA application_id = \(StoreSchema.applicationID)")
            }
            try creation.close()
        }
        var configuration = configuration()
        configuration.journalMode = .wal
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        try StoreSchema.migrator.migrate(queue)
        return queue
    }

    private static func isAbsentOrEmpty(_ path: String) throws -> Bool {
        guard FileManager.default.fileExists(atPath: path) else { return true }
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        return attributes[.type] as? FileAttributeType == .typeRegular && attributes[.size] as? Int == 0
    }

    /// Looks at the first bytes, since SQLite itself would take up an empty file and might add files beside a foreign one.
    private static func requireSQLite(_ path: String) throws {
        var isFolder: ObjCBool = false
        if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue {
            throw StoreError.notAStore(path: path)
        }
        guard let handle = FileHandle(forReadingAtPath: path) else {
            throw StoreError.cannotOpen(path: path, detail: "permission denied")
        }
        let start = try handle.read(upToCount: 16) ?? Data()
        try handle.close()
        guard start == Data("SQLite format 3\0".utf8) else { throw StoreError.notAStore(path: path) }
    }

    private static func requireOurs(_ database: DatabaseQueue, _ path: String) throws {
        let (mark, version) = try database.read { database in
            (
                try Int.fetchOne(database, sql: "PRAGMA application_id"),
                try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
            )
        }
        guard mark == StoreSchema.applicationID else { throw StoreError.notAStore(path: path) }
        guard version <= StoreSchema.version else {
            throw StoreError.newer(path: path, version: version, known: StoreSchema.version)
        }
    }
}
