/// What came of ingesting some files: the value behind `trader ingest --json`.
package struct IngestReport: Codable, Equatable, Sendable {
    package enum Verdict: String, Codable, Sendable {
        case accepted
        /// Taken in, with something its owner should know.
        case warned
        /// Nothing of it was taken in.
        case refused
    }

    /// What keeps a file out; of several problems the first.
    package struct Failure: Codable, Equatable, Sendable {
        package let line: Int?
        package let column: Int?
        package let message: String
        package let remedy: String
    }

    /// A bar as it was understood.
    package struct Row: Codable, Equatable, Sendable {
        package let symbol: String
        package let time: Timestamp
        package let open: Double?
        package let high: Double?
        package let low: Double?
        package let close: Double
        package let volume: Double?
        package let adjustedClose: Double?
    }

    package struct File: Codable, Equatable, Sendable {
        /// The path as the user wrote it.
        package let file: String
        package let verdict: Verdict
        package let symbols: [IngestSummary.Symbol]
        package let decisions: [String]
        package let warnings: [QualityFinding]
        /// What is worth knowing and wrong with nothing.
        package let notices: [QualityFinding]
        /// The first bars, where nothing was stored but only looked at.
        package let firstRows: [Row]
        package let error: Failure?
    }

    package var files: [File] = []

    package init() {}

    /// Whether a file was kept out.
    package var hasRefusals: Bool { files.contains { $0.verdict == .refused } }
}

extension IngestReport.File {
    init(_ file: PriceFileSummary, _ summary: IngestSummary, isDryRun: Bool) {
        var warnings = file.findings.filter { $0.severity == .warning }
        if !summary.keptLines.isEmpty {
            var places = Places()
            places.add(summary.keptLines)
            warnings.append(
                QualityFinding(
                    check: "conflicts", severity: .warning, places: places,
                    message: "bars that differ from the stored ones were left as stored: \(places.count)",
                    remedy: "To take the file's bars use --on-conflict replace."))
        }
        self.init(
            file: file.file, verdict: warnings.isEmpty ? .accepted : .warned, symbols: summary.symbols,
            decisions: file.decisions, warnings: warnings, notices: file.findings.filter { $0.severity == .notice },
            firstRows: isDryRun ? file.firstRows.map(IngestReport.Row.init) : [], error: nil)
    }

    init(_ error: PriceFileError) {
        let first = error.problems[0]
        self.init(
            file: error.file, verdict: .refused, symbols: [], decisions: [], warnings: [], notices: [], firstRows: [],
            error: IngestReport.Failure(
                line: first.line, column: first.column,
                message: first.message + (error.count > 1 ? " (the first of \(error.count) problems)" : ""),
                remedy: first.remedy))
    }
}

// Written by hand for one reason: what is absent is written as null, which the synthesised coding leaves out.

extension IngestReport.File {
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(file, forKey: .file)
        try container.encode(verdict, forKey: .verdict)
        try container.encode(symbols, forKey: .symbols)
        try container.encode(decisions, forKey: .decisions)
        try container.encode(warnings, forKey: .warnings)
        try container.encode(notices, forKey: .notices)
        try container.encode(firstRows, forKey: .firstRows)
        try container.encode(error, forKey: .error)
    }
}

extension IngestReport.Failure {
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(line, forKey: .line)
        try container.encode(column, forKey: .column)
        try container.encode(message, forKey: .message)
        try container.encode(remedy, forKey: .remedy)
    }
}

extension IngestReport.Row {
    init(_ first: (symbol: String, row: PriceRow)) {
        func known(_ number: Double) -> Double? { number.isNaN ? nil : number }
        let row = first.row
        self.init(
            symbol: first.symbol, time: row.time, open: known(row.open), high: known(row.high), low: known(row.low),
            close: row.close, volume: known(row.volume), adjustedClose: known(row.adjustedClose))
    }
}
