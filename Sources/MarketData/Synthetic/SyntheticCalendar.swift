import Configuration

/// When the bars of a synthetic market are: a start and a distance.
package struct SyntheticCalendar: Equatable, Sendable {
    package enum Interval: String, CaseIterable, Sendable, ConfigurationValue {
        /// Mondays to Fridays, at midnight; 252 bars are a year, as holidays are left in but not counted.
        case day
        /// Every hour of every day.
        case hour
        /// Every minute of every day.
        case minute

        /// The length of a bar. An hour and a minute are those of a year of 365.25 days.
        package var yearsPerBar: Double {
            switch self {
            case .day: 1.0 / 252
            case .hour: 1 / (365.25 * 24)
            case .minute: 1 / (365.25 * 24 * 60)
            }
        }
    }

    package let interval: Interval
    /// The time of bar 0; for days, the first weekday from the start on.
    package let start: Timestamp

    /// - Throws: where daily bars start at a time of day, or where the start lies outside the years 1800 to 9999.
    package init(interval: Interval, start: Timestamp) throws(SyntheticMarketError) {
        guard (1800...9999).contains(start.date.year) else { throw .startYear(start) }
        if interval == .day, start.secondOfDay != 0 { throw .startsAtATimeOfDay(start) }
        self.interval = interval
        let weekend = interval == .day && start.weekday > 5 ? 8 - start.weekday : 0
        self.start = Timestamp(seconds: start.seconds + Int64(weekend) * 86_400)
    }

    /// The time of a bar.
    /// - Throws: where it lies beyond the year 9999.
    package func time(of bar: Int) throws(SyntheticMarketError) -> Timestamp {
        precondition(bar >= 0, "bars are counted from 0")
        // More bars than minutes up to the year 9999 cannot be, and so nothing below overflows.
        guard bar < 5_000_000_000 else { throw .tooManyBars(bar + 1) }
        let time = Timestamp(seconds: start.seconds + seconds(to: Int64(bar)))
        guard time.date.year <= 9999 else { throw .tooManyBars(bar + 1) }
        return time
    }

    private func seconds(to bar: Int64) -> Int64 {
        switch interval {
        case .hour: return bar * 3_600
        case .minute: return bar * 60
        case .day:
            let weekdays = bar + Int64(start.weekday - 1)
            let days = weekdays / 5 * 7 + weekdays % 5 - Int64(start.weekday - 1)
            return days * 86_400
        }
    }
}
