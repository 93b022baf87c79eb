/// Why the time of one row cannot be read.
///
/// Small, for a file may have millions of them: texts are made from the cells only where somebody looks.
package struct TimeProblem: Error, Equatable, Sendable {
    enum Kind: Equatable, Sendable {
        /// Not written as the other rows are.
        case form(afterOthers: Bool)
        /// Year, month and day as read.
        case noSuchDate(Int, Int, Int)
        case noSuchTime
        /// nil where it is too far away to be told.
        case year(Int?)
        case fraction
        case timeOfDayAmongDates
        case skipped
        case twice
        case noSuchSerial
        case noRunningNumber
    }

    let kind: Kind
    let form: TimeForm
    let years: ClosedRange<Int>
    /// Whether the time cell is to blame, not the date cell.
    package let isInTimeCell: Bool

    /// One sentence, quoting the cell.
    package func message(date: Cell, time: Cell? = nil) -> String {
        let cell = isInTimeCell ? time ?? date : date
        let quoted = Excerpt.quoted(cell)
        switch kind {
        case .form(let afterOthers):
            if cell.isEmpty { return isInTimeCell ? "the time of day is missing" : "the date is missing" }
            let isTime = !TimeShape(stated: nil, years: years).readings(date, time).isEmpty
            let rows = afterOthers ? "the lines before" : "the other lines"
            if form.isStated { return "\(quoted) is not in the stated form \(form.name)" }
            if isTime { return "\(quoted) is not in the form \(form.name) of \(rows)" }
            return "\(quoted) is not a \(isInTimeCell ? "time of day" : "date") in the form \(form.name) of \(rows)"
        case .noSuchDate(let year, let month, let day):
            return "\(quoted) is not a date (\(TimeProblem.why(year, month, day)))"
        case .noSuchTime: return "\(quoted) is not a time of day (00:00:00 to 23:59:59, with AM or PM 1 to 12)"
        case .year(let year?): return "year \(year) is not in \(years.lowerBound)...\(years.upperBound) (typing error?)"
        case .year(nil):
            return "\(quoted) is not in the years \(years.lowerBound)...\(years.upperBound) (another unit?)"
        case .fraction: return "\(quoted) is not at a whole second"
        case .timeOfDayAmongDates: return "\(quoted) has a time of day, unlike the lines before"
        case .skipped: return "\(quoted) does not exist in \(zoneName): clocks were put forward over it"
        case .twice: return "\(quoted) came twice in \(zoneName): clocks were put back over it"
        case .noSuchSerial:
            return "\(quoted) is not an Excel serial day (1 to 2958465; 60 is 29 February 1900, which never was)"
        case .noRunningNumber: return "\(quoted) is not a running number (a whole number from 0 to 1000000)"
        }
    }

    /// One sentence: what to do.
    package var remedy: String {
        switch kind {
        case .form:
            form.isStated
                ? "State the form that the file has, or correct the row."
                : "All times of a file must be written in one form: rewrite the row or remove it."
        case .noSuchDate, .noSuchTime, .noSuchSerial, .year(_?): "Correct the date or remove the row."
        case .year(nil): "Correct the time, or state the unit, such as --date-format epoch-ms."
        case .fraction: "Bars are of whole seconds: round the times."
        case .timeOfDayAmongDates: "Correct the row, or write all times in UTC."
        case .skipped, .twice: "Write the times in UTC, and state no time zone but UTC."
        case .noRunningNumber: "Correct the row, or leave out --dates index."
        }
    }

    private var zoneName: String {
        if case .stated(let zone) = form.clock { zone.name } else { "its time zone" }
    }

    private static func why(_ year: Int, _ month: Int, _ day: Int) -> String {
        guard (1...12).contains(month) else { return "there is no month \(month)" }
        let days = (28...31).last { Timestamp(year: year, month: month, day: $0) != nil } ?? 28
        return day < 1 ? "there is no day \(day)" : "\(CalendarWords.englishMonth(month)) \(year) has \(days) days"
    }
}

extension CalendarWords {
    /// - Parameter month: 1 to 12.
    static func englishMonth(_ month: Int) -> String {
        let names = [
            "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
            "November",
            "December",
        ]
        return names.indices.contains(month - 1) ? names[month - 1] : "month \(month)"
    }
}
