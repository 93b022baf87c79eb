import Foundation
import MarketData
import RandomNumbers
import Testing

@Suite struct PriceFileReaderTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func read(_ text: String, name: String = "TEST.csv") throws -> ParsedPriceFile {
        try reader.read(folder.file(name, text))
    }

    @Test func readsALongFile() throws {
        let file = try read(
            """
            date,symbol,open,high,low,close,volume
            2024-01-02,A,10,12,9.5,11,100
            2024-01-02,B,1,1,1,1,
            2024-01-03,A,11,11.5,10,10.5,0.5
            """)
        #expect(file.series.map(\.symbol) == ["A", "B"])
        let bars = file.series[0].rows
        #expect(bars.map(\.line) == [2, 4])
        #expect(bars.map(\.time) == [day("2024-01-02"), day("2024-01-03")])
        #expect(
            file.csv()
                == "2024-01-02,A,10,12,9.5,11,100\n2024-01-03,A,11,11.5,10,10.5,0.5\n2024-01-02,B,1,1,1,1,\n")
        #expect(file.series[1].rows[0].volume.isNaN)
        #expect(file.summary.findings.isEmpty)
        #expect(
            file.summary.decisions == [
                "a bar a row, from columns date, symbol, open, high, low, close, volume", "dates YYYY-MM-DD",
            ])
        #expect(file.summary.firstRows.map(\.symbol) == ["A", "B", "A"])
        #expect(file.summary.firstRows.map(\.row.close) == [11, 1, 10.5])
    }

    @Test func findsColumnsByNameWhateverTheirOrderCaseAndBlanks() throws {
        let file = try read(
            "\u{FEFF} CLOSE , Ticker,note,TimeStamp\r\n 11 , A ,\"x, \"\"y\"\"\", 2024-01-02T10:30:00Z \r\n\r\n  \r\n")
        #expect(file.series.map(\.symbol) == ["A"])
        #expect(file.series[0].rows.map(\.time) == [day("2024-01-02 10:30")])
        #expect(file.series[0].rows.map(\.close) == [11])
        #expect(file.summary.decisions.contains("columns ignored: note"))
    }

    @Test(arguments: ["\n", "\r\n", "\r"]) func everyLineEndCountsLines(_ end: String) throws {
        let file = try read(["date,close", "2024-01-02,1", "", "2024-01-03,2"].joined(separator: end))
        #expect(file.series[0].rows.map(\.line) == [2, 4])
    }

    @Test func aQuotedFieldMayHoldLineEnds() throws {
        let file = try read("date,close,note\n2024-01-02,1,\"two\nlines\"\n2024-01-03,2,\n")
        #expect(file.series[0].rows.map(\.line) == [2, 4])
    }

    @Test func aYahooExportIsTheLongFileWithAdjustedCloses() throws {
        let yahoo = try reader.read(fixture("ACME.csv"))
        let long = try reader.read(fixture("acme-long.csv"))
        #expect(yahoo.series.map(\.symbol) == ["ACME"])
        #expect(yahoo.csv() == long.csv())
        // First row: Close 143.45, Adj Close 141.298250.
        #expect(yahoo.series[0].rows[0].adjustedClose == 141.298250)
        #expect(
            yahoo.summary.decisions == [
                "a bar a row, from columns Date, Open, High, Low, Close, Adj Close, Volume",
                "symbol ACME, from the name of the file", "dates YYYY-MM-DD",
                "prices are kept raw; the adjusted close gives the factors that adjust open, high, low "
                    + "and close on reading, not volume",
            ])
    }

    @Test func theStatedSymbolGoesBeforeTheNameOfTheFile() throws {
        var stating = reader
        stating.options.symbol = "SPY"
        let file = try stating.read(folder.file("download (1).csv", "Date,Close\n2024-01-02,1\n"))
        #expect(file.series.map(\.symbol) == ["SPY"])
        #expect(file.summary.decisions.contains("symbol SPY, as stated"))
    }

    @Test func readsAWideFileOfCloses() throws {
        // LOW is a ticker here.
        let file = try read("Date,AAPL,LOW,^GSPC\n2024-01-02,1,,3\n2024-01-03,4,5,6\n")
        #expect(file.series.map(\.symbol) == ["AAPL", "LOW", "^GSPC"])
        #expect(file.series.map { $0.rows.map(\.close) } == [[1, 4], [5], [3, 6]])
        #expect(file.series[1].rows[0].open.isNaN)
        #expect(
            file.summary.decisions == [
                "wide: a row per 'Date', 3 columns of closes", "empty cells are absent", "dates YYYY-MM-DD",
            ])
    }

    @Test func sortsDropsRepetitionsAndSaysSo() throws {
        let file = try read(
            """
            date,close
            2024-01-03,13
            2024-01-02,12
            2024-01-04,14
            2024-01-03,13.0
            2024-01-05,15
            """)
        #expect(file.series[0].rows.map(\.close) == [12, 13, 14, 15])
        let findings = file.summary.findings
        #expect(findings.map(\.check) == ["order", "duplicates"])
        #expect(findings.map(\.lines) == [[3, 5], [5]] && findings.map(\.count) == [2, 1])
        #expect(
            findings.map(\.message) == [
                "2 rows stand after a later one: sorted by time", "1 row repeats an earlier one exactly: dropped",
            ])
    }

    @Test func newestFirstIsADecisionAndNoWarning() throws {
        let file = try read("date,close\n2024-01-04,14\n2024-01-03,13\n2024-01-02,12\n")
        #expect(file.series[0].rows.map(\.close) == [12, 13, 14])
        #expect(file.summary.findings.isEmpty)
        #expect(file.summary.decisions.last == "newest first: order reversed")
    }

    @Test func knowsTheHashOfTheFile() throws {
        // As MarketData/SOURCES.md lists it, from another implementation.
        #expect(try reader.read(bundled("aapl_daily.csv")).summary.fingerprint.hasPrefix("b30c7396775c8a69"))
        #expect(try reader.read(bundled("us20_close_wide.csv")).summary.fingerprint.hasPrefix("7952031298be02ab"))
    }

    /// Our reading of numbers against the standard library's, which is correctly rounded: equal to the last bit.
    @Test func numbersAreRoundedCorrectly() throws {
        var stream = RandomKey(seed: 3).stream("numbers")
        var texts = [
            "1", "+1.5", "1.4213e+02", "52000000.0", ".5", "5.", "1E-3", "0.1", "123456789012345678901234567890",
        ]
        texts += ["9007199254740993", "2.2250738585072011e-308", "1.7976931348623157e308", "0000000000000000000001"]
        for _ in 0..<3_000 {
            texts.append("\(pow(10, stream.uniform() * 600 - 300))")
            let digits = (0..<(1 + stream.index(below: 25))).map { _ in "\(stream.index(below: 10))" }.joined()
            texts.append("\(digits).\(1 + stream.index(below: 9))e\(stream.index(below: 60) - 30)")
        }
        let start = day("1900-01-01").seconds
        let rows = texts.enumerated().map { "\(Timestamp(seconds: start + Int64($0) * 86_400)),\($1)" }
        let file = try read("date,close\n" + rows.joined(separator: "\n"))
        for (text, row) in zip(texts, file.series[0].rows) {
            let expected = text == "5." ? 5 : text == ".5" ? 0.5 : Double(text)
            #expect(row.close == expected, "\(text)")
        }
    }
}
