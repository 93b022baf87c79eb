import MarketData
import Testing

/// Files with several symbols in a row.
@Suite struct LayoutWideTests {
    @Test(arguments: [
        "LOW,AAPL", "AAPL,OPEN", "C,T,V", "C,O,H,V", "7203,600000", "000001,9984", "BRK.B,BF-B", "^GSPC,EURUSD=X",
        "BTC/USDT,ETH/USDT",
        "aapl,msft",
    ])
    func anyTickerMayBeAColumn(_ names: String) throws {
        let tickers = names.split(separator: ",").map(String.init)
        let numbers = tickers.indices.map { "\($0 + 1)" }.joined(separator: ",")
        // With a name for the dates, and as a data frame's index without one.
        for date in ["Date", ""] {
            let file = try parsed("\(date),\(names)\n2023-01-03,\(numbers)\n")
            #expect(file.series.map(\.symbol) == tickers)
            #expect(file.series.map { $0.rows.map(\.close) } == tickers.indices.map { [Double($0 + 1)] })
        }
    }

    @Test(arguments: ["LOW,OPEN,C", "Foo,Open", "volume", "VOLUME", "Low", "Open,High,Low", "aapl,low,msft"])
    func namesThatMayBeFieldsAreAskedAbout(_ names: String) throws {
        let count = names.split(separator: ",").count
        let text = "Date,\(names)\n2023-01-03,\((1...count).map(String.init).joined(separator: ","))\n"
        let message = try #require(try refusal(of: text))
        #expect(message.hasPrefix("f.csv:1:1: error: no close column; found: Date, "))
        #expect(message.contains("--wide close"))
        let file = try parsed(text) { $0.wideField = .close }
        #expect(file.series.map(\.symbol) == names.split(separator: ",").map(String.init))
    }

    @Test func statedWideEvenCloseIsASymbol() throws {
        let file = try parsed("Date,OPEN,CLOSE,C\n2023-01-03,1,2,3\n") { $0.wideField = .adjustedClose }
        #expect(file.csv() == "2023-01-03,OPEN,,,,1,\n2023-01-03,CLOSE,,,,2,\n2023-01-03,C,,,,3,\n")
        #expect(file.summary.decisions.first == "wide: a row per 'Date', 3 columns of adjusted closes, taken as closes")
    }

    @Test func emptyCellsAreAbsent() throws {
        let file = try parsed("Date,A,B\n2023-01-03,,1\n2023-01-04,2,\n2023-01-05,2.1,\n2023-01-06,2.2,1.1\n")
        #expect(file.series.map { $0.rows.map(\.line) } == [[3, 4, 5], [2, 5]])
        #expect(file.warnings.isEmpty)
        // A word for nothing is more than an empty cell: it is reported.
        #expect(try parsed("Date,A,B\n2023-01-03,1,1\n2023-01-04,1,N/A\n").warnings == ["missing"])
    }

    @Test func oneColumnMayBeGivenASymbol() throws {
        let text = "observation_date,SP500\n2023-01-03,3796.35\n"
        #expect(try parsed(text).series.map(\.symbol) == ["SP500"])
        #expect(try parsed(text) { $0.symbol = "SPX" }.series.map(\.symbol) == ["SPX"])
    }

    @Test func severalFieldsOfSeveralSymbols() throws {
        let file = try parsed(
            """
            Date,AAPL.Open,AAPL.High,AAPL.Low,AAPL.Close,AAPL.Volume,AAPL.Adjusted,MSFT.Close
            2023-01-03,1.5,3,1,2,100,1.5,7
            2023-01-04,2.5,3,2,2.4,100,1.8,
            2023-01-05,2.5,3,2,2.5,,2.5,8
            """)
        #expect(
            file.csv() == """
                2023-01-03,AAPL,1.5,3,1,2,100
                2023-01-04,AAPL,2.5,3,2,2.4,100
                2023-01-05,AAPL,2.5,3,2,2.5,
                2023-01-03,MSFT,,,,7,
                2023-01-05,MSFT,,,,8,

                """)
        #expect(file.series.map(\.hasAdjustedCloses) == [true, false])
        for (bar, printed) in zip(file.series[0].bars(.adjusted), [1.5, 1.8, 2.5]) {
            #expect(abs(bar.close - printed) < 1e-12)
        }
    }

    @Test(arguments: [
        "Close_AAPL,Close_MSFT", "AAPL Close,MSFT Close", "\"('Close', 'AAPL')\",\"('Close', 'MSFT')\"",
        "AAPL - Close,MSFT - Close",
    ])
    func fieldAndSymbolAreWrittenInManyWays(_ names: String) throws {
        #expect(
            try parsed("Date,\(names)\n2023-01-03,1,2\n").csv() == "2023-01-03,AAPL,,,,1,\n2023-01-03,MSFT,,,,2,\n")
    }

    // MARK: - Two levels of columns, as yfinance writes them

    @Test func oneTicker() throws {
        let file = try parsed(
            "Price,Close,High,Low,Open,Volume\nTicker,AAPL,AAPL,AAPL,AAPL,AAPL\nDate,,,,,\n2023-01-03,2,3,1,1.5,100\n")
        #expect(file.csv() == "2023-01-03,AAPL,1.5,3,1,2,100\n")
        #expect(file.series[0].rows[0].line == 4)
    }

    @Test(arguments: [
        // Grouped by column, and by ticker; with the row that names the index, and without.
        """
        Price,Close,Close,High,High,Low,Low,Open,Open,Volume,Volume
        Ticker,AAPL,LOW,AAPL,LOW,AAPL,LOW,AAPL,LOW,AAPL,LOW
        Date,,,,,,,,,,
        2023-01-03,2,20,3,30,1,10,1.5,15,100,1000
        2023-01-04,2.5,,3,,1,,1.5,,100,
        """,
        """
        Ticker,AAPL,AAPL,AAPL,AAPL,AAPL,LOW,LOW,LOW,LOW,LOW
        Price,Open,High,Low,Close,Volume,Open,High,Low,Close,Volume
        Date,,,,,,,,,,
        2023-01-03,1.5,3,1,2,100,15,30,10,20,1000
        2023-01-04,1.5,3,1,2.5,100,,,,,
        """,
        """
        ,AAPL,AAPL,AAPL,AAPL,AAPL,LOW,LOW,LOW,LOW,LOW
        ,Open,High,Low,Close,Volume,Open,High,Low,Close,Volume
        2023-01-03,1.5,3,1,2,100,15,30,10,20,1000
        2023-01-04,1.5,3,1,2.5,100,,,,,
        """,
    ])
    func severalTickers(_ text: String) throws {
        #expect(
            try parsed(text).csv() == """
                2023-01-03,AAPL,1.5,3,1,2,100
                2023-01-04,AAPL,1.5,3,1,2.5,100
                2023-01-03,LOW,15,30,10,20,1000

                """)
    }

    @Test func aBadCellIsNamedByItsSymbolAndField() throws {
        let message = try refusal(of: "Ticker,AAPL,MSFT\nPrice,Close,Close\nDate,,\n2023-01-03,2,x\n")
        #expect(message?.hasPrefix("f.csv:4:14: error: MSFT Close 'x' is not a number") == true)
    }

    @Test func aSymbolWithoutClosesIsRefused() throws {
        let message = try refusal(of: "Date,AAPL.Open,AAPL.Close,MSFT.Open\n2023-01-03,1,2,3\n")
        #expect(message?.hasPrefix("f.csv:1:27: error: MSFT has no column of closes") == true)
    }
}
