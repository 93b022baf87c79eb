import GRDB

/// The tables of a store, and the marks by which its file is known.
///
///     symbols      a name, its number, and how many bars there are of it
///     bars         raw bars as their files gave them; NULL is unknown
///     adjustments  factors for the bars before a time, by which they are adjusted when they are read
///     sources      which files the bars came from
///
/// A time is in seconds since 1970-01-01 UTC. The bars refer to symbols without a declared foreign key: looking up the symbol
/// for each row would cost a quarter of the writing speed. The number of bars stands with the symbol since counting five
/// million takes a good part of a second, and listing symbols should not.
enum StoreSchema {
    /// `PRAGMA application_id` of a store: “TRDR” in ASCII.
    static let applicationID = 0x5452_4452
    /// `PRAGMA user_version` of the stores this program makes.
    static let version = 2

    /// Brings a database up to `version`, within a transaction of the caller's: an empty one, one that a program of version 1
    /// began and did not complete, or one of version 1.
    static func complete(_ database: Database) throws {
        let stored = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
        guard stored < version else { return }
        if stored == 1 { try VersionOne.setAside(in: database) }
        try database.execute(
            sql: """
                PRAGMA application_id = \(applicationID);
                DROP TABLE IF EXISTS grdb_migrations;
                \(tables)
                PRAGMA user_version = \(version);
                """)
        if stored == 1 { try VersionOne.moveOver(in: database) }
    }

    private static let tables = """
        CREATE TABLE symbols (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL UNIQUE,
            bars INTEGER NOT NULL DEFAULT 0
        ) STRICT;

        CREATE TABLE bars (
            symbol_id INTEGER NOT NULL,
            time INTEGER NOT NULL,
            open REAL,
            high REAL,
            low REAL,
            close REAL NOT NULL,
            volume REAL,
            PRIMARY KEY (symbol_id, time)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE adjustments (
            symbol_id INTEGER NOT NULL,
            time INTEGER NOT NULL,
            kind TEXT NOT NULL,
            price_factor REAL NOT NULL,
            volume_factor REAL NOT NULL,
            PRIMARY KEY (symbol_id, time, kind)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE sources (
            id INTEGER PRIMARY KEY,
            file_name TEXT NOT NULL,
            sha256 TEXT NOT NULL,
            dialect TEXT NOT NULL,
            inserted INTEGER NOT NULL,
            unchanged INTEGER NOT NULL,
            replaced INTEGER NOT NULL,
            adjustments INTEGER NOT NULL,
            warnings INTEGER NOT NULL,
            ingested_at INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX sources_by_sha256 ON sources(sha256);
        """
}
