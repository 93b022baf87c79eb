/// Files with several symbols in a row.
extension HeaderReading {
    /// A date, then a column for each symbol, or for each field of each symbol.
    func wide(
        _ index: Int, _ names: [String], _ roles: ColumnRoles
    ) throws(PriceFileError.Problem) -> Found? {
        let hasDateName = roles[.time] == 0 || (roles[.time] == nil && roles[.timeOfDay] == 0)
        let hasDatesBelow = names[0].isEmpty && rowBelowBeginsWithDate(index)
        let isCounted = options.times.isIndex && !hasDateName && !isRunningNumber(index)
        guard hasDateName || hasDatesBelow || options.times.isIndex else { return nil }
        let first = isCounted ? 0 : 1
        // 7203 and 600000 are tickers; so where there are dates, numbers may be names.
        guard names.count > first, hasDateName || hasDatesBelow || !cellLooksLikeData(index) else { return nil }
        let date = isCounted ? nil : 0
        if options.wideField == nil, let found = try severalFields(index, names, first: first, date: date) {
            return found
        }
        let named = (first..<names.count).filter { !names[$0].isEmpty }
        guard options.wideField != nil || !areBars(named.map { names[$0] }, roles) else { return nil }
        if named.count > 1 { try refuseStatedSymbol(index) }
        var seen: Set<String> = []
        var groups: [PriceColumns] = []
        for column in named {
            let name = options.symbol ?? names[column]
            guard Symbol.isLegal(name.utf8) else {
                throw head.problem(
                    index, column: column,
                    "column \(Excerpt.quoted(name.utf8)) is not a symbol, and there is no close column",
                    remedy: "\(Symbol.rule) In a file of bars, state the columns with --columns date=…,close=….")
            }
            guard seen.insert(name).inserted else {
                throw head.problem(
                    index, column: column, "symbol '\(name)' has two columns", remedy: "Keep one of them.")
            }
            groups.append(PriceColumns(symbol: .given(name), close: column))
        }
        guard !groups.isEmpty else { return nil }
        let field = options.wideField == .adjustedClose ? "adjusted closes, taken as closes" : "closes"
        var decisions = [
            "wide: a row per \(date == nil ? "period" : "'\(names[0])'"), "
                + "\(groups.count == 1 ? "one column" : "\(groups.count) columns") of \(field)"
        ]
        if groups.count > 1 { decisions.append("empty cells are absent") }
        if let symbol = options.symbol {
            decisions.append("symbol \(symbol), as stated; close is '\(names[named[0]])'")
        }
        return (
            1 + groups.count,
            PriceFileLayout(
                date: date, timeOfDay: nil, groups: groups, isWide: true, names: names,
                lastHeaderLine: head.rows[index].line, decisions: decisions)
        )
    }

    /// Whether columns seem to hold the fields of bars. LOW and OPEN are tickers too, so one such name in capitals among others
    /// tells nothing; two or more do, or one in small letters.
    private func areBars(_ names: [String], _ roles: ColumnRoles) -> Bool {
        let fields: [ColumnRole] = [.open, .high, .low, .volume, .symbol, .adjustedOpen, .adjustedHigh]
        let count = fields.count { roles[$0] != nil }
        return count > 1 || count == names.count
            || names.contains { name in
                name.contains(where: \.isLowercase)
                    && ColumnNames.role(of: name).map { fields.contains($0.role) } == true
            }
    }

    private func refuseStatedSymbol(_ index: Int) throws(PriceFileError.Problem) {
        guard options.symbol != nil else { return }
        throw head.problem(index, "the file names its symbols itself, in its header", remedy: "Leave out --symbol.")
    }

    /// `Date,AAPL.Open,AAPL.Close,MSFT.Open,…`: every column names a field and a symbol.
    private func severalFields(
        _ index: Int, _ names: [String], first: Int, date: Int?
    ) throws(PriceFileError.Problem) -> Found? {
        let order = names[first...].lazy.compactMap { ColumnNames.fieldAndSymbol(of: $0)?.order }.first
        guard let order else { return nil }
        let named = names.indices.dropFirst(first).filter { !names[$0].isEmpty }
        let cells = named.compactMap { column in
            ColumnNames.fieldAndSymbol(of: names[column], order: order).map {
                FieldColumn(column: column, role: $0.role, symbol: $0.symbol)
            }
        }
        guard cells.count == named.count else { return nil }
        return try layout(index, cells: cells, names: names, date: date, lastHeaderRow: index)
    }

    /// A data frame with two levels of columns: a row of fields, a row of symbols (or the other way round), and often a row that
    /// names the index.
    func twoLevels(_ index: Int, _ names: [String]) throws(PriceFileError.Problem) -> Found? {
        guard index + 1 < head.rows.count, head.rows[index + 1].cells.count == names.count, names.count > 1 else {
            return nil
        }
        let below = head.names(index + 1)
        func isLabel(_ name: String) -> Bool {
            ["", "ticker", "tickers", "symbol", "symbols", "price", "attributes"].contains(name.lowercased())
        }
        guard isLabel(names[0]), isLabel(below[0]) else { return nil }
        func fields(_ row: [String]) -> [ColumnRole]? {
            let roles = row.dropFirst().map { ColumnNames.role(of: $0)?.role }
            let known: Set<ColumnRole> = [.open, .high, .low, .close, .volume, .adjustedClose, .split, .dividend]
            guard roles.allSatisfy({ $0.map(known.contains) == true }),
                roles.contains(.close) || roles.contains(.adjustedClose)
            else { return nil }
            return roles.compactMap(\.self)
        }
        func symbols(_ row: [String]) -> [String]? {
            let names = row.dropFirst()
            let areSymbols = names.allSatisfy { Symbol.isLegal($0.utf8) && ColumnNames.role(of: $0)?.role != .close }
            return areSymbols ? Array(names) : nil
        }
        let roles: [ColumnRole]
        let tickers: [String]
        var header: [String]
        if let upper = fields(names), let lower = symbols(below) {
            (roles, tickers, header) = (upper, lower, names)
        } else if let upper = symbols(names), let lower = fields(below) {
            (roles, tickers, header) = (lower, upper, below)
        } else {
            return nil
        }
        var last = index + 1
        if last + 1 < head.rows.count {
            let third = head.names(last + 1)
            if !third.isEmpty, third.dropFirst().allSatisfy(\.isEmpty), third[0].first?.isLetter == true { last += 1 }
        }
        let cells = zip(roles, tickers).enumerated().map { offset, pair in
            FieldColumn(column: offset + 1, role: pair.0, symbol: pair.1)
        }
        header[0] = "Date"
        for cell in cells { header[cell.column] = "\(cell.symbol) \(header[cell.column])" }
        return try layout(index, cells: cells, names: header, date: 0, lastHeaderRow: last)
    }

    /// A column that holds one field of one symbol.
    private struct FieldColumn {
        let column: Int
        let role: ColumnRole
        let symbol: String
    }

    private func layout(
        _ index: Int, cells: [FieldColumn], names: [String], date: Int?, lastHeaderRow: Int
    ) throws(PriceFileError.Problem) -> Found {
        var order: [String] = []
        var columns: [String: [ColumnRole: Int]] = [:]
        for cell in cells {
            if columns[cell.symbol] == nil { order.append(cell.symbol) }
            guard columns[cell.symbol, default: [:]].updateValue(cell.column, forKey: cell.role) == nil else {
                throw head.problem(
                    index, column: cell.column, "\(cell.symbol) has two columns of the same field",
                    remedy: "Keep one of them.")
            }
        }
        if order.count > 1 { try refuseStatedSymbol(index) }
        var groups: [PriceColumns] = []
        for symbol in order {
            let own = columns[symbol] ?? [:]
            guard let close = own[.close] ?? own[.adjustedClose] else {
                throw head.problem(
                    index, column: own.values.min(), "\(symbol) has no column of closes",
                    remedy: "Add it, or remove the symbol.")
            }
            let stated = order.count == 1 ? options.symbol : nil
            var group = PriceColumns(symbol: .given(stated ?? symbol), close: close)
            group.open = own[.open]
            group.high = own[.high]
            group.low = own[.low]
            group.volume = own[.volume]
            group.adjustedClose = own[.close] == nil ? nil : own[.adjustedClose]
            group.split = own[.split]
            group.dividend = own[.dividend]
            groups.append(group)
        }
        let symbols = order.count == 1 ? "symbol \(order[0])" : "\(order.count) symbols"
        return (
            1 + cells.count,
            PriceFileLayout(
                date: date, timeOfDay: nil, groups: groups, isWide: order.count > 1, names: names,
                lastHeaderLine: head.rows[lastHeaderRow].line,
                decisions: ["wide: a row per date, \(cells.count) columns of \(symbols)"])
        )
    }

    private func rowBelowBeginsWithDate(_ index: Int) -> Bool {
        guard index + 1 < head.rows.count, let cell = head.rows[index + 1].cells.first else { return false }
        return cell.count >= 8 && cell.count { (0x30...0x39).contains($0) } >= 6
    }

    /// Whether the rows below begin with whole numbers one apart.
    private func isRunningNumber(_ index: Int) -> Bool {
        let numbers = head.rows[(index + 1)...].prefix(3).map { row in
            row.cells.first.flatMap { Int(String(decoding: $0, as: UTF8.self)) }
        }
        let known = numbers.compactMap(\.self)
        return !known.isEmpty && known.count == numbers.count
            && zip(known, known.dropFirst()).allSatisfy { $1 == $0 &+ 1 }
    }
}
