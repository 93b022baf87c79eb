/// One symbol's bar as a file has it: raw, with its line and its adjustment factor. What the file does not give is NaN here,
/// and NULL in the store.
package struct PriceRow: Sendable {
    /// The line of the file on which it stands.
    package var line: Int
    package var time: Timestamp
    package var open = Double.nan
    package var high = Double.nan
    package var low = Double.nan
    package var close: Double
    package var volume = Double.nan
    /// Adjusted close / close: what open, high, low and close are multiplied by to take out splits and dividends. 1 where the
    /// file has no adjusted close.
    package var adjustmentFactor = 1.0

    package init(line: Int, time: Timestamp, close: Double) {
        self.line = line
        self.time = time
        self.close = close
    }

    /// The numbers, in the order in which the store keeps them.
    package var numbers: [Double] { [open, high, low, close, volume, adjustmentFactor] }

    /// The first number in which two rows differ: its name, and both values in words. nil if they agree in all.
    package func firstDifference(from other: PriceRow) -> (name: String, own: String, other: String)? {
        let names = ["open", "high", "low", "close", "volume", "adjustment factor"]
        func text(_ number: Double) -> String { number.isNaN ? "unknown" : "\(number)" }
        for (name, (own, other)) in zip(names, zip(numbers, other.numbers))
        where own != other && !(own.isNaN && other.isNaN) {
            return (name, text(own), text(other))
        }
        return nil
    }
}
