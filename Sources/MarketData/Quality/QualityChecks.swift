/// Looks for what is odd in the prices of some symbols: at the door in the rows of a file, and later in the store.
///
/// The checks tell, and change nothing. They need a few passes over the rows of a symbol and keep, of a daily series, one
/// bit a day. Findings on several symbols are joined; an issue with two remedies gives two findings of the same check.
package struct QualityChecks: Sendable {
    /// Bars from here on are in the future.
    private let future: Timestamp
    private var tallies: [QualityIssue: QualityTally] = [:]
    private var symbols = SymbolCalendars()

    /// - Parameter today: any time of the present day. Bars may be dated a day ahead: it may be tomorrow already where the
    ///   market is.
    package init(today: Timestamp) {
        future = Timestamp(seconds: Int64(today.dayNumber + 2) * TradingDays.secondsPerDay)
    }

    /// Checks one symbol. To be called once for each.
    /// - Parameter rows: with times strictly rising, in the years 1 to 9999, and closes above 0. `high` may be below `low`.
    /// - Complexity: linear in the number of rows.
    package mutating func add(symbol: String, rows: [PriceRow]) {
        rows.withUnsafeBufferPointer { rows in
            let columns = ColumnScan(rows)
            if let swapped = columns.swappedColumns {
                // With a column under a wrong name, whatever else is found says the same in other words.
                return note([swapped], of: symbol)
            }
            note(columns.observations, of: symbol)
            note(MoveScan(rows).observations(rows, of: symbol), of: symbol)
            note(lateBars(rows), of: symbol)
            guard let days = TradingDays(rows) else { return }
            note(days.observations(rows), of: symbol)
            symbols.add(symbol, days, rows)
        }
    }

    /// What was found so far: errors, then warnings, then notices.
    package var findings: [QualityFinding] {
        var tallies = tallies
        for (symbol, observation) in symbols.observations {
            tallies[observation.issue, default: QualityTally(observation.issue)].add(observation, of: symbol)
        }
        return QualityIssue.allCases.compactMap { tallies[$0]?.finding }
    }

    /// Whether two columns seem to bear each other's name: what to say instead of hundreds of rows with high below low.
    /// - Parameter rows: one symbol's rows in any order, whatever their prices.
    package static func swappedColumns(symbol: String, rows: [PriceRow]) -> QualityFinding? {
        guard let swapped = rows.withUnsafeBufferPointer({ ColumnScan($0).swappedColumns }) else { return nil }
        var tally = QualityTally(swapped.issue)
        tally.add(swapped, of: symbol)
        return tally.finding
    }

    private mutating func note(_ observations: [QualityObservation], of symbol: String) {
        for observation in observations {
            tallies[observation.issue, default: QualityTally(observation.issue)].add(observation, of: symbol)
        }
    }

    private func lateBars(_ rows: UnsafeBufferPointer<PriceRow>) -> [QualityObservation] {
        // In order of time: the late ones are the last.
        let count = rows.reversed().prefix { $0.time >= future }.count
        guard count > 0 else { return [] }
        var late = QualityObservation(issue: .futureDate)
        for row in rows.suffix(count) { late.places.add(row) }
        late.example = "\(rows[rows.count - count].time)"
        return [late]
    }
}
