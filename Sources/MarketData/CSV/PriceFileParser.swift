/// Turns the rows of one file into bars as its dialect says, noting every cell that cannot be read.
struct PriceFileParser {
    let dialect: PriceFileDialect
    /// Dates later than this year are typing errors.
    private let latestYear: Int
    private static let earliestYear = 1800

    /// What was read, symbol by symbol, in the order of the file.
    private(set) var series: [(symbol: String, rows: [PriceRow])] = []
    private(set) var problems = PriceFileProblems()
    /// Rows read, good and bad.
    private(set) var rowCount = 0
    private var indexOfSymbol: [ArraySlice<UInt8>: Int] = [:]

    init(dialect: PriceFileDialect, latestYear: Int) {
        self.dialect = dialect
        self.latestYear = latestYear
        switch dialect.layout {
        case .long(let columns):
            if case .given(let symbol) = columns.symbol { series.append((symbol, [])) }
        case .wide(_, let symbols):
            series = symbols.map { ($0.name, []) }
        }
    }

    /// Reads one row. What is wrong with it becomes a problem; then nothing of the row is taken.
    mutating func read(_ row: CSVRow) {
        rowCount += 1
        do throws(PriceFileError.Problem) {
            guard row.count == dialect.names.count else { throw wrongWidth(row) }
            switch dialect.layout {
            case .long(let columns): try read(row, columns)
            case .wide(let time, let symbols): try read(row, time, symbols)
            }
        } catch {
            problems.add(error)
        }
    }

    /// Notes why the file cannot be read further.
    mutating func stop(_ problem: PriceFileError.Problem) {
        problems.add(problem)
    }

    private mutating func read(_ row: CSVRow, _ columns: PriceFileDialect.LongColumns) throws(PriceFileError.Problem) {
        var bar = PriceRow(line: row.line, time: try time(row, columns.time), close: try price(row, columns.close))
        if let column = columns.open { bar.open = try price(row, column) }
        if let column = columns.high { bar.high = try price(row, column) }
        if let column = columns.low { bar.low = try price(row, column) }
        if let column = columns.volume { bar.volume = try volume(row, column) }
        if let column = columns.adjustedClose { bar.adjustmentFactor = try price(row, column) / bar.close }
        if let low = columns.low, bar.high < bar.low {
            throw row.problem(
                columns.high,
                "high \(row.string(columns.high ?? low)) is below low \(row.string(low))",
                remedy: "Correct the row or remove it; nothing of the file was stored.")
        }
        series[try symbol(row, columns.symbol)].rows.append(bar)
    }

    private mutating func read(
        _ row: CSVRow, _ timeColumn: Int, _ symbols: [PriceFileDialect.Column]
    ) throws(PriceFileError.Problem) {
        let time = try time(row, timeColumn)
        for (index, column) in symbols.enumerated() where !row[column.index].isEmpty {
            let close = try price(row, column.index)
            series[index].rows.append(PriceRow(line: row.line, time: time, close: close))
        }
    }

    private mutating func symbol(
        _ row: CSVRow, _ source: PriceFileDialect.SymbolSource
    ) throws(PriceFileError.Problem) -> Int {
        guard case .column(let column) = source else { return 0 }
        let text = row[column]
        if let known = indexOfSymbol[text] { return known }
        guard PriceFileDialect.isSymbol(text) else {
            throw row.problem(
                column, "\(Excerpt.quoted(text)) is not a symbol", remedy: PriceFileDialect.symbolRule)
        }
        series.append((row.string(column), []))
        // A copy of its own: the slice shares memory with the row, which is about to change.
        indexOfSymbol[ArraySlice(Array(text))] = series.count - 1
        return series.count - 1
    }

    private func time(_ row: CSVRow, _ column: Int) throws(PriceFileError.Problem) -> Timestamp {
        let text = row[column]
        guard let time = Timestamp(iso8601: text) else {
            let name = "\(dialect.names[column]) is \(Excerpt.quoted(text))"
            throw row.problem(
                column,
                Timestamp(iso8601: text.prefix(10)) == nil
                    ? "\(name), expected a date such as 2008-10-10"
                    : "\(name), expected a time in UTC such as 2008-10-10T14:30:00Z",
                remedy: "Write existing dates as 2008-10-10, with a time in UTC as 2008-10-10T14:30:00Z.")
        }
        let year = time.date.year
        guard (PriceFileParser.earliestYear...latestYear).contains(year) else {
            throw row.problem(
                column, "year \(year) is not in \(PriceFileParser.earliestYear)...\(latestYear) (typing error?)",
                remedy: "Correct the date or remove the row.")
        }
        return time
    }

    private func price(_ row: CSVRow, _ column: Int) throws(PriceFileError.Problem) -> Double {
        let text = row[column]
        let price = decimalNumber(text)
        if let price, price > 0, price.isFinite { return price }
        let name = "\(dialect.names[column]) is \(Excerpt.quoted(text))"
        let message =
            switch price {
            case nil: "\(name), expected a price such as 91.64"
            case .some(let price) where price > 0: "\(name), too large a number"
            default: "\(name), but a price is above zero"
            }
        throw row.problem(
            column, message, remedy: "Correct the cell or remove the row; nothing of the file was stored.")
    }

    private func volume(_ row: CSVRow, _ column: Int) throws(PriceFileError.Problem) -> Double {
        let text = row[column]
        if text.isEmpty { return .nan }
        if let volume = decimalNumber(text), volume >= 0, volume.isFinite { return volume }
        throw row.problem(
            column,
            "\(dialect.names[column]) is \(Excerpt.quoted(text)), expected a number such as 871026300, or nothing",
            remedy: "Correct the cell, or empty it where the volume is not known.")
    }

    private func wrongWidth(_ row: CSVRow) -> PriceFileError.Problem {
        let fields = row.count == 1 ? "1 field" : "\(row.count) fields"
        return row.problem(
            nil, "the row has \(fields), the header \(dialect.names.count)",
            remedy: "A field for each column, empty where nothing is known; was the file cut off, or another "
                + "separator used?")
    }
}
