/// The days on which one symbol has bars, and the calendar that they follow: nothing is known of exchanges here.
struct TradingDays {
    static let secondsPerDay: Int64 = 86_400

    enum Rhythm: Equatable {
        /// One bar a day, on most of the `weekdays`.
        case daily
        /// Weekly, monthly, …: the usual distance in days.
        case periods(Int)
        /// Several bars a day.
        case intraday
        /// Distances without a rule.
        case none
    }

    let rhythm: Rhythm
    let weekdays: Weekdays
    let first: Int
    let last: Int
    /// Indices of the rows that come six days or more after the row before: fewer cannot hold five missing days.
    private let candidates: [Int]
    private let daysOnWeekday: [Int]

    /// One pass over the times. nil for fewer than two rows, and for times outside the years 1 to 9999.
    init?(_ rows: UnsafeBufferPointer<PriceRow>) {
        guard rows.count > 1, let begin = rows.first, let end = rows.last,
            begin.time.seconds >= -62_135_596_800, end.time.seconds < 253_402_300_800
        else { return nil }
        (first, last) = (begin.time.dayNumber, end.time.dayNumber)
        var daysOnWeekday = [Int](repeating: 0, count: 7)
        var spacings = SpacingHistogram()
        var candidates: [Int] = []
        var furtherBars = 0
        var clock = DayClock()
        var dayBefore = first
        for index in rows.indices {
            guard clock.isNewDay(rows[index].time) else {
                furtherBars += 1
                continue
            }
            let day = clock.day
            daysOnWeekday[Weekdays.index(of: day)] += 1
            if index > 0 {
                let spacing = day - dayBefore
                spacings.add(spacing)
                if spacing >= 6 { candidates.append(index) }
            }
            dayBefore = day
        }
        self.daysOnWeekday = daysOnWeekday
        self.candidates = candidates
        weekdays = Weekdays(learnedFrom: daysOnWeekday)
        rhythm =
            switch spacings.median {
            // A second bar on a day or two, the last price of today for one, does not make an intraday series.
            case _ where furtherBars * 20 > rows.count: .intraday
            case nil: .none
            case .some(let median): median < 5 ? .daily : .periods(median)
            }
    }

    func observations(_ rows: UnsafeBufferPointer<PriceRow>) -> [QualityObservation] {
        switch rhythm {
        case .daily: gapObservations(rows) + weekendObservations(rows)
        case .periods(let days): periodObservations(rows, days)
        case .intraday:
            if let bars = RegularBars(rows, self) {
                (bars.isAroundTheClock ? [] : gapObservations(rows)) + bars.observations(rows)
            } else {
                gapObservations(rows)
            }
        case .none: []
        }
    }

    // MARK: Gaps

    private struct Gap {
        /// Index of the row after it.
        let index: Int
        let missing: Int
    }

    private func gaps(_ rows: UnsafeBufferPointer<PriceRow>) -> (odd: [Gap], recurring: [Gap]) {
        var all: [Gap] = []
        for index in candidates {
            let (before, day) = (rows[index - 1].time.dayNumber, rows[index].time.dayNumber)
            let missing = weekdays.count(in: before + 1..<max(day, before + 1))
            if missing >= 5 { all.append(Gap(index: index, missing: missing)) }
        }
        // Some exchanges close for a whole week or more once or twice a year: in China for the Spring Festival and in October.
        let weekLong = all.filter { $0.missing <= 8 }
        let years = Double(last - first) / 365.25
        let areHolidays = !weekdays.areAll && years >= 3 && Double(weekLong.count) >= 0.75 * years
        return areHolidays ? (all.filter { $0.missing > 8 }, weekLong) : (all, [])
    }

    private func gapObservations(_ rows: UnsafeBufferPointer<PriceRow>) -> [QualityObservation] {
        let gaps = gaps(rows)
        return [(QualityIssue.missingDays, gaps.odd), (.recurringGaps, gaps.recurring)].compactMap { issue, gaps in
            guard let first = gaps.first else { return nil }
            var observation = QualityObservation(issue: issue)
            for gap in gaps { observation.places.add(rows[gap.index], weight: gap.missing) }
            let between = "between \(rows[first.index - 1].time) and \(rows[first.index].time)"
            observation.example = gaps.count == 1 ? between : "\(first.missing) days \(between)"
            return observation
        }
    }

    /// The days inside the gaps that are reported as such, gap by gap.
    func oddGaps(_ rows: UnsafeBufferPointer<PriceRow>) -> [Range<Int>] {
        gaps(rows).odd.map { rows[$0.index - 1].time.dayNumber + 1..<rows[$0.index].time.dayNumber }
    }

    private func periodObservations(_ rows: UnsafeBufferPointer<PriceRow>, _ usual: Int) -> [QualityObservation] {
        var observation = QualityObservation(issue: .missingPeriods)
        for index in candidates {
            let (before, row) = (rows[index - 1], rows[index])
            let days = row.time.dayNumber - before.time.dayNumber
            guard Double(days) > 2.5 * Double(usual) else { continue }
            if observation.places.isEmpty {
                observation.example =
                    "between \(before.time) and \(row.time), where bars are usually \(usual) days apart"
            }
            observation.places.add(row, weight: Int((Double(days) / Double(usual)).rounded()) - 1)
        }
        return observation.places.isEmpty ? [] : [observation]
    }

    // MARK: Weekends

    private func weekendObservations(_ rows: UnsafeBufferPointer<PriceRow>) -> [QualityObservation] {
        let weekend = Weekdays.weekend
        let found = daysOnWeekday[5] + daysOnWeekday[6]
        // Where a market is open at weekends, ever or for years, bars are on more than a tenth of them.
        guard found > 0, found * 10 < weekend.count(in: first..<last + 1) else { return [] }
        var observation = QualityObservation(issue: .weekend)
        for row in rows where weekend.contains(row.time.dayNumber) {
            if observation.places.isEmpty {
                observation.example = "\(row.time), a \(row.time.weekday == 6 ? "Saturday" : "Sunday")"
            }
            observation.places.add(row)
        }
        return [observation]
    }
}

/// How often bars are how many days apart.
private struct SpacingHistogram {
    /// Distances from here on count as one.
    private static let longest = 400

    private var counts = [Int](repeating: 0, count: SpacingHistogram.longest + 1)
    private var total = 0

    mutating func add(_ days: Int) {
        counts[min(max(days, 0), SpacingHistogram.longest)] += 1
        total += 1
    }

    /// The lower median; nil without distances, and where it is too long to be known.
    var median: Int? {
        var seen = 0
        for (days, count) in counts.enumerated().dropLast() {
            seen += count
            if count > 0, seen * 2 >= total { return days }
        }
        return nil
    }
}
