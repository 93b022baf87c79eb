/// Turns the rows of one file into bars, as its layout and the forms of its times and numbers say, noting every cell that cannot be
/// read. It guesses nothing: whatever had to be decided was decided before.
struct PriceFileParser {
    private let layout: PriceFileLayout
    private let fields: [BarColumns]
    private let numbers: NumberForm
    private let missing: MissingPolicy
    private let holdsRelatives: Bool
    private var relativeGaps = RelativeGaps()
    /// Fields that a row has.
    private let width: Int
    private(set) var times: TimeReader
    private(set) var symbols = SymbolTable()
    private(set) var notes = PriceFileNotes()
    private(set) var problems = PriceFileProblems()
    /// Rows whose high is below their low; many of them have another reason than one.
    private var inverted = PriceFileProblems()
    /// Bars read, good and bad.
    private var barCount = 0
    /// For `--dates index` without a column of numbers: the number of the next row.
    private var nextIndex = 0

    init(
        layout: PriceFileLayout, times: TimeReader, numbers: NumberForm, width: Int, options: PriceFileOptions
    ) {
        self.layout = layout
        fields = layout.groups.map(BarColumns.init)
        self.times = times
        self.numbers = numbers
        self.width = width
        missing = options.missing ?? .skip
        holdsRelatives = options.holdsRelatives
        for group in layout.groups { if case .given(let symbol) = group.symbol { symbols.add(symbol) } }
    }

    /// Reads one row and hands on its bars. What is wrong with it becomes a problem; then
    /// nothing of the row is taken.
    mutating func read(_ row: CSVRow, into assembler: inout SeriesAssembler) {
        if row.line <= layout.lastHeaderLine { return }
        if row.isBlank && (row.count == 1 || row.count == width) { return }
        if row.count == 1 && width > 1 && isProse(row[0]) {
            // It may be a footer: that is known when no row follows.
            notes.prose.append(row.problem(nil, wrongWidth(row), remedy: PriceFileParser.widthRemedy))
            return
        }
        while let prose = notes.prose.popLast() { problems.add(prose) }
        do throws(PriceFileError.Problem) {
            guard row.count == width else {
                throw row.problem(nil, wrongWidth(row), remedy: PriceFileParser.widthRemedy)
            }
            let time = try time(row)
            if layout.isWide {
                for number in fields.indices {
                    guard let bar = try bar(row, time, fields[number]) else { continue }
                    try note(row, bar, fields[number], of: number)
                    assembler.take(number, bar)
                }
            } else if let bar = try bar(row, time, fields[0]) {
                let number = try symbol(row, fields[0])
                try note(row, bar, fields[0], of: number)
                assembler.take(number, bar)
            }
        } catch {
            problems.add(error)
        }
    }

    /// Notes why the file cannot be read further.
    mutating func stop(_ problem: PriceFileError.Problem) {
        problems.add(problem)
    }

    /// To be called after the last row.
    mutating func finish() {
        if inverted.count >= 5 && 2 * inverted.count >= barCount, let first = inverted.shown.first {
            problems.add(
                PriceFileError.Problem(
                    line: first.line, column: first.column,
                    message: "high is below low in \(inverted.count) of \(barCount) bars: the columns seem swapped",
                    excerpt: first.excerpt, remedy: "State which column is which, with --columns high=…,low=…."))
        } else {
            problems.add(inverted)
        }
    }

    // MARK: - Cells

    private mutating func bar(
        _ row: CSVRow, _ time: Timestamp, _ group: BarColumns
    ) throws(PriceFileError.Problem) -> PriceRow? {
        let price = try price(row, group.close, group)
        if holdsRelatives { try noteRelative(price != nil, row, group) }
        guard let close = price else {
            if fields.count == 1 || !row[group.close].isEmpty { try leaveOut(row, group.close) }
            return nil
        }
        var bar = PriceRow(line: row.line, time: time, close: close)
        if !hasOnlyClose(row, group) {
            try read(row, group.open, group, into: &bar.open)
            try read(row, group.high, group, into: &bar.high)
            try read(row, group.low, group, into: &bar.low)
            if bar.open.isNaN && bar.high.isNaN && bar.low.isNaN { notes.markedAsMissing.insert(row.line) }
        }
        if let column = group.volume { bar.volume = try volume(row, column) }
        if let column = group.adjustedClose {
            guard let adjusted = try adjustedClose(row, column) else { return nil }
            bar.adjustedClose = adjusted
        }
        barCount += 1
        if let low = group.low, let high = group.high, bar.high < bar.low {
            let (highText, lowText) = (Excerpt.plain(row[high]), Excerpt.plain(row[low]))
            inverted.add(
                row.problem(
                    high, "high \(highText) is below low \(lowText)",
                    remedy: "Correct the row or remove it; nothing of the file was stored."))
            return nil
        }
        return bar
    }

    /// Whether open, high and low are empty, or have no column. Then even the user who refuses gaps has none here.
    private func hasOnlyClose(_ row: CSVRow, _ group: BarColumns) -> Bool {
        func isEmpty(_ column: Int?) -> Bool { column.map { row[$0].isEmpty } ?? true }
        return isEmpty(group.open) && isEmpty(group.high) && isEmpty(group.low)
    }

    private mutating func noteRelative(
        _ isThere: Bool, _ row: CSVRow, _ group: BarColumns
    ) throws(PriceFileError.Problem) {
        // Whose gap it is, the column tells only where each symbol has its own.
        if !isThere && group.symbol != nil {
            throw row.problem(group.close, "the price relative is missing", remedy: PriceFileParser.relativeRemedy)
        }
        guard let line = relativeGaps.note(column: group.close, isThere: isThere, line: row.line) else { return }
        throw row.problem(
            group.close,
            "the price relative of \(layout.names[group.close]) is missing on line \(line), before this one",
            remedy: PriceFileParser.relativeRemedy)
    }

    private static let relativeRemedy =
        "Complete the row, with 1 where the price did not move: each relative multiplies the price of the row before."

    /// Leaves unknown what is missing: whether that is a gap shows when all bars of the symbol are there.
    private func read(
        _ row: CSVRow, _ column: Int?, _ group: BarColumns, into field: inout Double
    ) throws(PriceFileError.Problem) {
        guard let column else { return }
        if let value = try price(row, column, group) {
            field = value
        } else if missing == .reject {
            throw gap(row, column)
        }
    }

    /// - Returns: nil where the price is missing.
    private func price(
        _ row: CSVRow, _ column: Int, _ group: BarColumns
    ) throws(PriceFileError.Problem) -> Double? {
        switch numbers.price(row[column]) {
        case .number(let price): return price
        case .missing: return nil
        case .problem(let problem):
            if problem == .zero && isRowOfZeros(row, group) {
                throw row.problem(
                    column, "all prices are 0 (a placeholder for a holiday?)",
                    remedy: "Remove the row; nothing of the file was stored.")
            }
            throw unreadable(row, column, problem)
        }
    }

    private func unreadable(_ row: CSVRow, _ column: Int, _ problem: NumberProblem) -> PriceFileError.Problem {
        row.problem(
            column, "\(layout.names[column]) \(problem.message(for: row[column], in: numbers))", remedy: problem.remedy)
    }

    private func isRowOfZeros(_ row: CSVRow, _ group: BarColumns) -> Bool {
        let columns = [group.open, group.high, group.low, group.close].compactMap(\.self)
        return columns.count > 1 && columns.allSatisfy { numbers.price(row[$0]) == .problem(.zero) }
    }

    private func volume(_ row: CSVRow, _ column: Int) throws(PriceFileError.Problem) -> Double {
        switch numbers.volume(row[column]) {
        case .number(let volume): return volume
        case .missing: return .nan
        case .problem(let problem): throw unreadable(row, column, problem)
        }
    }

    /// - Returns: NaN where there is none; nil where there is none that could be used, and the row is left out.
    private mutating func adjustedClose(_ row: CSVRow, _ column: Int) throws(PriceFileError.Problem) -> Double? {
        switch numbers.price(row[column]) {
        case .number(let price):
            return price
        case .missing:
            if missing == .reject { throw gap(row, column) }
            return .nan
        case .problem(let problem):
            guard problem == .nan || problem == .infinite else { throw unreadable(row, column, problem) }
            notes.unusableAdjustedCloses.add(row.line)
            return nil
        }
    }

    /// Notes what a row tells beside its bar.
    private mutating func note(
        _ row: CSVRow, _ bar: PriceRow, _ group: BarColumns, of symbol: Int
    ) throws(PriceFileError.Problem) {
        if let column = group.adjustedClose {
            notes.resolutions[symbol, default: DecimalResolution()].note(row[column], form: numbers)
        }
        guard group.split != nil || group.dividend != nil else { return }
        var action = CorporateAction(time: bar.time, line: bar.line)
        if let column = group.split { action.splitRatio = try ratio(row, column) }
        if let column = group.dividend { action.dividend = try dividend(row, column) }
        guard action.splitRatio != nil || action.dividend != nil else { return }
        notes.actions[symbol, default: []].append(action)
    }

    /// Cash for each share; 0 and nothing mean no dividend.
    private func dividend(_ row: CSVRow, _ column: Int) throws(PriceFileError.Problem) -> Double? {
        switch numbers.volume(row[column]) {
        case .number(let dividend): return dividend > 0 ? dividend : nil
        case .missing: return nil
        case .problem:
            throw row.problem(
                column,
                "\(layout.names[column]) is \(Excerpt.quoted(row[column])), expected cash for each share such as 0.24",
                remedy: "Correct the cell, or empty it where there was no dividend.")
        }
    }

    /// New shares for each old one: `4`, `4.0`, `4:1`, `4/1`; 0, 1 and nothing mean no split.
    private func ratio(_ row: CSVRow, _ column: Int) throws(PriceFileError.Problem) -> Double? {
        switch numbers.volume(row[column]) {
        case .missing, .number(0), .number(1): return nil
        default: break
        }
        let parts = row[column].split(maxSplits: 1, omittingEmptySubsequences: false) {
            $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: "/")
        }
        var sides = parts.compactMap { part in
            if case .number(let number) = numbers.volume(Cell(rebasing: part)) { number } else { nil }
        }
        if parts.count == 1 { sides.append(1) }
        if sides.count == 2, sides[0] == sides[1], sides[0] > 0 { return nil }
        guard sides.count == 2, let ratio = SplitRatio(new: sides[0], old: sides[1]) else {
            throw row.problem(
                column,
                "\(layout.names[column]) is \(Excerpt.quoted(row[column])), expected a split such as 4.0 or 4:1",
                remedy: "Correct the cell, or empty it where there was no split.")
        }
        return ratio.new / ratio.old
    }

    private mutating func leaveOut(_ row: CSVRow, _ column: Int) throws(PriceFileError.Problem) {
        if missing == .reject { throw gap(row, column) }
        notes.missing.add(row.line)
    }

    private func gap(_ row: CSVRow, _ column: Int) -> PriceFileError.Problem {
        row.problem(
            column,
            "\(layout.names[column]) is missing\(row[column].isEmpty ? "" : " (\(Excerpt.quoted(row[column])))")",
            remedy: "Complete the row or remove it; --missing skip leaves such rows out.")
    }

    private mutating func symbol(_ row: CSVRow, _ group: BarColumns) throws(PriceFileError.Problem) -> Int {
        guard let column = group.symbol else { return 0 }
        let cell = row[column]
        if let known = symbols.number(of: cell) { return known }
        guard Symbol.isLegal(cell) else {
            throw row.problem(column, "\(Excerpt.quoted(cell)) is not a symbol", remedy: Symbol.rule)
        }
        return symbols.add(cell, line: row.line)
    }

    private mutating func time(_ row: CSVRow) throws(PriceFileError.Problem) -> Timestamp {
        guard let date = layout.date else {
            defer { nextIndex += 1 }
            let text = Array(String(nextIndex).utf8)
            let time = text.withUnsafeBufferPointer { try? times.read(date: $0, line: row.line) }
            guard let time else {
                throw row.problem(
                    nil, "more rows than can be counted as days: \(nextIndex)",
                    remedy: "Give the rows dates, in a column of their own.")
            }
            return time
        }
        let timeOfDay = layout.timeOfDay.map { row[$0] }
        do throws(TimeProblem) {
            return try times.read(date: row[date], time: timeOfDay, line: row.line)
        } catch {
            let column = error.isInTimeCell ? layout.timeOfDay ?? date : date
            throw row.problem(column, error.message(date: row[date], time: timeOfDay), remedy: error.remedy)
        }
    }

    // MARK: - Rows of another width

    /// Whether a line is a sentence rather than a row that lost its separators.
    private func isProse(_ cell: Cell) -> Bool {
        cell.first.map { !(0x30...0x39).contains($0) } == true
            && (cell.count { $0 == 0x20 } > 1 || !cell.contains { ",;\t|".utf8.contains($0) })
    }

    private func wrongWidth(_ row: CSVRow) -> String {
        let fields = row.count == 1 ? "1 field" : "\(row.count) fields"
        var hint = ""
        if row.count < width {
            let rivals: [(UInt8, String)] = [
                (UInt8(ascii: ";"), "semicolons"), (0x09, "tabs"), (UInt8(ascii: ","), "commas"),
                (UInt8(ascii: "|"), "bars"),
            ]
            let text = row.text
            if let rival = rivals.first(where: { rival in
                rival.0 != row.delimiter && text.count { $0 == rival.0 } + row.count >= width
            }) {
                hint = " (\(rival.1) as separators?)"
            } else if !row.hasLineEnd {
                hint = " (the file looks cut off)"
            }
        }
        return "line \(row.line) has \(fields), the header \(layout.names.count)\(hint)"
    }

    private static let widthRemedy =
        "A field for each column, empty where nothing is known; was the file cut off, or another separator used?"
}
