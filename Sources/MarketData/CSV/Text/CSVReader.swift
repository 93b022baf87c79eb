import CCSV

/// Reads the rows of a CSV file (RFC 4180) through libcsv, in strict mode.
///
/// libcsv reports no place, so it is fed one line at a time: the line of a row is then known, and its text is at hand when a
/// message must quote it. Blanks around a field that is not quoted are dropped, empty lines skipped.
final class CSVReader {
    /// Fields longer than this many bytes are refused; so a quote that is never closed is noticed early.
    static let longestField = 4_096
    /// Rows longer than this many bytes are refused, on however many lines.
    private static let longestRow = 2 * LineReader.longestLine

    let delimiter: UInt8
    private let lines: LineReader
    private let row = CSVRowBuffer()
    private var parser = csv_parser()

    init(_ stream: ByteStream, delimiter: UInt8) throws(PriceFileError.Problem) {
        self.delimiter = delimiter
        lines = try LineReader(stream)
        // It can fail only for want of a parser.
        csv_init(&parser, UInt8(CSV_STRICT | CSV_STRICT_FINI))
        csv_set_delim(&parser, delimiter)
        // A delimiter is no blank to be dropped.
        if delimiter == UInt8(ascii: "\t") { csv_set_space_func(&parser) { $0 == 0x20 ? 1 : 0 } }
        if delimiter == UInt8(ascii: " ") { csv_set_space_func(&parser) { $0 == 0x09 ? 1 : 0 } }
    }

    deinit {
        csv_free(&parser)
    }

    /// The next row, valid until the next call; nil after the last.
    /// - Throws: where the file is not CSV.
    func next() throws(PriceFileError.Problem) -> CSVRow? {
        row.removeAll()
        while let line = try lines.next() {
            if !isWithinQuotes { row.begin(line, lines.number) }
            try feed(line)
            if row.isComplete { return CSVRow(buffer: row, delimiter: delimiter, hasLineEnd: lines.lineHasEnd) }
        }
        if isWithinQuotes { throw unclosedQuote() }
        return nil
    }

    /// Whether the lines so far end within quotes, so that the row goes on. An empty line begins no row.
    private var isWithinQuotes: Bool { parser.pstate != 0 }

    private func feed(_ line: UnsafeBufferPointer<UInt8>) throws(PriceFileError.Problem) {
        let context = Unmanaged.passUnretained(row).toOpaque()
        let taken = csv_parse(
            &parser, line.baseAddress, line.count, CSVRowBuffer.fieldEnded, CSVRowBuffer.rowEnded, context)
        guard taken == line.count else { throw strayQuote(at: taken) }
        // The last line of a file may have no end, and a CR within quotes would be kept: every line gets the same end.
        var newline = UInt8(ascii: "\n")
        csv_parse(&parser, &newline, 1, CSVRowBuffer.fieldEnded, CSVRowBuffer.rowEnded, context)
        if max(row.longestField, parser.entry_pos) > CSVReader.longestField {
            if isWithinQuotes { throw unclosedQuote() }
            throw tooLong("a field", CSVReader.longestField)
        }
        if row.byteCount > CSVReader.longestRow { throw tooLong("the row", CSVReader.longestRow) }
        // The text of a row that goes on is about to be overwritten by its next line.
        if isWithinQuotes { row.keepText() }
    }

    private func tooLong(_ thing: String, _ limit: Int) -> PriceFileError.Problem {
        PriceFileError.Problem(
            line: lines.number, message: "\(thing) of line \(lines.number) is longer than \(limit) bytes",
            remedy: "Is a quote missing, or is this not a price file?")
    }

    private func strayQuote(at offset: Int) -> PriceFileError.Problem {
        // In a row of several lines, the quote that should not be open is wrong, not the one that seems to close it.
        if row.line != lines.number { return unclosedQuote() }
        let line = row.text
        let isQuote = line[offset] == UInt8(ascii: "\"")
        return PriceFileError.Problem(
            line: lines.number, column: columnNumber(of: offset, in: line),
            message: isQuote ? "quote within a field that does not begin with one" : "text after a closing quote",
            excerpt: Excerpt(line: line, offset: offset),
            remedy: "Put the whole field in quotes and double those within it, or remove them.")
    }

    private func unclosedQuote() -> PriceFileError.Problem {
        let text = row.text
        let offset = openQuote(in: text)
        return PriceFileError.Problem(
            line: row.line, column: columnNumber(of: offset, in: text),
            message: "the quote opened on line \(row.line) is never closed",
            excerpt: Excerpt(line: text, offset: offset), remedy: "Close it, or remove it.")
    }

    /// Where the quote stands that is still open at the end of a line.
    private func openQuote(in text: [UInt8]) -> Int {
        var opening = 0
        var isQuoted = false
        for (offset, byte) in text.enumerated() where byte == UInt8(ascii: "\"") {
            if !isQuoted { opening = offset }
            isQuoted.toggle()
        }
        return opening
    }
}
