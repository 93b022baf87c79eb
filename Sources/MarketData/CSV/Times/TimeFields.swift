/// The numbers a cell gives for a time, as written: not yet known to make a date.
struct TimeFields: Equatable {
    /// All four digits, or two where `isYearShort`.
    var year = 0
    var isYearShort = false
    var month = 0
    var day = 0
    var hour = 0
    var minute = 0
    var second = 0
    /// nil where hours count to 24.
    var isAfternoon: Bool?
    var isFractionZero = true
    /// Seconds east of Greenwich, nil where the cell does not say.
    var offset: Int?

    /// Whether month and day are numbers that months and days have.
    var isDateInRange: Bool { (1...12).contains(month) && (1...31).contains(day) }

    /// The year in full: two digits are of this century unless that would be in the future.
    func fullYear(_ years: ClosedRange<Int>) -> Int {
        guard isYearShort else { return year }
        return 2_000 + year <= years.upperBound ? 2_000 + year : 1_900 + year
    }

    /// Seconds since midnight of the place, fraction dropped; nil where no clock shows such a time.
    var secondOfDay: Int? {
        guard minute < 60, second < 60 else { return nil }
        guard let isAfternoon else { return hour < 24 ? hour * 3_600 + minute * 60 + second : nil }
        guard (1...12).contains(hour) else { return nil }
        // Twelve comes before one, on both halves of the clock.
        return (hour % 12 + (isAfternoon ? 12 : 0)) * 3_600 + minute * 60 + second
    }

    /// The date as a day number since 1970-01-01; nil where there is no such date.
    func dayNumber(_ years: ClosedRange<Int>) -> Int? {
        Timestamp(year: fullYear(years), month: month, day: day)?.dayNumber
    }
}
