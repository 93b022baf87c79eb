import Foundation
import GRDB
import GRDBSQLite

/// The file of a store: how it is told from other files, opened, and brought up to date.
///
/// Nothing here opens the file other than through SQLite: closing any other handle of it would drop the locks that this process
/// holds on it (POSIX), and with them the protection of what is being written.
enum StoreFile {
    /// How long to wait for another process in seconds: one that reads needs to wait for a moment at most, one that writes for
    /// the end of another's file.
    private static let patience = (reading: 5.0, writing: 15.0)

    /// The two marks in a database's header.
    struct Marks {
        let applicationID: Int
        let version: Int
    }

    /// Follows links, as opening does.
    static func isAbsentOrEmpty(_ path: String) -> Bool {
        guard FileManager.default.fileExists(atPath: path) else { return true }
        let file = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
        let attributes = try? FileManager.default.attributesOfItem(atPath: file)
        return attributes?[.type] as? FileAttributeType == .typeRegular && attributes?[.size] as? Int == 0
    }

    /// Opens a store to be read.
    /// - Returns: nil where there is no store yet: no file, or one that is empty.
    static func openForReading(_ path: String) throws -> DatabaseQueue? {
        guard !isAbsentOrEmpty(path), let marks = try look(at: path) else { return nil }
        if marks.version < StoreSchema.version {
            do {
                try openForWriting(path).close()
            } catch {
                guard case .readOnly = StoreError(error, path: path) else { throw error }
                throw StoreError.older(path: path, version: marks.version, known: StoreSchema.version)
            }
        }
        let queue = try connect(path)
        let found = try queue.read { database in
            // A process that died while it made the store leaves a file that is empty again as soon as it is opened.
            try Int.fetchOne(database, sql: "PRAGMA page_count") == 0 ? nil : try Marks(database)
        }
        guard let found else { return nil }
        try found.require(path)
        return queue
    }

    /// Opens a store to be written to, and makes or completes it where that is needed. Its folder has to be there.
    static func openForWriting(_ path: String) throws -> DatabaseQueue {
        if !isAbsentOrEmpty(path) { _ = try look(at: path) }
        let queue = try DatabaseQueue(path: path, configuration: configuration(patience.writing))
        // All or nothing, and the second of two that make the same store finds it made. Only then the write-ahead log, which
        // cannot be turned on within a transaction: a store without it is a good store, and the next to open it turns it on.
        let marks = try queue.read { try Marks($0) }
        if marks.applicationID != StoreSchema.applicationID || marks.version != StoreSchema.version {
            try queue.write { database in
                let isEmpty = try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_schema") == 0
                let marks = try Marks(database)
                if !isEmpty || marks.applicationID != 0 { try marks.require(path) }
                try StoreSchema.complete(database)
            }
        }
        try queue.writeWithoutTransaction { database in
            try turnOnWriteAheadLog(database)
            try database.execute(sql: "PRAGMA synchronous = NORMAL")
        }
        return queue
    }

    /// Whether the path leads to another file now than when it was opened, or to none.
    static func hasMoved(_ database: Database) -> Bool {
        var hasMoved: CInt = 0
        let code = sqlite3_file_control(database.sqliteConnection, "main", SQLITE_FCNTL_HAS_MOVED, &hasMoved)
        return code == SQLITE_OK && hasMoved != 0
    }

    // MARK: -

    static func configuration(_ patience: Double = patience.writing) -> GRDB.Configuration {
        var configuration = GRDB.Configuration()
        configuration.busyMode = .timeout(patience)
        configuration.foreignKeysEnabled = false
        return configuration
    }

    /// Looks at the marks of a file that may be anything: at its first hundred bytes, in a way that neither changes it nor puts
    /// a file beside it, nor takes a store for damaged that another process is moving its log into.
    ///
    /// The bytes are read through SQLite, since closing the file otherwise would take away the locks that this process has on
    /// it. What of the marks may still be in the log is looked at once the file is known as a store and opened.
    /// - Returns: nil where the file has gone, or is empty.
    private static func look(at path: String) throws -> Marks? {
        var isFolder: ObjCBool = false
        if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue {
            throw StoreError.notAStore(path: path)
        }
        var connection: OpaquePointer?
        defer { sqlite3_close(connection) }
        let location = URL(fileURLWithPath: path).absoluteString + "?immutable=1"
        var file: UnsafeMutablePointer<sqlite3_file>?
        guard sqlite3_open_v2(location, &connection, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, nil) == SQLITE_OK,
            sqlite3_file_control(connection, "main", SQLITE_FCNTL_FILE_POINTER, &file) == SQLITE_OK,
            let read = file?.pointee.pMethods?.pointee.xRead
        else {
            if isAbsentOrEmpty(path) { return nil }
            throw StoreError.cannotOpen(path: path, detail: "permission denied")
        }
        var header = [UInt8](repeating: 0, count: 100)
        guard read(file, &header, CInt(header.count), 0) == SQLITE_OK, header.starts(with: "SQLite format 3\0".utf8)
        else {
            if isAbsentOrEmpty(path) { return nil }
            throw StoreError.notAStore(path: path)
        }
        /// A number of the header, most significant byte first (sqlite.org, “Database File Format”, section 1.3).
        func number(at offset: Int) -> Int {
            Int(Int32(bitPattern: header[offset..<(offset + 4)].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }))
        }
        let marks = Marks(applicationID: number(at: 68), version: number(at: 60))
        try marks.require(path)
        return marks
    }

    /// Opens for writing although nothing is written: the last connection to close then clears the log away, which one that
    /// may only read cannot. Where writing is not allowed it reads all the same.
    private static func connect(_ path: String) throws -> DatabaseQueue {
        var configuration = configuration(patience.reading)
        func opened(_ location: String) throws -> DatabaseQueue {
            let queue = try DatabaseQueue(path: location, configuration: configuration)
            try queue.read { try $0.execute(sql: "SELECT 1 FROM sqlite_schema") }
            return queue
        }
        func isForbidden(_ error: DatabaseError) -> Bool {
            [.SQLITE_CANTOPEN, .SQLITE_READONLY, .SQLITE_PERM].contains(error.resultCode)
        }
        do {
            return try opened(path)
        } catch let error as DatabaseError where isForbidden(error) {
            configuration.readonly = true
        }
        do {
            return try opened(path)
        } catch let error as DatabaseError
            where isForbidden(error) && !FileManager.default.fileExists(atPath: path + "-wal")
        {
            // On a medium that cannot be written to, SQLite cannot put the index of its log beside the file. As nobody can
            // change the file either, it may be read without.
            return try opened(URL(fileURLWithPath: path).absoluteString + "?immutable=1")
        }
    }

    /// Another process may have the file open at this moment, which SQLite reports without waiting.
    private static func turnOnWriteAheadLog(_ database: Database) throws {
        let deadline = Date(timeIntervalSinceNow: patience.reading)
        repeat {
            do {
                if try String.fetchOne(database, sql: "PRAGMA journal_mode = WAL") == "wal" { return }
            } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY {}
            Thread.sleep(forTimeInterval: 0.005)
        } while Date() < deadline
    }
}

extension StoreFile.Marks {
    init(_ database: Database) throws {
        applicationID = try Int.fetchOne(database, sql: "PRAGMA application_id") ?? 0
        version = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
    }

    func require(_ path: String) throws {
        guard applicationID == StoreSchema.applicationID else { throw StoreError.notAStore(path: path) }
        guard version <= StoreSchema.version else {
            throw StoreError.newer(path: path, version: version, known: StoreSchema.version)
        }
    }
}
