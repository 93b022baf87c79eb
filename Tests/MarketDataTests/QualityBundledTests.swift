import MarketData
import Testing

/// What is said of the bundled prices is what is known of them (`MarketData/SOURCES.md`).
@Suite struct QualityBundledTests {
    @Test(arguments: [
        ("ibm_daily.csv", [String]()), ("msft_daily.csv", []), ("sp500_close.csv", []), ("sp500_index_daily.csv", []),
        ("factor_etfs_close_wide.csv", []), ("ibm_daily_raw.csv", []),
        // A profit warning.
        ("aapl_daily.csv", ["jump 2000-09-29"]),
        ("aapl_daily_raw.csv", ["jump 2000-09-29", "jump 2000-06-21 2005-02-28"]),
        ("msft_daily_raw.csv", ["jump 2003-02-18"]),
        // The afternoon of Christmas.
        ("eurusd_hourly_2017.csv", ["gap 2017-12-25T22:00:00Z"]),
    ])
    func findings(_ file: String, _ expected: [String]) throws {
        let found = try findings(file).map { ([$0.check] + $0.times.map(\.description)).joined(separator: " ") }
        #expect(found == expected)
    }

    @Test func twentySharesHoldOneThatStoodStill() throws {
        let findings = try findings("us20_close_wide.csv")
        #expect(findings.map(\.check) == ["jump", "flat-run"])
        #expect(findings.first?.times.map(\.description) == ["2000-09-29", "2016-04-22", "1990-04-10", "1998-10-19"])
        #expect(findings.last?.symbols == ["RRC"] && findings.last?.times.first == day("1990-01-03"))
    }

    private func findings(_ file: String) throws -> [QualityFinding] {
        var checks = QualityChecks(today: day("2024-06-30"))
        for series in try reader.read(bundled(file)).series { checks.add(symbol: series.symbol, rows: series.rows) }
        return checks.findings
    }
}
