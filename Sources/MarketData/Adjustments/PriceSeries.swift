/// The bars of one symbol out of one file, ready for the store.
package struct PriceSeries: Sendable {
    package var symbol: String
    /// Raw bars, strictly rising in time.
    package var rows: [PriceRow]
    /// What the file tells of splits, dividends and adjusted closes.
    package var adjustments: [Adjustment]
    /// Whether the adjustments of kind `adjustedClose` cover the whole span of the rows, so that they take the place of what
    /// the store has of that kind there. There may be none among them: a column equal to the closes says so.
    package var hasAdjustedCloses: Bool

    package init(
        symbol: String, rows: [PriceRow], adjustments: [Adjustment] = [], hasAdjustedCloses: Bool = false
    ) {
        self.symbol = symbol
        self.rows = rows
        self.adjustments = adjustments
        self.hasAdjustedCloses = hasAdjustedCloses
    }
}

extension PriceSeries {
    /// The bars as they came, or with the adjustments of this file alone.
    package func bars(_ prices: PriceAdjustment) -> [Bar] {
        var rows = self.rows
        if prices == .adjusted { AdjustmentFactors(adjustments).apply(to: &rows) }
        return rows.map(Bar.init)
    }
}
