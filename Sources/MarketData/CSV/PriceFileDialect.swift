/// How the columns of one price file are to be read, as decided from its header.
///
/// Deciding comes first and stands alone: `PriceFileParser` follows the dialect and guesses nothing. What was decided is told
/// in `decisions`.
package struct PriceFileDialect: Equatable, Sendable {
    /// Where each thing stands, by index of the column.
    package enum Layout: Equatable, Sendable {
        /// One bar a row.
        case long(LongColumns)
        /// One time a row, and a column of closes for each symbol.
        case wide(time: Int, symbols: [Column])
    }

    package struct LongColumns: Equatable, Sendable {
        package var time: Int
        package var symbol: SymbolSource
        package var open: Int?
        package var high: Int?
        package var low: Int?
        package var close: Int
        package var volume: Int?
        package var adjustedClose: Int?
    }

    package enum SymbolSource: Equatable, Sendable {
        case column(Int)
        /// All rows are of one symbol, which the file does not name.
        case given(String)
    }

    package struct Column: Equatable, Sendable {
        package var index: Int
        package var name: String
    }

    package var layout: Layout
    /// The names of the columns, as the header writes them.
    package var names: [String]
    /// What was decided, a line each, for people.
    package var decisions: [String]
}

extension PriceFileDialect {
    /// Header names that are understood, in lower case and without blanks and underscores.
    private static let timeNames = ["date", "time", "timestamp", "datetime"]
    private static let symbolNames = ["symbol", "ticker"]
    private static let adjustedCloseNames = ["adjclose", "adjustedclose"]

    /// Decides from the header.
    /// - Parameters:
    ///   - header: the first row of the file.
    ///   - file: the file's path, whose name is the symbol where nothing else says it.
    ///   - symbol: the symbol the user stated, if any.
    /// - Throws: where the columns are not those of a layout that is understood.
    static func decide(
        header: CSVRow, file: String, symbol: String?
    ) throws(PriceFileError.Problem) -> PriceFileDialect {
        let names = (0..<header.count).map { header.string($0).trimmed }
        let keys = names.map { $0.lowercased().filter { $0 != " " && $0 != "_" } }
        let found = Excerpt.list(names)

        func column(_ wanted: [String]) throws(PriceFileError.Problem) -> Int? {
            let matches = keys.indices.filter { wanted.contains(keys[$0]) }
            guard matches.count > 1 else { return matches.first }
            throw header.problem(
                matches[1], "columns '\(names[matches[0]])' and '\(names[matches[1]])' say the same thing",
                remedy: "Keep one of them.")
        }

        guard let time = try column(timeNames) else {
            let close = try column(["close"])
            throw header.problem(
                0, "no date column\(close == nil ? " and no close column" : ""); found: \(found)",
                remedy: "The first row must name the columns, such as date,symbol,open,high,low,close,volume.")
        }
        guard let close = try column(["close"]) else {
            return try decideWide(header: header, names: names, keys: keys, time: time, symbol: symbol)
        }
        let symbolColumn = try column(symbolNames)
        let columns = LongColumns(
            time: time, symbol: try symbolSource(header: header, column: symbolColumn, file: file, symbol: symbol),
            open: try column(["open"]), high: try column(["high"]), low: try column(["low"]), close: close,
            volume: try column(["volume"]), adjustedClose: try column(adjustedCloseNames))
        return PriceFileDialect(
            layout: .long(columns), names: names, decisions: decisions(on: columns, names: names, symbol: symbol))
    }

    private static func symbolSource(
        header: CSVRow, column: Int?, file: String, symbol: String?
    ) throws(PriceFileError.Problem) -> SymbolSource {
        if let column {
            guard symbol == nil else {
                throw header.problem(
                    column, "the file names its symbols itself, in column '\(header.string(column))'",
                    remedy: "Leave out --symbol.")
            }
            return .column(column)
        }
        if let symbol { return .given(symbol) }
        let name = fileStem(file)
        guard isSymbol(name.utf8) else {
            throw header.problem(
                nil, "the file names no symbol, and its own name \(Excerpt.quoted(name.utf8)) is none",
                remedy: "State the symbol with --symbol.")
        }
        return .given(name)
    }

    private static func decideWide(
        header: CSVRow, names: [String], keys: [String], time: Int, symbol: String?
    ) throws(PriceFileError.Problem) -> PriceFileDialect {
        // LOW and OPEN are tickers too, so one such name does not make a file of bars; two or more do.
        let barNames = ["open", "high", "low", "volume"] + symbolNames + adjustedCloseNames
        guard keys.count(where: barNames.contains) < 2, time == 0, names.count > 1 else {
            throw header.problem(
                0, "no close column; found: \(Excerpt.list(names))",
                remedy: "Name the column of closing prices 'close'.")
        }
        guard symbol == nil else {
            throw header.problem(0, "the file names its symbols itself, in its header", remedy: "Leave out --symbol.")
        }
        var seen: Set<String> = []
        var columns: [Column] = []
        for (index, name) in names.enumerated() where index != time {
            guard isSymbol(name.utf8) else {
                throw header.problem(
                    index, "column \(Excerpt.quoted(name.utf8)) is not a symbol, and there is no close column",
                    remedy: "\(symbolRule) A file of bars needs a column 'close'.")
            }
            guard seen.insert(name).inserted else {
                throw header.problem(index, "symbol '\(name)' has two columns", remedy: "Keep one of them.")
            }
            columns.append(Column(index: index, name: name))
        }
        let closes = columns.count == 1 ? "one column of closes" : "\(columns.count) columns of closes"
        return PriceFileDialect(
            layout: .wide(time: time, symbols: columns), names: names,
            decisions: [
                "wide: a row per '\(names[time])', \(closes)",
                "empty cells are absent",
            ])
    }

    private static func decisions(on columns: LongColumns, names: [String], symbol: String?) -> [String] {
        let optional = [columns.open, columns.high, columns.low, columns.close, columns.volume].compactMap(\.self)
        var used = [columns.time] + optional
        if case .column(let index) = columns.symbol { used.append(index) }
        if let adjusted = columns.adjustedClose { used.append(adjusted) }
        var decisions = ["long: a bar per row, from columns \(Excerpt.list(used.sorted().map { names[$0] }))"]
        if case .given(let name) = columns.symbol {
            decisions.append("symbol \(name), \(symbol == nil ? "from the name of the file" : "as stated")")
        }
        if let adjusted = columns.adjustedClose {
            decisions.append(
                "prices are kept raw; '\(names[adjusted])' / '\(names[columns.close])' is the factor that adjusts "
                    + "open, high, low and close (not volume) on reading")
        }
        let ignored = names.indices.filter { !used.contains($0) }
        if !ignored.isEmpty { decisions.append("columns ignored: \(Excerpt.list(ignored.map { names[$0] }))") }
        return decisions
    }

    /// The rule of `isSymbol`, for messages.
    static let symbolRule =
        "A symbol has 1 to 32 of the characters A-Z a-z 0-9 . ^ = _ - and a letter or digit among them."

    /// Whether some text may be a symbol, which never can be a path.
    static func isSymbol(_ text: some Collection<UInt8>) -> Bool {
        func isAlphanumeric(_ byte: UInt8) -> Bool {
            (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
        }
        return (1...32).contains(text.count) && text.contains(where: isAlphanumeric)
            && text.allSatisfy { isAlphanumeric($0) || ".^=_-".utf8.contains($0) }
    }

    /// The name of a file without its folder and its last extension.
    private static func fileStem(_ path: String) -> String {
        let name = path.split(separator: "/").last ?? ""
        guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return String(name) }
        return String(name[..<dot])
    }
}

extension Excerpt {
    /// Names in a row, separated by commas; the first ten, each cut to forty characters.
    fileprivate static func list(_ names: [String]) -> String {
        let shown = names.prefix(10).map { String(quoted($0.utf8).dropFirst().dropLast()) }
        return shown.joined(separator: ", ") + (names.count > 10 ? ", and \(names.count - 10) more" : "")
    }
}

extension String {
    /// Without spaces and tabs at both ends.
    fileprivate var trimmed: String {
        let isBlank: (Character) -> Bool = { $0 == " " || $0 == "\t" }
        guard let first = firstIndex(where: { !isBlank($0) }), let last = lastIndex(where: { !isBlank($0) }) else {
            return ""
        }
        return String(self[first...last])
    }
}
