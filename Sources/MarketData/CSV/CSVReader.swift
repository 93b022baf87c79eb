import CCSV

/// Reads the rows of a CSV file (RFC 4180) through libcsv, in strict mode.
///
/// libcsv reports no place, so it is fed one line at a time: the line of a row is then known, and its text is at hand when a
/// message must quote it. Blanks around a field that is not quoted are dropped, empty lines skipped.
final class CSVReader {
    /// Fields longer than this many bytes are refused; so a quote that is never closed is noticed early.
    static let longestField = 4_096

    private let lines: FileLines
    private let fields = CSVFields()
    private var parser = csv_parser()

    init(path: String) throws(PriceFileError.Problem) {
        lines = try FileLines(path: path)
        // It can fail only for want of a parser.
        csv_init(&parser, UInt8(CSV_STRICT | CSV_STRICT_FINI))
    }

    deinit {
        csv_free(&parser)
    }

    /// The SHA-256 of the file, in hexadecimal. To be asked after the last row.
    var fingerprint: String { lines.fingerprint }

    /// The next row, valid until the next call; nil after the last.
    /// - Throws: where the file is not CSV.
    func next() throws(PriceFileError.Problem) -> CSVRow? {
        fields.removeAll()
        while let line = try lines.next() {
            if !isWithinQuotes { fields.begin(line, lines.number) }
            try feed(line)
            if fields.rowIsComplete { return CSVRow(fields: fields) }
        }
        if isWithinQuotes { throw unclosedQuote() }
        return nil
    }

    /// Whether the lines so far end within quotes, so that the row goes on. An empty line begins no row.
    private var isWithinQuotes: Bool { parser.pstate != 0 }

    private func feed(_ line: UnsafeBufferPointer<UInt8>) throws(PriceFileError.Problem) {
        let context = Unmanaged.passUnretained(fields).toOpaque()
        let taken = csv_parse(&parser, line.baseAddress, line.count, CSVFields.fieldEnded, CSVFields.rowEnded, context)
        guard taken == line.count else { throw strayQuote(at: taken) }
        // The last line of a file may have no end: it is given one.
        var newline = UInt8(ascii: "\n")
        csv_parse(&parser, &newline, 1, CSVFields.fieldEnded, CSVFields.rowEnded, context)
        if max(fields.longest, parser.entry_pos) > CSVReader.longestField {
            if isWithinQuotes { throw unclosedQuote() }
            throw PriceFileError.Problem(
                line: lines.number,
                message: "a field of line \(lines.number) is longer than \(CSVReader.longestField) bytes",
                remedy: "Is a quote missing, or is this not a price file?")
        }
    }

    private func strayQuote(at offset: Int) -> PriceFileError.Problem {
        // In a row of several lines, the quote that should not be open is wrong, not the one that seems to close it.
        if fields.line != lines.number { return unclosedQuote() }
        let line = fields.text
        let isQuote = line[offset] == UInt8(ascii: "\"")
        return PriceFileError.Problem(
            line: lines.number, column: columnNumber(of: offset, in: line),
            message: isQuote ? "quote within a field that does not begin with one" : "text after a closing quote",
            excerpt: Excerpt(line: line, offset: offset),
            remedy: "Put the whole field in quotes and double those within it, or remove them.")
    }

    private func unclosedQuote() -> PriceFileError.Problem {
        let offset = CSVRow(fields: fields).openQuote
        return PriceFileError.Problem(
            line: fields.line, column: columnNumber(of: offset, in: fields.text),
            message: "the quote opened on line \(fields.line) is never closed",
            excerpt: Excerpt(line: fields.text, offset: offset), remedy: "Close it, or remove it.")
    }
}

/// What libcsv has taken apart: the bytes of the current row's fields, one after the other.
final class CSVFields {
    private(set) var bytes: [UInt8] = []
    /// Where each field ends in `bytes`.
    private(set) var ends: [Int] = []
    private(set) var rowIsComplete = false
    /// The line on which the row begins, and its text, which libcsv does not keep.
    private(set) var line = 0
    private(set) var text: [UInt8] = []
    /// Bytes of the longest field.
    private(set) var longest = 0

    func removeAll() {
        bytes.removeAll(keepingCapacity: true)
        ends.removeAll(keepingCapacity: true)
        rowIsComplete = false
        longest = 0
    }

    func begin(_ text: UnsafeBufferPointer<UInt8>, _ line: Int) {
        self.line = line
        self.text.removeAll(keepingCapacity: true)
        self.text.append(contentsOf: text)
    }

    static let fieldEnded: @convention(c) (UnsafeMutableRawPointer?, Int, UnsafeMutableRawPointer?) -> Void = {
        text, count, context in
        guard let context else { return }
        let fields = Unmanaged<CSVFields>.fromOpaque(context).takeUnretainedValue()
        fields.bytes.append(contentsOf: UnsafeRawBufferPointer(start: text, count: count))
        fields.ends.append(fields.bytes.count)
        fields.longest = max(fields.longest, count)
    }

    static let rowEnded: @convention(c) (Int32, UnsafeMutableRawPointer?) -> Void = { _, context in
        guard let context else { return }
        Unmanaged<CSVFields>.fromOpaque(context).takeUnretainedValue().rowIsComplete = true
    }
}
