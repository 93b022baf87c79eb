/// Columns whose meaning is doubtful, although the file can be read: things that are told, not decided.
enum SuspectColumns {
    /// Words that are columns of numbers in a wide file and hardly ever assets.
    private static let words: Set<String> = [
        "ask", "bid", "change", "chg", "count", "ema", "macd", "mid", "mktrf", "hml", "position", "quantity", "return",
        "returns",
        "rf", "rsi", "signal", "side", "sma", "smb", "spread", "total", "trades", "turnover", "vwap", "weight",
        "weights",
    ]

    /// Columns of a wide file that are read as symbols and are called like something else.
    static func finding(wide layout: PriceFileLayout) -> QualityFinding? {
        let suspects = layout.groups.compactMap { group -> String? in
            guard case .given(let symbol) = group.symbol else { return nil }
            let word = symbol.lowercased().filter { $0.isLetter }
            return words.contains(word) ? symbol : nil
        }
        guard !suspects.isEmpty else { return nil }
        return QualityFinding(
            check: "columns", severity: .warning, places: Places(layout.lastHeaderLine),
            message:
                "taken for \(suspects.count == 1 ? "a symbol, as every column is" : "symbols, as all columns are"): "
                + Excerpt.list(suspects),
            remedy: "If it is none, remove the column, or take the symbol out again with 'trader data remove'.")
    }

    /// A column of words that is ignored and changes from row to row, in a file that seems to be of one symbol.
    static func finding(long layout: PriceFileLayout, head: TableHead) -> QualityFinding? {
        guard layout.groups.count == 1, case .given(let symbol) = layout.groups[0].symbol else { return nil }
        let rows = head.rows.filter { $0.line > layout.lastHeaderLine && $0.cells.count == layout.names.count }
        let used = Set(
            layout.numberColumns
                + [layout.date, layout.timeOfDay, layout.groups[0].split, layout.groups[0].dividend].compactMap(\.self))
        for column in layout.names.indices where !used.contains(column) && !layout.names[column].isEmpty {
            let cells = Set(rows.map { $0.cells[column] })
            let areWords = cells.allSatisfy { cell in
                Symbol.isLegal(cell)
                    && cell.first.map { !(0x30...0x39).contains($0) && $0 != UInt8(ascii: "-") } == true
            }
            guard cells.count > 1, cells.count < max(3, rows.count / 2) || rows.count < 6, areWords else { continue }
            return QualityFinding(
                check: "columns", severity: .warning, places: Places(layout.lastHeaderLine),
                message:
                    "all rows are read as \(symbol), but column '\(Excerpt.plain(layout.names[column].utf8))', which is ignored, changes from "
                    + "row to row",
                remedy:
                    "If it tells the symbol, say so with --columns symbol=\(Excerpt.plain(layout.names[column].utf8)).")
        }
        return nil
    }
}
