/// What there is to say about a price file that was read and found good as a whole.
package struct PriceFileSummary: Sendable {
    /// The path as the user wrote it.
    package let file: String
    /// SHA-256 of the file's bytes, in hexadecimal.
    package let fingerprint: String
    /// What was decided about the file, a phrase each.
    package let decisions: [String]
    /// What was left out, or is odd, or should be known.
    package let findings: [QualityFinding]
    /// The first bars as they were understood, in the order of the file.
    package let firstRows: [(symbol: String, row: PriceRow)]
}

/// A price file and all its bars.
package struct ParsedPriceFile: Sendable {
    package let summary: PriceFileSummary
    /// The bars of each symbol, their times strictly rising. A symbol without bars is left out.
    package let series: [PriceSeries]
}
