import MarketData
import Testing

@Suite struct TimeStatedTests {
    @Test(arguments: [
        ("%d/%m/%Y %H:%M", "01/03/2023 07:00", "2023-03-01T07:00:00Z"),
        ("%d/%m/%Y", "1/3/2023", "2023-03-01"), ("%-m/%-d/%y", "1/3/23", "2023-01-03"),
        ("%Y-%m-%dT%H:%M:%S.%fZ", "2023-01-03T07:00:00.000000Z", "2023-01-03T07:00:00Z"),
        ("%F %T", "2023-01-03 07:00:01", "2023-01-03T07:00:01Z"),
        ("%b %d, %Y %I:%M %p", "Jan 03, 2023 09:30 PM", "2023-01-03T21:30:00Z"),
        ("%d%m%Y", "03012023", "2023-01-03"), ("%H:%M %d.%m.%Y", "07:05 03.01.2023", "2023-01-03T07:05:00Z"),
        ("%Y-%m-%d %H:%M:%S%z", "2023-01-03 07:00:00-0500", "2023-01-03T12:00:00Z"),
        ("DD/MM/YYYY", "01/03/2023", "2023-03-01"), ("dd.MM.yyyy HH:mm", "01.03.2023 07:05", "2023-03-01T07:05:00Z"),
        ("MM/DD/YY", "01/03/23", "2023-01-03"), ("YYYY-MM-DD HH:MM:SS", "2023-01-03 07:05:06", "2023-01-03T07:05:06Z"),
        ("yyyyMMddHHmmss", "20230103070506", "2023-01-03T07:05:06Z"), ("ddMMyy", "030123", "2023-01-03"),
        ("yyyy-MM-dd'T'HH:mm:ss.SSSXXX", "2023-01-03T07:00:00.000Z", "2023-01-03T07:00:00Z"),
        ("d MMM yyyy", "3 Jan 2023", "2023-01-03"), ("DD-Mon-YY", "03-Jan-23", "2023-01-03"),
        ("EEE, d MMM yyyy h:mm a", "Tue, 3 Jan 2023 9:30 pm", "2023-01-03T21:30:00Z"),
        ("YYYY年M月D日", "2023年1月3日", "2023-01-03"),
        ("dmy", "01/03/2023", "2023-03-01"), ("MDY", "01/03/2023", "2023-01-03"), ("ymd", "23/01/03", "2023-01-03"),
        ("dmy", "03012023", "2023-01-03"), ("mdy", "01-03-23 9:30", "2023-01-03T09:30:00Z"),
        ("iso", "2023-01-03T07:00", "2023-01-03T07:00:00Z"), ("ymd", "230103", "2023-01-03"),
        ("epoch", "1679270400000", "2023-03-20"), ("epoch", "-86400", "1969-12-31"),
        ("epoch-s", "86400", "1970-01-02"), ("epoch-ms", "86400000", "1970-01-02"),
        ("epoch-us", "86400000000", "1970-01-02"), ("epoch-ns", "86400000000000", "1970-01-02"),
        ("excel", "44929", "2023-01-03"), ("excel", "44929.5", "2023-01-03T12:00:00Z"),
        ("excel", "44929.29166666667", "2023-01-03T07:00:00Z"), ("excel", "44929,999999999", "2023-01-04"),
        ("excel", "61", "1900-03-01"), ("excel", "59", "1900-02-28"), ("excel", "1", "1900-01-01"),
    ])
    func readsWhatIsStated(_ format: String, _ cell: String, _ time: String) throws {
        let stated = try StatedTimes(dateFormat: format)
        #expect(try TimeFile([cell], stated: stated).read() == [time])
    }

    @Test(arguments: [
        "", "abc", "%Q", "%d/%m", "DD/MM", "YYYY-MM-DD YYYY", "HH:MM", "%", "%d/%m/%Y %I", "yyyy-MM-dd HH", "qqq",
        "YYYY-MM-DD ss", "isodate", "%f%d%m%Y", "epoch-m", "\0", "dmydmy",
    ])
    func otherFormatsAreRefusedWithAListOfWhatIsUnderstood(_ format: String) {
        do throws(StatedTimes.Failure) {
            _ = try StatedTimes(dateFormat: format)
            Issue.record("'\(format)' was taken")
        } catch {
            #expect(error.message.contains("is not a date format"))
            for word in ["iso", "dmy", "mdy", "ymd", "excel", "epoch-ns", "DD/MM/YYYY", "%d/%m/%Y"] {
                #expect(error.remedy.contains(word))
            }
        }
    }

    @Test func whatFormsAreCalledCanBeStated() throws {
        for cell in [
            "2023-01-13", "13/01/2023 07:00", "26-Jun-23", "Tue, Jan 3, 2023", "2023-03-26 11-PM",
            "3. Jan. 2023 07:00:00 +01:00", "20230103 070000", "2023-01-03T07:00:00Z",
        ] {
            let form = try TimeFile([cell]).form()
            let stated = try TimeFile([cell], stated: StatedTimes(dateFormat: form.name))
            #expect(try stated.read() == TimeFile([cell]).read(in: form), "\(form.name)")
        }
    }

    @Test func rowsNotInTheStatedFormAreProblems() throws {
        let stated = try StatedTimes(dateFormat: "DD/MM/YYYY")
        let file = try TimeFile(["2023-01-03", "13/01/2023"], stated: stated)
        #expect(try file.read() == ["'2023-01-03' is not in the stated form DD/MM/YYYY", "2023-01-13"])
        #expect(
            try TimeFile(["2023-01-03"], stated: stated).read() == ["'2023-01-03' is not in the stated form DD/MM/YYYY"]
        )
        let order = try TimeFile(["2023-01-03"], stated: StatedTimes(dateFormat: "dmy"))
        #expect(order.failure()?.message == "'2023-01-03' is not a date in the stated order dmy")
    }

    @Test func aStatedDateTakesTheTimeBesideIt() throws {
        let file = try TimeFile(
            ["01/03/2023"], times: ["9:30 PM"], stated: StatedTimes(dateFormat: "%d/%m/%Y"))
        #expect(try file.read() == ["2023-03-01T21:30:00Z"])
        let whole = try TimeFile(
            ["01/03/2023"], times: ["09:30"], stated: StatedTimes(dateFormat: "DD/MM/YYYY HH:MM"))
        #expect(try whole.read() == ["2023-03-01T09:30:00Z"])
    }

    @Test func spreadsheetDaysThatNeverWereAreProblems() throws {
        let file = try TimeFile(["60", "44929", "0", "-5", "44929.1234567"], stated: StatedTimes(dateFormat: "excel"))
        let read = try file.read()
        #expect(read[0].hasPrefix("'60' is not an Excel serial day"))
        #expect(read[2].hasPrefix("'0' is not an Excel serial day"))
        #expect(read[3].hasPrefix("'-5' is not an Excel serial day"))
        #expect(read[4] == "'44929.1234567' is not at a whole second")
    }

    @Test func runningNumbersCountWeekdays() throws {
        let index = try StatedTimes(isIndex: true)
        let file = try TimeFile(["0", "4", "5", "6.0", "1000000", "1000001", "-1", "1.5", "x", ""], stated: index)
        #expect(try file.form().description == "running number, counted as weekdays from 2000-01-03")
        let read = try file.read()
        #expect(read[..<5] == ["2000-01-03", "2000-01-07", "2000-01-10", "2000-01-11", "5833-01-28"])
        for (cell, message) in zip(["1000001", "-1", "1.5", "x", ""], read[5...]) {
            #expect(message == "'\(cell)' is not a running number (a whole number from 0 to 1000000)")
        }
        #expect(throws: StatedTimes.Failure.self) { try StatedTimes(dateFormat: "iso", isIndex: true) }
    }
}
