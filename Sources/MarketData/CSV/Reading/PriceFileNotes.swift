/// What is noted while the rows of a file are read, besides the bars.
struct PriceFileNotes {
    /// Rows that lack a price.
    var missing = Places()
    /// Lines of rows that say in words that open, high and low are missing.
    var markedAsMissing: Set<Int> = []
    /// Rows whose adjusted close is no finite number.
    var unusableAdjustedCloses = Places()
    /// Lines that may be a footer: problems, should a row come after them.
    var prose: [PriceFileError.Problem] = []
    /// Splits and dividends, by the number of the symbol.
    var actions: [Int: [CorporateAction]] = [:]
    /// How finely the adjusted closes of each symbol are written.
    var resolutions: [Int: DecimalResolution] = [:]
}

/// The finest decimal place in which some numbers are written.
struct DecimalResolution {
    private(set) var places = 0

    mutating func note(_ cell: Cell, form: NumberForm) {
        let mark = form.decimal == .comma ? UInt8(ascii: ",") : UInt8(ascii: ".")
        func isDigit(_ index: Int) -> Bool { cell.indices.contains(index) && (0x30...0x39).contains(cell[index]) }
        // Of a number with an exponent nothing is known; and the point of “kr.” is no decimal mark.
        if cell.indices.contains(where: { cell[$0] | 0x20 == UInt8(ascii: "e") && isDigit($0 - 1) }) {
            places = 18
        } else if let position = cell.indices.last(where: { cell[$0] == mark && isDigit($0 + 1) }) {
            places = max(places, cell[(position + 1)...].prefix { (0x30...0x39).contains($0) }.count)
        }
    }
}
