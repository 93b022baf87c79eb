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

    /// The numbers as they were traded, in the order in which the store keeps them.
    package var numbers: [Double] { [open, high, low, close, volume] }

    /// The first number in which two rows differ: its name, and both values in words. nil if they agree in all.
    package func firstDifference(from other: PriceRow) -> (name: String, own: String, other: String)? {
        let names = ["open", "high", "low", "close", "volume", "adjusted close"]
        func text(_ number: Double) -> String { number.isNaN ? "unknown" : "\(number)" }
        for (name, (own, other)) in zip(names, zip(numbers + [adjustedClose], other.numbers + [other.adjustedClose]))
        where own != other && !(own.isNaN && other.isNaN) {
            return (name, text(own), text(other))
        }
        return nil
    }
}
