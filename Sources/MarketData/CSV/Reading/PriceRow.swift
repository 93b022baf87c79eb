/// One symbol's bar as a file has it: raw, with its line. What the file does not give is NaN here, and NULL in the store.
package struct PriceRow: Sendable {
    /// The line of the file on which it stands; 0 where it is from no file.
    package var line: Int
    package var time: Timestamp
    package var open = Double.nan
    package var high = Double.nan
    package var low = Double.nan
    package var close: Double
    package var volume = Double.nan
    /// The close with splits and dividends taken out, by the source's reckoning; NaN where the file has none.
    package var adjustedClose = Double.nan

    package init(line: Int, time: Timestamp, close: Double) {
        self.line = line
        self.time = time
        self.close = close
    }

    /// A number in which two rows differ: its name, and both values in words.
    package typealias Difference = (name: String, own: String, other: String)

    /// The first number in which two rows differ; nil if they agree in all. What is unknown in both agrees.
    /// - Parameter withAdjustedCloses: whether these count too. Stored bars have none.
    package func firstDifference(from other: PriceRow, withAdjustedCloses: Bool) -> Difference? {
        func differ(_ own: Double, _ other: Double) -> Bool { own != other && !(own.isNaN && other.isNaN) }
        func difference(_ name: String, _ number: KeyPath<PriceRow, Double>) -> Difference {
            func text(_ number: Double) -> String { number.isNaN ? "unknown" : "\(number)" }
            return (name, text(self[keyPath: number]), text(other[keyPath: number]))
        }
        // One by one, as this is asked of every bar that comes again.
        if differ(open, other.open) { return difference("open", \.open) }
        if differ(high, other.high) { return difference("high", \.high) }
        if differ(low, other.low) { return difference("low", \.low) }
        if differ(close, other.close) { return difference("close", \.close) }
        if differ(volume, other.volume) { return difference("volume", \.volume) }
        if withAdjustedCloses, differ(adjustedClose, other.adjustedClose) {
            return difference("adjusted close", \.adjustedClose)
        }
        return nil
    }
}
