/// A date, to be told in words.
package struct CalendarDate: Equatable, Sendable {
    package let year: Int
    package let month: Int
    package let day: Int

    init(dayNumber: Int) {
        (year, month, day) = Timestamp(seconds: Int64(dayNumber) * 86_400).date
    }

    var dayAndMonth: String { "\(day) \(CalendarWords.englishMonth(month))" }
}

extension TimeSurvey {
    /// Why the form of a file's times cannot be decided.
    package enum Failure: Error, Equatable, Sendable {
        /// Several forms fit all rows; what two of them say of the example.
        case ambiguous([TimeForm], Example, [CalendarDate])
        /// Numbers that look like days of a spreadsheet.
        case excelSerial(Example)
        /// No row is a time; nil where there is no row.
        case noForm(Example?, order: DateOrder?)
        /// A zone was stated for times that have their own.
        case zoneContradicts(StatedZone, String)

        /// The line of the example.
        package var line: Int? {
            switch self {
            case .ambiguous(_, let example, _), .excelSerial(let example): example.line
            case .noForm(let example, _): example?.line
            case .zoneContradicts: nil
            }
        }

        /// One sentence: what is wrong.
        package var message: String {
            switch self {
            case .ambiguous(let forms, let example, let dates):
                let isYearOpen = Set(dates.map(\.year)).count > 1
                let meanings = dates.map { isYearOpen ? "\($0.dayAndMonth) \($0.year)" : $0.dayAndMonth }
                let names = forms.map(\.name).joined(separator: " and ")
                return "\(example.text) may be \(meanings.joined(separator: " or ")): all rows fit \(names)"
            case .excelSerial(let example):
                return "\(example.text) looks like an Excel serial day, not like a date or an epoch"
            case .noForm(nil, _): return "there is no row with a date"
            case .noForm(let example?, let order?):
                return "\(example.text) is not a date in the stated order \(order.rawValue)"
            case .noForm(let example?, nil): return "\(example.text) is not a date or time in a form that is understood"
            case .zoneContradicts(let zone, let form):
                let stated = Excerpt.quoted(zone.name.utf8)
                return "time zone \(stated) was stated, but the times carry their own zone (\(form))"
            }
        }

        /// One sentence: what to do.
        package var remedy: String {
            switch self {
            case .ambiguous(let forms, _, _):
                let orders = forms.compactMap(\.order).map { "--date-format \($0.rawValue)" }
                return "State which it is: \(orders.joined(separator: " or "))."
            case .excelSerial: return "State it with --date-format excel, or write the dates as YYYY-MM-DD."
            case .noForm:
                return "Write dates as YYYY-MM-DD, or state their form, such as --date-format 'DD.MM.YYYY HH:MM'."
            case .zoneContradicts: return "Leave out --timezone."
            }
        }
    }
}
