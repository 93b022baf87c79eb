import Configuration
import GRDB

/// What the store holds of one symbol.
package struct SymbolSummary: Codable, Equatable, Sendable {
    package let symbol: String
    package let bars: Int
    /// The times of the first and the last bar.
    package let from: Timestamp
    package let to: Timestamp
}

/// A file that bars came from.
package struct StoredSource: Codable, Equatable, Sendable {
    /// The path as the user wrote it.
    package let file: String
    /// SHA-256 of the file's bytes, in hexadecimal.
    package let fingerprint: String
    /// How the file was read, in words.
    package let dialect: String
    package let inserted: Int
    package let unchanged: Int
    package let replaced: Int
    /// Adjustments that the file brought, changed or took away.
    package let adjustments: Int
    package let warnings: Int
    package let ingestedAt: Timestamp
}

extension MarketStore {
    /// All symbols that have bars, in the order of their names. O(*symbols*), however many bars there are.
    package func symbols() throws(StoreError) -> [SymbolSummary] {
        try withReading { database in
            guard let database else { return [] }
            let rows = try Row.fetchAll(
                database,
                sql: """
                    SELECT name, bars, (SELECT min(time) FROM bars WHERE symbol_id = id),
                        (SELECT max(time) FROM bars WHERE symbol_id = id)
                    FROM symbols ORDER BY name
                    """)
            return rows.compactMap { row in
                guard let from = row[2] as Int64?, let to = row[3] as Int64? else { return nil }
                return SymbolSummary(
                    symbol: row[0], bars: row[1], from: Timestamp(seconds: from), to: Timestamp(seconds: to))
            }
        }
    }

    /// The adjustments of a symbol in order of time.
    package func adjustments(of name: String) throws(StoreError) -> [Adjustment] {
        try withReading { database in
            let id = try self.id(of: name, in: database)
            return try database.map { try StoredAdjustments.all(of: id, in: $0) } ?? []
        }
    }

    /// The files that changed the store, in the order in which they came.
    package func sources() throws(StoreError) -> [StoredSource] {
        try withReading { database in
            guard let database else { return [] }
            let rows = try Row.fetchAll(
                database,
                sql: """
                    SELECT file_name, sha256, dialect, inserted, unchanged, replaced, adjustments, warnings, ingested_at
                    FROM sources ORDER BY id
                    """)
            return rows.map { row in
                StoredSource(
                    file: row[0], fingerprint: row[1], dialect: row[2], inserted: row[3], unchanged: row[4],
                    replaced: row[5], adjustments: row[6], warnings: row[7], ingestedAt: Timestamp(seconds: row[8]))
            }
        }
    }

    /// The number of a symbol.
    /// - Throws: `StoreError.noSuchSymbol`, also where there is no store yet.
    func id(of name: String, in database: Database?) throws -> Int64 {
        if let database,
            let id = try Int64.fetchOne(
                database.cachedStatement(sql: "SELECT id FROM symbols WHERE name = ?"), arguments: [name])
        {
            return id
        }
        let known = try names(in: database)
        throw StoreError.noSuchSymbol(name, path: path, nearest: nearest(name, among: known), known: known)
    }

    /// All names in order.
    func names(in database: Database?) throws -> [String] {
        guard let database else { return [] }
        return try String.fetchAll(database, sql: "SELECT name FROM symbols ORDER BY name")
    }
}
