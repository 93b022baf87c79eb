import MarketData
import RandomNumbers
import Testing

/// Days and bars that are missing, or should not be there.
@Suite struct QualityCalendarTests {
    // MARK: Daily series

    @Test func fiveMissingDaysAreAGapAndFourAreNot() throws {
        var rows = QualitySample.weekdays(250)
        let row = rows[105]
        rows.removeSubrange(100..<105)
        let finding = try #require(QualitySample.only(rows))
        #expect(finding.check == "gap" && finding.severity == .warning && finding.count == 5)
        #expect(finding.lines == [107] && finding.times == [row.time])
        #expect(
            finding.message
                == "5 usual trading days of ACME without a bar, five or more in a row: between 2020-05-19 and 2020-05-27."
        )

        rows.insert(QualitySample.weekdays(250)[102], at: 100)
        #expect(QualitySample.findings(rows).isEmpty)
    }

    @Test func calendarsAreLearned() {
        func findings(_ isOpen: (Timestamp) -> Bool) -> [QualityFinding] {
            QualitySample.findings(
                QualitySample.walk(QualitySample.dates(from: "2020-01-01", 300, where: isOpen), seed: 1))
        }
        #expect(findings { _ in true }.isEmpty)
        // Sunday to Thursday.
        #expect(findings { $0.weekday == 7 || $0.weekday <= 4 }.isEmpty)
        // Fridays, and the last day of each month.
        #expect(findings { $0.weekday == 5 }.isEmpty)
        #expect(findings { Timestamp(seconds: $0.seconds + 86_400).date.day == 1 }.isEmpty)
        // The last days of quarters.
        #expect(
            findings {
                let next = Timestamp(seconds: $0.seconds + 86_400).date; return next.day == 1 && next.month % 3 == 1
            }.isEmpty)
        // Midnight of an exchange with daylight saving, in UTC.
        let shifted = QualitySample.dates(from: "2020-01-01", 700) { $0.weekday <= 5 }.map { time in
            (4...10).contains(time.date.month) ? Timestamp(seconds: time.seconds - 3_600) : time
        }
        #expect(QualitySample.findings(QualitySample.walk(shifted, seed: 1)).isEmpty)
    }

    @Test func missingWeeksAreAGap() throws {
        let fridays = QualitySample.dates(from: "2020-01-01", 100) { $0.weekday == 5 }
        let lacking = Array(fridays[..<50] + fridays[53...])
        let finding = try #require(QualitySample.only(QualitySample.walk(lacking, seed: 1)))
        #expect(finding.check == "gap" && finding.count == 3 && finding.lines == [52] && finding.times == [fridays[53]])
        // Two weeks from one bar to the next are a holiday.
        #expect(QualitySample.findings(QualitySample.walk(Array(fridays[..<50] + fridays[51...]), seed: 1)).isEmpty)
    }

    @Test func weekLongHolidaysOfEveryYearAreANotice() throws {
        let isHoliday = { (time: Timestamp) in
            (time.date.month == 10 && time.date.day <= 7) || (time.date.month == 2 && (3...11).contains(time.date.day))
        }
        let days = QualitySample.dates(from: "2015-01-01", 1_200) { $0.weekday <= 5 && !isHoliday($0) }
        let finding = try #require(QualitySample.only(QualitySample.walk(days, seed: 1)))
        #expect(finding.check == "gap" && finding.severity == .notice)
    }

    @Test func weekendRowsInAWeekdaySeriesAreListed() throws {
        let days = QualitySample.dates(from: "2023-01-03", 122) {
            $0.weekday <= 5 || $0 == day("2023-01-07") || $0 == day("2023-01-08")
        }
        let finding = try #require(QualitySample.only(QualitySample.walk(days, seed: 1)))
        #expect(finding.check == "weekend" && finding.severity == .warning && finding.lines == [6, 7])
        #expect(finding.message.hasSuffix("first 2023-01-07, a Saturday."))
    }

    @Test func barsInTheFutureAreNamed() throws {
        let rows = QualitySample.weekdays(20)
        let last = try #require(rows.last).time
        func findings(daysBefore days: Int64) -> [QualityFinding] {
            QualitySample.findings(rows, today: Timestamp(seconds: last.seconds - days * 86_400 + 3_600))
        }
        #expect(findings(daysBefore: 0).isEmpty && findings(daysBefore: 1).isEmpty)
        #expect(findings(daysBefore: 2).map(\.check) == ["future-date"])
        #expect(findings(daysBefore: 2).first?.lines == [21])
    }

    // MARK: Series within the day

    @Test func missingHoursAroundTheClockAreCounted() throws {
        var rows = QualitySample.walk(times(from: "2023-03-20", 24 * 14, every: 3_600) { _ in true }, seed: 1)
        #expect(QualitySample.findings(rows).isEmpty)
        let after = rows[103]
        rows.removeSubrange(90..<103)
        let finding = try #require(QualitySample.only(rows))
        #expect(
            finding.check == "gap" && finding.count == 13 && finding.times == [after.time] && finding.lines == [105])
        #expect(finding.message.contains("13 bars missing in the trading hours of ACME: between 2023-03-23T17:00:00Z"))
    }

    @Test func theClosedHoursOfAnExchangeAreLearned() throws {
        // Minutes from 01:30 to 07:00 with a lunch hour and a half, on weekdays.
        let session = times(from: "2023-03-20", 240 * 20, every: 60) { time in
            time.weekday <= 5 && (5_400...12_600).contains(time.secondOfDay)
                || time.weekday <= 5
                    && (18_060...25_200).contains(time.secondOfDay)
        }
        var rows = QualitySample.walk(session, seed: 1)
        #expect(QualitySample.findings(rows).isEmpty)
        let after = rows[1_010].time
        rows.removeSubrange(1_000..<1_010)
        rows.remove(at: 2_000)
        let finding = try #require(QualitySample.only(rows))
        #expect(finding.check == "gap" && finding.count == 11 && finding.times.first == after)
        #expect(finding.message.hasSuffix(": 10."))
    }

    @Test func aWeekWithoutMinutesIsAGapOfDays() throws {
        let rows = QualitySample.walk(
            times(from: "2023-01-02", 8 * 60, every: 3_600) {
                $0.weekday <= 5 && (8..<16).contains($0.secondOfDay / 3_600)
            },
            seed: 1)
        let lacking = rows.filter { $0.time < day("2023-02-06") || $0.time >= day("2023-02-13") }
        let finding = try #require(QualitySample.only(lacking))
        #expect(finding.check == "gap" && finding.count == 5 && finding.times == [day("2023-02-13T08:00:00Z")])
    }

    @Test func irregularTimesHaveNoCalendar() {
        var stream = RandomKey(seed: 1).stream("times")
        var seconds = day("2023-03-20").seconds
        let times = (0..<5_000).map { _ in
            seconds += 1 + Int64(stream.index(below: 900))
            return Timestamp(seconds: seconds)
        }
        #expect(QualitySample.findings(QualitySample.walk(times, seed: 1, decimals: 5)).isEmpty)
    }

    // MARK: Several symbols

    @Test func symbolsThatBeginOrEndApartAreANotice() throws {
        let rows = QualitySample.weekdays(100)
        let parts = [("A", rows[...]), ("B", rows[20...]), ("C", rows[..<90])]
        let finding = try #require(findings(parts.map { ($0, Array($1)) }).first)
        #expect(finding.check == "common-range" && finding.severity == .notice && finding.symbols == ["B", "C"])
        #expect(finding.message.contains("common to all: \(rows[20].time) to \(rows[89].time)"))

        let apart = findings([("A", Array(rows[..<40])), ("B", Array(rows[50...]))])
        #expect(apart.map(\.severity) == [.notice] && apart[0].message.contains("no day is common to all"))
    }

    @Test func daysThatOneSymbolLacksAreNamed() throws {
        let rows = QualitySample.weekdays(100)
        var lacking = rows
        let absent = [70, 50, 30].map { lacking.remove(at: $0).time }
        let finding = try #require(
            findings([("A", rows), ("B", rows), ("C", lacking), ("D", rows)]).first)
        #expect(finding.check == "calendar" && finding.severity == .warning && finding.symbols == ["C"])
        #expect(finding.count == 3 && finding.times == absent.reversed() && finding.lines.isEmpty)

        // Two days are let pass; and what all lack is a holiday.
        lacking.insert(rows[30], at: 30)
        #expect(findings([("A", rows), ("B", rows), ("C", lacking)]).isEmpty)
        let holidays = Array(rows[..<30] + rows[34...])
        #expect(findings([("A", holidays), ("B", holidays), ("C", holidays)]).isEmpty)
    }

    @Test func aGapIsNotToldTwice() {
        let rows = QualitySample.weekdays(100)
        let lacking = Array(rows[..<40] + rows[46...])
        #expect(findings([("A", rows), ("B", rows), ("C", lacking)]).map(\.check) == ["gap"])
    }

    @Test func aStockAmongCurrenciesIsNotAskedForWeekends() {
        let days = QualitySample.dates(from: "2020-01-06", 203) { _ in true }
        let currency = QualitySample.walk(days, seed: 1)
        let stock = currency.filter { $0.time.weekday <= 5 }
        #expect(!findings([("A", currency), ("B", currency), ("C", stock)]).contains { $0.check == "calendar" })
    }

    private func findings(_ series: [(String, [PriceRow])]) -> [QualityFinding] {
        var checks = QualityChecks(today: day("2034-06-30"))
        for (symbol, rows) in series { checks.add(symbol: symbol, rows: rows) }
        return checks.findings
    }

    private func times(
        from start: String, _ count: Int, every seconds: Int64, where isOpen: (Timestamp) -> Bool
    ) -> [Timestamp] {
        var times: [Timestamp] = []
        var time = day(start)
        while times.count < count {
            if isOpen(time) { times.append(time) }
            time = Timestamp(seconds: time.seconds + seconds)
        }
        return times
    }
}
