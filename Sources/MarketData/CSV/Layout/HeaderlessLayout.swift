/// Files without names of columns. A few are known by the forms of their cells, not by order alone; they are read, all others asked
/// about.
struct HeaderlessLayout {
    let head: TableHead
    let options: PriceFileOptions
    let file: String

    func find() throws(PriceFileError.Problem) -> HeaderReading.Found? {
        guard let first = head.rows.first else { return nil }
        if options.times.isIndex { return matrix() }
        let cells = first.cells.map { String(decoding: $0, as: UTF8.self) }
        for layout in [metaTrader(cells), histData(cells), binance(cells), kraken(cells)] {
            if let layout { return (layout.width, try finished(layout)) }
        }
        return nil
    }

    /// A layout that was recognised: where its columns stand.
    private struct Known {
        var name: String
        var date = 0
        var timeOfDay: Int?
        /// The column of the open; high, low, close and volume follow it.
        var open: Int
        var width: Int
    }

    /// MetaTrader's history: `2023.03.20,07:00,1.06707,1.06708,1.06700,1.06702,120`, perhaps with further counts.
    private func metaTrader(_ cells: [String]) -> Known? {
        guard (7...9).contains(cells.count), shape(cells[0]) == "9999.99.99",
            ["99:99", "99:99:99"].contains(shape(cells[1])), cells[2..<7].allSatisfy(isNumber)
        else { return nil }
        return Known(name: "MetaTrader history", timeOfDay: 1, open: 2, width: cells.count)
    }

    /// HistData and NinjaTrader: `20230320 070000;1.06707;1.06708;1.06700;1.06702;120`.
    private func histData(_ cells: [String]) -> Known? {
        guard cells.count == 6, shape(cells[0]) == "99999999 999999", cells[1...].allSatisfy(isNumber) else {
            return nil
        }
        return Known(name: "HistData", open: 1, width: 6)
    }

    /// Binance's klines: the time of opening, the bar, the time of closing, four more numbers and a zero.
    private func binance(_ cells: [String]) -> Known? {
        guard (11...12).contains(cells.count), [13, 16].contains(cells[0].count), cells[6].count == cells[0].count,
            cells.allSatisfy(isNumber), shape(cells[0]).allSatisfy({ $0 == "9" })
        else { return nil }
        return Known(name: "Binance klines", open: 1, width: cells.count)
    }

    /// Kraken's OHLCVT: seconds, the bar, the number of trades.
    private func kraken(_ cells: [String]) -> Known? {
        guard cells.count == 7, shape(cells[0]) == "9999999999", cells.allSatisfy(isNumber),
            shape(cells[6]).allSatisfy({ $0 == "9" })
        else { return nil }
        return Known(name: "Kraken OHLCVT", open: 1, width: 7)
    }

    private func finished(_ known: Known) throws(PriceFileError.Problem) -> PriceFileLayout {
        let name = file == "-" ? "" : Symbol.stem(ofFile: file)
        let symbol = options.symbol ?? name
        guard Symbol.isLegal(symbol.utf8) else {
            throw head.problem(
                0,
                file == "-"
                    ? "the prices name no symbol"
                    : "the file names no symbol, and its own name \(Excerpt.quoted(name.utf8)) is none",
                remedy: "State the symbol with --symbol.")
        }
        var columns = PriceColumns(symbol: .given(symbol), close: known.open + 3)
        columns.open = known.open
        columns.high = known.open + 1
        columns.low = known.open + 2
        columns.volume = known.open + 4
        var names = (1...known.width).map { "column \($0)" }
        for (offset, name) in ["open", "high", "low", "close", "volume"].enumerated() {
            names[known.open + offset] = name
        }
        names[0] = known.timeOfDay == nil ? "time" : "date"
        if let time = known.timeOfDay { names[time] = "time" }
        return PriceFileLayout(
            date: known.date, timeOfDay: known.timeOfDay, groups: [columns], isWide: false, names: names,
            lastHeaderLine: head.rows[0].line - 1,
            decisions: [
                "no header: known as \(known.name) by its cells",
                "symbol \(symbol), \(options.symbol == nil ? "from the name of the file" : "as stated")",
            ])
    }

    /// Numbers only, as academic data sets have them: a row a period, a column an asset, perhaps a running number first.
    private func matrix() -> HeaderReading.Found? {
        let rows = head.rows.prefix(5).map { $0.cells.map { String(decoding: $0, as: UTF8.self) } }
        guard let width = rows.first?.count, rows.allSatisfy({ $0.count == width && $0.allSatisfy(isNumber) }) else {
            return nil
        }
        let numbers = rows.compactMap { Int($0[0]) }
        let isNumbered =
            width > 1 && numbers.count == rows.count
            && zip(numbers, numbers.dropFirst()).allSatisfy { $1 == $0 &+ 1 }
        let first = isNumbered ? 1 : 0
        let digits = max(2, String(width - first).count)
        let symbols = (1...(width - first)).map { number in
            "s" + String(repeating: "0", count: digits - String(number).count) + String(number)
        }
        return (
            width,
            PriceFileLayout(
                date: isNumbered ? 0 : nil, timeOfDay: nil,
                groups: symbols.enumerated().map { PriceColumns(symbol: .given($1), close: $0 + first) }, isWide: true,
                names: (isNumbered ? ["period"] : []) + symbols, lastHeaderLine: head.rows[0].line - 1,
                decisions: [
                    "no header: a matrix of \(symbols.count) assets, called \(symbols[0]) to \(symbols[symbols.count - 1])"
                ])
        )
    }

    private func isNumber(_ cell: String) -> Bool {
        !cell.isEmpty && cell.utf8.allSatisfy { (0x30...0x39).contains($0) || "+-.eE".utf8.contains($0) }
            && cell.utf8.contains { (0x30...0x39).contains($0) }
    }

    /// The cell with every digit as 9.
    private func shape(_ cell: String) -> String { String(cell.map { $0.isASCII && $0.isNumber ? "9" : $0 }) }
}
