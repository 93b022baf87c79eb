import Foundation
import MarketData
import Testing

/// What a user states about a file goes before what the file seems to be.
@Suite struct StatedFormTests {
    private let table = "Day,Foo,Last Sale,Bar\n2023-01-03,1,2,x\n2023-01-04,1.5,2.5,y\n"

    @Test(arguments: [
        "date=Day,close=Last Sale", "DATE = day , close = last sale", "date=1,close=3", "date=Day,close=3",
        "close=Last Sale",
    ])
    func columnsByNameOrNumber(_ statement: String) throws {
        let file = try parsed(table) { $0.columns = try StatedColumns(parsing: statement) }
        #expect(file.csv() == "2023-01-03,TEST,,,,2,\n2023-01-04,TEST,,,,2.5,\n")
        #expect(file.summary.decisions.contains("close is 'Last Sale'"))
    }

    @Test func aStatedRoleTakesTheColumnFromAnother() throws {
        // What is called close is the open here, say.
        let file = try parsed("date,close,high,low,last\n2023-01-03,1,3,1,2\n") {
            $0.columns = try StatedColumns(parsing: "open=close,close=last")
        }
        #expect(file.csv() == "2023-01-03,TEST,1,3,1,2,\n")
    }

    @Test(arguments: ["ACME,2023-01-03,1,3,0.5,2,10", "ACME;2023-01-03;1;3;0,5;2;10"])
    func columnsOfAFileWithoutNames(_ row: String) throws {
        let file = try parsed(row + "\n") {
            $0.columns = try StatedColumns(parsing: "symbol=1,date=2,open=3,high=4,low=5,close=6,volume=7")
        }
        #expect(file.csv() == "2023-01-03,ACME,1,3,0.5,2,10\n")
    }

    @Test(arguments: [
        ("date=Day,close=Lst", "no row has the columns stated, Day, Lst; found: Day, Foo, Last Sale, Bar"),
        ("date=1,close=9", "no row has the columns stated, number 1, number 9; found: Day, Foo, Last Sale, Bar"),
        ("date=Day", "no close column is stated, and none is called so"),
    ])
    func columnsThatAreNotThere(_ statement: String, _ expected: String) throws {
        let message = try refusal(of: table) { $0.columns = try StatedColumns(parsing: statement) }
        #expect(message?.hasPrefix("f.csv:1:1: error: \(expected)\n") == true, "\(message ?? "")")
    }

    @Test(arguments: [
        "": "--columns has '', expected for example date=Day,close=Last or date=1,close=5",
        "close": "--columns has 'close', expected for example date=Day,close=Last or date=1,close=5",
        "close=": "--columns has 'close=', expected for example date=Day,close=Last or date=1,close=5",
        "shut=1":
            "--columns knows no 'shut'; there are: date, time, symbol, open, high, low, close, volume, adjusted-close, split, "
            + "dividend",
        "close=1,close=2": "--columns states close twice",
        "close=0": "--columns counts columns from 1; 0 is none",
        "close=-1": "--columns counts columns from 1; -1 is none",
        "close=99999999": "--columns counts columns from 1; 99999999 is none",
    ])
    func statementsThatCannotBeUnderstood(_ statement: String, _ message: String) {
        #expect(throws: OptionError(message)) { try StatedColumns(parsing: statement) }
    }

    // MARK: - Rows that are counted

    @Test(arguments: [
        "1.5,2\n1.6,2.1\n1.7,2.2\n", "0,1.5,2\n1,1.6,2.1\n2,1.7,2.2\n", "s01,s02\n1.5,2\n1.6,2.1\n1.7,2.2\n",
        "n,s01,s02\n0,1.5,2\n1,1.6,2.1\n2,1.7,2.2\n", ",s01,s02\n0,1.5,2\n1,1.6,2.1\n2,1.7,2.2\n",
    ])
    func anIndexInPlaceOfDates(_ text: String) throws {
        let file = try parsed(text) { $0.times = try StatedTimes(isIndex: true) }
        #expect(
            file.csv() == """
                2000-01-03,s01,,,,1.5,
                2000-01-04,s01,,,,1.6,
                2000-01-05,s01,,,,1.7,
                2000-01-03,s02,,,,2,
                2000-01-04,s02,,,,2.1,
                2000-01-05,s02,,,,2.2,

                """)
    }

    @Test func countedDaysAreWeekdays() throws {
        let rows = (1...7).map { "1.\($0)\n" }.joined()
        let file = try parsed("close,x\n" + rows.replacingOccurrences(of: "\n", with: ",0\n")) {
            $0.times = try StatedTimes(isIndex: true)
        }
        #expect(file.series[0].rows.map(\.time.description).suffix(3) == ["2000-01-07", "2000-01-10", "2000-01-11"])
    }

    @Test func rowsOfSeveralSymbolsCannotBeCounted() throws {
        let text = "symbol,close\nA,1\nB,2\nA,1.1\nB,2.1\n"
        let message = try refusal(of: text) { $0.times = try StatedTimes(isIndex: true) }
        #expect(
            message?.hasPrefix(
                "f.csv:1:1: error: rows of several symbols, by column 'symbol', cannot be counted as days\n") == true)
        let numbered = try parsed("day,symbol,close\n0,A,1\n0,B,2\n1,A,1.1\n1,B,2.1\n") {
            $0.times = try StatedTimes(isIndex: true)
        }
        #expect(
            numbered.series.map { $0.rows.map(\.time.description) } == [
                ["2000-01-03", "2000-01-04"], ["2000-01-03", "2000-01-04"],
            ])
    }

    // MARK: - Price relatives

    @Test func relativesAreMultipliedUp() throws {
        let file = try parsed("Date,A,B\n2024-01-08,1.5,\n2024-01-09,0.5,1.25\n2024-01-10,2,\n") {
            $0.holdsRelatives = true
        }
        // The day before a Monday's is a Friday.
        #expect(
            file.csv() == """
                2024-01-05,A,,,,1,
                2024-01-08,A,,,,1.5,
                2024-01-09,A,,,,0.75,
                2024-01-10,A,,,,1.5,
                2024-01-08,B,,,,1,
                2024-01-09,B,,,,1.25,

                """)
        #expect(file.summary.decisions.contains("price relatives: multiplied up from a price of 1 on 2024-01-05"))
    }

    @Test func aGapBetweenRelativesIsRefused() throws {
        let wide = try refusal(of: "Date,A,B\n2024-01-03,1.1,1.1\n2024-01-04,1.1,\n2024-01-05,1.1,1.2\n") {
            $0.holdsRelatives = true
        }
        #expect(
            wide == """
                f.csv:4:16: error: the price relative of B is missing on line 3, before this one
                  2024-01-05,1.1,1.2
                                 ^
                Complete the row, with 1 where the price did not move: each relative multiplies the price of the row before.
                """)
        let long = try refusal(of: "Date,symbol,close\n2024-01-04,A,1.1\n2024-01-05,A,-\n") { $0.holdsRelatives = true }
        #expect(long?.hasPrefix("f.csv:3:14: error: the price relative is missing\n") == true)
    }

    @Test func relativesInAnotherOrderAreRefused() throws {
        for text in ["Date,A\n2024-01-03,1.1\n2024-01-02,1.2\n", "Date,A\n2024-01-02,1\n2024-01-04,1\n2024-01-03,1\n"] {
            let message = try refusal(of: text) { $0.holdsRelatives = true }
            #expect(message?.contains("A: price relatives are not in order of time") == true)
        }
    }

    @Test func pricesTakenForRelativesAreNoNumbersInTheEnd() throws {
        let rows = (0..<400).map { "\(Timestamp(seconds: Int64($0) * 86_400)),250\n" }.joined()
        let message = try refusal(of: "Date,A\n" + rows) { $0.holdsRelatives = true }
        #expect(message?.contains("A: the product of the price relatives is beyond all numbers") == true)
    }

    // MARK: - Missing prices

    @Test func missingPricesLeaveTheRowOut() throws {
        let text =
            "Date,Open,High,Low,Close\n2024-01-02,1,3,1,2\n2024-01-03,1,3,N/A,2\n2024-01-04,,,,\n2024-01-05,1,3,1,null\n"
        let file = try parsed(text)
        #expect(file.series[0].rows.map(\.line) == [2])
        let finding = try #require(file.summary.findings.first)
        #expect(finding.check == "missing" && finding.lines == [3, 4, 5])
        #expect(finding.message == "3 bars without a price: left out")
        let message = try #require(try refusal(of: text) { $0.missing = .reject })
        #expect(message.hasPrefix("f.csv:3:16: error: Low is missing ('N/A')\n"))
        #expect(message.components(separatedBy: ": error: ").count == 4)
    }

    /// A column that is empty for all bars of a symbol is no gap, as where closes of a fund are exported beside bars of shares.
    @Test func aColumnThatIsEmptyThroughoutIsUnknown() throws {
        let file = try parsed(
            "Date,Symbol,Open,High,Low,Close\n2024-01-02,A,1,3,1,2\n2024-01-02,F,,,,5\n2024-01-03,A,,3,1,2\n2024-01-03,F,,,,5.5\n"
        )
        #expect(file.csv() == "2024-01-02,A,1,3,1,2,\n2024-01-02,F,,,,5,\n2024-01-03,F,,,,5.5,\n")
        #expect(file.summary.findings.first?.check == "missing" && file.summary.findings.first?.lines == [4])
        // Nor is a bar with a close and nothing else, unless its row says that the others are missing.
        let mixed = try parsed("Date,Open,Close\n2024-01-02,1,2\n2024-01-03,,2\n2024-01-04,-,2\n")
        #expect(mixed.csv() == "2024-01-02,TEST,1,,,2,\n2024-01-03,TEST,,,,2,\n")
        #expect(mixed.summary.findings.first?.lines == [4])
        // No bar is left where each lacks what the other has.
        #expect(
            try refusal(of: "Date,High,Low,Close\n2024-01-02,3,,2\n2024-01-03,,1,2\n")?.contains(
                "has no price in any row")
                == true)
    }

    @Test func notANumberIsMissingOnlyIfStated() throws {
        let text = "Date,Close,Volume\n2024-01-02,1,nan\n2024-01-03,NaN,1\n"
        #expect(try refusal(of: text)?.contains("--missing skip") == true)
        let file = try parsed(text) { $0.missing = .skip }
        #expect(file.csv() == "2024-01-02,TEST,,,,1,\n")
    }

    @Test func aVolumeMayBeUnknown() throws {
        for word in ["", "-", "N/A", "null"] {
            let file = try parsed("Date,Close,Volume\n2024-01-02,1,\(word)\n") { $0.missing = .reject }
            #expect(file.csv() == "2024-01-02,TEST,,,,1,\n")
        }
    }
}
