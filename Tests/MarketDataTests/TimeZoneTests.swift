import MarketData
import Testing

@Suite struct TimeZoneTests {
    @Test func midnightsWithAnOffsetAreDatesOfTheExchange() throws {
        let file = try TimeFile(["2023-03-10 00:00:00-05:00", "2023-03-13 00:00:00-04:00"])
        #expect(
            try file.form().description
                == "YYYY-MM-DD HH:MM:SS±HH:MM (midnight in every row: the dates count as written)")
        #expect(try file.read() == ["2023-03-10", "2023-03-13"])
        // What is no time of day says nothing against it.
        #expect(try TimeFile(["2023-03-10 00:00:00-05:00", "2023-03-11 25:00:00-05:00"]).read()[0] == "2023-03-10")
        // East of Greenwich UTC would be a day early.
        #expect(try TimeFile(["2023-03-10T00:00:00+0900"]).read() == ["2023-03-10"])
    }

    @Test func otherTimesWithAnOffsetBecomeUTC() throws {
        let file = try TimeFile(["2023-03-10 00:00:00-05:00", "2023-03-10 09:30:00-05:00", "2023-03-13 09:30:00-04:00"])
        #expect(try file.form().description == "YYYY-MM-DD HH:MM:SS±HH:MM (converted to UTC)")
        #expect(try file.read() == ["2023-03-10T05:00:00Z", "2023-03-10T14:30:00Z", "2023-03-13T13:30:00Z"])
        for text in ["+01:00", "+0100", "+01", " +01:00", " UTC+01:00", " GMT+1"] {
            #expect(try TimeFile(["2023-03-10 09:30\(text)"]).read() == ["2023-03-10T08:30:00Z"], "\(text)")
        }
        for text in ["Z", " Z", " UTC", " GMT", "z", "+00:00", "-00:00"] {
            #expect(try TimeFile(["2023-03-10 09:30\(text)"]).read() == ["2023-03-10T09:30:00Z"], "\(text)")
        }
        #expect(try TimeFile(["2023-03-10"], times: ["09:30:00 -0500"]).read() == ["2023-03-10T14:30:00Z"])
    }

    @Test func aTimeOfDayAfterTheFileWasTakenForDaysIsAProblem() throws {
        let form = try TimeFile(["2023-03-10 00:00:00-05:00"]).form()
        let later = try TimeFile(["2023-03-10 09:30:00-05:00"]).read(in: form)
        #expect(later == ["'2023-03-10 09:30:00-05:00' has a time of day, unlike the lines before"])
    }

    @Test func timesOfAnUnknownZoneAreKept() throws {
        let file = try TimeFile(["2023-03-10 09:30"])
        #expect(try file.form().description == "YYYY-MM-DD HH:MM (time zone not stated: kept as is)")
        #expect(try file.read() == ["2023-03-10T09:30:00Z"])
    }

    @Test func aStatedZoneIsConvertedWithItsSummerTime() throws {
        let newYork = try StatedTimes(timezone: "America/New_York")
        let file = try TimeFile(["2023-03-10 09:30", "2023-03-13 09:30", "2023-03-13 09:30"], stated: newYork)
        #expect(try file.form().description == "YYYY-MM-DD HH:MM (America/New_York, converted to UTC)")
        #expect(try file.read() == ["2023-03-10T14:30:00Z", "2023-03-13T13:30:00Z", "2023-03-13T13:30:00Z"])
        let india = try TimeFile(["2023-03-10 09:15"], stated: StatedTimes(timezone: "Asia/Kolkata"))
        #expect(try india.read() == ["2023-03-10T03:45:00Z"])
        for (name, time) in [("+02:00", "07:30"), ("-0530", "15:00"), ("UTC", "09:30"), ("GMT", "09:30")] {
            let fixed = try TimeFile(["2023-03-10 09:30"], stated: StatedTimes(timezone: name))
            #expect(try fixed.read() == ["2023-03-10T\(time):00Z"])
        }
        let utc = try TimeFile(["2023-03-10 09:30"], stated: StatedTimes(timezone: "UTC"))
        #expect(try utc.form().description == "YYYY-MM-DD HH:MM (in UTC, as stated)")
        let excel = try StatedTimes(dateFormat: "excel", timezone: "America/New_York")
        #expect(try TimeFile(["44929.5"], stated: excel).read() == ["2023-01-03T17:00:00Z"])
    }

    @Test func hoursThatSummerTimeSkipsOrRepeatsAreProblems() throws {
        let newYork = try StatedTimes(timezone: "America/New_York")
        let spring = try TimeFile(["2023-03-12 01:59", "2023-03-12 02:30", "2023-03-12 03:00"], stated: newYork)
        #expect(
            try spring.read() == [
                "2023-03-12T06:59:00Z",
                "'2023-03-12 02:30' does not exist in America/New_York: clocks were put forward over it",
                "2023-03-12T07:00:00Z",
            ])
        let autumn = try TimeFile(["2023-11-05 00:59", "2023-11-05 01:30", "2023-11-05 02:00"], stated: newYork)
        #expect(
            try autumn.read() == [
                "2023-11-05T04:59:00Z",
                "'2023-11-05 01:30' came twice in America/New_York: clocks were put back over it",
                "2023-11-05T07:00:00Z",
            ])
    }

    @Test func aStatedZoneLeavesDatesAlone() throws {
        let tokyo = try StatedTimes(timezone: "Asia/Tokyo")
        #expect(try TimeFile(["2023-03-10"], stated: tokyo).read() == ["2023-03-10"])
        #expect(try TimeFile(["2023-03-10 00:00:00"], stated: tokyo).read() == ["2023-03-10"])
        #expect(try TimeFile(["20230310"], times: ["000000"], stated: tokyo).read() == ["2023-03-10"])
        let midday = try TimeFile(["2023-03-10 00:00", "2023-03-10 09:00"], stated: tokyo)
        #expect(try midday.read() == ["2023-03-09T15:00:00Z", "2023-03-10"])
    }

    @Test func timesWithTheirOwnZoneContradictAStatedOne() throws {
        let newYork = try StatedTimes(timezone: "America/New_York")
        for cell in ["2023-03-10 09:30:00-05:00", "2023-03-10T09:30:00Z", "1679270400", "1679270400000"] {
            let failure = try TimeFile([cell], stated: newYork).failure()
            #expect(failure?.message.contains("the times carry their own zone") == true)
            #expect(failure?.remedy == "Leave out --timezone.")
        }
        let index = try TimeFile(["0"], stated: StatedTimes(timezone: "UTC", isIndex: true))
        #expect(index.failure()?.message.contains("the times carry their own zone") == true)
    }

    @Test(arguments: ["", "EST", "Mars/Phobos", "../etc/passwd", "+25:00", "+5", "New York", "UTC+1x", "\0"])
    func otherZonesAreRefused(_ name: String) {
        #expect(throws: StatedTimes.Failure.self) { try StatedTimes(timezone: name) }
    }
}
