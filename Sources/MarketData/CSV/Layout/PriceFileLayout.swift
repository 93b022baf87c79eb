/// Where everything stands in a price file: which columns hold the time, and which the prices of which symbol.
///
/// A long file has one group of columns and a bar a row. A wide file has a group for each symbol, and in each row a bar of every
/// symbol that has a close there.
package struct PriceFileLayout: Equatable, Sendable {
    /// The column of dates or of dates with times; nil where the rows are only counted.
    package var date: Int?
    /// A second column with the time of day.
    package var timeOfDay: Int?
    package var groups: [PriceColumns]
    /// Whether a row holds bars of several symbols, so that an empty cell means only that one of them has none.
    package var isWide: Bool
    /// The names of the columns, as the header writes them; made up where there is none.
    package var names: [String]
    /// Everything up to this line comes before the rows.
    package var lastHeaderLine: Int
    /// What was decided, for people.
    package var decisions: [String]

    /// All columns with prices or volumes.
    var numberColumns: [Int] {
        groups.flatMap { [$0.open, $0.high, $0.low, $0.close, $0.volume, $0.adjustedClose].compactMap(\.self) }
    }
}

/// The columns of one symbol's bar.
package struct PriceColumns: Equatable, Sendable {
    package var symbol: SymbolSource
    package var open: Int?
    package var high: Int?
    package var low: Int?
    package var close: Int
    package var volume: Int?
    package var adjustedClose: Int?
    package var split: Int?
    package var dividend: Int?

    init(symbol: SymbolSource, close: Int) {
        self.symbol = symbol
        self.close = close
    }
}

/// What says to which symbol a bar belongs.
package enum SymbolSource: Equatable, Sendable {
    case column(Int)
    /// All bars are of one symbol.
    case given(String)
}

/// The same as numbers alone, for reading millions of rows.
struct BarColumns {
    let symbol: Int?
    let open: Int?
    let high: Int?
    let low: Int?
    let close: Int
    let volume: Int?
    let adjustedClose: Int?
    let split: Int?
    let dividend: Int?

    init(_ columns: PriceColumns) {
        if case .column(let column) = columns.symbol { symbol = column } else { symbol = nil }
        open = columns.open
        high = columns.high
        low = columns.low
        close = columns.close
        volume = columns.volume
        adjustedClose = columns.adjustedClose
        split = columns.split
        dividend = columns.dividend
    }
}
