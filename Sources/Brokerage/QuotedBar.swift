/// The prices of one bar that fills are made at. NaN stands for a price that the series does not have.
package struct QuotedBar: Equatable, Sendable {
    package var open: Double
    package var high: Double
    package var low: Double
    package var close: Double
    /// Time since the bar before, in years of 365 days, for fees that accrue with time.
    package var years: Double

    package init(
        open: Double = .nan, high: Double = .nan, low: Double = .nan, close: Double, years: Double = 1.0 / 365
    ) {
        self.open = open
        self.high = high
        self.low = low
        self.close = close
        self.years = years
    }
}
