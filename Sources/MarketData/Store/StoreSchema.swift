import GRDB

/// The tables of a store, and the marks by which its file is known.
///
///     symbols   a name and its number
///     bars      raw bars as their files gave them, with the factor that adjusts them; NULL is unknown
///     sources   which files the bars came from
///
/// A time is in seconds since 1970-01-01 UTC.
enum StoreSchema {
    /// `PRAGMA application_id` of a store: “TRDR” in ASCII.
    static let applicationID = 0x5452_4452
    /// `PRAGMA user_version` of the stores this program makes.
    static let version = 1

    /// Brings a database up to `version`.
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1: symbols, bars, sources") { database in
            try database.execute(
                sql: """
                    CREATE TABLE symbols (
                        id INTEGER PRIMARY KEY,
                        name TEXT NOT NULL UNIQUE
                    ) STRICT;

                    CREATE TABLE bars (
                        symbol_id INTEGER NOT NULL REFERENCES symbols(id),
                        time INTEGER NOT NULL,
                        open REAL,
                        high REAL,
                        low REAL,
                        close REAL NOT NULL,
                        volume REAL,
                        adjustment_factor REAL NOT NULL,
                        PRIMARY KEY (symbol_id, time)
                    ) STRICT, WITHOUT ROWID;

                    CREATE TABLE sources (
                        id INTEGER PRIMARY KEY,
                        file_name TEXT NOT NULL,
                        sha256 TEXT NOT NULL,
                        layout TEXT NOT NULL,
                        inserted INTEGER NOT NULL,
                        unchanged INTEGER NOT NULL,
                        replaced INTEGER NOT NULL,
                        ingested_at INTEGER NOT NULL
                    ) STRICT;
                    CREATE INDEX sources_by_sha256 ON sources(sha256);

                    PRAGMA user_version = 1;
                    """)
        }
        return migrator
    }
}
