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
    }

    package var symbols: [Symbol] = []
    /// Lines of the bars that differ and were left as stored (`ConflictPolicy.keep`).
    package var keptLines: [Int] = []
}

extension MarketStore {
    /// Takes in a file in one transaction. The same file again changes nothing.
    /// - Throws: `PriceFileError` where bars differ from the stored ones and the policy is `reject`; `StoreError` where the store
    ///   fails. Either way the store is as it was.
    package func ingest(_ file: ParsedPriceFile, onConflict policy: ConflictPolicy = .reject) throws -> IngestSummary {
        do {
            return try database.write { database in
                var summary = IngestSummary()
                var problems = PriceFileProblems()
                for (symbol, rows) in file.series {
                    let id = try MarketStore.id(of: symbol, in: database)
                    var merge = BarMerge(symbol: symbol, rows: rows, policy: policy)
                    try merge.run(symbolID: id, in: database, problems: &problems, keptLines: &summary.keptLines)
                    summary.symbols.append(merge.summary)
                }
                try problems.throwIfAny(in: file.file)
                try MarketStore.record(file, summary, in: database)
                return summary
            }
        } catch let error as PriceFileError {
            throw error
        } catch {
            throw StoreError(error, path: path)
        }
    }

    /// The number of a symbol, which is made if it is new.
    private static func id(of symbol: String, in database: Database) throws -> Int64 {
        if let id = try Int64.fetchOne(database, sql: "SELECT id FROM symbols WHERE name = ?", arguments: [symbol]) {
            return id
        }
        try database.execute(sql: "INSERT INTO symbols(name) VALUES (?)", arguments: [symbol])
        return database.lastInsertedRowID
    }

    /// Notes where the bars came from, unless the file was known and changed nothing.
    private static func record(_ file: ParsedPriceFile, _ summary: IngestSummary, in database: Database) throws {
        let inserted = summary.symbols.map(\.inserted).reduce(0, +)
        let replaced = summary.symbols.map(\.replaced).reduce(0, +)
        let isKnown = try Bool.fetchOne(
            database, sql: "SELECT EXISTS (SELECT 1 FROM sources WHERE sha256 = ?)", arguments: [file.fingerprint])
        if inserted + replaced == 0, isKnown == true { return }
        try database.execute(
            sql: """
                INSERT INTO sources(file_name, sha256, layout, inserted, unchanged, replaced, ingested_at)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                file.file, file.fingerprint, file.decisions.joined(separator: "; "), inserted,
                summary.symbols.map(\.unchanged).reduce(0, +), replaced, Int64(Date().timeIntervalSince1970),
            ])
    }
}

/// Merges one symbol's bars of a file with the stored ones, walking both in order of time.
private struct BarMerge {
    let rows: [PriceRow]
    let policy: ConflictPolicy
    var summary: IngestSummary.Symbol

    init(symbol: String, rows: [PriceRow], policy: ConflictPolicy) {
        guard let first = rows.first, let last = rows.last else { preconditionFailure("a series of a file has bars") }
        self.rows = rows
        self.policy = policy
        summary = IngestSummary.Symbol(symbol: symbol, bars: rows.count, from: first.time, to: last.time)
    }

    mutating func run(
        symbolID: Int64, in database: Database, problems: inout PriceFileProblems, keptLines: inout [Int]
    ) throws {
        var stored = try StoredBars(symbolID: symbolID, from: summary.from, to: summary.to, in: database).makeIterator()
        var next = stored.next()
        let insertion = try database.cachedStatement(
            sql: """
                INSERT OR REPLACE INTO bars(symbol_id, time, open, high, low, close, volume, adjustment_factor)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """)
        for row in rows {
            while let bar = next, bar.time < row.time { next = stored.next() }
            if let bar = next, bar.time == row.time {
                guard let difference = row.firstDifference(from: bar) else {
                    summary.unchanged += 1
                    continue
                }
                switch policy {
                case .reject:
                    problems.add(conflict(row, difference))
                    continue
                case .keep:
                    keptLines.append(row.line)
                    summary.unchanged += 1
                    continue
                case .replace: summary.replaced += 1
                }
            } else {
                summary.inserted += 1
            }
            try insertion.execute(arguments: arguments(symbolID, row))
        }
    }

    private func arguments(_ symbolID: Int64, _ row: PriceRow) -> StatementArguments {
        let known = row.numbers.map { $0.isNaN ? nil : $0 }
        return [symbolID, row.time.seconds] + StatementArguments(known)
    }

    private func conflict(
        _ row: PriceRow, _ difference: (name: String, own: String, other: String)
    ) -> PriceFileError.Problem {
        PriceFileError.Problem(
            line: row.line,
            message: "\(summary.symbol) at \(row.time): \(difference.name) is \(difference.own) in the file, "
                + "\(difference.other) in the store",
            remedy: "Keep what is stored with --on-conflict keep, or take the file's bars with --on-conflict replace.")
    }
}
