import MarketData
import Testing

/// What split and dividend columns do to prices. Expected values are worked out by hand.
@Suite struct CorporateActionTests {
    /// Raw prices: a dividend of 2 on 100, a split of 4:1, a dividend of 0.51 on 25.5.
    private let raw = """
        Date,Open,Close,Volume,Dividends,Stock Splits
        2024-01-02,100,100,10,0,0
        2024-01-03,101,102,10,2,0
        2024-01-04,25,25.5,40,0,4
        2024-01-05,26,26,40,0.51,0
        2024-01-08,26,26,40,0,0

        """
    /// The same with the split taken out, as yfinance gives it.
    private let splitAdjusted = """
        Date,Close,Adj Close,Volume,Dividends,Stock Splits
        2024-01-02,25.0000,24.0100,40,0,0
        2024-01-03,25.5000,24.9900,40,0.5,0
        2024-01-04,25.5000,24.9900,40,0,4
        2024-01-05,26.0000,26.0000,40,0.51,0
        2024-01-08,26.0000,26.0000,40,0,0

        """

    private func expect(_ bars: [Bar], closes: [Double], volumes: [Double]) {
        #expect(bars.count == closes.count)
        for (bar, close) in zip(bars, closes) { #expect(abs(bar.close - close) < 1e-9, "\(bar)") }
        #expect(bars.map(\.volume) == volumes)
    }

    @Test func rawPricesAreAdjustedOnReading() throws {
        let file = try parsed(raw)
        let series = file.series[0]
        #expect(series.rows.map(\.close) == [100, 102, 25.5, 26, 26], "kept as they are")
        expect(series.bars(.adjusted), closes: [24.01, 24.99, 24.99, 26, 26], volumes: [40, 40, 40, 40, 40])
        #expect(abs((series.bars(.adjusted)[0].open ?? 0) - 24.01) < 1e-9)
        #expect(series.adjustments.map(\.kind) == [.dividend, .split, .dividend])
        #expect(file.summary.decisions.contains("3 splits and dividends of the file adjust earlier prices on reading"))
        // The split is known: nobody is asked to state it again.
        #expect(!file.summary.findings.contains { $0.remedy.contains("data split") })
    }

    @Test func theStoreAdjustsAsTheFileDoes() throws {
        let folder = try TemporaryFolder()
        let store = try folder.store()
        let file = try parsed(raw)
        _ = try store.ingest(file)
        #expect(try store.rows(of: "TEST", prices: .adjusted).map(Bar.init) == file.series[0].bars(.adjusted))
        #expect(try store.rows(of: "TEST").map(Bar.init) == file.series[0].bars(.raw))
        #expect(try store.ingest(file).symbols.map(\.adjustments) == [0], "the same again changes nothing")
    }

    @Test func aRepeatedRowCountsOnce() throws {
        let lines = raw.split(separator: "\n").map(String.init)
        for repeated in 1...5 {
            var text = lines
            text.insert(lines[repeated], at: repeated + 1)
            for order in [text, [text[0]] + text.dropFirst().reversed()] {
                let file = try parsed(order.joined(separator: "\n"))
                #expect(file.series[0].adjustments == (try parsed(raw)).series[0].adjustments)
            }
        }
    }

    @Test func adjustedPricesAreNotAdjustedAgain() throws {
        let file = try parsed(splitAdjusted)
        let series = file.series[0]
        #expect(Set(series.adjustments.map(\.kind)) == [.adjustedClose])
        expect(series.bars(.adjusted), closes: [24.01, 24.99, 24.99, 26, 26], volumes: [40, 40, 40, 40, 40])
        let notice = try #require(file.summary.findings.first)
        #expect(notice.check == "splits" && notice.severity == .notice && notice.lines == [4])

        // Without the column of adjusted closes nothing tells of raw prices, so nothing is applied.
        let bare = splitAdjusted.split(separator: "\n").map { line in
            let cells = line.split(separator: ",")
            return (cells[..<1] + cells[2...]).joined(separator: ",").replacing("Adj Close", with: "Close")
        }
        let closes = try parsed(bare.joined(separator: "\n"))
        #expect(closes.series[0].adjustments.isEmpty)
        #expect(closes.summary.findings.map(\.check) == ["splits", "dividends"])
        #expect(closes.summary.findings.map(\.count) == [1, 2] && closes.warnings.isEmpty)
    }

    @Test func aSplitBesideAdjustedClosesAlsoAdjustsVolumes() throws {
        let file = try parsed(
            """
            timestamp,close,adjusted_close,volume,dividend_amount,split_coefficient
            2024-01-08,26,26,40,0.0000,1.0
            2024-01-05,26,26,40,0.5100,1.0
            2024-01-04,25.5,24.99,40,0.0000,4.0
            2024-01-03,102,24.99,10,2.0000,1.0
            2024-01-02,100,24.01,10,0.0000,1.0
            """)
        let series = file.series[0]
        #expect(series.adjustments.filter { $0.kind == .split }.map(\.priceFactor) == [0.25])
        #expect(!series.adjustments.contains { $0.kind == .dividend }, "the adjusted closes contain them")
        // To half a unit of the last printed decimal.
        for (bar, printed) in zip(series.bars(.adjusted), [24.01, 24.99, 24.99, 26, 26]) {
            #expect(abs(bar.close - printed) <= 0.005)
        }
        #expect(series.bars(.adjusted).map(\.volume) == [40, 40, 40, 40, 40])
    }

    @Test func adjustedClosesAreReadAsPrinted() throws {
        let rows = (0..<200).map { day -> String in
            let close = Double(100 + day % 7)
            let adjusted = close * (day < 60 ? 0.9 : day < 130 ? 0.95 : 1)
            return "\(Timestamp(seconds: Int64(day) * 86_400 + 1_600_000_000 / 86_400 * 86_400)),\(close),\(adjusted)"
        }
        let file = try parsed("Date,Close,Adj Close\n" + rows.joined(separator: "\n"))
        let series = file.series[0]
        #expect(series.adjustments.count == 2)
        for (bar, row) in zip(series.bars(.adjusted), series.rows) {
            #expect(abs(bar.close - row.adjustedClose) < 1e-9)
        }
    }

    @Test func whatTheUserStatesGoesFirst() throws {
        let ignored = try parsed(raw) { $0.corporateActions = .ignore }
        #expect(ignored.series[0].adjustments.isEmpty)
        #expect(ignored.warnings == ["jump"])

        // Said to be raw, the split is applied although the closes do not show it.
        let text = "Date,Close,Dividends,Stock Splits\n2024-01-02,25,0,0\n2024-01-03,25,0.5,0\n2024-01-04,26,0,4\n"
        #expect(try parsed(text).series[0].adjustments.isEmpty)
        let applied = try parsed(text) { $0.corporateActions = .apply }
        expect(
            applied.series[0].bars(.adjusted).map { Bar(time: $0.time, close: $0.close, volume: 0) },
            closes: [25 * 0.98 / 4, 6.25, 26], volumes: [0, 0, 0])
    }

    @Test func cashOnTheDayOfASplitIsForNewShares() throws {
        let file = try parsed("Date,Close,Dividend,Split\n2024-01-02,100,0,1\n2024-01-03,50,0.5,2:1\n")
        expect(
            file.series[0].bars(.adjusted).map { Bar(time: $0.time, close: $0.close, volume: 0) },
            closes: [100 * 0.5 * 0.99, 50], volumes: [0, 0])
    }

    @Test(arguments: ["4", "4.0", "4:1", "4/1", "8:2", " 4 : 1 "]) func ratiosAreWrittenInManyWays(
        _ ratio: String
    ) throws {
        let file = try parsed("Date,Close,Split\n2024-01-02,100,1\n2024-01-03,25,\(ratio)\n")
        #expect(file.series[0].adjustments.map(\.priceFactor) == [0.25])
        #expect(file.series[0].adjustments.map(\.volumeFactor) == [4])
    }

    @Test(arguments: ["", "0", "0.0", "1", "1.0", "1:1", "-", "N/A"]) func mostDaysHaveNoSplit(_ ratio: String) throws {
        let file = try parsed("Date,Close,Split\n2024-01-02,100,1\n2024-01-03,25,\(ratio)\n")
        #expect(file.series[0].adjustments.isEmpty)
    }

    @Test(arguments: ["x", "-4", "4:0", "0:4", "4:x", "4:1:1", ":4", "4:", "NaN", "1e400", "1e6", "1:200000"])
    func whatIsNoRatioIsRefused(
        _ ratio: String
    ) throws {
        let message = try refusal(of: "Date,Close,Split\n2024-01-02,100,1\n2024-01-03,25,\(ratio)\n")
        #expect(
            message?.hasPrefix("f.csv:3:15: error: Split is '\(ratio)', expected a split such as 4.0 or 4:1") == true)
    }

    @Test func aReverseSplitIsVisibleToo() throws {
        let file = try parsed("Date,Close,Volume,Split\n2024-01-02,2,100,\n2024-01-03,21,10,1:10\n")
        expect(file.series[0].bars(.adjusted), closes: [20, 21], volumes: [10, 10])
    }

    @Test func aDividendAboveThePriceIsNotApplied() throws {
        let file = try parsed("Date,Close,Dividend\n2024-01-02,1,0\n2024-01-03,1,5\n") { $0.corporateActions = .apply }
        #expect(file.series[0].adjustments.isEmpty && file.summary.findings.map(\.check) == ["dividends"])
    }
}
