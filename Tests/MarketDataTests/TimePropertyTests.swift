import Foundation
import MarketData
import RandomNumbers
import Testing

@Suite struct TimePropertyTests {
    /// A moment as Foundation's calendar takes it apart.
    private typealias Parts = (year: Int, month: Int, day: Int, hour: Int, minute: Int, second: Int)

    private static func padded(_ number: Int, _ width: Int = 2) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }

    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    private static let dateWriters: [@Sendable (Parts) -> String] = [
        { "\(padded($0.year, 4))-\(padded($0.month))-\(padded($0.day))" },
        { "\(padded($0.year, 4))/\($0.month)/\($0.day)" },
        { "\(padded($0.year, 4)).\(padded($0.month)).\(padded($0.day))" },
        { "\(padded($0.year, 4))\(padded($0.month))\(padded($0.day))" },
        { "\(padded($0.day))/\(padded($0.month))/\($0.year)" }, { "\($0.month)/\($0.day)/\($0.year)" },
        { "\($0.day).\($0.month).\($0.year)" }, { "\(padded($0.month))-\(padded($0.day))-\($0.year)" },
        { "\(padded($0.day)) \(padded($0.month)) \($0.year)" },
        { "\(padded($0.day)).\(padded($0.month)).\(padded($0.year % 100))" },
        { "\($0.month)/\($0.day)/\(padded($0.year % 100))" },
        { "\($0.day)-\(months[$0.month - 1])-\(padded($0.year % 100))" },
        { "\(months[$0.month - 1]) \($0.day), \($0.year)" }, { "\(padded($0.day))\(months[$0.month - 1])\($0.year)" },
        { "\($0.year) \(months[$0.month - 1]) \(padded($0.day))" },
        { "\($0.day). \(months[$0.month - 1].uppercased()). \($0.year)" },
    ]

    private static let timeWriters: [@Sendable (Parts) -> String] = [
        { "\(padded($0.hour)):\(padded($0.minute)):\(padded($0.second))" },
        { "\($0.hour):\(padded($0.minute)):\(padded($0.second)).000" },
        { "\(padded($0.hour))\(padded($0.minute))\(padded($0.second))" },
        { "\(($0.hour + 11) % 12 + 1):\(padded($0.minute)):\(padded($0.second)) \($0.hour < 12 ? "AM" : "PM")" },
        { "\(padded($0.hour)):\(padded($0.minute)):\(padded($0.second))Z" },
        { parts in
            // The same moment on a clock that is five hours and a half ahead, where that is the same day.
            let minutes = parts.hour * 60 + parts.minute + 330
            guard minutes < 1_440 else {
                return "\(padded(parts.hour)):\(padded(parts.minute)):\(padded(parts.second))+00:00"
            }
            return "\(padded(minutes / 60)):\(padded(minutes % 60)):\(padded(parts.second))+05:30"
        },
    ]

    private static func moments(_ count: Int, wholeDays: Bool, seed: UInt64) throws -> [(seconds: Int, parts: Parts)] {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = try #require(TimeZone(secondsFromGMT: 0))
        var random = RandomKey(seed: seed).stream("times")
        return (0..<count).map { _ in
            // From 1930, so that years of two digits mean these, to 2026.
            let day = Int(random.uniform() * 35_000) - 14_600
            let seconds = day * 86_400 + (wholeDays ? 0 : Int(random.uniform() * 86_400))
            let date = Date(timeIntervalSince1970: Double(seconds))
            let parts = calendar.dateComponents([.year, .month, .day, .hour, .minute, .second], from: date)
            return (
                seconds,
                (
                    parts.year ?? 0, parts.month ?? 0, parts.day ?? 0, parts.hour ?? 0, parts.minute ?? 0,
                    parts.second ?? 0
                )
            )
        }
    }

    private static func isRead(_ file: TimeFile, _ seconds: [Int]) throws {
        let expected = seconds.map { Timestamp(seconds: Int64($0)).description }
        let form = try file.form()
        #expect(try file.read() == expected, "\(form)")
    }

    @Test func datesInEveryFormAreReadBack() throws {
        for (index, write) in TimePropertyTests.dateWriters.enumerated() {
            let moments = try TimePropertyTests.moments(400, wholeDays: true, seed: UInt64(index))
            try TimePropertyTests.isRead(TimeFile(moments.map { write($0.parts) }), moments.map(\.seconds))
        }
    }

    @Test func timesInEveryFormAreReadBackFromOneColumnAndFromTwo() throws {
        for (index, writeDate) in TimePropertyTests.dateWriters.enumerated() {
            for (other, writeTime) in TimePropertyTests.timeWriters.enumerated() {
                let moments = try TimePropertyTests.moments(60, wholeDays: false, seed: UInt64(index * 10 + other))
                let dates = moments.map { writeDate($0.parts) }
                let times = moments.map { writeTime($0.parts) }
                let seconds = moments.map(\.seconds)
                try TimePropertyTests.isRead(TimeFile(dates, times: times), seconds)
                for gap in [" ", "T", ", "] {
                    try TimePropertyTests.isRead(TimeFile(zip(dates, times).map { $0 + gap + $1 }), seconds)
                }
            }
        }
    }

    @Test func epochsAndSpreadsheetDaysAreReadBack() throws {
        let moments = try TimePropertyTests.moments(2_000, wholeDays: false, seed: 7)
        let seconds = moments.map(\.seconds)
        for (word, zeros) in [("epoch-s", 0), ("epoch-ms", 3), ("epoch-us", 6), ("epoch-ns", 9)] {
            let cells = seconds.map { String($0) + String(repeating: "0", count: zeros) }
            try TimePropertyTests.isRead(TimeFile(cells, stated: StatedTimes(dateFormat: word)), seconds)
        }
        let serials = seconds.map { String(Double($0) / 86_400 + 25_569) }
        try TimePropertyTests.isRead(TimeFile(serials, stated: StatedTimes(dateFormat: "excel")), seconds)
    }

    @Test func localTimesOfAZoneAreReadBackUnlessSummerTimeMakesThemUnclear() throws {
        for name in ["America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "Asia/Kolkata", "Africa/Casablanca"] {
            let zone = try #require(TimeZone(identifier: name))
            var random = RandomKey(seed: 3).stream("times")
            let seconds = (0..<2_000).map { _ in Int(random.uniform() * 1_700_000_000) }
            let cells = seconds.map { moment in
                let local = moment + zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(moment)))
                return Timestamp(seconds: Int64(local)).text(withTimeOfDay: true).replacing("Z", with: "")
            }
            let read = try TimeFile(cells, stated: StatedTimes(timezone: name)).read()
            let wrong = zip(read, seconds).filter { $0 != Timestamp(seconds: Int64($1)).description }.map(\.0)
            // An hour of each year comes twice.
            #expect(wrong.count < 10 && wrong.allSatisfy { $0.contains("came twice") }, "\(name): \(wrong)")
        }
    }

    @Test func nothingTrapsOnAnyBytes() throws {
        var random = RandomKey(seed: 11).stream("times")
        let alphabet = Array("0123456789999--//::..,, TZ+JanFebam\u{0}\u{FF}é年Dw'".utf8)
        let forms = try [
            "2023-01-03", "13/01/2023 07:00:00Z", "26-Jun-23", "1679270400000", "2023-01-03 7:00 AM",
        ].map { try TimeFile([$0]).form() }
        let stated = try [StatedTimes(), StatedTimes(dateFormat: "epoch"), StatedTimes(dateFormat: "excel")]
        var readers = forms.map { TimeReader(form: $0, years: TimeFile.years) }
        var survey = TimeSurvey(stated: stated[0], years: TimeFile.years)
        var read = 0
        for round in 0..<100_000 {
            let bytes = (0..<Int(random.uniform() * 24)).map { _ in
                round % 2 == 0
                    ? UInt8(truncatingIfNeeded: Int(random.uniform() * 256))
                    : alphabet[Int(random.uniform() * Double(alphabet.count))]
            }
            bytes.withUnsafeBufferPointer { cell in
                let half = UnsafeBufferPointer(rebasing: cell.prefix(cell.count / 2))
                if round % 100 == 0 { survey = TimeSurvey(stated: stated[round / 100 % 3], years: TimeFile.years) }
                survey.add(date: cell, time: round % 3 == 0 ? half : nil, line: round)
                _ = survey.isSettled
                for index in readers.indices {
                    do throws(TimeProblem) {
                        _ = try readers[index].read(date: cell, time: round % 3 == 0 ? half : nil, line: round)
                        read += 1
                    } catch {
                        if round % 64 < 2 { #expect(!error.message(date: cell).isEmpty) }
                    }
                }
            }
            if round % 100 == 99 { _ = try? survey.decide() }
            if round % 10 == 0 {
                let text = String(decoding: bytes, as: UTF8.self)
                _ = try? StatedTimes(dateFormat: text)
                _ = try? StatedTimes(timezone: text)
            }
        }
        #expect(read < 100)
    }
}
