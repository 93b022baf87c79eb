/// One row of a CSV file: its fields, and where it stands.
struct CSVRow {
    private let fields: CSVFields

    init(fields: CSVFields) {
        self.fields = fields
    }

    /// The line on which the row begins.
    var line: Int { fields.line }

    /// The bytes of that line.
    var text: [UInt8] { fields.text }

    var count: Int { fields.ends.count }

    /// The bytes of a field, without quotes and surrounding blanks.
    subscript(field: Int) -> ArraySlice<UInt8> {
        fields.bytes[(field == 0 ? 0 : fields.ends[field - 1])..<fields.ends[field]]
    }

    /// The field as text; what is not UTF-8 is repaired.
    func string(_ field: Int) -> String {
        String(decoding: self[field], as: UTF8.self)
    }

    /// A problem with one field of this row, or with the row as a whole.
    func problem(_ field: Int?, _ message: String, remedy: String) -> PriceFileError.Problem {
        let offset = field.map(offset(of:)) ?? 0
        return PriceFileError.Problem(
            line: line, column: columnNumber(of: offset, in: text), message: message,
            excerpt: Excerpt(line: text, offset: offset), remedy: remedy)
    }

    /// Where a field begins in `text`, its blanks and its quote left out. A field that begins on a later line lies at the end.
    private func offset(of field: Int) -> Int {
        let text = self.text
        var number = 0
        var isQuoted = false
        var offset = 0
        while offset < text.count && (number < field || text[offset] == 0x20 || text[offset] == 0x09) {
            switch text[offset] {
            case UInt8(ascii: "\""): isQuoted.toggle()
            case UInt8(ascii: ",") where !isQuoted: number += 1
            default: break
            }
            offset += 1
        }
        return offset
    }

    /// Where the quote stands that is still open at the end of the row's first line.
    var openQuote: Int {
        var opening = 0
        var isQuoted = false
        for (offset, byte) in text.enumerated() where byte == UInt8(ascii: "\"") {
            if !isQuoted { opening = offset }
            isQuoted.toggle()
        }
        return opening
    }
}
