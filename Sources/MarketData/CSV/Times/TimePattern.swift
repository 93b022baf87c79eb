/// A number in a time.
enum TimeField: Equatable, Sendable {
    case year, shortYear, month, day, hour, minute, second
}

/// One part of a `TimePattern`.
enum TimeElement: Equatable, Sendable {
    case number(TimeField, least: UInt8, most: UInt8)
    case monthName
    case weekday
    /// AM or PM.
    case meridiem
    /// The distance from UTC.
    case offset
    /// Blanks, or the gap between a date cell and a time cell.
    case blank
    case literal(UInt8)

    /// Days, months and hours may lack their leading zero where something else than a digit follows.
    static func number(_ field: TimeField) -> TimeElement {
        switch field {
        case .year: .number(.year, least: 4, most: 4)
        case .month, .day, .hour: .number(field, least: 1, most: 2)
        case .shortYear, .minute, .second: .number(field, least: 2, most: 2)
        }
    }

    static func fixed(_ field: TimeField) -> TimeElement {
        field == .year ? .number(.year) : .number(field, least: 2, most: 2)
    }
}

/// The order of year, month and day.
package enum DateOrder: String, Equatable, Sendable {
    case dmy, mdy, ymd
}

/// How a date is written, with or without a time of day: a row of parts, each of which must be there.
struct TimePattern: Equatable, Sendable {
    let elements: [TimeElement]

    static let isoDate = TimePattern(elements: [
        .number(.year), .literal(UInt8(ascii: "-")), .number(.month), .literal(UInt8(ascii: "-")), .number(.day),
    ])

    /// The numbers of a time that is written so, or nil. Afterwards the scanner is where the pattern was left.
    func match(_ scanner: inout TimeScanner) -> TimeFields? {
        var fields = TimeFields()
        guard scanner.take(elements, into: &fields), scanner.isAtEnd else { return nil }
        return fields
    }

    func match(_ date: Cell, _ time: Cell?) -> TimeFields? {
        var scanner = TimeScanner(date, time)
        return match(&scanner)
    }

    func has(_ field: TimeField) -> Bool {
        elements.contains { if case .number(field, _, _) = $0 { true } else { false } }
    }

    var hasTimeOfDay: Bool { has(.hour) }
    var hasOffset: Bool { elements.contains(.offset) }
    var hasShortYear: Bool { has(.shortYear) }

    var order: DateOrder {
        for element in elements {
            switch element {
            case .number(.year, _, _), .number(.shortYear, _, _): return .ymd
            case .number(.month, _, _), .monthName: return .mdy
            case .number(.day, _, _): return .dmy
            default: continue
            }
        }
        return .ymd
    }
}

extension TimePattern: CustomStringConvertible {
    /// Such as `DD/MM/YYYY HH:MM`; what `StatedTimes` takes as a date format.
    var description: String {
        // Bytes first: a stated pattern may have characters of several bytes.
        let bytes = elements.flatMap { element in
            if case .literal(let byte) = element { [byte] } else { Array(element.description.utf8) }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension TimeElement {
    fileprivate var description: String {
        switch self {
        case .number(.year, _, _): "YYYY"
        case .number(.shortYear, _, _): "YY"
        case .number(.month, _, _), .number(.minute, _, _): "MM"
        case .number(.day, _, _): "DD"
        case .number(.hour, _, _): "HH"
        case .number(.second, _, _): "SS"
        case .monthName: "Mon"
        case .weekday: "Www"
        case .meridiem: "AM/PM"
        case .offset: "±HH:MM"
        case .blank: " "
        case .literal(let byte): String(decoding: [byte], as: UTF8.self)
        }
    }
}

extension TimeScanner {
    mutating func take(_ elements: [TimeElement], into fields: inout TimeFields) -> Bool {
        for element in elements {
            guard take(element, into: &fields) else { return false }
        }
        return true
    }

    @inline(__always)
    private mutating func take(_ element: TimeElement, into fields: inout TimeFields) -> Bool {
        switch element {
        case .number(let field, let least, let most):
            guard let value = number(Int(least), Int(most)) else { return false }
            set(field, value, &fields)
        case .literal(let byte): return literal(byte)
        case .blank: return blank()
        case .monthName:
            guard let month = word().flatMap(CalendarWords.month) else { return false }
            fields.month = month
        case .weekday: return word().map(CalendarWords.isWeekday) ?? false
        case .meridiem:
            guard let isAfternoon = meridiem() else { return false }
            fields.isAfternoon = isAfternoon
        case .offset:
            guard let offset = offset() else { return false }
            fields.offset = offset
        }
        return true
    }

    @inline(__always)
    private mutating func set(_ field: TimeField, _ value: Int, _ fields: inout TimeFields) {
        switch field {
        case .year: fields.year = value
        case .shortYear: (fields.year, fields.isYearShort) = (value, true)
        case .month: fields.month = value
        case .day: fields.day = value
        case .hour: fields.hour = value
        case .minute: fields.minute = value
        case .second:
            fields.second = value
            // Vendors write the same seconds with and without a fraction of zeros.
            fields.isFractionZero = fraction()
        }
    }
}
