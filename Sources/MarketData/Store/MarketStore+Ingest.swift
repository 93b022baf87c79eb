import Foundation
import GRDB

/// What to do with a bar whose numbers differ from those stored for the same symbol and time.
package enum ConflictPolicy: String, CaseIterable, Sendable {
    /// Refuse the whole file and show where it differs.
    case reject
    /// Take the bar of the file.
    case replace
    /// Keep the bar of the store.
    case keep
}

/// What one file changed in the store, symbol by symbol.
package struct IngestSummary: Equatable, Sendable {
    package struct Symbol: Codable, Equatable, Sendable {
        package var symbol: String
        /// Bars of the file.
        package var bars: Int
        package var from: Timestamp
        package var to: Timestamp
        package var inserted = 0
        /// Bars that the store had already, or kept although the file differs.
        package var unchanged = 0
        package var replaced = 0
        /// Adjustments that are new, gone or different.
        package var adjustments = 0
    }

    package var symbols: [Symbol] = []
    /// Lines of the bars that differ and were left as stored (`ConflictPolicy.keep`).
    package var keptLines: [Int] = []
}

/// Where the bars of a file come from, for the store's record.
package struct SourceRecord: Equatable, Sendable {
    /// SHA-256 of the file's bytes, in hexadecimal.
    package var fingerprint: String
    /// How the file was read, in words.
    package var dialect: String
    /// How many warnings reading it gave.
    package var warnings: Int

    package init(fingerprint: String, dialect: String, warnings: Int) {
        self.fingerprint = fingerprint
        self.dialect = dialect
        self.warnings = warnings
    }
}

extension MarketStore {
    /// Takes in a file in one transaction. The same file again changes nothing.
    /// - Parameters:
    ///   - file: the path as the user wrote it, for messages and the record.
    ///   - isDryRun: makes the same summary, and refuses the same, but writes nothing; the store need not be there, nor be
    ///     open for writing.
    ///   - body: hands over the series one by one, in any order of symbols, each symbol at most once, and says where they came
    ///     from. Runs once, on the thread that writes; must not use this store otherwise.
    /// - Throws: `PriceFileError` where something differs from what is stored and the policy is `reject`; `StoreError` where the
    ///   store fails; what `body` throws. Either way the store is as it was.
    package func ingest(
        _ file: String, onConflict policy: ConflictPolicy, isDryRun: Bool = false,
        _ body: (inout BarWriter) throws -> SourceRecord
    ) throws -> IngestSummary {
        if !isDryRun && !isOpenForWriting { throw StoreError.readOnly(path: path) }
        do {
            if isDryRun {
                // What `body` throws is its own, and not a failure of the store.
                return try withReading { database in
                    Result { try MarketStore.run(body, BarWriter(database, policy, isDryRun: true), file).summary }
                }.get()
            }
            if FileManager.default.fileExists(atPath: path) {
                return try withWriting { try MarketStore.write(body, policy, file, in: $0).summary }
            }
            let new = try NewStore(for: path)
            defer { new.remove() }
            let reading = try new.write { try MarketStore.write(body, policy, file, in: $0) }
            if try new.takePlace() { return reading.summary }
            // Another process was faster, or the place cannot be taken in one step: what was read goes in by itself.
            let replay = { (writer: inout BarWriter) in
                try new.forEachSeries(adjusted: reading.adjusted) { try writer.add($0) }
                return reading.source
            }
            return try withWriting { try MarketStore.write(replay, policy, file, in: $0).summary }
        } catch let error as DatabaseError {
            throw StoreError(error, path: path)
        }
    }

    /// What came of handing over a file.
    private struct Reading {
        let summary: IngestSummary
        let source: SourceRecord
        /// The symbols that came with adjusted closes.
        let adjusted: Set<String>
    }

    private static func run(
        _ body: (inout BarWriter) throws -> SourceRecord, _ writer: BarWriter, _ file: String
    ) throws -> Reading {
        var writer = writer
        let source = try body(&writer)
        try writer.finish()
        try writer.problems.throwIfAny(in: file)
        return Reading(summary: writer.summary, source: source, adjusted: writer.adjusted)
    }

    private static func write(
        _ body: (inout BarWriter) throws -> SourceRecord, _ policy: ConflictPolicy, _ file: String,
        in database: Database
    ) throws -> Reading {
        let reading = try run(body, BarWriter(database, policy, isDryRun: false), file)
        try record(file, reading.source, reading.summary, in: database)
        return reading
    }

    /// Notes where the bars came from, unless the file was known and changed nothing.
    private static func record(
        _ file: String, _ source: SourceRecord, _ summary: IngestSummary, in database: Database
    ) throws {
        func total(_ count: KeyPath<IngestSummary.Symbol, Int>) -> Int {
            summary.symbols.reduce(0) { $0 + $1[keyPath: count] }
        }
        if total(\.inserted) + total(\.replaced) + total(\.adjustments) == 0 {
            let isKnown = try Bool.fetchOne(
                database, sql: "SELECT EXISTS (SELECT 1 FROM sources WHERE sha256 = ?)", arguments: [source.fingerprint]
            )
            if isKnown == true { return }
        }
        try database.execute(
            sql: """
                INSERT INTO sources(
                    file_name, sha256, dialect, inserted, unchanged, replaced, adjustments, warnings, ingested_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                file, source.fingerprint, source.dialect, total(\.inserted), total(\.unchanged), total(\.replaced),
                total(\.adjustments), source.warnings, Int64(Date().timeIntervalSince1970),
            ])
    }
}
