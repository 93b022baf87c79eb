import GRDB
import GRDBSQLite

/// The stored bars of one symbol.
enum StoredBars {
    /// The bars in a span of time, raw, in order of time. They have no lines.
    /// - Parameters:
    ///   - from: the first time, included; nil for all from the first.
    ///   - to: the last time, included; nil for all to the last.
    static func rows(of symbolID: Int64, from: Timestamp?, to: Timestamp?, in database: Database) throws -> [PriceRow] {
        let statement = try database.cachedStatement(
            sql: """
                SELECT time, open, high, low, close, volume FROM bars
                WHERE symbol_id = ? AND time BETWEEN ? AND ? ORDER BY time
                """
        ).sqliteStatement
        defer { sqlite3_reset(statement) }
        sqlite3_bind_int64(statement, 1, symbolID)
        sqlite3_bind_int64(statement, 2, from?.seconds ?? .min)
        sqlite3_bind_int64(statement, 3, to?.seconds ?? .max)
        func number(_ column: CInt) -> Double {
            sqlite3_column_type(statement, column) == SQLITE_NULL ? .nan : sqlite3_column_double(statement, column)
        }
        var rows: [PriceRow] = []
        while true {
            let code = sqlite3_step(statement)
            guard code == SQLITE_ROW else {
                if code == SQLITE_DONE { return rows }
                throw DatabaseError(resultCode: ResultCode(rawValue: code), message: database.lastErrorMessage)
            }
            let time = Timestamp(seconds: sqlite3_column_int64(statement, 0))
            var row = PriceRow(line: 0, time: time, close: sqlite3_column_double(statement, 4))
            row.open = number(1)
            row.high = number(2)
            row.low = number(3)
            row.volume = number(5)
            rows.append(row)
        }
    }

    /// The time of the last bar before another, and that of the first bar at or after it. Two seeks.
    static func neighbours(
        of time: Timestamp, symbolID: Int64, in database: Database
    ) throws -> (previous: Timestamp?, next: Timestamp?) {
        func seek(_ sql: String) throws -> Timestamp? {
            try Int64.fetchOne(database.cachedStatement(sql: sql), arguments: [symbolID, time.seconds])
                .map(Timestamp.init(seconds:))
        }
        return (
            try seek("SELECT time FROM bars WHERE symbol_id = ? AND time < ? ORDER BY time DESC LIMIT 1"),
            try seek("SELECT time FROM bars WHERE symbol_id = ? AND time >= ? ORDER BY time LIMIT 1")
        )
    }

    /// The times of the first and the last bar. Two seeks.
    static func span(of symbolID: Int64, in database: Database) throws -> ClosedRange<Timestamp>? {
        func seek(_ order: String) throws -> Int64? {
            try Int64.fetchOne(
                database.cachedStatement(
                    sql: "SELECT time FROM bars WHERE symbol_id = ? ORDER BY time \(order) LIMIT 1"),
                arguments: [symbolID])
        }
        guard let first = try seek("ASC"), let last = try seek("DESC"), first <= last else { return nil }
        return Timestamp(seconds: first)...Timestamp(seconds: last)
    }
}

extension PriceRow {
    /// Whether no number is infinite, which arithmetic on huge prices and factors can bring about.
    var isFinite: Bool {
        close.isFinite && !open.isInfinite && !high.isInfinite && !low.isInfinite && !volume.isInfinite
    }
}
