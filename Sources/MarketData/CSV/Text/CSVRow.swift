/// One row of a CSV file: its fields, and where it stands. Valid until the next row is read.
struct CSVRow {
    private let buffer: CSVRowBuffer
    let delimiter: UInt8
    /// Whether the row's last line ends as lines do, rather than with the file.
    let hasLineEnd: Bool

    init(buffer: CSVRowBuffer, delimiter: UInt8, hasLineEnd: Bool) {
        self.buffer = buffer
        self.delimiter = delimiter
        self.hasLineEnd = hasLineEnd
    }

    /// The line on which the row begins.
    var line: Int { buffer.line }

    /// The bytes of that line.
    var text: [UInt8] { buffer.text }

    var count: Int { buffer.fieldCount }

    /// The bytes of a field, without quotes and surrounding blanks.
    subscript(field: Int) -> Cell { buffer[field] }

    /// Whether every field is empty, as in a line of nothing but delimiters.
    var isBlank: Bool { buffer.byteCount == 0 }

    /// A problem with one field of this row, or with the row as a whole.
    func problem(_ field: Int?, _ message: String, remedy: String) -> PriceFileError.Problem {
        let text = self.text
        let offset = field.map { TableHead.offset(of: $0, in: text, delimiter: delimiter) } ?? 0
        return PriceFileError.Problem(
            line: line, column: columnNumber(of: offset, in: text), message: message,
            excerpt: Excerpt(line: text, offset: offset), remedy: remedy)
    }
}
