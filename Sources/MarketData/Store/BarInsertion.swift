import GRDB
import GRDBSQLite

/// Writes bars, fifty with a statement: each statement has a cost of its own, and this way a bar costs a third of what it would
/// alone.
struct BarInsertion {
    private static let rowsPerStatement = 50

    private let database: Database
    private let full: Statement
    private var pending: [(symbolID: Int64, row: PriceRow)] = []

    init(_ database: Database) throws {
        self.database = database
        full = try database.makeStatement(sql: Self.sql(rows: Self.rowsPerStatement))
        pending.reserveCapacity(Self.rowsPerStatement)
    }

    /// Writes a bar in place of one with the same time, if there is one; it may be put off until `finish`.
    mutating func add(_ row: PriceRow, of symbolID: Int64) throws {
        pending.append((symbolID, row))
        if pending.count == Self.rowsPerStatement { try write(with: full) }
    }

    /// Writes what was put off.
    mutating func finish() throws {
        if !pending.isEmpty { try write(with: database.makeStatement(sql: Self.sql(rows: pending.count))) }
    }

    private static func sql(rows: Int) -> String {
        "INSERT OR REPLACE INTO bars(symbol_id, time, open, high, low, close, volume) VALUES "
            + Array(repeating: "(?,?,?,?,?,?,?)", count: rows).joined(separator: ",")
    }

    private mutating func write(with insertion: Statement) throws {
        let statement = insertion.sqliteStatement
        var place: CInt = 0
        func bind(_ number: Double) {
            place += 1
            if number.isNaN {
                sqlite3_bind_null(statement, place)
            } else {
                sqlite3_bind_double(statement, place, number)
            }
        }
        for (symbolID, row) in pending {
            sqlite3_bind_int64(statement, place + 1, symbolID)
            sqlite3_bind_int64(statement, place + 2, row.time.seconds)
            place += 2
            bind(row.open)
            bind(row.high)
            bind(row.low)
            bind(row.close)
            bind(row.volume)
        }
        let code = sqlite3_step(statement)
        sqlite3_reset(statement)
        guard code == SQLITE_DONE else {
            throw DatabaseError(resultCode: ResultCode(rawValue: code), message: database.lastErrorMessage)
        }
        pending.removeAll(keepingCapacity: true)
    }
}
