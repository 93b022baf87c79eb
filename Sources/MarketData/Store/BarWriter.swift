import Foundation
import GRDB

/// Takes the bars of one file into a store, symbol by symbol, within the transaction of `MarketStore.ingest`.
///
/// Bars where the store has none go straight in; others are compared with the stored ones, and only what is new or replaced is
/// written. In a dry run it counts the same and writes nothing.
package struct BarWriter {
    static let conflictRemedy =
        "Keep what is stored with --on-conflict keep, or take the file's bars with --on-conflict replace."

    /// nil where there is no store yet: then everything is new.
    private let database: Database?
    private let policy: ConflictPolicy
    /// nil in a dry run.
    private var insertion: BarInsertion?
    private var seen: Set<String> = []
    /// The symbols that came with adjusted closes.
    private(set) var adjusted: Set<String> = []
    private(set) var summary = IngestSummary()
    private(set) var problems = PriceFileProblems()

    init(_ database: Database?, _ policy: ConflictPolicy, isDryRun: Bool) throws {
        self.database = database
        self.policy = policy
        if let database, !isDryRun { insertion = try BarInsertion(database) }
    }

    /// Takes in the bars and adjustments of one symbol. A series without bars is passed over.
    ///
    /// Where something differs from what is stored and the policy is to refuse, that is noted, and thrown by
    /// `MarketStore.ingest` when all series were given, so that the user sees all of it.
    /// - Precondition: the times rise strictly, and the symbol was not given before.
    /// - Throws: where the database fails; pass it on.
    /// - Complexity: O(*n*) in the bars of the file and the stored ones of its span.
    package mutating func add(_ series: PriceSeries) throws {
        guard let first = series.rows.first, let last = series.rows.last else { return }
        precondition(seen.insert(series.symbol).inserted, "a file's bars of \(series.symbol) come at once")
        precondition(first.time <= last.time, "the bars of \(series.symbol) rise strictly in time")
        let span = first.time...last.time
        var entry = IngestSummary.Symbol(
            symbol: series.symbol, bars: series.rows.count, from: span.lowerBound, to: span.upperBound)
        if series.hasAdjustedCloses { adjusted.insert(series.symbol) }
        let id = try symbolID(of: series.symbol)
        var previous: Timestamp?
        var next: Timestamp?
        if let database, let id {
            (previous, next) = try StoredBars.neighbours(of: first.time, symbolID: id, in: database)
        }
        var stored: [PriceRow] = []
        if let next, let database, let id, next <= span.upperBound {
            stored = try StoredBars.rows(of: id, from: span.lowerBound, to: span.upperBound, in: database)
        }
        let kept = summary.keptLines.count
        try merge(series.rows, with: stored, id, &entry)
        // Adjusted closes belong to the closes beside them: where others are kept, they would adjust those wrongly.
        entry.adjustments = try mergeAdjustments(
            of: series, span: span, previous: previous, next: next, keptBars: summary.keptLines.count > kept, id)
        if let database, let id, insertion != nil, entry.inserted > 0 {
            try database.cachedStatement(sql: "UPDATE symbols SET bars = bars + ? WHERE id = ?")
                .execute(arguments: [entry.inserted, id])
        }
        summary.symbols.append(entry)
    }

    /// Writes what was put off.
    mutating func finish() throws { try insertion?.finish() }

    /// The number of a symbol, which is made if it is new; nil for a new one in a dry run.
    private func symbolID(of name: String) throws -> Int64? {
        guard let database else { return nil }
        let id = try Int64.fetchOne(
            database.cachedStatement(sql: "SELECT id FROM symbols WHERE name = ?"), arguments: [name])
        if id != nil || insertion == nil { return id }
        try database.cachedStatement(sql: "INSERT INTO symbols(name) VALUES (?)").execute(arguments: [name])
        return database.lastInsertedRowID
    }

    /// Walks both in order of time.
    private mutating func merge(
        _ rows: [PriceRow], with stored: [PriceRow], _ id: Int64?, _ entry: inout IngestSummary.Symbol
    ) throws {
        var next = 0
        var before = Int64.min
        for row in rows {
            precondition(before < row.time.seconds, "the bars of \(entry.symbol) rise strictly in time")
            before = row.time.seconds
            while next < stored.count, stored[next].time < row.time { next += 1 }
            if next < stored.count, stored[next].time == row.time {
                guard let difference = row.firstDifference(from: stored[next], withAdjustedCloses: false) else {
                    entry.unchanged += 1
                    continue
                }
                switch policy {
                case .reject:
                    problems.add(Self.conflict(entry.symbol, row, difference))
                    continue
                case .keep:
                    summary.keptLines.append(row.line)
                    entry.unchanged += 1
                    continue
                case .replace: entry.replaced += 1
                }
            } else {
                entry.inserted += 1
            }
            if let id { try insertion?.add(row, of: id) }
        }
    }

    private static func conflict(
        _ symbol: String, _ row: PriceRow, _ difference: PriceRow.Difference
    ) -> PriceFileError.Problem {
        PriceFileError.Problem(
            // Bars that come by way of another store have no line any more.
            line: row.line > 0 ? row.line : nil,
            message: "\(symbol) at \(row.time): \(difference.name) is \(difference.own) in the file, "
                + "\(difference.other) in the store",
            remedy: conflictRemedy)
    }

    private func hasBars(after span: ClosedRange<Timestamp>, _ id: Int64?) throws -> Bool {
        guard let database, let id else { return false }
        return try StoredBars.span(of: id, in: database).map { $0.upperBound > span.upperBound } ?? false
    }

    /// - Returns: how many adjustments are new, gone or different.
    private mutating func mergeAdjustments(
        of series: PriceSeries, span: ClosedRange<Timestamp>, previous: Timestamp?, next: Timestamp?, keptBars: Bool,
        _ id: Int64?
    ) throws -> Int {
        if series.adjustments.isEmpty && !series.hasAdjustedCloses { return 0 }
        var stored: [Adjustment] = []
        if let database, let id { stored = try StoredAdjustments.all(of: id, in: database) }
        var merge = AdjustmentMerge(symbol: series.symbol, stored: stored, policy: policy)
        let line = { (time: Timestamp) -> Int? in
            let index = series.rows.firstIndex(notBefore: time, time: \.time)
            return index < series.rows.count ? series.rows[index].line : nil
        }
        merge.takeEvents(of: series.adjustments, line: line, problems: &problems)
        if series.hasAdjustedCloses && !keptBars {
            merge.takeAdjustedCloses(
                of: series, span: span, previous: previous, next: next, hasLaterBars: try hasBars(after: span, id),
                line: line, problems: &problems)
        }
        let (removed, put) = merge.changes
        if let database, let id, insertion != nil {
            try StoredAdjustments.remove(removed, of: id, in: database)
            try StoredAdjustments.put(put, of: id, in: database)
        }
        return removed.count + put.count
    }
}
