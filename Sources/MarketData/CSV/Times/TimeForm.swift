/// How a file writes its times, as decided once for all of its rows.
package struct TimeForm: Equatable, Sendable {
    /// What a cell says.
    enum Reading: Equatable, Sendable {
        case calendar(TimePattern)
        /// Counted since 1970-01-01 in a unit: the stated one, or row by row what the number of digits tells.
        case epoch(EpochUnit, isFixed: Bool)
        case excelSerial
        case runningNumber
    }

    /// Whose clock the times are of.
    enum Clock: Equatable, Sendable {
        /// Dates without a time of day, and numbers that count from a moment in UTC.
        case none
        /// Times of an unknown zone: kept as they are.
        case unknown
        /// Times of the zone the user stated.
        case stated(StatedZone)
        /// Each time says how far it is from UTC.
        case offsets
        /// Midnight in every row, of a zone that is known: daily bars, whose date is the exchange's own.
        case dates
    }

    let reading: Reading
    let clock: Clock
    /// Whether the user stated the form, so that nothing had to be decided.
    let isStated: Bool

    /// The form of rows that are only counted.
    static let counted = TimeForm(reading: .runningNumber, clock: .none, isStated: true)

    /// The form alone, such as `DD/MM/YYYY HH:MM`.
    package var name: String {
        switch reading {
        case .calendar(let pattern): pattern.description
        case .epoch(let unit, _): "epoch \(unit)"
        case .excelSerial: "Excel serial day"
        case .runningNumber: "running number, counted as weekdays from 2000-01-03"
        }
    }

    /// The order of year, month and day where the form has one.
    package var order: DateOrder? {
        if case .calendar(let pattern) = reading { pattern.order } else { nil }
    }
}

extension TimeForm: CustomStringConvertible {
    /// The form, and what is done about time zones.
    package var description: String {
        switch clock {
        case .none: name
        case .unknown: "\(name) (time zone not stated: kept as is)"
        case .stated(let zone) where zone.isUTC: "\(name) (in UTC, as stated)"
        case .stated(let zone): "\(name) (\(zone.name), converted to UTC)"
        case .offsets: "\(name) (converted to UTC)"
        case .dates: "\(name) (midnight in every row: the dates count as written)"
        }
    }
}
