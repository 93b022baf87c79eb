/// Gathers the bars of a file by symbol, and finishes each symbol: in order, without repetitions, checked, with its adjustments.
struct SeriesAssembler {
    private let options: PriceFileOptions
    /// The bars of each symbol, in the order of the file.
    private var rows: [[PriceRow]] = [[]]
    /// Symbols whose bars were handed over before the end of the file.
    private var isHandedOver = [false]
    private var checks: QualityChecks
    private(set) var problems = PriceFileProblems()
    private var actions: CorporateActions
    private(set) var seriesCount = 0
    private var misplaced = Places()
    private var repeated = Places()
    /// Bars that lack a price which others of their symbol have.
    private(set) var incomplete = Places()
    private var newestFirst = 0
    private var longSeries = 0
    private var adjustedSymbols = 0
    private var baseTime: Timestamp?
    private(set) var firstRows: [(symbol: Int, row: PriceRow)] = []

    /// So many bars of a symbol in a row, and the file is thought to be ordered by symbol.
    private static let longRun = 500
    private let handsOverEarly: Bool
    private var current = 0
    private var run = 0
    private var complete: Int?
    /// Whether a bar came of a symbol that was handed over. Then the file is in another order than it seemed.
    private(set) var symbolReturned = false

    init(options: PriceFileOptions, today: Timestamp, handsOverEarly: Bool) {
        self.options = options
        self.handsOverEarly = handsOverEarly
        checks = QualityChecks(today: today)
        actions = CorporateActions(policy: options.corporateActions)
    }

    /// Takes a bar of a symbol.
    mutating func take(_ symbol: Int, _ row: PriceRow) {
        if symbol != current {
            if handsOverEarly && run >= SeriesAssembler.longRun { complete = current }
            current = symbol
            run = 0
            while symbol >= rows.count {
                rows.append([])
                isHandedOver.append(false)
            }
            symbolReturned = symbolReturned || isHandedOver[symbol]
        }
        run += 1
        if firstRows.count < 5 { firstRows.append((symbol, row)) }
        rows[symbol].append(row)
    }

    /// The symbol whose bars ended with the last row, if they may be handed over; asked once.
    mutating func takeComplete() -> Int? {
        defer { complete = nil }
        return complete
    }

    /// The numbers of all symbols that have bars not handed over yet.
    var pending: [Int] { rows.indices.filter { !rows[$0].isEmpty } }

    /// Finishes a symbol and forgets its bars.
    /// - Returns: nil where no bar is complete.
    mutating func finish(_ symbol: Int, _ parser: PriceFileParser) -> PriceSeries? {
        let name = parser.symbols.names[symbol]
        let notes = parser.notes
        let bars = IncompleteBars(rows[symbol], marked: notes.markedAsMissing)
        rows[symbol] = []
        isHandedOver[symbol] = true
        incomplete.add(bars.lines)
        guard !bars.complete.isEmpty else { return nil }
        let order = SeriesOrder(bars.complete, symbol: name, problems: &problems)
        return finish(
            symbol, name, order, actions: notes.actions[symbol] ?? [], decimals: notes.resolutions[symbol]?.places ?? 0)
    }

    private mutating func finish(
        _ symbol: Int, _ name: String, _ order: SeriesOrder, actions fileActions: [CorporateAction], decimals: Int
    ) -> PriceSeries {
        var bars = order.rows
        misplaced.add(order.misplaced)
        repeated.add(order.repeated)
        if order.wasNewestFirst { newestFirst += 1 }
        if bars.count > 1 { longSeries += 1 }
        if options.holdsRelatives {
            multiplyUp(&bars, of: symbol, name, wasInOrder: order.misplaced.isEmpty && !order.wasNewestFirst)
        }
        seriesCount += 1
        // What the first bar has all have: `IncompleteBars` left the others out.
        let hasAdjustedCloses = bars.first.map { !$0.adjustedClose.isNaN } == true
        var adjustments = actions.adjustments(fileActions, rows: bars, hasAdjustedCloses: hasAdjustedCloses)
        if hasAdjustedCloses {
            adjustedSymbols += 1
            var steps = AdjustedCloseSteps(decimals: decimals, known: adjustments)
            for bar in bars { steps.add(time: bar.time, close: bar.close, adjustedClose: bar.adjustedClose) }
            adjustments += steps.adjustments()
        }
        // With known splits taken out, so that no check asks whether they are splits.
        checks.add(symbol: name, rows: hasAdjustedCloses ? bars : bars.withAdjustedCloses(adjustments))
        return PriceSeries(symbol: name, rows: bars, adjustments: adjustments, hasAdjustedCloses: hasAdjustedCloses)
    }

    /// Turns price relatives into prices: a bar of price 1 comes first, and each relative multiplies the price before.
    private mutating func multiplyUp(
        _ bars: inout [PriceRow], of symbol: Int, _ name: String, wasInOrder: Bool
    ) {
        guard let first = bars.first else { return }
        if !wasInOrder {
            problems.add(
                PriceFileError.Problem(
                    line: first.line, message: "\(name): price relatives are not in order of time",
                    remedy: "Sort the rows: each relative multiplies the price of the row before."))
        }
        var time = Timestamp(seconds: first.time.seconds - 86_400)
        if bars.allSatisfy({ $0.time.weekday <= 5 && $0.time.secondOfDay == first.time.secondOfDay }) {
            while time.weekday > 5 { time = Timestamp(seconds: time.seconds - 86_400) }
        }
        var price = 1.0
        for index in bars.indices {
            price *= bars[index].close
            guard price.isNormal else {
                problems.add(
                    PriceFileError.Problem(
                        line: bars[index].line,
                        message: "\(name): the product of the price relatives is beyond all numbers",
                        remedy: "Are these price relatives, price / price before?"))
                return
            }
            bars[index].close = price
            // The first bars are shown as they are stored.
            for shown in firstRows.indices
            where firstRows[shown].symbol == symbol && firstRows[shown].row.line == bars[index].line {
                firstRows[shown].row.close = price
            }
        }
        baseTime = baseTime.map { min($0, time) } ?? time
        bars.insert(PriceRow(line: first.line, time: time, close: 1), at: 0)
    }

    var decisions: [String] {
        var decisions: [String] = []
        if newestFirst > 0 {
            decisions.append(
                newestFirst == longSeries
                    ? "newest first: order reversed" : "newest first for \(newestFirst) symbols: order reversed")
        }
        if let baseTime { decisions.append("price relatives: multiplied up from a price of 1 on \(baseTime)") }
        if adjustedSymbols > 0 {
            decisions.append(
                "prices are kept raw; the adjusted close gives the factors that adjust open, high, low and close on reading, not volume"
            )
        }
        if actions.applied > 0 {
            decisions.append(
                actions.applied == 1
                    ? "1 split or dividend of the file adjusts earlier prices on reading"
                    : "\(actions.applied) splits and dividends of the file adjust earlier prices on reading")
        }
        return decisions
    }

    var findings: [QualityFinding] {
        var findings: [QualityFinding] = []
        if !misplaced.isEmpty {
            findings.append(
                QualityFinding(
                    check: "order", severity: .warning, places: misplaced,
                    message:
                        "\(misplaced.rows) \(misplaced.count == 1 ? "stands" : "stand") after a later one: sorted by time",
                    remedy: "Look whether the file was put together rightly."))
        }
        if !repeated.isEmpty {
            findings.append(
                QualityFinding(
                    check: "duplicates", severity: .warning, places: repeated,
                    message:
                        "\(repeated.rows) \(repeated.count == 1 ? "repeats" : "repeat") an earlier one exactly: dropped",
                    remedy: "Look whether the file was put together rightly."))
        }
        return findings + actions.findings + checks.findings
    }
}
