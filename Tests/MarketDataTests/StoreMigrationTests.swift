import Foundation
import GRDB
import MarketData
import Testing

/// Stores that version 1 of the format made.
@Suite struct StoreMigrationTests {
    let folder: TemporaryFolder
    let path: String

    init() throws {
        folder = try TemporaryFolder()
        path = folder.path + "/market.sqlite"
    }

    /// A store as version 1 made it, by its own statements.
    private func makeVersionOne(factor: (Int) -> (close: Double, adjusted: Double)) throws {
        let queue = try DatabaseQueue(path: path)
        try queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = WAL") }
        try queue.write { database in
            try database.execute(
                sql: """
                    PRAGMA application_id = 1414677586;
                    CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY);
                    INSERT INTO grdb_migrations VALUES ('1: symbols, bars, sources');
                    CREATE TABLE symbols (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
                    CREATE TABLE bars (
                        symbol_id INTEGER NOT NULL REFERENCES symbols(id), time INTEGER NOT NULL, open REAL, high REAL,
                        low REAL, close REAL NOT NULL, volume REAL, adjustment_factor REAL NOT NULL,
                        PRIMARY KEY (symbol_id, time)
                    ) STRICT, WITHOUT ROWID;
                    CREATE TABLE sources (
                        id INTEGER PRIMARY KEY, file_name TEXT NOT NULL, sha256 TEXT NOT NULL, layout TEXT NOT NULL,
                        inserted INTEGER NOT NULL, unchanged INTEGER NOT NULL, replaced INTEGER NOT NULL,
                        ingested_at INTEGER NOT NULL
                    ) STRICT;
                    CREATE INDEX sources_by_sha256 ON sources(sha256);
                    PRAGMA user_version = 1;
                    INSERT INTO symbols VALUES (1, 'RAW'), (7, 'ADJ'), (8, 'NONE');
                    INSERT INTO sources VALUES (3, 'a.csv', 'ab12', 'long', 400, 0, 0, 1700000000);
                    """)
            for bar in 0..<200 {
                let (close, adjusted) = factor(bar)
                try database.execute(
                    sql: "INSERT INTO bars VALUES (1, ?, NULL, ?, NULL, ?, 7, 1), (7, ?, ?, NULL, NULL, ?, NULL, ?)",
                    arguments: [
                        bar * 86_400, close + 1, close, bar * 86_400, close - 1, close, adjusted / close,
                    ])
            }
        }
        try queue.close()
    }

    private func adjusted(_ bar: Int) -> (close: Double, adjusted: Double) {
        let close = 50 + Double(bar * 37 % 101) / 100
        let factor = bar < 80 ? 0.91234 : bar < 150 ? 0.97 : 1
        return (close, (close * factor * 1e4).rounded() / 1e4)
    }

    @Test(arguments: [MarketStore.Mode.readOnly, .readWrite])
    func aStoreOfVersionOneIsBroughtUpToDate(_ mode: MarketStore.Mode) throws {
        try makeVersionOne(factor: adjusted)
        let store = try MarketStore(path: path, mode: mode)
        #expect(try store.symbols().map(\.symbol) == ["ADJ", "RAW"])
        #expect(try store.symbols().map(\.bars) == [200, 200])
        let raw = try store.rows(of: "RAW")
        #expect(raw.map(\.close) == (0..<200).map { adjusted($0).close })
        #expect(raw[0].high == raw[0].close + 1 && raw[0].open.isNaN && raw[0].volume == 7)
        #expect(try store.adjustments(of: "RAW").isEmpty)

        // The digits of the file come to light again, so 200 factors that scatter are two events.
        let adjustments = try store.adjustments(of: "ADJ")
        #expect(adjustments.map(\.time.seconds) == [80 * 86_400, 150 * 86_400])
        for (bar, close) in try store.history(of: ["ADJ"]).column(.close, of: 0).enumerated() {
            #expect(abs(close - adjusted(bar).adjusted) <= 0.5e-4 + 1e-12, "bar \(bar)")
        }
        let sources = try store.sources()
        #expect(sources.map(\.file) == ["a.csv"] && sources.map(\.dialect) == ["long"])
        #expect(sources[0].inserted == 400 && sources[0].adjustments == 0)
    }

    /// The tables are those of a new store, to the letter.
    @Test func nothingOfTheOldFormatIsLeft() throws {
        try makeVersionOne(factor: adjusted)
        _ = try MarketStore(path: path, mode: .readWrite)
        let new = try folder.store(named: "new.sqlite")
        _ = try new.ingest(reader.read(fixture("acme-long.csv")))
        func schema(_ path: String) throws -> [String] {
            try DatabaseQueue(path: path).read { database in
                try String.fetchAll(database, sql: "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name")
                    + String.fetchAll(database, sql: "PRAGMA integrity_check")
            }
        }
        #expect(try schema(path) == schema(new.path))
    }

    /// Factors that were not made of printed digits are kept all the same.
    @Test func factorsOfNoKnownDigitsAreKept() throws {
        try makeVersionOne { bar in (100, 100 * (0.5 + Double(bar) / 1_000 + 1e-15 * Double(bar % 3))) }
        let store = try MarketStore(path: path, mode: .readOnly)
        for (bar, close) in try store.history(of: ["ADJ"]).column(.close, of: 0).enumerated() {
            #expect(abs(close - 100 * (0.5 + Double(bar) / 1_000)) < 1e-9)
        }
    }

    @Test func aMigrationThatFailsLeavesTheOldStore() throws {
        try makeVersionOne(factor: adjusted)
        // In the way of the new table.
        try DatabaseQueue(path: path).write { try $0.execute(sql: "CREATE TABLE adjustments(x)") }
        let before = FileManager.default.contents(atPath: path)
        #expect(throws: StoreError.self) { try MarketStore(path: path, mode: .readWrite) }
        #expect(FileManager.default.contents(atPath: path) == before)
    }
}
