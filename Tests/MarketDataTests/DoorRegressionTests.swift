import MarketData
import Testing

/// Faults that were found once, each with the smallest file that showed it.
@Suite struct DoorRegressionTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func read(
        _ text: String, _ change: (inout PriceFileOptions) throws -> Void = { _ in }
    ) throws -> ParsedPriceFile {
        var options = PriceFileOptions()
        try change(&options)
        return try PriceFileReader(options: options, today: day("2024-06-30")).read(Array(text.utf8), named: "f.csv")
    }

    private func message(_ text: String, _ change: (inout PriceFileOptions) throws -> Void = { _ in }) throws -> String?
    {
        do {
            _ = try read(text, change)
            return nil
        } catch let error as PriceFileError {
            return "\(error)"
        }
    }

    /// A dot with three digits behind may be either, where semicolons separate; beside commas it is a decimal point.
    @Test func thousandsAndDecimalsAreAskedAboutWhereSemicolonsSeparate() throws {
        let text = "Datum;Schluss\n15.03.2023;15.210\n16.03.2023;14.800\n"
        #expect(try message(text)?.contains("'15.210': decimal point or thousands separator?") == true)
        #expect(try read(text) { $0.decimal = .comma }.series[0].rows.map(\.close) == [15_210, 14_800])
        #expect(try read(text) { $0.decimal = .point }.series[0].rows.map(\.close) == [15.21, 14.8])
        #expect(try read(text.replacing(";", with: ",")).series[0].rows.map(\.close) == [15.21, 14.8])
    }

    @Test func splitsOfAWideFileBelongToTheirSymbols() throws {
        let file = try read(
            """
            Price,Close,Close,Stock Splits,Stock Splits
            Ticker,AAPL,MSFT,AAPL,MSFT
            Date,,,,
            2020-01-03,103,403,0,0
            2020-01-06,106,106,0,4
            """)
        #expect(file.series.map(\.symbol) == ["AAPL", "MSFT"])
        #expect(file.series[0].adjustments.isEmpty)
        #expect(file.series[1].bars(.adjusted).map(\.close) == [100.75, 106])
    }

    @Test func repeatedRowsWithOtherAdjustedClosesContradict() throws {
        let text = "date,close,adj_close\n2020-01-02,100,95\n2020-01-02,100,80\n"
        #expect(try message(text)?.contains("where adjusted close is 95.0, not 80.0") == true)
    }

    /// How finely one symbol's adjusted closes are written says nothing of another's.
    @Test func symbolsHaveTheirOwnDecimals() throws {
        let coarse = (0..<900).map { "\(weekday($0)),A,100,9\(7 + $0 / 450).\(30 + $0 % 3)" }
        let fine = (0..<900).map { "\(weekday($0)),B,50,49.12345\(6 + $0 % 2)" }
        let header = "date,symbol,close,adj_close"
        func steps(_ rows: [String]) throws -> [String: [Adjustment]] {
            let file = try read(([header] + rows).joined(separator: "\n"))
            return Dictionary(uniqueKeysWithValues: file.series.map { ($0.symbol, $0.adjustments) })
        }
        let alone = try steps(coarse).merging(steps(fine)) { first, _ in first }
        #expect(try steps(coarse + fine) == alone)
        #expect(try steps(fine + coarse) == alone)
        #expect(try steps(zip(coarse, fine).flatMap { [$0, $1] }) == alone)
    }

    /// Small splits are of the size of a day's move, and prove nothing.
    @Test func aSmallSplitIsNoProofOfRawPrices() throws {
        let text = """
            date,close,split,dividend
            2020-01-02,100,0,0
            2020-01-03,97,1.05,0
            2020-01-06,98,0,1.0
            2020-01-07,99,0,0
            """
        #expect(try read(text).series[0].adjustments.isEmpty)
        #expect(try read(text) { $0.corporateActions = .apply }.series[0].adjustments.count == 2)
    }

    @Test func productsOfRelativesStayNumbers() throws {
        for factor in ["1e300", "1e-300"] {
            let text = "date,close\n2020-01-02,\(factor)\n2020-01-03,\(factor)\n2020-01-06,1\n"
            #expect(
                try message(text) { $0.holdsRelatives = true }?.contains("f.csv:3:1: error: f: the product") == true)
        }
    }

    /// A vendor's newer download of a middle part puts no jump at its end.
    @Test func anOverlappingDownloadLeavesReturnsAtItsEndAlone() throws {
        let store = try folder.store()
        func ingest(_ days: ClosedRange<Int>, _ factor: Double) throws {
            let rows = days.map { "\(weekday($0)),100,\(100 * factor)" }
            let file = try read((["date,close,adj_close"] + rows).joined(separator: "\n")) { $0.symbol = "S" }
            _ = try store.ingest(file)
        }
        try ingest(16...28, 1)
        try ingest(19...32, 1)
        // Made after a later dividend of a tenth.
        try ingest(23...29, 0.9)
        let closes = try store.rows(of: "S", prices: .adjusted).map(\.close)
        for (before, after) in zip(closes, closes.dropFirst()) { #expect(abs(after / before - 1) < 1e-12) }
    }

    /// Adjusted closes belong to the closes beside them.
    @Test func keptBarsKeepTheirFactors() throws {
        let store = try folder.store()
        func file(_ closes: [Double], _ adjusted: [Double]) throws -> ParsedPriceFile {
            let rows = zip(closes, adjusted).enumerated().map { "\(weekday($0)),\($1.0),\($1.1)" }
            return try read((["date,close,adj_close"] + rows).joined(separator: "\n")) { $0.symbol = "S" }
        }
        _ = try store.ingest(file([100, 100, 100], [90, 90, 90]))
        _ = try store.ingest(file([100, 50, 100], [90, 90, 90]), onConflict: .keep)
        let closes = try store.rows(of: "S", prices: .adjusted).map(\.close)
        #expect(closes.allSatisfy { abs($0 - 90) < 1e-9 })
    }

    /// Adjusted closes with a dozen digits have noise in the last of them; six steps are true: two splits, three dividends, and
    /// what came after the last bar.
    @Test func noiseInTheLastDigitsIsNoEvent() throws {
        let series = try reader.read(bundled("aapl_daily_raw.csv")).series[0]
        #expect(
            series.adjustments.map(\.time) == [
                day("2000-06-21"), day("2005-02-28"), day("2012-08-09"), day("2012-11-07"), day("2013-02-07"),
                Timestamp(seconds: day("2013-03-01").seconds + 1),
            ])
        for (row, bar) in zip(series.rows, series.bars(.adjusted)) {
            #expect(abs(bar.close / row.adjustedClose - 1) < 1e-11)
        }
    }

    @Test func columnsThatMayBeSymbolsAreTold() throws {
        let several = try read("date,thing,close\n2023-03-15,AAPL,100\n2023-03-16,MSFT,110\n")
        #expect(several.summary.findings.first { $0.check == "columns" }?.remedy.contains("symbol=thing") == true)
        let quotes = try read("Date,Bid,Ask\n2023-03-15,1,1.1\n2023-03-16,1.2,1.3\n")
        #expect(quotes.summary.findings.contains { $0.check == "columns" && $0.message.hasSuffix("Bid, Ask") })
        let tickers = try read("Date,AAPL,MSFT\n2023-03-15,1,1.1\n2023-03-16,1.2,1.3\n")
        #expect(!tickers.summary.findings.contains { $0.check == "columns" })
    }

    /// What the program exports where nothing but closes is known, beside bars that are whole.
    @Test func barsMayHaveOnlyACloseWhereTheRestIsEmpty() throws {
        let file = try read(
            "time,symbol,open,high,low,close,volume\n2024-01-02,A,,,,5,\n2024-01-02,B,1,3,1,2,7\n2024-01-03,A,,,,6,\n")
        #expect(file.series.map(\.rows.count) == [2, 1])
        #expect(file.series[0].rows.allSatisfy { $0.open.isNaN && $0.volume.isNaN })
        #expect(!file.summary.findings.contains { $0.check == "missing" })
    }
}

/// Midnight of the weekday so many weekdays after Monday, 3 January 2000.
private func weekday(_ index: Int) -> Timestamp {
    Timestamp(seconds: 946_857_600 + Int64(index / 5 * 7 + index % 5) * 86_400)
}
