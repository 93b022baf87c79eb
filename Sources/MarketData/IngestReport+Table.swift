extension IngestReport {
    /// What came in, as a table for people: a line for each symbol of each accepted file. Empty if there is none.
    package var table: String {
        let all = files.flatMap(\.symbols)
        guard !all.isEmpty else { return "" }
        let symbols = all.count > IngestReport.mostLines ? all.prefix(IngestReport.mostLines - 5) : all[...]
        // Replacing is asked for rarely; its column is shown when it happened.
        let replaces = symbols.contains { $0.replaced > 0 }
        var table = TextTable(
            ["symbol", "bars", "from", "to", "new", "unchanged"] + (replaces ? ["replaced"] : []),
            numbers: [1, 4, 5, 6])
        for symbol in symbols {
            table.add(
                [
                    symbol.symbol, TextTable.grouped(symbol.bars), "\(symbol.from)", "\(symbol.to)",
                    TextTable.grouped(symbol.inserted), TextTable.grouped(symbol.unchanged),
                ] + (replaces ? [TextTable.grouped(symbol.replaced)] : []))
        }
        guard symbols.count < all.count else { return table.description }
        func total(_ count: KeyPath<IngestSummary.Symbol, Int>) -> String {
            TextTable.grouped(all.reduce(0) { $0 + $1[keyPath: count] })
        }
        return table.description
            + "\n… and \(TextTable.grouped(all.count - symbols.count)) more symbols; in all \(total(\.bars)) bars, "
            + "\(total(\.inserted)) new, \(total(\.unchanged)) unchanged\(replaces ? ", \(total(\.replaced)) replaced" : "")"
    }

    /// Longer tables are cut: nobody reads five hundred lines.
    private static let mostLines = 25
}

extension IngestReport.File {
    /// The first bars as they were understood, as a table for people.
    package var firstRowsTable: String {
        func text(_ number: Double?) -> String { number?.plainText ?? "" }
        let adjusts = firstRows.contains { $0.adjustedClose != nil }
        let withTimeOfDay = firstRows.contains { $0.time.secondOfDay != 0 }
        var table = TextTable(
            ["time", "symbol", "open", "high", "low", "close", "volume"] + (adjusts ? ["adjusted close"] : []),
            numbers: [2, 3, 4, 5, 6, 7])
        for row in firstRows {
            table.add(
                [
                    row.time.text(withTimeOfDay: withTimeOfDay), row.symbol, text(row.open), text(row.high),
                    text(row.low), text(row.close),
                    text(row.volume),
                ] + (adjusts ? [text(row.adjustedClose)] : []))
        }
        return table.description
    }
}

extension QualityFinding {
    /// One line for a terminal: severity, what is wrong, where, and what to do.
    package var line: String {
        let shown = Set(lines).sorted().map(String.init).joined(separator: ", ")
        let isPart = count > lines.count
        let places =
            lines.isEmpty ? "" : " (\(lines.count == 1 && !isPart ? "line" : "lines") \(shown)\(isPart ? ", …" : ""))"
        let sentence = message.hasSuffix(".") ? String(message.dropLast()) : message
        return "\(severity.rawValue): \(sentence)\(places). \(remedy)"
    }
}
