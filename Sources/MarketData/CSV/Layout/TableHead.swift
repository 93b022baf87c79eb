/// The first rows of a file, as they are with one delimiter.
struct TableHead {
    struct Row {
        /// The line on which it stands.
        let line: Int
        let cells: [[UInt8]]
        /// The bytes of that line.
        let text: [UInt8]
    }

    let delimiter: UInt8
    let encoding: TextEncoding
    let rows: [Row]
    /// Why there are no more rows, if not for the end.
    let problem: PriceFileError.Problem?

    /// So many rows are looked at for a header.
    private static let rowLimit = 40

    /// - Parameters:
    ///   - bytes: the beginning of the file.
    ///   - skipping: lines up to this one are left out.
    init(bytes: [UInt8], delimiter: UInt8, encoding: TextEncoding?, skipping: Int) {
        var rows: [Row] = []
        var problem: PriceFileError.Problem?
        do throws(PriceFileError.Problem) {
            let reader = try CSVReader(try ByteStream(bytes: bytes), delimiter: delimiter)
            while rows.count < TableHead.rowLimit, let row = try reader.next() {
                guard row.line > skipping else { continue }
                rows.append(Row(line: row.line, cells: (0..<row.count).map { Array(row[$0]) }, text: row.text))
            }
        } catch let stop {
            problem = stop
        }
        self.delimiter = delimiter
        self.rows = rows
        self.problem = problem
        self.encoding = encoding ?? TableHead.encoding(of: rows)
    }

    /// The encoding under which a row has most names of columns that mean something. So an encoding never gives a column another
    /// meaning; it gives it one or none.
    private static func encoding(of rows: [Row]) -> TextEncoding {
        // Of a very wide row some cells speak for all.
        let foreign = rows.map { $0.cells.prefix(64) }.filter { !$0.allSatisfy(TextEncoding.isUTF8) }
        guard !foreign.isEmpty else { return .utf8 }
        var best = (encoding: TextEncoding.windows1252, roles: 0)
        for encoding: TextEncoding in [.windows1252, .windows1250, .windows1251, .gb18030, .shiftJIS] {
            let roles =
                foreign.map { ColumnRoles(names: $0.map { encoding.decode($0).trimmingBlanks }).count }.max() ?? 0
            if roles > best.roles { best = (encoding, roles) }
        }
        return best.encoding
    }

    /// A row's cells as text.
    func names(_ index: Int) -> [String] { rows[index].cells.map { encoding.decode($0).trimmingBlanks } }

    /// A problem with a cell of a row, or with the row as a whole.
    func problem(
        _ index: Int, column: Int? = nil, _ message: String, remedy: String
    ) -> PriceFileError.Problem {
        let row = rows[index]
        let offset = column.map { TableHead.offset(of: $0, in: row.text, delimiter: delimiter) } ?? 0
        return PriceFileError.Problem(
            line: row.line, column: columnNumber(of: offset, in: row.text), message: message,
            excerpt: Excerpt(line: row.text, offset: offset), remedy: remedy)
    }

    /// Where a field begins in a line, its blanks and its quote left out; at the end for a field of a later line.
    static func offset(of field: Int, in text: [UInt8], delimiter: UInt8) -> Int {
        var number = 0
        var isQuoted = false
        var offset = 0
        while offset < text.count
            && (number < field || ((text[offset] == 0x20 || text[offset] == 0x09) && text[offset] != delimiter))
        {
            switch text[offset] {
            case UInt8(ascii: "\""): isQuoted.toggle()
            case delimiter where !isQuoted: number += 1
            default: break
            }
            offset += 1
        }
        return offset
    }
}
