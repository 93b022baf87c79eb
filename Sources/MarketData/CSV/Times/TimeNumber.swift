/// A cell that is one decimal number and nothing else: a moment counted in seconds or days.
struct TimeNumber: Equatable {
    private(set) var isNegative = false
    /// The digits before the point, without the sign.
    private(set) var whole: Int64 = 0
    /// How many digits there are before the point.
    private(set) var digits = 0
    /// What is behind the point, at least 0 and below 1.
    private(set) var fraction = 0.0

    /// - Returns: nil where the cell is no such number or too large a one for 64 bits.
    init?(_ cell: Cell) {
        var position = 0
        if let sign = cell.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
            isNegative = sign == UInt8(ascii: "-")
            position = 1
        }
        while position < cell.count, case let digit = cell[position] &- 0x30, digit < 10 {
            let (tens, isTooLarge) = whole.multipliedReportingOverflow(by: 10)
            let (sum, isJustTooLarge) = tens.addingReportingOverflow(Int64(digit))
            guard !isTooLarge, !isJustTooLarge else { return nil }
            whole = sum
            digits += 1
            position += 1
        }
        guard digits > 0 else { return nil }
        guard position < cell.count else { return }
        guard cell[position] == UInt8(ascii: ".") || cell[position] == UInt8(ascii: ",") else { return nil }
        position += 1
        guard position < cell.count else { return nil }
        var weight = 0.1
        while position < cell.count, case let digit = cell[position] &- 0x30, digit < 10 {
            fraction += Double(digit) * weight
            weight /= 10
            position += 1
        }
        // Many nines may add up to one.
        fraction = min(fraction, 1.0.nextDown)
        guard position == cell.count else { return nil }
    }

    /// The number, if it is a whole one.
    var signedWhole: Int64? { fraction == 0 ? (isNegative ? -whole : whole) : nil }

    /// What a number beyond doubt counts: the epochs from September 2001 on and the milliseconds before, by their digits.
    var epochUnit: EpochUnit? {
        switch digits {
        case _ where isNegative: nil
        case 9, 10: .seconds
        case 12, 13: .milliseconds
        case 15, 16: .microseconds
        case 18, 19: .nanoseconds
        default: nil
        }
    }

    /// Whether the number may be a day of the calendar that spreadsheets count, between 1927 and 2119.
    var isLikeExcelSerial: Bool { !isNegative && digits == 5 && (10_000...80_000).contains(whole) }
}

/// What an epoch counts since 1970-01-01 00:00:00 UTC.
package enum EpochUnit: String, Equatable, Sendable, CaseIterable, CustomStringConvertible {
    case seconds, milliseconds, microseconds, nanoseconds

    var perSecond: Int64 {
        switch self {
        case .seconds: 1
        case .milliseconds: 1_000
        case .microseconds: 1_000_000
        case .nanoseconds: 1_000_000_000
        }
    }

    /// The unit by magnitude alone, for a user who states that the numbers are epochs: seconds up to the year 5138.
    static func byMagnitude(_ whole: Int64) -> EpochUnit {
        switch whole {
        case ..<100_000_000_000: .seconds
        case ..<100_000_000_000_000: .milliseconds
        case ..<100_000_000_000_000_000: .microseconds
        default: .nanoseconds
        }
    }

    package var description: String { rawValue }
}
