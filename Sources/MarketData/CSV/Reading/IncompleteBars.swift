/// The bars of one symbol of which a number is unknown that others of the symbol have.
///
/// A number that no bar of the symbol has is no gap: prices of a fund have closes only, whatever columns their file has. A bar
/// with a close and nothing else is whole too, as in an export of closes, unless its row says that the others are missing.
struct IncompleteBars {
    /// Lines of bars that lack a number.
    private(set) var lines: [Int] = []
    /// All other bars, in the same order.
    private(set) var complete: [PriceRow]

    /// - Parameter marked: lines of rows that say in words that their open, high and low are missing.
    /// - Complexity: O(*n*); nothing is copied where nothing is missing.
    init(_ rows: [PriceRow], marked: Set<Int>) {
        complete = rows
        var known: UInt8 = 0
        var unknown: UInt8 = 0
        for row in rows {
            let own = IncompleteBars.unknown(row)
            known |= ~own
            unknown |= own
        }
        let partial = known & unknown
        guard partial != 0 else { return }
        func isIncomplete(_ row: PriceRow) -> Bool {
            let own = IncompleteBars.unknown(row)
            let hasOnlyClose = own & 7 == 7 && !marked.contains(row.line)
            return own & partial & (hasOnlyClose ? 8 : 15) != 0
        }
        lines = rows.lazy.filter(isIncomplete).map(\.line)
        complete.removeAll(where: isIncomplete)
    }

    /// A bit for each number that must be known in all bars or in none.
    private static func unknown(_ row: PriceRow) -> UInt8 {
        (row.open.isNaN ? 1 : 0) | (row.high.isNaN ? 2 : 0) | (row.low.isNaN ? 4 : 0)
            | (row.adjustedClose.isNaN ? 8 : 0)
    }
}
