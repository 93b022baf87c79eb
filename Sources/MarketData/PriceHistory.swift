/// Prices of one or several symbols on one common time axis, a column per symbol and field.
///
/// A symbol has a bar at a time exactly if it has a close there. What is not known is absent and stays absent: nothing is
/// ever filled in. Inside the columns absent is NaN, so a caller of `column(_:of:)` asks for NaN and must look for it; every
/// other way in answers nil.
///
/// A history is a value that never changes. Copies share their columns.
package struct PriceHistory: Sendable {
    /// The time axis, strictly rising; a time is there if at least one symbol has a bar then.
    package let times: [Timestamp]
    /// The symbols, each once, in the order that `symbol` indices count.
    package let symbols: [String]
    /// One column per symbol and field, at `symbol * PriceField.allCases.count + field`; each as long as `times`.
    @usableFromInline internal let columns: [[Double]]

    /// Number of bars on the time axis.
    @inlinable package var count: Int { times.count }

    /// - Precondition: times rise strictly, symbols are distinct, and there is a column as long as the time axis for each
    ///   symbol and field.
    private init(times: [Timestamp], symbols: [String], columns: [[Double]]) {
        self.times = times
        self.symbols = symbols
        self.columns = columns
    }

    /// The history of one symbol.
    /// - Precondition: the times of `bars` rise strictly.
    package init(symbol: String, bars: [Bar]) {
        self.init(series: [(symbol, bars)])
    }

    /// Merges series onto a common time axis, the union of their times.
    /// - Precondition: symbols are distinct; within a series the times rise strictly; every number is finite.
    /// - Complexity: O(*n* log *n* + *symbols* × *times*) for *n* bars in all.
    package init(series: [(symbol: String, bars: [Bar])]) {
        precondition(Set(series.map(\.symbol)).count == series.count, "each symbol comes once in a history")
        let times =
            series.count == 1
            ? series[0].bars.map(\.time)
            : Set(series.lazy.flatMap(\.bars).map(\.time)).sorted()
        var columns: [[Double]] = []
        columns.reserveCapacity(series.count * PriceField.allCases.count)
        for (symbol, bars) in series {
            precondition(
                zip(bars, bars.dropFirst()).allSatisfy { $0.time < $1.time },
                "the bars of \(symbol) rise strictly in time")
            let rows = PriceHistory.rows(of: bars, on: times)
            for field in PriceField.allCases {
                var column = [Double](repeating: .nan, count: times.count)
                for (bar, row) in zip(bars, rows) {
                    guard let value = bar[field] else { continue }
                    precondition(value.isFinite, "\(field) of \(symbol) at \(bar.time) is finite")
                    column[row] = value
                }
                columns.append(column)
            }
        }
        self.init(times: times, symbols: series.map(\.symbol), columns: columns)
    }

    /// Where on the time axis each bar lies, by walking both together.
    private static func rows(of bars: [Bar], on times: [Timestamp]) -> [Int] {
        var row = 0
        return bars.map { bar in
            while times[row] < bar.time { row += 1 }
            return row
        }
    }

    /// The whole column of a field, **NaN where absent**, as long as `times`. O(1).
    @inlinable package func column(_ field: PriceField, of symbol: Int) -> [Double] {
        precondition(symbols.indices.contains(symbol), "symbol indices count the symbols of the history")
        return columns[symbol * 5 + field.rawValue]
    }

    /// The value of a field at a bar, nil where absent.
    @inlinable package func value(_ field: PriceField, of symbol: Int, at bar: Int) -> Double? {
        let value = column(field, of: symbol)[bar]
        return value.isNaN ? nil : value
    }

    /// One symbol's bar, nil where it has none.
    package func bar(of symbol: Int, at bar: Int) -> Bar? {
        guard let close = value(.close, of: symbol, at: bar) else { return nil }
        return Bar(
            time: times[bar], open: value(.open, of: symbol, at: bar), high: value(.high, of: symbol, at: bar),
            low: value(.low, of: symbol, at: bar), close: close, volume: value(.volume, of: symbol, at: bar))
    }

    /// Whether a field is known wherever the symbol has a bar, and it has at least one. So `has(.open, of: 0)` tells whether
    /// orders can be filled at the open.
    package func has(_ field: PriceField, of symbol: Int) -> Bool {
        let closes = column(.close, of: symbol)
        let values = column(field, of: symbol)
        var bars = 0
        for bar in closes.indices where !closes[bar].isNaN {
            if values[bar].isNaN { return false }
            bars += 1
        }
        return bars > 0
    }
}

extension PriceHistory {
    /// One symbol on its own time axis: only the times at which it has a bar.
    /// - Returns: nil where the history has no such symbol.
    package func restricted(to symbol: String) -> PriceHistory? {
        guard let index = symbols.firstIndex(of: symbol) else { return nil }
        let own = column(.close, of: index).indices.filter { value(.close, of: index, at: $0) != nil }
        return PriceHistory(
            times: own.map { times[$0] }, symbols: [symbol],
            columns: PriceField.allCases.map { field in
                let values = column(field, of: index)
                return own.map { values[$0] }
            })
    }

    /// The bars in a range of the time axis, with every symbol, even one without a bar there.
    /// - Precondition: the range lies within `0..<count`.
    package subscript(bars: Range<Int>) -> PriceHistory {
        precondition(0 <= bars.lowerBound && bars.upperBound <= count, "bars \(bars) lie within 0..<\(count)")
        return PriceHistory(times: Array(times[bars]), symbols: symbols, columns: columns.map { Array($0[bars]) })
    }

    /// The number of bars earlier than a time; so the index of the first bar at or after it. O(log *n*).
    package func bars(before time: Timestamp) -> Int { times.firstIndex(notBefore: time, time: \.self) }

    /// SHA-256, in hexadecimal, over the symbols, the times and the bit patterns of all columns.
    ///
    /// Two histories have the same fingerprint exactly if a program that reads them can tell no difference. Written into every
    /// report. The bytes hashed: the number of symbols, each symbol's UTF-8 length and bytes, the number of times, the
    /// times, then column after column; all integers and bit patterns as 64 bits, little end first.
    /// - Complexity: O(*symbols* × *times*); not kept.
    package var fingerprint: String {
        var hash = SHA256()
        hash.update(UInt64(symbols.count))
        for symbol in symbols {
            hash.update(UInt64(symbol.utf8.count))
            Array(symbol.utf8).withUnsafeBytes { hash.update($0) }
        }
        hash.update(UInt64(times.count))
        for time in times { hash.update(UInt64(bitPattern: time.seconds)) }
        for column in columns {
            for value in column { hash.update(value.bitPattern) }
        }
        return hash.finish()
    }
}
