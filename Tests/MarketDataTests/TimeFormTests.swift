import Foundation
import MarketData
import Testing

/// The time cells of a file, read as files are: all rows decide the form, then each is read in it.
struct TimeFile {
    static let years = 1800...2027

    /// Cells as bytes, the first row on line 2.
    var dates: [[UInt8]]
    var times: [[UInt8]]?
    var stated: StatedTimes

    init(_ dates: [String], times: [String]? = nil, stated: StatedTimes? = nil) throws {
        self.dates = dates.map { Array($0.utf8) }
        self.times = times.map { $0.map { Array($0.utf8) } }
        self.stated = try stated ?? StatedTimes()
    }

    private func forEach(_ body: (_ date: UnsafeBufferPointer<UInt8>, _ time: UnsafeBufferPointer<UInt8>?, Int) -> Void)
    {
        for (index, date) in dates.enumerated() {
            date.withUnsafeBufferPointer { date in
                guard let times else { return body(date, nil, index + 2) }
                times[index].withUnsafeBufferPointer { body(date, $0, index + 2) }
            }
        }
    }

    func survey() -> TimeSurvey {
        var survey = TimeSurvey(stated: stated, years: TimeFile.years)
        forEach { survey.add(date: $0, time: $1, line: $2) }
        return survey
    }

    func form() throws -> TimeForm { try survey().decide() }

    /// What makes the form undecidable, as messages tell it.
    func failure() -> TimeSurvey.Failure? {
        do {
            _ = try survey().decide()
            return nil
        } catch { return error }
    }

    /// Each row as its time in ISO 8601, or the message of its problem.
    func read(in form: TimeForm? = nil) throws -> [String] {
        var reader = TimeReader(form: try form ?? self.form(), years: TimeFile.years)
        var texts: [String] = []
        forEach { date, time, line in
            do throws(TimeProblem) {
                texts.append(try reader.read(date: date, time: time, line: line).description)
            } catch {
                texts.append(error.message(date: date, time: time))
            }
        }
        return texts
    }
}

@Suite struct TimeFormTests {
    @Test(arguments: [
        ("2023-01-03", "YYYY-MM-DD", "2023-01-03"), ("2023/1/3", "YYYY/MM/DD", "2023-01-03"),
        ("2023.01.03", "YYYY.MM.DD", "2023-01-03"), ("20230103", "YYYYMMDD", "2023-01-03"),
        ("2023 01 03", "YYYY MM DD", "2023-01-03"),
        ("2023-01-03 07:00", "YYYY-MM-DD HH:MM", "2023-01-03T07:00:00Z"),
        ("2023-01-03T07:00:01", "YYYY-MM-DDTHH:MM:SS", "2023-01-03T07:00:01Z"),
        ("2023-01-03, 7:00", "YYYY-MM-DD, HH:MM", "2023-01-03T07:00:00Z"),
        ("2023-01-03 0700", "YYYY-MM-DD HHMM", "2023-01-03T07:00:00Z"),
        ("20230103 170001", "YYYYMMDD HHMMSS", "2023-01-03T17:00:01Z"),
        ("20230103-17:00:01", "YYYYMMDD-HH:MM:SS", "2023-01-03T17:00:01Z"),
        ("202301031700", "YYYYMMDDHHMM", "2023-01-03T17:00:00Z"),
        ("20230103170001", "YYYYMMDDHHMMSS", "2023-01-03T17:00:01Z"),
        ("2023.01.03D09:30:00.000000000", "YYYY.MM.DDDHH:MM:SS", "2023-01-03T09:30:00Z"),
        ("2023-01-03 07:00:00.000", "YYYY-MM-DD HH:MM:SS", "2023-01-03T07:00:00Z"),
        ("2023-01-03 07:00:00,000", "YYYY-MM-DD HH:MM:SS", "2023-01-03T07:00:00Z"),
        ("20.03.2023 07:00:00.000", "DD.MM.YYYY HH:MM:SS", "2023-03-20T07:00:00Z"),
        ("01/23/2023 9:30 PM", "MM/DD/YYYY HH:MM AM/PM", "2023-01-23T21:30:00Z"),
        ("2023-03-26 11-PM", "YYYY-MM-DD HH-AM/PM", "2023-03-26T23:00:00Z"),
        ("2023-03-26 12-AM", "YYYY-MM-DD HH-AM/PM", "2023-03-26"),
        ("2023-03-26 12-PM", "YYYY-MM-DD HH-AM/PM", "2023-03-26T12:00:00Z"),
        ("2023-03-26 12:00:00 a.m.", "YYYY-MM-DD HH:MM:SS AM/PM", "2023-03-26"),
        ("2023-03-26 12:30:00 p. m.", "YYYY-MM-DD HH:MM:SS AM/PM", "2023-03-26T12:30:00Z"),
        ("2023-03-26 9:30\u{202F}PM", "YYYY-MM-DD HH:MM AM/PM", "2023-03-26T21:30:00Z"),
        ("2023-03-26 9pm", "YYYY-MM-DD HHAM/PM", "2023-03-26T21:00:00Z"),
    ])
    func readsDatesAndTimes(_ cell: String, _ name: String, _ time: String) throws {
        let file = try TimeFile([cell])
        #expect(try file.form().name == name)
        #expect(try file.read() == [time])
    }

    @Test(arguments: [
        ("26-Jun-23", "DD-Mon-YY", "2023-06-26"), ("3-Jan-22", "DD-Mon-YY", "2022-01-03"),
        ("3 January 2023", "DD Mon YYYY", "2023-01-03"), ("Jan 3, 2023", "Mon DD, YYYY", "2023-01-03"),
        ("Jun 26 2023", "Mon DD YYYY", "2023-06-26"), ("26JUN2023", "DDMonYYYY", "2023-06-26"),
        ("2023-Jun-26", "YYYY-Mon-DD", "2023-06-26"),
        ("Tue, Jan 3, 2023", "Www, Mon DD, YYYY", "2023-01-03"), ("Tue Jan 03 2023", "Www Mon DD YYYY", "2023-01-03"),
        ("3. Jan. 2023", "DD. Mon YYYY", "2023-01-03"), ("Sept. 5, 2023", "Mon DD, YYYY", "2023-09-05"),
        ("mar. 3 janv. 2023", "Www DD Mon YYYY", "2023-01-03"),
        ("Di., 3. Jän. 2023", "Www, DD. Mon YYYY", "2023-01-03"),
        ("3 de enero de 2023", "DD de Mon de YYYY", "2023-01-03"),
        ("Dienstag, 3. März 2023", "Www, DD. Mon YYYY", "2023-03-03"),
        ("terça-feira, 3 de março de 2023", "Www-Www, DD de Mon de YYYY", "2023-03-03"),
        ("Di 31.01.2023", "Www DD.MM.YYYY", "2023-01-31"),
        ("Jan 3, 2023, 9:30:00 PM", "Mon DD, YYYY, HH:MM:SS AM/PM", "2023-01-03T21:30:00Z"),
        ("mar 3, 2023", "Mon DD, YYYY", "2023-03-03"), ("99-Jan-05", "YY-Mon-DD", "1999-01-05"),
    ])
    func readsMonthNames(_ cell: String, _ name: String, _ time: String) throws {
        let file = try TimeFile([cell])
        #expect(try file.form().name == name)
        #expect(try file.read() == [time])
    }

    @Test func readsMonthNamesOfEightLanguagesAsICUWritesThem() throws {
        for language in [
            "en_US", "en_GB", "de_DE", "de_AT", "fr_FR", "es_ES", "it_IT", "nl_NL", "pl_PL", "pt_PT", "pt_BR",
        ] {
            let formatter = DateFormatter()
            formatter.locale = Locale(identifier: language)
            let lists = [
                formatter.monthSymbols, formatter.shortMonthSymbols, formatter.standaloneMonthSymbols,
                formatter.shortStandaloneMonthSymbols,
            ]
            for names in lists.compactMap(\.self) {
                for (index, name) in names.enumerated() {
                    let expected = "2023-\(index < 9 ? "0" : "")\(index + 1)-15"
                    for spelling in [name, name.uppercased(), name.lowercased()] {
                        #expect(try TimeFile(["15 \(spelling) 2023"]).read() == [expected], "\(language) \(spelling)")
                    }
                    // One byte a letter, where the letters have one in Latin-1.
                    guard let latin = "15 \(name) 2023".data(using: .isoLatin1) else { continue }
                    var file = try TimeFile([])
                    file.dates = [Array(latin)]
                    #expect(try file.read() == [expected], "\(language) \(name) in Latin-1")
                }
            }
            let january = lists.compactMap(\.self).first?.first ?? ""
            for names in [formatter.weekdaySymbols, formatter.shortWeekdaySymbols].compactMap(\.self) {
                for name in names {
                    #expect(try TimeFile(["\(name), 15 \(january) 2023"]).read() == ["2023-01-15"])
                }
            }
        }
    }

    @Test func aRowDecidesBetweenDayAndMonthForAllOthers() throws {
        #expect(try TimeFile(["03/01/2023", "04/01/2023", "13/01/2023"]).read().first == "2023-01-03")
        #expect(try TimeFile(["01/03/2023", "01/04/2023", "01/13/2023"]).read().first == "2023-01-03")
        #expect(try TimeFile(["3.1.23", "31.1.23"]).form().description == "DD.MM.YY")
        #expect(try TimeFile(["1-3-23", "1-31-23"]).form().description == "MM-DD-YY")
    }

    @Test func twoReadingsOfAllRowsAreAmbiguous() throws {
        let failure = try TimeFile(["01/01/2023", "01/03/2023", "02/03/2023"]).failure()
        #expect(failure?.line == 3)
        #expect(
            failure?.message
                == "'01/03/2023' may be 1 March or 3 January: all rows fit DD/MM/YYYY and MM/DD/YYYY")
        #expect(failure?.remedy == "State which it is: --date-format dmy or --date-format mdy.")
        // What cannot be told apart and does not differ needs no question.
        #expect(try TimeFile(["01/01/2023", "02/02/2023"]).read() == ["2023-01-01", "2023-02-02"])
    }

    @Test func shortYearsAreOfTheLastHundredYears() throws {
        #expect(
            try TimeFile(["13/01/27", "13/01/28", "13/01/99"]).read() == ["2027-01-13", "1928-01-13", "1999-01-13"])
    }

    @Test func ordinaryFilesOfShortYearsNeedNoQuestion() throws {
        let days = (0..<174).map { Timestamp(seconds: (19_360 + Int64($0)) * 86_400) }
        let expected = days.map(\.description)
        for isNewestFirst in [false, true] {
            let rows = isNewestFirst ? days.reversed() : days
            let german = rows.map { "\($0.date.day < 10 ? "0" : "")\($0.date.day).0\($0.date.month).23" }
            let names = ["Jan", "Feb", "Mar", "Apr", "May", "Jun"]
            let english = rows.map { "\($0.date.day)-\(names[$0.date.month - 1])-23" }
            for cells in [german, english] {
                let read = try TimeFile(cells).read()
                #expect(read == (isNewestFirst ? expected.reversed() : expected))
            }
        }
    }

    @Test func shortYearsComeFirstOnlyWhereNothingElseFits() throws {
        #expect(try TimeFile(["98/12/30", "98/12/31", "99/01/04"]).form().name == "YY/MM/DD")
        #expect(try TimeFile(["13/01/23", "16/01/23", "17/01/23"]).form().name == "DD/MM/YY")
        // Read as DD/MM/YY these days would be years apart.
        let failure = try TimeFile(["23/01/17", "23/01/18", "23/01/19", "23/02/01"]).failure()
        #expect(
            failure?.message
                == "'23/01/17' may be 23 January 2017 or 17 January 2023: all rows fit DD/MM/YY and YY/MM/DD")
        // A typing error that only the rare order can read does not bring it in.
        let typing = try TimeFile(["13/01/23", "16/01/23", "32/01/23", "18/01/23"])
        #expect(try typing.read()[2] == "'32/01/23' is not a date (January 2023 has 31 days)")
    }

    @Test(arguments: [
        ("1679270400", "epoch seconds", "2023-03-20"), ("1679270400.0", "epoch seconds", "2023-03-20"),
        ("946684800", "epoch seconds", "2000-01-01"), ("1679270400000", "epoch milliseconds", "2023-03-20"),
        ("1679270400000000", "epoch microseconds", "2023-03-20"),
        ("1679270400000000000", "epoch nanoseconds", "2023-03-20"),
        ("999993600000", "epoch milliseconds", "2001-09-09"),
    ])
    func readsEpochsByTheirDigits(_ cell: String, _ name: String, _ time: String) throws {
        #expect(try TimeFile([cell]).form().description == name)
        #expect(try TimeFile([cell]).read() == [time])
    }

    @Test func spreadsheetDaysAreAQuestion() throws {
        for cell in ["44929", "44929.5"] {
            let failure = try TimeFile([cell]).failure()
            #expect(failure?.message == "'\(cell)' looks like an Excel serial day, not like a date or an epoch")
        }
    }

    @Test(arguments: [
        "", "abc", "12", "1234", "100", "2023", "2023-01", "1.2.3.4", "31012023x", "1e9", "Q1 2023", "0x1F",
        "２０２３-01-03", "2023-01-03T", "2023-01-03 25", "03-01-2023-05:00", "\0\0\0\0", "142.32", "1,234.56", "-1",
        "99999999999999999999999999999999", "2023-01-03 07:00 EST", "Monday", "Jan 2023", "1 2 3",
        "12345678", "13012023", "20012023", "230103",
    ])
    func otherTextIsNoTime(_ cell: String) throws {
        let failure = try TimeFile([cell, cell]).failure()
        #expect(failure?.line == 2)
        #expect(failure?.message.contains("is not a date or time in a form that is understood") == true)
    }

    @Test func aFewCellsThatCouldBeTimesDoNotMakeAColumnOfTimes() throws {
        let failure = try TimeFile(["94320700", "100000000", "48098900", "44742200"]).failure()
        #expect(failure?.message == "'94320700' is not a date or time in a form that is understood")
    }

    @Test func aFileWithoutRowsHasNoForm() throws {
        #expect(try TimeFile([]).failure()?.message == "there is no row with a date")
    }

    @Test func timesMayHaveTheirOwnColumn() throws {
        let dates = ["2023.03.20", "2023.03.20"]
        for (times, name) in [
            (["07:00", "07:01"], "YYYY.MM.DD HH:MM"), (["070000", "070100"], "YYYY.MM.DD HHMMSS"),
            (["7:00 AM", "7:01 AM"], "YYYY.MM.DD HH:MM AM/PM"), (["0700", "0701"], "YYYY.MM.DD HHMM"),
        ] {
            let file = try TimeFile(dates, times: times)
            #expect(try file.form().name == name)
            #expect(try file.read() == ["2023-03-20T07:00:00Z", "2023-03-20T07:01:00Z"])
        }
        #expect(try TimeFile(["20230103"], times: ["000000"]).read() == ["2023-01-03"])
        let withoutTime = try TimeFile(["2023-01-03 07:00"], times: ["07:00"])
        #expect(withoutTime.failure() != nil)
    }

    @Test func isSettledWhenNothingToComeMatters() throws {
        func survey(_ dates: [String], stated: StatedTimes? = nil) throws -> Bool {
            try TimeFile(dates, stated: stated).survey().isSettled
        }
        let days = (1...28).map { "2023-01-\($0 < 10 ? "0" : "")\($0)" }
        #expect(try !survey(days))
        #expect(try survey(days + days))
        #expect(try !survey(Array(repeating: "01/02/2023", count: 1_000)))
        #expect(try !survey(Array(repeating: "02/02/2023", count: 1_000)))
        #expect(try survey(Array(repeating: "01/02/2023", count: 99) + ["13/02/2023"]))
        // A whole file of midnights is one of days; a later row may tell otherwise.
        let midnights = Array(repeating: "2023-01-03 00:00:00-05:00", count: 1_000)
        #expect(try !survey(midnights))
        #expect(try survey(midnights + ["2023-01-03 09:30:00-05:00"]))
        let unzoned = Array(repeating: "2023-01-03 00:00:00", count: 100)
        #expect(try survey(unzoned))
        #expect(try !survey(unzoned, stated: StatedTimes(timezone: "America/New_York")))
        // Of one day only, YY/MM/DD and DD/MM/YY cannot be told apart.
        #expect(try !survey(Array(repeating: "23/01/03 09:30", count: 1_000)))
    }
}
