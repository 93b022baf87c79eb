import Configuration
import GRDB

/// What the store holds of one symbol.
package struct SymbolSummary: Codable, Equatable, Sendable {
    package let name: String
    package let bars: Int
    /// The times of the first and the last bar.
    package let from: Timestamp
    package let to: Timestamp
}

extension MarketStore {
    /// All symbols that have bars, in the order of their names.
    package func symbols() throws(StoreError) -> [SymbolSummary] {
        try reading { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT name, count(*), min(time), max(time) FROM bars JOIN symbols ON symbols.id = symbol_id
                    GROUP BY symbol_id ORDER BY name
                    """
            ).map { row in
                SymbolSummary(
                    name: row[0], bars: row[1], from: Timestamp(seconds: row[2]), to: Timestamp(seconds: row[3]))
            }
        }
    }

    /// Prices of some symbols, in the order asked for, on their common time axis.
    /// - Parameters:
    ///   - names: distinct symbols, at least one.
    ///   - prices: adjusted for splits and dividends where the source gave factors, or raw.
    ///   - from: the first time, included; nil for all from the first.
    ///   - to: the last time, included; a date means its midnight. nil for all to the last.
    /// - Throws: `StoreError.noSuchSymbol`, or `.noBars` where none of the symbols has a bar in the span. A symbol without bars
    ///   in a span where others have some is in the history, absent throughout.
    package func history(
        of names: [String], prices: PriceAdjustment = .adjusted, from: Timestamp? = nil, to: Timestamp? = nil
    ) throws(StoreError) -> PriceHistory {
        let series = try reading { database in
            try names.map { name in
                let id = try Int64.fetchOne(database, sql: "SELECT id FROM symbols WHERE name = ?", arguments: [name])
                guard let id else {
                    let known = try String.fetchAll(database, sql: "SELECT name FROM symbols ORDER BY name")
                    throw StoreError.noSuchSymbol(
                        name, path: self.path, nearest: nearest(name, among: known), known: known)
                }
                let bars = try StoredBars(symbolID: id, from: from, to: to, in: database).bars(prices)
                return (symbol: name, bars: bars)
            }
        }
        if series.allSatisfy(\.bars.isEmpty) {
            let stored = try symbols().filter { names.contains($0.name) }
            if let first = stored.map(\.from).min(), let last = stored.map(\.to).max() {
                throw .noBars(symbols: names, from: from, to: to, stored: first...last)
            }
        }
        return PriceHistory(series: series)
    }

    private func reading<Value: Sendable>(
        _ body: @Sendable (Database) throws -> Value
    ) throws(StoreError) -> Value {
        do {
            return try database.read(body)
        } catch let error as StoreError {
            throw error
        } catch {
            throw StoreError(error, path: path)
        }
    }
}
