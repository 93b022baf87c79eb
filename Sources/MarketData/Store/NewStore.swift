import Foundation
import GRDB

/// A store that is being made, in a file beside the place where it will be. It takes that place in one step when all is in it,
/// so that nobody ever sees an empty store or a part of one, and where a file is refused nothing has to be taken away again
/// that others may have opened meanwhile.
///
/// As nobody else knows of the file, it needs no log to protect it, and is written once and not twice.
struct NewStore {
    private let path: String
    private let destination: String
    private let queue: DatabaseQueue

    private static let infix = ".new-"
    /// A file that was not written to for so many seconds has no maker any more. Should it have one that was asleep, that one
    /// finds its file gone and says so; nothing is lost that was told as stored.
    private static let abandoned = 3_600.0

    /// Makes the folder of the destination if it is not there.
    init(for destination: String) throws {
        self.destination = destination
        let folder = URL(fileURLWithPath: destination).deletingLastPathComponent()
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        } catch {
            throw StoreError.cannotOpen(path: destination, detail: "its folder cannot be made")
        }
        NewStore.removeAbandoned(besides: destination)
        path = destination + NewStore.infix + UUID().uuidString
        queue = try DatabaseQueue(path: path, configuration: StoreFile.configuration())
        try queue.writeWithoutTransaction { database in
            // A journal keeps what pages held before; here they held nothing, so that it stays empty.
            try database.execute(sql: "PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF")
        }
    }

    func write<Value>(_ body: (Database) throws -> Value) throws -> Value {
        try queue.write { database in
            try StoreSchema.complete(database)
            return try body(database)
        }
    }

    /// - Returns: false where another file is there already, or the place cannot be taken in one step.
    func takePlace() throws -> Bool {
        try queue.writeWithoutTransaction { database in
            // The mark that the store has a log from now on; writing it takes all that was written before to the disk.
            try database.execute(sql: "PRAGMA synchronous = FULL; PRAGMA journal_mode = WAL")
        }
        // A log is found by the name of its database, so nobody may have it open under two names.
        try queue.close()
        return link(path, destination) == 0
    }

    /// Hands over what is in it, after its place was taken by another.
    /// - Parameter adjusted: the symbols that came with adjusted closes.
    func forEachSeries(adjusted: Set<String>, _ body: (PriceSeries) throws -> Void) throws {
        let queue = try DatabaseQueue(path: path, configuration: StoreFile.configuration())
        defer { try? queue.close() }
        try queue.read { database in
            let symbols = try Row.fetchAll(database, sql: "SELECT id, name FROM symbols ORDER BY id")
            for symbol in symbols {
                let name: String = symbol[1]
                try body(
                    PriceSeries(
                        symbol: name, rows: StoredBars.rows(of: symbol[0], from: nil, to: nil, in: database),
                        adjustments: StoredAdjustments.all(of: symbol[0], in: database),
                        hasAdjustedCloses: adjusted.contains(name)))
            }
        }
    }

    /// Takes the file away; at its destination it stays.
    func remove() {
        try? queue.close()
        for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + suffix) }
    }

    /// Takes away what processes left that were killed while they made a store here.
    static func removeAbandoned(besides destination: String) {
        let url = URL(fileURLWithPath: destination)
        let folder = url.deletingLastPathComponent().path
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        for name in names where name.hasPrefix(url.lastPathComponent + infix) {
            let path = "\(folder)/\(name)"
            let attributes = try? FileManager.default.attributesOfItem(atPath: path)
            guard let changed = attributes?[.modificationDate] as? Date, changed.timeIntervalSinceNow < -abandoned
            else { continue }
            try? FileManager.default.removeItem(atPath: path)
        }
    }
}
