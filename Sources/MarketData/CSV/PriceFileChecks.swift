/// What is checked once all rows of a file are known: their order, and that no bar comes twice.
struct PriceFileChecks {
    private(set) var series: [(symbol: String, rows: [PriceRow])] = []
    private(set) var decisions: [String] = []
    private(set) var problems = PriceFileProblems()
    private var misplaced: [Int] = []
    private var repeated: [Int] = []

    /// Puts the bars of each symbol in order of time, and drops exact repetitions.
    init(_ series: [(symbol: String, rows: [PriceRow])]) {
        let series = series.filter { !$0.rows.isEmpty }
        // A file that comes newest first throughout is in good order, only the other way round.
        let isNewestFirst =
            series.contains { $0.rows.count > 1 }
            && series.allSatisfy { zip($0.rows, $0.rows.dropFirst()).allSatisfy { $0.time >= $1.time } }
            && series.contains { $0.rows.first.map(\.time) != $0.rows.last.map(\.time) }
        if isNewestFirst { decisions.append("newest first: order reversed") }
        for (symbol, rows) in series {
            let ordered = isNewestFirst ? rows.reversed() : sorted(rows)
            self.series.append((symbol, withoutRepetitions(ordered, of: symbol)))
        }
    }

    var warnings: [PriceFileWarning] {
        func rows(_ lines: [Int]) -> String { lines.count == 1 ? "1 row" : "\(lines.count) rows" }
        var warnings: [PriceFileWarning] = []
        if !misplaced.isEmpty {
            let stands = misplaced.count == 1 ? "stands" : "stand"
            warnings.append(
                PriceFileWarning(
                    check: "order", lines: misplaced.sorted(),
                    message: "\(rows(misplaced)) \(stands) after a later one: sorted by time"))
        }
        if !repeated.isEmpty {
            let repeats = repeated.count == 1 ? "repeats" : "repeat"
            warnings.append(
                PriceFileWarning(
                    check: "duplicates", lines: repeated.sorted(),
                    message: "\(rows(repeated)) \(repeats) an earlier one exactly: dropped"))
        }
        return warnings
    }

    /// In order of time; equal times in order of the file. Notes the rows that stand after a later one.
    private mutating func sorted(_ rows: [PriceRow]) -> [PriceRow] {
        guard var latest = rows.first?.time else { return rows }
        var isSorted = true
        for row in rows {
            if row.time < latest {
                misplaced.append(row.line)
                isSorted = false
            }
            latest = max(latest, row.time)
        }
        return isSorted ? rows : rows.sorted { ($0.time, $0.line) < ($1.time, $1.line) }
    }

    private mutating func withoutRepetitions(_ rows: [PriceRow], of symbol: String) -> [PriceRow] {
        var kept: [PriceRow] = []
        kept.reserveCapacity(rows.count)
        for row in rows {
            guard let before = kept.last, before.time == row.time else {
                kept.append(row)
                continue
            }
            let (first, second) = before.line < row.line ? (before, row) : (row, before)
            guard let difference = first.firstDifference(from: second) else {
                repeated.append(second.line)
                continue
            }
            problems.add(
                PriceFileError.Problem(
                    line: second.line,
                    message:
                        "\(symbol) at \(row.time) is already on line \(first.line), where \(difference.name) is \(difference.own), "
                        + "not \(difference.other)",
                    remedy: "Remove the wrong one of the two rows; nothing of the file was stored."))
        }
        return kept
    }
}
