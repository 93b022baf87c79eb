/// What the user stated about the times of a file.
package struct StatedTimes: Equatable, Sendable {
    enum Format: Equatable, Sendable {
        /// Only the order of year, month and day.
        case order(DateOrder)
        case pattern(TimePattern)
        case excelSerial
        /// nil where each row's magnitude tells the unit.
        case epoch(EpochUnit?)
        case runningNumber

        /// The reading that leaves nothing to be found out, if it is one.
        var reading: TimeForm.Reading? {
            switch self {
            case .order: nil
            case .pattern(let pattern): .calendar(pattern)
            case .excelSerial: .excelSerial
            case .epoch(let unit): .epoch(unit ?? .seconds, isFixed: unit != nil)
            case .runningNumber: .runningNumber
            }
        }
    }

    /// A statement that cannot be followed.
    package struct Failure: Error, Equatable, Sendable {
        package let message: String
        package let remedy: String
    }

    let format: Format?
    let zone: StatedZone?

    /// - Parameters:
    ///   - dateFormat: a word (`iso`, `dmy`, `mdy`, `ymd`, `excel`, `epoch`, `epoch-s`, `epoch-ms`, `epoch-us`,
    ///     `epoch-ns`), a pattern of letters (`DD/MM/YYYY HH:MM`) or a pattern of strptime (`%d/%m/%Y %H:%M`).
    ///   - timezone: whose clock the times show that do not say so themselves, as `StatedZone` takes it.
    ///   - isIndex: the date column is a running number 0, 1, 2, …
    package init(dateFormat: String? = nil, timezone: String? = nil, isIndex: Bool = false) throws(Failure) {
        if isIndex, dateFormat != nil {
            throw Failure(
                message: "a running number has no date format",
                remedy: "State either --dates index or --date-format.")
        }
        var format: Format? = isIndex ? .runningNumber : nil
        if let dateFormat { format = try StatedTimes.format(dateFormat) }
        var zone: StatedZone?
        if let timezone {
            zone = StatedZone(timezone)
            guard zone != nil else {
                throw Failure(
                    message: "\(Excerpt.quoted(timezone.utf8)) is not a time zone",
                    remedy: "State UTC, a distance from it such as -05:00, or a place such as America/New_York.")
            }
        }
        self.format = format
        self.zone = zone
    }

    private init(nothing: Void) {
        format = nil
        zone = nil
    }

    /// Nothing is stated: everything is decided from the file.
    package static let unstated = StatedTimes(nothing: ())

    /// Whether a running number stands in place of dates.
    package var isIndex: Bool { format == .runningNumber }

    private static let words: [String: Format] = [
        "iso": .order(.ymd), "ymd": .order(.ymd), "dmy": .order(.dmy), "mdy": .order(.mdy), "excel": .excelSerial,
        "epoch": .epoch(nil), "epoch-s": .epoch(.seconds), "epoch-ms": .epoch(.milliseconds),
        "epoch-us": .epoch(.microseconds), "epoch-ns": .epoch(.nanoseconds),
    ]

    private static func format(_ text: String) throws(Failure) -> Format {
        if let word = words[text.lowercased()] { return word }
        guard let elements = text.contains("%") ? StrptimePattern.elements(text) : LetterPattern.elements(text),
            let pattern = TimePattern(stated: elements)
        else {
            throw Failure(
                message: "\(Excerpt.quoted(text.utf8)) is not a date format",
                remedy:
                    "State iso, dmy, mdy, ymd, excel, epoch, epoch-s, epoch-ms, epoch-us or epoch-ns, letters such as "
                    + "DD/MM/YYYY HH:MM, 'D Mon YY' or 'MM/DD/YYYY HH:MM:SS AM/PM', or a pattern of strptime such as "
                    + "'%d/%m/%Y %H:%M'; year, month and day must each be there once.")
        }
        return .pattern(pattern)
    }
}

extension TimePattern {
    /// A pattern as a user stated it, made fit for reading.
    /// - Returns: nil where it does not give exactly one date, and at most one time of day.
    init?(stated elements: [TimeElement]) {
        func count(_ wanted: (TimeElement) -> Bool) -> Int { elements.count(where: wanted) }
        func fields(_ wanted: TimeField...) -> Int {
            count { if case .number(let field, _, _) = $0 { wanted.contains(field) } else { false } }
        }
        guard fields(.year, .shortYear) == 1, fields(.month) + count({ $0 == .monthName }) == 1, fields(.day) == 1,
            fields(.hour) <= 1, fields(.minute) <= fields(.hour), fields(.second) <= fields(.minute),
            count({ $0 == .meridiem }) <= fields(.hour), count({ $0 == .offset }) <= fields(.hour),
            // The hour alone is only read where AM or PM follows.
            fields(.hour) == fields(.minute) || count({ $0 == .meridiem }) == 1
        else { return nil }
        self.init(elements: TimePattern.readable(elements))
    }

    /// Numbers that touch have their full width, and what is written of a fraction is read with the seconds.
    private static func readable(_ elements: [TimeElement]) -> [TimeElement] {
        var readable: [TimeElement] = []
        for element in elements {
            if case .number(let field, _, _) = element, case .number(let last, _, _) = readable.last {
                readable[readable.count - 1] = .fixed(last)
                readable.append(.fixed(field))
            } else if element != .blank || readable.last != .blank {
                readable.append(element)
            }
        }
        return readable
    }
}
