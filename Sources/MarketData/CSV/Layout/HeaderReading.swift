/// Looks for the row that names the columns, and gives the columns their roles.
struct HeaderReading {
    let head: TableHead
    let options: PriceFileOptions
    let file: String

    typealias Found = (score: Int, layout: PriceFileLayout)

    /// A header comes within so many rows.
    private static let mostPreamble = 20

    /// The first row that is a header, with the number of columns that it gives a meaning.
    ///
    /// Lines before the table may look like the header of a wide file, `Period,2024` say. So a row with values below it goes before
    /// one with words below it, or one that were the header of a wide file if the user corrected something.
    /// - Returns: nil where no row is one.
    /// - Throws: where a row is one and contradicts itself or the user.
    func find() throws(PriceFileError.Problem) -> Found? {
        // The first cell of a header is a name or empty; a digit begins a row of data.
        let candidates = head.rows.indices.prefix(HeaderReading.mostPreamble).filter { index in
            let cells = head.rows[index].cells
            return cells.count > 1 && cells[0].first.map { !(0x30...0x39).contains($0) } != false
        }
        var second: Result<Found, PriceFileError.Problem>?
        for index in candidates {
            let names = head.names(index)
            var found = try twoLevels(index, names)
            let roles = ColumnRoles(names: names)
            if found == nil, options.wideField == nil { found = try long(index, names, roles) }
            do throws(PriceFileError.Problem) {
                if found == nil { found = try wide(index, names, roles) }
            } catch {
                second = second ?? .failure(error)
            }
            guard let found else { continue }
            if hasValuesBelow(found.layout) { return found }
            second = second ?? .success(found)
        }
        return try second?.get()
    }

    /// Whether the first row of the table has a digit where the date, or else the price, should be.
    private func hasValuesBelow(_ layout: PriceFileLayout) -> Bool {
        guard let row = head.rows.first(where: { $0.line > layout.lastHeaderLine }) else { return false }
        let column = layout.date ?? layout.groups.first?.close ?? 0
        return column < row.cells.count && row.cells[column].contains { (0x30...0x39).contains($0) }
    }

    // MARK: - A bar a row

    private func long(
        _ index: Int, _ names: [String], _ roles: ColumnRoles
    ) throws(PriceFileError.Problem) -> Found? {
        var roles = roles
        roles.settleTimes { cellLooksLikeTimeOfDay(index, $0) }
        if roles[.time] == nil, names[0].isEmpty || names[0].lowercased().hasPrefix("unnamed"),
            cellLooksLikeDate(index, 0)
        {
            // A data frame written with its index: the dates have no name.
            roles[.time] = 0
        }
        guard roles[.time] != nil || options.times.isIndex, roles[.close] != nil || roles[.adjustedClose] != nil else {
            return nil
        }
        if let twins = roles.twins {
            throw head.problem(
                index, column: twins.second,
                "columns '\(names[twins.first])' and '\(names[twins.second])' say the same thing",
                remedy: "Keep one of them, or state which one counts with --columns.")
        }
        return (roles.count, try layout(index, names, roles))
    }

    /// The layout that the user's --columns describe, helped by the header where there is one.
    func stated() throws(PriceFileError.Problem) -> Found? {
        let references = options.columns.references
        var roles = ColumnRoles(names: [])
        let isHeaderless = options.columns.areAllPositions && head.rows.first.map { _ in cellLooksLikeData(0) } == true
        guard !head.rows.isEmpty else { return nil }
        if isHeaderless {
            let width = head.rows[0].cells.count
            guard references.allSatisfy({ if case .position(let n) = $0.reference { n < width } else { false } }) else {
                return nil
            }
            for (role, reference) in references { if case .position(let number) = reference { roles[role] = number } }
            let names = (1...width).map { number in
                references.first { $0.reference == .position(number - 1) }.map { reference in
                    StatedColumns.words.first { $0.role == reference.role }?.word ?? "\(number)"
                } ?? "column \(number)"
            }
            try requireClose(0, roles)
            var layout = try layout(0, names, roles)
            layout.lastHeaderLine = head.rows[0].line - 1
            return (roles.count, layout)
        }
        for index in head.rows.indices {
            let names = head.names(index)
            let keys = names.map { $0.lowercased() }
            let columns = references.map { reference -> Int? in
                switch reference.reference {
                case .name(let name): keys.firstIndex(of: name.lowercased())
                case .position(let number): number < names.count ? number : nil
                }
            }
            guard columns.allSatisfy({ $0 != nil }) else { continue }
            roles = ColumnRoles(names: names)
            for (reference, column) in zip(references, columns) {
                if let column { roles.state(reference.role, column) }
            }
            roles.settleTimes { cellLooksLikeTimeOfDay(index, $0) }
            try requireClose(index, roles)
            return (references.count + roles.count, try layout(index, names, roles))
        }
        return nil
    }

    private func requireClose(_ index: Int, _ roles: ColumnRoles) throws(PriceFileError.Problem) {
        if roles[.close] == nil && roles[.adjustedClose] == nil {
            throw head.problem(
                index, "no close column is stated, and none is called so",
                remedy: "A bar needs a close: add close=… to --columns.")
        }
        if roles[.time] == nil && !options.times.isIndex {
            throw head.problem(
                index, "no date column is stated, and none is called so", remedy: "Add date=… to --columns.")
        }
    }

    private func layout(
        _ index: Int, _ names: [String], _ roles: ColumnRoles
    ) throws(PriceFileError.Problem) -> PriceFileLayout {
        var decisions: [String] = []
        var roles = roles
        let isStated = options.columns.references.contains { $0.role == .close }
        if roles.hasFullAdjustedSet && !isStated {
            decisions.append(
                "two complete sets of prices: '\(names[roles[.adjustedClose] ?? 0])' and its like are taken, those not "
                    + "adjusted are ignored (--columns takes others)")
            roles.takeAdjustedSet()
        } else if roles[.close] == nil {
            roles[.close] = roles[.adjustedClose]
            roles[.adjustedClose] = nil
            if let close = roles[.close] { decisions.append("'\(names[close])' is the close") }
        }
        guard let close = roles[.close] else { preconditionFailure("a long layout has a close") }
        if roles[.time] == nil, let column = roles[.symbol] {
            throw head.problem(
                index, column: column,
                "rows of several symbols, by column '\(names[column])', cannot be counted as days",
                remedy: "Add a column 'day' with the number of each row's day.")
        }
        let source = try symbolSource(index, names, column: roles[.symbol])
        var columns = PriceColumns(symbol: source, close: close)
        columns.open = roles[.open]
        columns.high = roles[.high]
        columns.low = roles[.low]
        columns.volume = roles[.volume]
        columns.adjustedClose = roles[.adjustedClose]
        columns.split = roles[.split]
        columns.dividend = roles[.dividend]
        let used = roles.columns
        decisions.insert("a bar a row, from columns \(Excerpt.list(used.map { names[$0] }))", at: 0)
        if case .given(let symbol) = source {
            decisions.append("symbol \(symbol), \(options.symbol == nil ? "from the name of the file" : "as stated")")
        }
        if names[close].filter(\.isLetter).lowercased() != "close" { decisions.append("close is '\(names[close])'") }
        let ignored = names.indices.filter { !used.contains($0) && !names[$0].isEmpty }
        if !ignored.isEmpty { decisions.append("columns ignored: \(Excerpt.list(ignored.map { names[$0] }))") }
        return PriceFileLayout(
            date: roles[.time], timeOfDay: roles[.timeOfDay], groups: [columns], isWide: false, names: names,
            lastHeaderLine: head.rows[index].line, decisions: decisions)
    }

    private func symbolSource(
        _ index: Int, _ names: [String], column: Int?
    ) throws(PriceFileError.Problem) -> SymbolSource {
        if let column {
            guard options.symbol == nil else {
                throw head.problem(
                    index, column: column, "the file names its symbols itself, in column '\(names[column])'",
                    remedy: "Leave out --symbol.")
            }
            return .column(column)
        }
        if let symbol = options.symbol { return .given(symbol) }
        let name = file == "-" ? "" : Symbol.stem(ofFile: file)
        guard Symbol.isLegal(name.utf8) else {
            throw head.problem(
                index,
                file == "-"
                    ? "the prices name no symbol"
                    : "the file names no symbol, and its own name \(Excerpt.quoted(name.utf8)) is none",
                remedy: "State the symbol with --symbol.")
        }
        return .given(name)
    }

    // MARK: - What cells look like

    /// Whether the row below the header, or the row itself, begins with something like a date.
    private func cellLooksLikeDate(_ index: Int, _ column: Int) -> Bool {
        guard let cell = cell(below: index, column) else { return false }
        return cell.contains { (0x30...0x39).contains($0) }
            && (cell.count >= 8 || cell.contains { !(0x30...0x39).contains($0) && $0 != UInt8(ascii: ".") })
    }

    private func cellLooksLikeTimeOfDay(_ index: Int, _ column: Int) -> Bool {
        guard let cell = cell(below: index, column) else { return false }
        let separators: [UInt8] = Array("-/".utf8)
        return cell.count <= 15 && cell.contains { (0x30...0x39).contains($0) }
            && (cell.contains(UInt8(ascii: ":")) || cell.count <= 6) && !cell.contains(where: separators.contains)
    }

    private func cell(below index: Int, _ column: Int) -> [UInt8]? {
        guard let row = head.rows[(index + 1)...].first, column < row.cells.count else { return nil }
        return row.cells[column]
    }

    /// Whether a row holds values rather than names: a number or a date in its first two cells.
    func cellLooksLikeData(_ index: Int) -> Bool {
        head.rows[index].cells.count > 1
            && head.rows[index].cells.count { cell in
                cell.first.map { (0x30...0x39).contains($0) || "+-.$".utf8.contains($0) } == true
            } >= 2
    }
}

extension HeaderReading {
    /// Why no row is a header.
    func failure() -> PriceFileError.Problem {
        if !options.columns.isEmpty {
            let wanted = options.columns.references.map {
                switch $0.reference {
                case .name(let name): name
                case .position(let number): "number \(number + 1)"
                }
            }
            return head.problem(
                0,
                "no row has the columns stated, \(Excerpt.list(wanted)); found: \(Excerpt.list(head.names(0)))",
                remedy: "Write the names in --columns as the file does, or use numbers, from 1.")
        }
        if cellLooksLikeData(0) {
            return head.problem(
                0, "line \(head.rows[0].line) is data, there is no header",
                remedy:
                    "State the columns by number, for example with --columns \(head.rows[0].cells.count == 7 ? "date=1,symbol=2,open=3,high=4,low=5,close=6,volume=7" : "date=1,close=2")."
            )
        }
        // The row that comes nearest to a header: the first with the most roles.
        let known = head.rows.indices.map { ColumnRoles(names: head.names($0)).count }
        let index = known.indices.max { known[$0] < known[$1] || (known[$0] == known[$1] && $0 > $1) } ?? 0
        let names = head.names(index)
        let roles = ColumnRoles(names: names)
        let found = Excerpt.list(names)
        if roles[.time] != nil || roles[.timeOfDay] != nil {
            let unknown = names.first { !$0.isEmpty && ColumnNames.role(of: $0) == nil }
            return head.problem(
                index, "no close column; found: \(found)",
                remedy:
                    "State it, for example with --columns close=\(unknown.map { Excerpt.plain($0.utf8) } ?? "Last"); where every column is a symbol, "
                    + "say so with --wide close.")
        }
        let lacksClose = roles[.close] == nil && roles[.adjustedClose] == nil
        return head.problem(
            index, "no date column\(lacksClose ? " and no close column" : ""); found: \(found)",
            remedy: "One row must name the columns, such as date,symbol,open,high,low,close,volume; or state them with "
                + "--columns date=…,close=….")
    }
}
