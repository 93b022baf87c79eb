/// A moment on the market's clock: whole seconds since 1970-01-01 00:00:00 UTC.
///
/// Everything in this package is in UTC. A daily bar carries midnight of its date.
package struct Timestamp: Hashable, Sendable {
    /// Seconds since 1970-01-01 00:00:00 UTC; negative before.
    package let seconds: Int64

    @inlinable package init(seconds: Int64) {
        self.seconds = seconds
    }

    /// Midnight UTC of a date of the proleptic Gregorian calendar, or nil where that date does not exist.
    package init?(year: Int, month: Int, day: Int, hour: Int = 0, minute: Int = 0, second: Int = 0) {
        guard (1...9999).contains(year), (1...12).contains(month),
            (1...Timestamp.days(inMonth: month, of: year)).contains(day),
            (0..<24).contains(hour), (0..<60).contains(minute), (0..<60).contains(second)
        else { return nil }
        let days = Timestamp.days(toYear: year, month: month, day: day)
        seconds = Int64(days * 86_400 + hour * 3_600 + minute * 60 + second)
    }

    /// Whole days since 1970-01-01, rounded down.
    package var dayNumber: Int { Int((seconds - secondOfDay) / 86_400) }

    /// Seconds since midnight UTC, in `0..<86_400`.
    package var secondOfDay: Int64 {
        let remainder = seconds % 86_400
        return remainder < 0 ? remainder + 86_400 : remainder
    }

    /// Day of the week as ISO 8601 counts it: Monday is 1, Sunday is 7.
    package var weekday: Int {
        let sinceMonday = (dayNumber + 3) % 7
        return (sinceMonday < 0 ? sinceMonday + 7 : sinceMonday) + 1
    }

    /// Year, month and day of the UTC date.
    package var date: (year: Int, month: Int, day: Int) {
        // The inverse of `days(toYear:month:day:)`, from the same source.
        let shifted = dayNumber + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * marchMonth + 2) / 5 + 1
        let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
    }

    /// Days from 1970-01-01 to a date, by Howard Hinnant's `days_from_civil`
    /// (“chrono-compatible low-level date algorithms”): years begin in March, so the leap day comes last.
    private static func days(toYear year: Int, month: Int, day: Int) -> Int {
        let shifted = month <= 2 ? year - 1 : year
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    private static func days(inMonth month: Int, of year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}

extension Timestamp: Comparable {
    @inlinable package static func < (left: Timestamp, right: Timestamp) -> Bool {
        left.seconds < right.seconds
    }
}

extension Timestamp: CustomStringConvertible {
    /// ISO 8601: `2008-10-10` at midnight UTC, `2008-10-10T14:30:00Z` at any other time.
    package var description: String { text(withTimeOfDay: secondOfDay != 0) }

    /// ISO 8601, with the time of day or without: so that all bars of a series look alike.
    package func text(withTimeOfDay: Bool) -> String {
        func padded(_ number: Int, _ width: Int) -> String {
            let digits = String(number)
            return String(repeating: "0", count: max(0, width - digits.count)) + digits
        }
        let (year, month, day) = date
        let dateText = "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
        guard withTimeOfDay else { return dateText }
        let time = Int(secondOfDay)
        return "\(dateText)T\(padded(time / 3_600, 2)):\(padded(time / 60 % 60, 2)):\(padded(time % 60, 2))Z"
    }
}

extension Timestamp {
    /// Reads ISO 8601 in UTC: `2008-10-10`, `2008-10-10T14:30`, `2008-10-10 14:30:00`, `…:00.000`, each with or
    /// without a closing `Z` or `+00:00`. Everything else is nil: other forms, other zones, dates that do not exist,
    /// fractions of a second that are not zero.
    package init?(iso8601 text: some StringProtocol) {
        self.init(iso8601: text.utf8)
    }

    /// The same, from the bytes of the text.
    package init?(iso8601 text: some Collection<UInt8>) {
        var reader = DigitReader(text)
        guard let year = reader.number(4), reader.skip("-"), let month = reader.number(2), reader.skip("-"),
            let day = reader.number(2)
        else { return nil }
        var hour = 0
        var minute = 0
        var second = 0
        if !reader.isAtEnd {
            guard reader.skip("T") || reader.skip(" "), let hours = reader.number(2), reader.skip(":"),
                let minutes = reader.number(2)
            else { return nil }
            (hour, minute) = (hours, minutes)
            if reader.skip(":") {
                guard let seconds = reader.number(2) else { return nil }
                second = seconds
                if reader.skip(".") {
                    guard reader.skip("0") else { return nil }
                    while reader.skip("0") {}
                }
            }
            if !reader.skip("Z"), reader.skip("+") {
                guard reader.number(2) == 0, reader.skip(":"), reader.number(2) == 0 else { return nil }
            }
            guard reader.isAtEnd else { return nil }
        }
        self.init(year: year, month: month, day: day, hour: hour, minute: minute, second: second)
    }
}

/// As text in ISO 8601.
extension Timestamp: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let time = Timestamp(iso8601: text) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "'\(text)' is not an ISO 8601 time in UTC")
        }
        self = time
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

/// Takes fixed-width numbers of ASCII digits off the front of a text.
private struct DigitReader<Text: Collection> where Text.Element == UInt8 {
    private let text: Text
    private var position: Text.Index

    init(_ text: Text) {
        self.text = text
        position = text.startIndex
    }

    var isAtEnd: Bool { position == text.endIndex }

    mutating func number(_ width: Int) -> Int? {
        var value = 0
        for _ in 0..<width {
            guard !isAtEnd, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(text[position]) else { return nil }
            value = value * 10 + Int(text[position] - UInt8(ascii: "0"))
            text.formIndex(after: &position)
        }
        return value
    }

    mutating func skip(_ character: Unicode.Scalar) -> Bool {
        guard !isAtEnd, text[position] == UInt8(ascii: character) else { return false }
        text.formIndex(after: &position)
        return true
    }
}
