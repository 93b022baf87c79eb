import GRDB

/// Stores of version 1 had a factor with each bar, adjusted close / close, and no adjustments.
enum VersionOne {
    /// Renames the tables, so that those of the next version can be made beside them.
    static func setAside(in database: Database) throws {
        try database.execute(
            sql: """
                DROP INDEX IF EXISTS sources_by_sha256;
                ALTER TABLE bars RENAME TO bars_1;
                ALTER TABLE symbols RENAME TO symbols_1;
                ALTER TABLE sources RENAME TO sources_1;
                """)
    }

    /// Copies everything into the tables of the next version, turns the factors into adjustments, and drops the old tables.
    static func moveOver(in database: Database) throws {
        let adjusted = try Int64.fetchAll(
            database, sql: "SELECT DISTINCT symbol_id FROM bars_1 WHERE adjustment_factor <> 1")
        for symbolID in adjusted {
            let steps = try adjustments(of: symbolID, in: database)
            try StoredAdjustments.put(steps, of: symbolID, in: database)
        }
        try database.execute(
            sql: """
                INSERT INTO bars
                    SELECT symbol_id, time, open, high, low, close, volume FROM bars_1 ORDER BY symbol_id, time;
                INSERT INTO symbols
                    SELECT id, name, (SELECT count(*) FROM bars WHERE symbol_id = id) FROM symbols_1;
                INSERT INTO sources
                    SELECT id, file_name, sha256, layout, inserted, unchanged, replaced, 0, 0, ingested_at FROM sources_1;
                DROP TABLE bars_1;
                DROP TABLE symbols_1;
                DROP TABLE sources_1;
                """)
    }

    private static func adjustments(of symbolID: Int64, in database: Database) throws -> [Adjustment] {
        let rows = try Row.fetchAll(
            database, sql: "SELECT time, close, adjustment_factor FROM bars_1 WHERE symbol_id = ? ORDER BY time",
            arguments: [symbolID])
        let bars = rows.map { row in
            (time: Timestamp(seconds: row[0]), close: row[1] as Double, factor: row[2] as Double)
        }
        var steps = AdjustedCloseSteps(decimals: decimals(bars.map { ($0.close, $0.factor) }))
        for bar in bars { steps.add(time: bar.time, close: bar.close, adjustedClose: bar.close * bar.factor) }
        return steps.adjustments()
    }

    /// How many decimals the adjusted closes were printed with: the fewest with which every factor comes out again, to the bit,
    /// as printed number / close. Where none does, the factors are taken as exact.
    static func decimals(_ bars: [(close: Double, factor: Double)]) -> Int {
        // A factor of 1 may come from a file without adjusted closes.
        let adjusted = bars.filter { $0.factor != 1 }
        var scale = 1.0
        for decimals in 0...12 {
            // Digits behind a number of a million units need no more than 2⁵³ steps.
            let fits = adjusted.allSatisfy { close, factor in
                (close * factor * scale).rounded() / scale / close == factor
            }
            if fits { return decimals }
            scale *= 10
        }
        return .max
    }
}
