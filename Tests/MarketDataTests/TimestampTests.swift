import Foundation
import MarketData
import Testing

@Suite struct TimestampTests {
    @Test func agreesWithFoundationOnEveryDayOfFourCenturies() throws {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = try #require(TimeZone(secondsFromGMT: 0))
        // Every 13th day: all months, leap days and weekdays come by.
        for number in stride(from: -62_091, to: 62_091, by: 13) {
            let time = Timestamp(seconds: Int64(number) * 86_400)
            let date = Date(timeIntervalSince1970: Double(number) * 86_400)
            let parts = calendar.dateComponents([.year, .month, .day, .weekday], from: date)
            #expect(time.date.year == parts.year && time.date.month == parts.month && time.date.day == parts.day)
            // Foundation's week begins with Sunday as 1.
            #expect(time.weekday == ((parts.weekday ?? 0) + 5) % 7 + 1)
            #expect(Timestamp(iso8601: time.description) == time)
        }
    }

    @Test(arguments: [
        ("1970-01-01", 0), ("2008-10-10T14:30:00Z", 1_223_649_000), ("2008-10-10 14:30", 1_223_649_000),
        ("2008-10-10T14:30:00.000+00:00", 1_223_649_000), ("1969-12-31T23:59:59Z", -1), ("2000-02-29", 951_782_400),
    ])
    func reads(_ text: String, _ seconds: Int64) {
        #expect(Timestamp(iso8601: text)?.seconds == seconds)
    }

    @Test(arguments: [
        "", "2023-02-30", "2023-02-29", "1900-02-29", "2023-13-01", "2023-1-1", "23-01-01", "2023/01/01", "2023-01-01T",
        "2023-01-01T24:00", "2023-01-01T10:60", "2023-01-01T10:00:60", "2023-01-01T10:00:00-05:00",
        "2023-01-01T10:00:00.5",
        "2023-01-01 ", "２０２３-01-01", "2023-01-01T10:00:00ZZ",
    ])
    func refuses(_ text: String) {
        #expect(Timestamp(iso8601: text) == nil)
    }

    @Test func writesTheDateAloneAtMidnight() {
        #expect(day("2008-10-10").description == "2008-10-10")
        #expect(day("2008-10-10 00:00:01").description == "2008-10-10T00:00:01Z")
    }

    @Test func isTextInJSON() throws {
        let data = try JSONEncoder().encode([day("2008-10-10")])
        #expect(String(decoding: data, as: UTF8.self) == #"["2008-10-10"]"#)
        #expect(try JSONDecoder().decode([Timestamp].self, from: data) == [day("2008-10-10")])
    }
}
