import GRDB

/// The stored bars of one symbol in a span of time, in order.
struct StoredBars {
    private let rows: [PriceRow]

    /// - Parameters:
    ///   - from: the first time, included; nil for all from the first.
    ///   - to: the last time, included; nil for all to the last.
    init(symbolID: Int64, from: Timestamp?, to: Timestamp?, in database: Database) throws {
        let cursor = try Row.fetchCursor(
            database.cachedStatement(
                sql: """
                    SELECT time, open, high, low, close, volume, adjustment_factor FROM bars
                    WHERE symbol_id = ? AND time BETWEEN ? AND ? ORDER BY time
                    """),
            arguments: [symbolID, from?.seconds ?? .min, to?.seconds ?? .max])
        var rows: [PriceRow] = []
        while let row = try cursor.next() {
            func number(_ column: Int) -> Double { row[column] as Double? ?? .nan }
            var bar = PriceRow(line: 0, time: Timestamp(seconds: row[0]), close: row[4])
            bar.open = number(1)
            bar.high = number(2)
            bar.low = number(3)
            bar.volume = number(5)
            bar.adjustmentFactor = row[6]
            rows.append(bar)
        }
        self.rows = rows
    }

    func makeIterator() -> IndexingIterator<[PriceRow]> { rows.makeIterator() }

    /// As they are shown to strategies: with all four prices times the factor, or raw. Volume stays as traded, since the
    /// factor mixes splits, which would scale it, with dividends, which would not.
    func bars(_ prices: PriceAdjustment) -> [Bar] {
        rows.map { row in
            let factor = prices == .adjusted ? row.adjustmentFactor : 1
            func price(_ raw: Double) -> Double? { raw.isNaN ? nil : raw * factor }
            return Bar(
                time: row.time, open: price(row.open), high: price(row.high), low: price(row.low),
                close: row.close * factor, volume: row.volume.isNaN ? nil : row.volume)
        }
    }
}

/// Whether prices are read with splits and dividends taken out.
package enum PriceAdjustment: String, CaseIterable, Codable, Sendable {
    /// Open, high, low and close times the bar's adjustment factor.
    case adjusted
    /// As they were traded.
    case raw
}
