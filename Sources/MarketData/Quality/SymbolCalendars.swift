/// Compares the symbols with each other: who begins or ends apart, and who lacks days that the others have.
struct SymbolCalendars {
    private struct Member {
        let symbol: String
        let days: Range<Int>
        let daily: DailyBars?
    }

    private var members: [Member] = []

    mutating func add(_ symbol: String, _ days: TradingDays, _ rows: UnsafeBufferPointer<PriceRow>) {
        members.append(
            Member(symbol: symbol, days: days.first..<days.last + 1, daily: DailyBars(days, rows)))
    }

    var observations: [(symbol: String, observation: QualityObservation)] { rangeObservations + absenceObservations }

    private var rangeObservations: [(symbol: String, observation: QualityObservation)] {
        guard let earliest = members.map(\.days.lowerBound).min(), let latest = members.map(\.days.upperBound).max(),
            let begin = members.map(\.days.lowerBound).max(), let end = members.map(\.days.upperBound).min()
        else { return [] }
        let common = begin < end ? "common to all: \(text(begin..<end))" : "no day is common to all"
        return members.filter { $0.days != earliest..<latest }.map { member in
            var observation = QualityObservation(issue: .commonRange)
            let day = member.days.lowerBound > earliest ? member.days.lowerBound : member.days.upperBound - 1
            observation.places.add(day: day)
            observation.example = "\(text(member.days)); \(common)"
            return (member.symbol, observation)
        }
    }

    private func text(_ days: Range<Int>) -> String {
        func date(_ day: Int) -> Timestamp { Timestamp(seconds: Int64(day) * TradingDays.secondsPerDay) }
        return "\(date(days.lowerBound)) to \(date(days.upperBound - 1))"
    }

    private var absenceObservations: [(symbol: String, observation: QualityObservation)] {
        let daily = members.compactMap { member in member.daily.map { (member.symbol, $0) } }
        // A day counts where more than half of the symbols have a bar, so two cannot tell who is right.
        guard daily.count > 2, let market = MarketDays(daily.map(\.1)) else { return [] }
        return daily.compactMap { symbol, bars in
            var observation = QualityObservation(issue: .absentDays)
            for day in bars.absentDays where market.isTradingDay(day) { observation.places.add(day: day) }
            guard observation.places.count >= 3, let first = observation.places.times.first else { return nil }
            observation.example = "\(first)"
            return (symbol, observation)
        }
    }
}

/// A bit for each day from the first bar to the last: set where there is a bar.
private struct DailyBars {
    let days: Range<Int>
    private let weekdays: Weekdays
    /// Reported as gaps already.
    private let gaps: [Range<Int>]
    private var bits: [UInt64]

    /// nil unless bars come daily, on an eighth of the days at least: a bit a day then takes no more than a byte a bar.
    init?(_ calendar: TradingDays, _ rows: UnsafeBufferPointer<PriceRow>) {
        days = calendar.first..<calendar.last + 1
        guard calendar.rhythm == .daily, days.count / 8 <= rows.count else { return nil }
        weekdays = calendar.weekdays
        gaps = calendar.oddGaps(rows)
        bits = [UInt64](repeating: 0, count: days.count / 64 + 1)
        for row in rows {
            let offset = row.time.dayNumber - days.lowerBound
            bits[offset / 64] |= 1 << UInt64(offset % 64)
        }
    }

    func hasBar(on day: Int) -> Bool {
        let offset = day - days.lowerBound
        return bits[offset / 64] >> UInt64(offset % 64) & 1 == 1
    }

    /// The days of its own calendar without a bar, outside the gaps.
    var absentDays: [Int] {
        days.filter { day in !hasBar(on: day) && weekdays.contains(day) && !gaps.contains { $0.contains(day) } }
    }
}

/// The days on which more than half of the symbols that exist then have a bar.
private struct MarketDays {
    private let first: Int
    private var isTrading: [Bool]

    init?(_ members: [DailyBars]) {
        guard let first = members.map(\.days.lowerBound).min(), let end = members.map(\.days.upperBound).max() else {
            return nil
        }
        self.first = first
        var alive = [Int32](repeating: 0, count: end - first)
        var present = alive
        for member in members {
            for day in member.days {
                alive[day - first] += 1
                if member.hasBar(on: day) { present[day - first] += 1 }
            }
        }
        isTrading = zip(alive, present).map { $1 * 2 > $0 }
    }

    func isTradingDay(_ day: Int) -> Bool { isTrading[day - first] }
}
