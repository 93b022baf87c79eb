/// What makes the prices before a moment comparable with those after it: at `time`, the prices of all earlier bars are
/// multiplied by `priceFactor`, and their volumes by `volumeFactor`.
///
/// Bars are stored raw and adjusted when they are read. Several adjustments multiply. Every factor is a constant ratio of all
/// the bars before a moment, so returns inside any span are the same whether or not adjustments after the span are known:
/// reading adjusted tells a strategy nothing of the future.
package struct Adjustment: Equatable, Sendable, Codable {
    package enum Kind: String, CaseIterable, Sendable, Codable {
        /// A split of *n* new shares for *o* old ones: price factor *o*/*n*, volume factor *n*/*o*.
        case split
        /// A cash dividend *D*: price factor 1 − *D*/close of the bar before, volume factor 1 (CRSP, Yahoo).
        case dividend
        /// A step of a file's column of adjusted closes, whatever it came from; volume factor 1.
        case adjustedClose = "adjusted close"
    }

    /// The first moment that it does not touch, as a rule the ex-date.
    package var time: Timestamp
    package var kind: Kind
    package var priceFactor: Double
    package var volumeFactor: Double

    package init(time: Timestamp, kind: Kind, priceFactor: Double, volumeFactor: Double = 1) {
        self.time = time
        self.kind = kind
        self.priceFactor = priceFactor
        self.volumeFactor = volumeFactor
    }

    /// A split that takes effect at a time.
    package init(split ratio: SplitRatio, at time: Timestamp) {
        self.init(time: time, kind: .split, priceFactor: ratio.old / ratio.new, volumeFactor: ratio.new / ratio.old)
    }

    /// Whether both factors are positive numbers, as they have to be.
    var isSound: Bool { [priceFactor, volumeFactor].allSatisfy { $0.isFinite && $0 > 0 } }
}

/// So many new shares for so many old ones: 4:1 is a split that leaves a quarter of the price, 1:10 a reverse split.
package struct SplitRatio: Equatable, Sendable {
    package let new: Double
    package let old: Double

    /// Factors beyond this are typing errors; the largest splits on record are of some thousands.
    private static let largest = 100_000.0

    /// - Returns: nil where a number is not positive, both are equal, or the ratio is beyond 100,000:1 either way.
    package init?(new: Double, old: Double) {
        guard new.isFinite, old.isFinite, new > 0, old > 0, new != old,
            (1 / SplitRatio.largest...SplitRatio.largest).contains(new / old)
        else { return nil }
        self.new = new
        self.old = old
    }

    /// Reads `4:1`, `3:2`, `1:10`, `1.05:1`: decimal numbers of ASCII digits. nil where it is anything else.
    package init?(_ text: String) {
        let parts = text.utf8.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        guard parts.count == 2 else { return nil }
        // Double reads more than people write: hexadecimal, exponents, "inf".
        let numbers = parts.compactMap { part -> Double? in
            let isPlain = part.allSatisfy { (0x30...0x39).contains($0) || $0 == 0x2E }
            return isPlain ? Double(String(decoding: Array(part), as: UTF8.self)) : nil
        }
        guard numbers.count == 2 else { return nil }
        self.init(new: numbers[0], old: numbers[1])
    }
}

extension SplitRatio: CustomStringConvertible {
    /// `4:1`.
    package var description: String {
        func text(_ number: Double) -> String { Int(exactly: number).map(String.init) ?? "\(number)" }
        return "\(text(new)):\(text(old))"
    }
}
