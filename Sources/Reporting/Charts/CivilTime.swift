/// ISO 8601 times as seconds since 1970 and back, by the proleptic Gregorian calendar in UTC.
///
/// - SeeAlso: Hinnant, “chrono-compatible low-level date algorithms”, for days ↔ civil dates.
package enum CivilTime {
    package static let secondsPerDay = 86_400.0
    static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    /// Seconds of `2012-03-04`, `2012-03-04T05:06Z`, `2012-03-04T05:06:07.5+02:00`; nil where the text is none of these.
    package static func seconds(_ text: String) -> Double? {
        let parts = text.split(maxSplits: 1) { $0 == "T" || $0 == " " }
        let date = (parts.first ?? "").split(separator: "-").map { Int($0) }
        guard date.count == 3, let year = date[0], let month = date[1], let day = date[2], (1...12).contains(month),
            (1...31).contains(day)
        else { return nil }
        let midnight = Double(days(year: year, month: month, day: day)) * secondsPerDay
        guard parts.count == 2 else { return midnight }
        guard let clock = secondsOfClock(parts[1]) else { return nil }
        return midnight + clock
    }

    private static func secondsOfClock(_ text: Substring) -> Double? {
        var clock = text
        var offset = 0.0
        if clock.hasSuffix("Z") {
            clock = clock.dropLast()
        } else if let sign = clock.lastIndex(where: { $0 == "+" || $0 == "-" }) {
            let zone = clock[clock.index(after: sign)...].filter { $0 != ":" }
            guard zone.count == 4, let number = Int(zone) else { return nil }
            offset = Double(number / 100 * 3600 + number % 100 * 60) * (clock[sign] == "-" ? -1 : 1)
            clock = clock[..<sign]
        }
        let fields = clock.split(separator: ":").map { Double($0) }
        guard (2...3).contains(fields.count), let hours = fields[0], let minutes = fields[1] else { return nil }
        guard let seconds = fields.count == 3 ? fields[2] : 0 else { return nil }
        return hours * 3600 + minutes * 60 + seconds - offset
    }

    /// Days from 1970-01-01.
    package static func days(year: Int, month: Int, day: Int) -> Int {
        let shifted = month <= 2 ? year - 1 : year
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    package static func date(days: Int) -> (year: Int, month: Int, day: Int) {
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthIndex = (5 * dayOfYear + 2) / 153
        let month = monthIndex + (monthIndex < 10 ? 3 : -9)
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * monthIndex + 2) / 5 + 1)
    }
}
