/// Puts the rows of one symbol in order of time, drops exact repetitions, and notes contradictions.
struct SeriesOrder {
    private(set) var rows: [PriceRow]
    /// Lines of rows that stood after a later one.
    private(set) var misplaced: [Int] = []
    /// Lines of rows that repeat an earlier one.
    private(set) var repeated: [Int] = []
    /// Whether the rows came newest first throughout, which is an order too.
    let wasNewestFirst: Bool

    init(_ rows: [PriceRow], symbol: String, problems: inout PriceFileProblems) {
        let isRising = zip(rows, rows.dropFirst()).allSatisfy { $0.time < $1.time }
        wasNewestFirst =
            !isRising && rows.first.map(\.time) != rows.last.map(\.time)
            && zip(rows, rows.dropFirst()).allSatisfy { $0.time >= $1.time }
        self.rows = rows
        guard !isRising else { return }
        if wasNewestFirst { self.rows.reverse() } else { sort() }
        dropRepetitions(of: symbol, problems: &problems)
    }

    /// In order of time; equal times in order of the file. Notes the rows that stand after a later one.
    private mutating func sort() {
        guard var latest = rows.first?.time else { return }
        for row in rows {
            if row.time < latest { misplaced.append(row.line) }
            latest = max(latest, row.time)
        }
        if !misplaced.isEmpty { rows.sort { ($0.time, $0.line) < ($1.time, $1.line) } }
    }

    private mutating func dropRepetitions(of symbol: String, problems: inout PriceFileProblems) {
        var kept: [PriceRow] = []
        kept.reserveCapacity(rows.count)
        for row in rows {
            guard let before = kept.last, before.time == row.time else {
                kept.append(row)
                continue
            }
            let (first, second) = before.line < row.line ? (before, row) : (row, before)
            guard let difference = first.firstDifference(from: second, withAdjustedCloses: true) else {
                repeated.append(second.line)
                continue
            }
            problems.add(
                PriceFileError.Problem(
                    line: second.line,
                    message:
                        "\(symbol) at \(row.time) is already on line \(first.line), where \(difference.name) is "
                        + "\(difference.own), not \(difference.other)",
                    remedy:
                        "Remove the wrong one of the two rows, or state the column of symbols with --columns symbol=NAME if the "
                        + "file has several; nothing of the file was stored."))
        }
        rows = kept
    }
}
