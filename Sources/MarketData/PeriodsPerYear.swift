/// How many bars make a year, by which measures per bar are turned into measures per year; with the reason, for the report.
package struct PeriodsPerYear: Hashable, Sendable, Codable {
    package let value: Double
    /// One sentence that says what the number was inferred from.
    package let reason: String

    package init(value: Double, reason: String) {
        self.value = value
        self.reason = reason
    }
}

extension PeriodsPerYear {
    /// Infers the number from the times of bars, by their median distance:
    ///
    /// - years 1, quarters 4, months 12, weeks 52;
    /// - days: 365 where Saturdays and Sundays each hold at least one bar in fourteen (so weekends trade), else 252;
    /// - shorter, over at least four weeks: bars in the span divided by its length in years of 365.25 days, rounded to three
    ///   significant digits, since holidays differ from year to year;
    /// - shorter, over less than four weeks: bars per UTC date times 252 or 365, rounded likewise;
    /// - fewer than two bars: 252, the convention for daily bars of exchanges.
    ///
    /// - Parameter times: strictly rising.
    package static func inferred(from times: [Timestamp]) -> PeriodsPerYear {
        guard let first = times.first, let last = times.last, times.count >= 2 else {
            return PeriodsPerYear(value: 252, reason: "fewer than two bars: taken as daily bars of an exchange")
        }
        let distances = zip(times.dropFirst(), times).map { $0.seconds - $1.seconds }.sorted()
        let days = Double(distances[distances.count / 2]) / 86_400
        switch days {
        case 300...: return PeriodsPerYear(value: 1, reason: "yearly bars")
        case 80..<300: return PeriodsPerYear(value: 4, reason: "quarterly bars")
        case 25..<80: return PeriodsPerYear(value: 12, reason: "monthly bars")
        case 5..<25: return PeriodsPerYear(value: 52, reason: "weekly bars")
        default: break
        }
        let weekends = tradesOnWeekends(times)
        let sessions = weekends ? 365.0 : 252.0
        if days >= 0.9 {
            return PeriodsPerYear(
                value: sessions,
                reason: weekends ? "daily bars, weekends included" : "daily bars without weekends")
        }
        let span = Double(last.seconds - first.seconds) / 86_400
        if span >= 28 {
            let perYear = Double(times.count - 1) / (span / 365.25)
            return PeriodsPerYear(
                value: roundedToThreeDigits(perYear),
                reason: "intraday bars: \(times.count) from \(first) to \(last), counted per calendar year")
        }
        let dates = Set(times.map(\.dayNumber)).count
        return PeriodsPerYear(
            value: roundedToThreeDigits(Double(times.count) / Double(dates) * sessions),
            reason: "intraday bars: \(times.count) on \(dates) dates, times \(Int(sessions)) dates a year")
    }

    private static func tradesOnWeekends(_ times: [Timestamp]) -> Bool {
        let enough = max(1, times.count / 14)
        return times.count { $0.weekday == 6 } >= enough && times.count { $0.weekday == 7 } >= enough
    }

    /// For numbers from 100 up; smaller ones are rounded to whole numbers.
    private static func roundedToThreeDigits(_ number: Double) -> Double {
        var unit = 1.0
        while number / unit >= 1_000 { unit *= 10 }
        return (number / unit).rounded() * unit
    }
}
