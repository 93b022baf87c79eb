import MarketData
import Testing

@Suite struct TimeReaderTests {
    @Test func oneBadRowIsAProblemOfThatRow() throws {
        let good = ["2023-01-03", "2023-01-04", "2023-01-05"]
        let bad = [
            ("04/27/2023", "'04/27/2023' is not in the form YYYY-MM-DD of the lines before"),
            ("2023-02-30", "'2023-02-30' is not a date (February 2023 has 28 days)"),
            ("2024-02-30", "'2024-02-30' is not a date (February 2024 has 29 days)"),
            ("2023-13-01", "'2023-13-01' is not a date (there is no month 13)"),
            ("2023-01-00", "'2023-01-00' is not a date (there is no day 0)"),
            ("3023-06-27", "year 3023 is not in 1800...2027 (typing error?)"),
            ("0023-01-03", "year 23 is not in 1800...2027 (typing error?)"),
            ("abc", "'abc' is not a date in the form YYYY-MM-DD of the lines before"),
            ("", "the date is missing"),
            ("2023-01-03 07:00", "'2023-01-03 07:00' is not in the form YYYY-MM-DD of the lines before"),
            ("20230103", "'20230103' is not in the form YYYY-MM-DD of the lines before"),
            ("2023/01/03", "'2023/01/03' is not in the form YYYY-MM-DD of the lines before"),
            ("2023-01-0x", "'2023-01-0x' is not a date in the form YYYY-MM-DD of the lines before"),
        ]
        for (cell, message) in bad {
            #expect(try TimeFile(good + [cell]).read() == good + [message])
            // In a file of three rows, and as its first row, it is found out as well.
            let first = try TimeFile([cell] + good.dropLast()).read()
            #expect(first[1...] == good.dropLast()[...])
            #expect(first[0] == message.replacing("the lines before", with: "the other lines"))
        }
    }

    @Test func aYearOfTwoDigitsWrittenAsFourIsAProblemOfItsLine() throws {
        let file = try TimeFile(["0023-01-03"])
        #expect(try file.form().name == "YYYY-MM-DD")
        #expect(try file.read() == ["year 23 is not in 1800...2027 (typing error?)"])
    }

    @Test func aRowOfTheOtherOrderIsNotInTheForm() throws {
        let file = try TimeFile(["13/01/2023", "16/01/2023", "01/17/2023"])
        #expect(try file.read()[2] == "'01/17/2023' is not in the form DD/MM/YYYY of the lines before")
        let other = try TimeFile(["01/13/2023", "01/16/2023", "17/01/2023"])
        #expect(try other.read()[2] == "'17/01/2023' is not in the form MM/DD/YYYY of the lines before")
        let impossible = try TimeFile(["13/01/2023", "16/01/2023", "30/02/2023"])
        #expect(try impossible.read()[2] == "'30/02/2023' is not a date (February 2023 has 28 days)")
    }

    @Test func impossibleTimesOfDayAreProblems() throws {
        let rule = "is not a time of day (00:00:00 to 23:59:59, with AM or PM 1 to 12)"
        let file = try TimeFile(["2023-01-03 07:00", "2023-01-03 24:00", "2023-01-03 07:60"])
        #expect(try file.read()[1...] == ["'2023-01-03 24:00' \(rule)", "'2023-01-03 07:60' \(rule)"])
        let half = try TimeFile(["2023-01-03 1:00 PM", "2023-01-03 13:00 PM"])
        #expect(try half.read()[1] == "'2023-01-03 13:00 PM' \(rule)")
        // The cell to blame is quoted, not the one beside it.
        let columns = try TimeFile(["2023-01-03", "2023-01-03", "2023-01-03"], times: ["07:00", "27:00", ""])
        #expect(try columns.read()[1...] == ["'27:00' \(rule)", "the time of day is missing"])
    }

    @Test func barsAreOfWholeSeconds() throws {
        let fraction = try TimeFile(["2023-01-03 07:00:00.000", "2023-01-03 07:00:00.001"])
        #expect(try fraction.read()[1] == "'2023-01-03 07:00:00.001' is not at a whole second")
        let epoch = try TimeFile(["1679270400000", "1679270400001"])
        #expect(try epoch.read() == ["2023-03-20", "'1679270400001' is not at a whole second"])
    }

    @Test func epochsMayChangeTheirUnitAndItIsNoted() throws {
        let cells = ["1679270400000", "1679274000000", "1679277600000000", "1679281200000"]
        let form = try TimeFile(cells).form()
        #expect(form.description == "epoch milliseconds")
        #expect(
            try TimeFile(cells).read()
                == ["2023-03-20", "2023-03-20T01:00:00Z", "2023-03-20T02:00:00Z", "2023-03-20T03:00:00Z"])
        var reader = TimeReader(form: form, years: TimeFile.years)
        for (index, cell) in cells.enumerated() {
            _ = try Array(cell.utf8).withUnsafeBufferPointer { try reader.read(date: $0, line: index + 1) }
        }
        let change = try #require(reader.unitChange)
        #expect(change.line == 3 && change.from == .milliseconds && change.to == .microseconds)
    }

    @Test func epochsOutsideOfAllPlausibleYearsAreProblems() throws {
        let stated = try StatedTimes(dateFormat: "epoch-s")
        let message = try TimeFile(["1679270400000"], stated: stated).read()
        #expect(message == ["'1679270400000' is not in the years 1800...2027 (another unit?)"])
        #expect(try TimeFile(["9223372036854775807"], stated: stated).read()[0].contains("another unit"))
        #expect(try TimeFile(["-9223372036854775807"], stated: stated).read()[0].contains("another unit"))
    }

    @Test func problemsQuoteAtMostFortyCharactersAndNoControls() throws {
        let long = String(repeating: "9", count: 1_000_000)
        let file = try TimeFile(["2023-01-03", "2023-01-04", long, "\u{1B}[31m\0"])
        let read = try file.read()
        #expect(read[2].utf8.count < 120)
        #expect(read[3].contains(#"\u{1b}[31m\u{0}"#))
    }

    @Test func everyProblemHasARemedy() throws {
        let file = try TimeFile(["2023-01-03", "2023-01-04", "04/27/2023"])
        var reader = TimeReader(form: try file.form(), years: TimeFile.years)
        #expect(throws: TimeProblem.self) {
            try Array("04/27/2023".utf8).withUnsafeBufferPointer { cell in
                do throws(TimeProblem) {
                    _ = try reader.read(date: cell, line: 4)
                } catch {
                    #expect(
                        error.remedy
                            == "All times of a file must be written in one form: rewrite the row or remove it.")
                    #expect(!error.isInTimeCell)
                    throw error
                }
            }
        }
    }
}
