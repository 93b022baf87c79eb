import Foundation
import Testing

/// `trader data export`: what comes out goes in again and is the same.
@Suite(.serialized, .timeLimit(.minutes(2))) struct DataExportTests {
    let workspace: Workspace

    init() throws { workspace = try Workspace() }

    private static let header = "time,symbol,open,high,low,close,volume\n"

    /// Exports, ingests that into another store, and exports that.
    private func expectRoundTrip(sourceLocation: SourceLocation = #_sourceLocation) async throws {
        try await workspace.success("data", "export", "--output", "1.csv")
        try await workspace.success("ingest", "1.csv", "--database", "2.sqlite")
        try await workspace.success("data", "export", "--database", "2.sqlite", "--output", "2.csv")
        let (first, second) = (try workspace.bytes("1.csv"), try workspace.bytes("2.csv"))
        #expect(first == second && first.count > Self.header.utf8.count, sourceLocation: sourceLocation)
        // Standard output has the same bytes as the file.
        let printed = try await workspace.success("data", "export")
        #expect(Data(printed.utf8) == first, sourceLocation: sourceLocation)
    }

    @Test func dailyBarsComeBack() async throws {
        try await workspace.ingest("ibm_daily.csv", "aapl_daily_raw.csv")
        try await expectRoundTrip()
    }

    @Test func barsWithinTheDayComeBack() async throws {
        try await workspace.ingest("eurusd_hourly_2017.csv")
        try await expectRoundTrip()
        let line = try workspace.text("1.csv").split(separator: "\n")[1]
        #expect(line == "2017-01-01T22:00:00Z,EURUSD,1.05236,1.05253,1.05221,1.05227,143539993.3")
    }

    /// A file has its times in one form, so daily bars show their time of day beside others that need it.
    @Test func daysAndHoursInOneFileComeBack() async throws {
        try await workspace.ingest("ibm_daily.csv", "eurusd_hourly_2017.csv")
        try await expectRoundTrip()
        #expect(try workspace.text("1.csv").contains("\n2000-03-01T00:00:00Z,IBM,"))
        let days = try await workspace.success("data", "export", "IBM")
        #expect(days.hasPrefix(Self.header + "2000-03-01,IBM,"))
    }

    @Test func unusualNumbersComeBack() async throws {
        try workspace.write(
            """
            date,symbol,open,high,low,close,volume
            2024-01-02,SHIB/USDT,0.00000812,0.0000083,0.00000799,0.000008123456,123456789012345678
            2024-01-03,SHIB/USDT,0.1,0.30000000000000004,0.1,0.1234567890123456,0.5
            2024-01-02,^BIG,1000000,98765432.25,1000000,12345678.901234567,
            2024-01-03,^BIG,12345678.901234567,12345678.901234567,12345678,12345678,0

            """, to: "f.csv")
        try await workspace.success("ingest", "f.csv")
        try await expectRoundTrip()
        #expect(try workspace.text("1.csv").contains("0.00000812,0.0000083,0.00000799,0.000008123456,"))
        // Spreadsheets do not all know exponents.
        #expect(try workspace.text("1.csv").firstMatch(of: /[0-9]e/) == nil)
    }

    /// Columns that are there and empty are to be unknown prices, not rows to leave out.
    @Test func closesAloneComeBack() async throws {
        try await workspace.ingest("factor_etfs_close_wide.csv")
        try await expectRoundTrip()
    }

    @Test func numbersAreThoseOfTheFile() async throws {
        try await workspace.ingest("ibm_daily.csv")
        let exported = try await workspace.success("data", "export", "IBM").split(separator: "\n").dropFirst()
        let written = try rows(of: bundled("ibm_daily.csv"))
        #expect(exported.count == written.count)
        for (line, cells) in zip(exported, written) {
            let own = line.split(separator: ",", omittingEmptySubsequences: false)
            #expect(own[0] == cells[0] && own.dropFirst(2).map { Double($0) } == cells.dropFirst(2).map { Double($0) })
        }
    }

    @Test func spanAndPricesAreChosen() async throws {
        try workspace.write("date,close\n2024-01-02,10\n2024-01-03,5\n2024-01-04,6\n", to: "A.csv")
        try await workspace.success("ingest", "A.csv")
        try await workspace.success("data", "split", "A", "2024-01-03", "2:1")
        #expect(
            try await workspace.success("data", "export", "A", "--to", "2024-01-03")
                == Self.header + "2024-01-02,A,,,,10,\n2024-01-03,A,,,,5,\n")
        // Adjusted by the splits that are known, whatever the span.
        #expect(
            try await workspace.success("data", "export", "A", "--to", "2024-01-02", "--prices", "adjusted")
                == Self.header + "2024-01-02,A,,,,5,\n")
        #expect(try await workspace.success("data", "export", "A", "--from", "2030-01-01") == Self.header)
    }

    @Test func adjustedClosesOfAFileComeOut() async throws {
        try workspace.write(
            "date,close,adj close\n2024-01-02,10,4.5\n2024-01-03,5,4.5\n2024-01-04,6,6\n", to: "A.csv")
        try await workspace.success("ingest", "A.csv")
        let adjusted = try await workspace.document(
            ExportDocument.self, "data", "export", "--prices", "adjusted", "--json")
        #expect(adjusted.prices == "adjusted")
        let closes = try #require(adjusted.symbols.first?.bars.map(\.close))
        // Printed with one decimal at most, so half a unit of that is lost at most.
        #expect(zip(closes, [4.5, 4.5, 6]).allSatisfy { abs($0 - $1) < 1e-9 }, "\(closes)")
        let raw = try await workspace.document(ExportDocument.self, "data", "export", "--json")
        #expect(raw.prices == "raw" && raw.symbols.map(\.symbol) == ["A"])
        #expect(raw.symbols[0].bars.map(\.close) == [10, 5, 6] && raw.symbols[0].bars[0].open == nil)
    }

    @Test func fileIsReplacedOnlyWhenAskedFor() async throws {
        try await workspace.ingest("ibm_daily.csv")
        try workspace.write("mine", to: "out.csv")
        let refused = try await workspace.trader("data", "export", "--output", "out.csv")
        #expect(refused.exitCode == 2)
        #expect(refused.standardError.hasPrefix("out.csv: error: is there already. Nothing was changed."))
        #expect(try workspace.text("out.csv") == "mine")
        try await workspace.success("data", "export", "--output", "out.csv", "--force")
        #expect(try workspace.text("out.csv").hasPrefix(Self.header))

        let unknown = try await workspace.trader("data", "export", "IBN", "--output", "new.csv")
        #expect(unknown.exitCode == 2)
        let nowhere = try await workspace.trader("data", "export", "--output", "none/out.csv")
        #expect(nowhere.exitCode == 1 && nowhere.standardError.hasPrefix("none/out.csv: error: cannot be written: "))
        #expect(try workspace.files() == ["MarketData/market.sqlite", "out.csv"])
    }

    @Test func wrongUsageIsTold() async throws {
        try await workspace.ingest("ibm_daily.csv")
        for (arguments, message) in [
            (["IBM", "IBM"], "Error: A symbol is named twice."), (["--output", ""], "Error: --output is empty"),
            (["--format", "table"], "Error: The value 'table' is invalid for '--format"),
        ] {
            let outcome = try await TraderProcess.run(["data", "export"] + arguments, in: workspace.folder)
            #expect(outcome.exitCode == 2)
            #expect(outcome.standardError.hasPrefix(message), "\(outcome.standardError)")
        }
    }

    @Test func lostOutputIsAFailure() async throws {
        try await workspace.ingest("ibm_daily.csv")
        let outcome = try await workspace.trader("data", "export", script: "\"$@\" > /dev/full")
        #expect(outcome.exitCode == 1)
        #expect(outcome.standardError.hasPrefix("error: the result could not be written to standard output"))
    }
}
