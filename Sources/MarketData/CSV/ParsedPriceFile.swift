/// A price file that was read and found good as a whole: what `MarketStore.ingest` takes.
package struct ParsedPriceFile: Sendable {
    /// The path as the user wrote it.
    package let file: String
    /// SHA-256 of the file's bytes, in hexadecimal.
    package let fingerprint: String
    /// The bars of each symbol, their times strictly rising. A symbol without bars is left out.
    package let series: [(symbol: String, rows: [PriceRow])]
    /// What was decided about the file, a line each.
    package let decisions: [String]
    /// What was repaired, or is odd.
    package let warnings: [PriceFileWarning]
}

/// Something about a price file that its owner should know, although it could be read.
package struct PriceFileWarning: Codable, Equatable, Sendable {
    /// Which check found it: a short name for programs.
    package let check: String
    /// How many rows are concerned.
    package let count: Int
    /// Their first lines in the file, at most ten.
    package let lines: [Int]
    package let message: String

    package init(check: String, lines: [Int], message: String) {
        self.check = check
        count = lines.count
        self.lines = Array(lines.prefix(10))
        self.message = message
    }
}
