/// Bars at a regular distance within the day: hours, minutes. Tells which are missing in trading hours.
struct RegularBars {
    /// Seconds from one bar to the next.
    private let spacing: Int64
    /// Bars on all days, midnight being a moment like any other.
    let isAroundTheClock: Bool
    private let days: Int

    /// nil where fewer than nine tenths of the distances are equal: then there is no rule that a bar could break.
    init?(_ rows: UnsafeBufferPointer<PriceRow>, _ calendar: TradingDays) {
        guard let spacing = RegularBars.majority(rows) else { return nil }
        var clock = DayClock()
        var within = (equal: 0, all: 0)
        var across = (equal: 0, all: 0)
        var before = rows[0].time.seconds
        _ = clock.isNewDay(rows[0].time)
        for row in rows.dropFirst() {
            let isEqual = row.time.seconds - before == spacing ? 1 : 0
            if clock.isNewDay(row.time) {
                across.equal += isEqual
                across.all += 1
            } else {
                within.equal += isEqual
                within.all += 1
            }
            before = row.time.seconds
        }
        guard within.equal * 10 >= within.all * 9 else { return nil }
        self.spacing = spacing
        days = across.all + 1
        isAroundTheClock = calendar.weekdays.areAll && across.equal * 2 > across.all
    }

    /// The distance between bars of a day that more than half of all distances equal, if there is one: the majority vote of
    /// Boyer and Moore, in one pass and without a table.
    private static func majority(_ rows: UnsafeBufferPointer<PriceRow>) -> Int64? {
        var clock = DayClock()
        var (candidate, votes) = (Int64(0), 0)
        var before = Int64(0)
        for row in rows {
            if !clock.isNewDay(row.time) {
                let distance = row.time.seconds - before
                if votes == 0 { candidate = distance }
                votes += distance == candidate ? 1 : -1
            }
            before = row.time.seconds
        }
        return candidate > 0 ? candidate : nil
    }

    func observations(_ rows: UnsafeBufferPointer<PriceRow>) -> [QualityObservation] {
        let breaks = breaks(rows)
        // A lunch hour, or the hour in which a futures exchange is closed, comes day by day at one time; with daylight saving
        // it is at two times of UTC, each in some part of the year. A quarter of the days is enough for both.
        var days: [Break: Int] = [:]
        for index in breaks { days[Break(rows, index), default: 0] += 1 }
        let odd = breaks.filter { days[Break(rows, $0), default: 0] < max(3, (self.days + 3) / 4) }
        guard let first = odd.first else { return [] }
        var observation = QualityObservation(issue: .missingBars)
        var longest = first
        for index in odd {
            observation.places.add(rows[index], weight: missing(rows, index))
            if missing(rows, index) > missing(rows, longest) { longest = index }
        }
        let (before, after) = (rows[longest - 1].time, rows[longest].time)
        observation.example = "\(rows[first].time)"
        if odd.count == 1 {
            observation.example = "between \(before) and \(after)"
        } else {
            observation.example += ", most between \(before) and \(after): \(missing(rows, longest))"
        }
        return [observation]
    }

    /// A distance at a time of day.
    private struct Break: Hashable {
        let begin: Int64
        let length: Int64

        init(_ rows: UnsafeBufferPointer<PriceRow>, _ index: Int) {
            begin = rows[index - 1].time.secondOfDay
            length = rows[index].time.seconds - rows[index - 1].time.seconds
        }
    }

    /// Indices of the rows that come more than the usual distance after the row before.
    private func breaks(_ rows: UnsafeBufferPointer<PriceRow>) -> [Int] {
        var breaks: [Int] = []
        var clock = DayClock()
        var before = Int64.max
        for index in rows.indices {
            let seconds = rows[index].time.seconds
            let isNewDay = clock.isNewDay(rows[index].time)
            if before < seconds, seconds - before > spacing, isAroundTheClock || !isNewDay { breaks.append(index) }
            before = seconds
        }
        return breaks
    }

    private func missing(_ rows: UnsafeBufferPointer<PriceRow>, _ index: Int) -> Int {
        let distance = rows[index].time.seconds - rows[index - 1].time.seconds
        return max(1, Int((Double(distance) / Double(spacing)).rounded()) - 1)
    }
}
