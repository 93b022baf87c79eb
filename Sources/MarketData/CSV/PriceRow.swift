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

    /// Whether the numbers agree bit by bit, the unknown ones being unknown in both.
    package func hasSameNumbers(as other: PriceRow) -> Bool {
        func same(_ left: Double, _ right: Double) -> Bool { left == right || (left.isNaN && right.isNaN) }
        return same(close, other.close) && same(open, other.open) && same(high, other.high) && same(low, other.low)
            && same(volume, other.volume) && adjustmentFactor == other.adjustmentFactor
    }

    /// The first number in which two rows differ, in words: `close 11.5 and 11.6`.
    package func firstDifference(from other: PriceRow) -> String? {
        let names = ["open", "high", "low", "close", "volume", "adjustment factor"]
        func text(_ number: Double) -> String { number.isNaN ? "unknown" : "\(number)" }
        return zip(names, zip(numbers, other.numbers)).first { _, pair in
            pair.0 != pair.1 && !(pair.0.isNaN && pair.1.isNaN)
        }.map { name, pair in "\(name) \(text(pair.0)) and \(text(pair.1))" }
    }
}
