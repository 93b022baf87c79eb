/// Finds out how a price file is laid out, from its first rows and from what the user states.
///
/// Each delimiter gives the file another face; under most of them it is no table. The one under which most columns have a meaning
/// is taken. Where no row names columns, only layouts that are known by more than the order of their columns are
/// understood (`HeaderlessLayout`); for all others the user is asked.
struct LayoutFinder {
    let options: PriceFileOptions
    /// The path of the file, whose name is the symbol where nothing else says it.
    let file: String

    struct Finding {
        var delimiter: UInt8
        var encoding: TextEncoding
        var layout: PriceFileLayout
        /// What about the columns the user should look at.
        var doubt: QualityFinding?
    }

    private static let delimiters: [(byte: UInt8, name: String)] = [
        (UInt8(ascii: ","), "comma"), (UInt8(ascii: ";"), "semicolon"), (0x09, "tab"),
        (UInt8(ascii: "|"), "vertical bar"),
    ]

    static func name(ofDelimiter byte: UInt8) -> String {
        delimiters.first { $0.byte == byte }?.name ?? (byte == 0x20 ? "blank" : Excerpt.quoted([byte]))
    }

    /// - Parameter bytes: the beginning of the file, up to the end of a line.
    /// - Throws: where the file has no layout that is understood, or more than one.
    func find(in bytes: [UInt8]) throws(PriceFileError.Problem) -> Finding {
        if let symbol = options.symbol, !Symbol.isLegal(symbol.utf8) {
            throw PriceFileError.Problem(
                message: "\(Excerpt.quoted(symbol.utf8)), stated for this file, is not a symbol", remedy: Symbol.rule)
        }
        let hint = DelimiterHint(bytes)
        let candidates = (options.delimiter ?? hint?.delimiter).map { [$0] } ?? LayoutFinder.delimiters.map(\.byte)
        func head(_ delimiter: UInt8) -> TableHead {
            TableHead(bytes: bytes, delimiter: delimiter, encoding: options.encoding, skipping: hint == nil ? 0 : 1)
        }
        let heads = candidates.map(head)
        // A blank also separates words and dates from times, so it is tried last, and what is wrong then is no news.
        var found = try best(heads)
        if found == nil, candidates.count > 1 { found = try? best([head(0x20)]) }
        guard var finding = found else { throw noLayout(heads) }
        if finding.encoding != .utf8 && options.encoding == nil {
            finding.layout.decisions.append("not UTF-8: read as \(finding.encoding.rawValue)")
        }
        if finding.delimiter != UInt8(ascii: ",") {
            finding.layout.decisions.insert("separator: \(LayoutFinder.name(ofDelimiter: finding.delimiter))", at: 0)
        }
        return finding
    }

    /// The reading under which most columns have a meaning.
    private func best(_ heads: [TableHead]) throws(PriceFileError.Problem) -> Finding? {
        var best: (score: Int, finding: Finding)?
        for head in heads {
            guard let found = try interpretation(of: head), found.score > best?.score ?? 0 else { continue }
            let layout = found.layout
            let doubt =
                layout.isWide ? SuspectColumns.finding(wide: layout) : SuspectColumns.finding(long: layout, head: head)
            best = (
                found.score,
                Finding(delimiter: head.delimiter, encoding: head.encoding, layout: layout, doubt: doubt)
            )
        }
        return best?.finding
    }

    private func interpretation(
        of head: TableHead
    ) throws(PriceFileError.Problem) -> (score: Int, layout: PriceFileLayout)? {
        let header = HeaderReading(head: head, options: options, file: file)
        if !options.columns.isEmpty { return try header.stated() }
        if let found = try header.find() { return found }
        return try HeaderlessLayout(head: head, options: options, file: file).find()
    }

    /// Why no delimiter gives a layout, told of the face with most columns.
    private func noLayout(_ heads: [TableHead]) -> PriceFileError.Problem {
        let widest = heads.max { ($0.rows.first?.cells.count ?? 0) < ($1.rows.first?.cells.count ?? 0) }
        guard let head = widest, let first = head.rows.first else {
            return heads.first?.problem
                ?? PriceFileError.Problem(
                    message: "holds nothing but blanks", remedy: "Download or export the file again.")
        }
        if heads.count == 1, head.rows.allSatisfy({ $0.cells.count == 1 }) {
            return head.problem(
                0, "no table with the separator \(LayoutFinder.name(ofDelimiter: head.delimiter)), which was stated",
                remedy: "State the separator that the file has with --delimiter.")
        }
        let isData = HeaderReading(head: head, options: options, file: file).cellLooksLikeData(0)
        let isProse = head.rows.count <= 2 && !isData && ColumnRoles(names: head.names(0)).count == 0
        if isProse || head.rows.allSatisfy({ $0.cells.count == 1 }) {
            return head.problem(
                0,
                "no table of prices but the text \(Excerpt.quoted(first.text)), perhaps a server's message instead of data",
                remedy: "Look into the file, and download it again; for another separator say so with --delimiter.")
        }
        return HeaderReading(head: head, options: options, file: file).failure()
    }
}

/// A first line such as `sep=;`, by which spreadsheets are told the delimiter: neither data nor header.
struct DelimiterHint {
    let delimiter: UInt8

    init?(_ bytes: [UInt8]) {
        var line = bytes.prefix(16)[...]
        if line.starts(with: [0xEF, 0xBB, 0xBF]) { line = line.dropFirst(3) }
        line = line.prefix { $0 != 10 && $0 != 13 }
        let text = line.filter { $0 != UInt8(ascii: "\"") }
        guard text.count == 5, text.prefix(4).map({ $0 | 0x20 }).elementsEqual("sep=".utf8.map { $0 | 0x20 }) else {
            return nil
        }
        delimiter = text[4]
    }
}
