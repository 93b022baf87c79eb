import GRDB

/// The stored adjustments of one symbol.
enum StoredAdjustments {
    /// In order of time.
    static func all(of symbolID: Int64, in database: Database) throws -> [Adjustment] {
        let rows = try Row.fetchCursor(
            database.cachedStatement(
                sql: """
                    SELECT time, kind, price_factor, volume_factor FROM adjustments
                    WHERE symbol_id = ? ORDER BY time, kind
                    """), arguments: [symbolID])
        var adjustments: [Adjustment] = []
        while let row = try rows.next() {
            guard let kind = Adjustment.Kind(rawValue: row[1]) else {
                throw DatabaseError(
                    resultCode: .SQLITE_CORRUPT, message: "an adjustment is of the unknown kind '\(row[1] as String)'")
            }
            adjustments.append(
                Adjustment(
                    time: Timestamp(seconds: row[0]), kind: kind, priceFactor: row[2], volumeFactor: row[3]))
        }
        return adjustments
    }

    /// Writes adjustments in place of those of the same time and kind.
    static func put(_ adjustments: [Adjustment], of symbolID: Int64, in database: Database) throws {
        let statement = try database.cachedStatement(
            sql: """
                INSERT OR REPLACE INTO adjustments(symbol_id, time, kind, price_factor, volume_factor)
                VALUES (?, ?, ?, ?, ?)
                """)
        for adjustment in adjustments {
            try statement.execute(
                arguments: [
                    symbolID, adjustment.time.seconds, adjustment.kind.rawValue, adjustment.priceFactor,
                    adjustment.volumeFactor,
                ])
        }
    }

    static func remove(_ adjustments: [Adjustment], of symbolID: Int64, in database: Database) throws {
        let statement = try database.cachedStatement(
            sql: "DELETE FROM adjustments WHERE symbol_id = ? AND time = ? AND kind = ?")
        for adjustment in adjustments {
            try statement.execute(arguments: [symbolID, adjustment.time.seconds, adjustment.kind.rawValue])
        }
    }
}
