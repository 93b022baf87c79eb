import Configuration
import GRDB

/// Whether prices are read with splits and dividends taken out.
package enum PriceAdjustment: String, CaseIterable, Codable, Sendable {
    /// Open, high, low, close and volume times the factors of all later adjustments.
    case adjusted
    /// As they were traded.
    case raw
}

extension MarketStore {
    /// Prices of some symbols, in the order asked for, on their common time axis.
    ///
    /// Adjusted prices are relative to the latest stored adjustment, also where the span ends before it. That is a constant factor
    /// for whole prefixes of a series: returns do not know of it.
    /// - Parameters:
    ///   - names: distinct symbols, at least one.
    ///   - prices: adjusted for splits and dividends as far as they are stored, or raw.
    ///   - from: the first time, included; nil for all from the first.
    ///   - to: the last time, included; a date means its midnight. nil for all to the last.
    /// - Throws: `StoreError.noSuchSymbol`, or `.noBars` where none of the symbols has a bar in the span. A symbol without bars
    ///   in a span where others have some is in the history, absent throughout.
    /// - Complexity: O(*n*) in the bars of the span; those of other symbols cost nothing.
    package func history(
        of names: [String], prices: PriceAdjustment = .adjusted, from: Timestamp? = nil, to: Timestamp? = nil
    ) throws(StoreError) -> PriceHistory {
        let series = try withReading { database in
            try names.map { name in
                let id = try self.id(of: name, in: database)
                return (symbol: name, bars: try self.rows(name, id, prices, from, to, in: database).map(Bar.init))
            }
        }
        if series.allSatisfy(\.bars.isEmpty) {
            let stored = try symbols().filter { names.contains($0.symbol) }
            if let first = stored.map(\.from).min(), let last = stored.map(\.to).max() {
                throw .noBars(symbols: names, from: from, to: to, stored: first...last)
            }
        }
        return PriceHistory(series: series)
    }

    /// Hands over the bars of some symbols one symbol at a time, all as of one moment, so that no more than one symbol's are in
    /// memory.
    /// - Parameters:
    ///   - names: symbols in the order wanted; nil for all, in the order of their names.
    ///   - body: gets a symbol and its bars in the span in order of time, NaN where a number is not known; there may be none.
    ///     It must not use this store.
    /// - Throws: `StoreError.noSuchSymbol`, before `body` was called at all; what `body` throws.
    package func forEachSymbol(
        _ names: [String]? = nil, prices: PriceAdjustment = .raw, from: Timestamp? = nil, to: Timestamp? = nil,
        _ body: (_ symbol: String, _ rows: [PriceRow]) throws -> Void
    ) throws {
        try withReading { database in
            // What `body` throws is its own, and not a failure of the store.
            Result {
                do {
                    let names = try names ?? self.names(in: database)
                    for (name, id) in try names.map({ ($0, try self.id(of: $0, in: database)) }) {
                        try body(name, try self.rows(name, id, prices, from, to, in: database))
                    }
                } catch let error as DatabaseError {
                    throw StoreError(error, path: self.path)
                }
            }
        }.get()
    }

    /// The bars of one symbol in order of time, NaN where a number is not known.
    package func rows(
        of name: String, prices: PriceAdjustment = .raw, from: Timestamp? = nil, to: Timestamp? = nil
    ) throws(StoreError) -> [PriceRow] {
        try withReading { database in
            try self.rows(name, self.id(of: name, in: database), prices, from, to, in: database)
        }
    }

    private func rows(
        _ name: String, _ id: Int64, _ prices: PriceAdjustment, _ from: Timestamp?, _ to: Timestamp?,
        in database: Database?
    ) throws -> [PriceRow] {
        guard let database else { return [] }
        var rows = try StoredBars.rows(of: id, from: from, to: to, in: database)
        if prices == .adjusted {
            AdjustmentFactors(try StoredAdjustments.all(of: id, in: database)).apply(to: &rows)
        }
        if let row = rows.first(where: { !$0.isFinite }) {
            throw StoreError.damaged(
                path: path, detail: "\(prices.rawValue) prices of \(name) at \(row.time) are beyond all numbers")
        }
        return rows
    }
}

extension Bar {
    /// A bar of a price row: what is NaN there is nil here.
    package init(_ row: PriceRow) {
        func known(_ number: Double) -> Double? { number.isNaN ? nil : number }
        self.init(
            time: row.time, open: known(row.open), high: known(row.high), low: known(row.low), close: row.close,
            volume: known(row.volume))
    }
}
