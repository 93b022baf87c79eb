import Foundation
import Testing

/// `trader backtest` with rules, which need no training: what is written and where, and that the options mean what they say.
@Suite(.serialized, .timeLimit(.minutes(2))) struct BacktestTests {
    let workspace: Workspace

    init() throws { workspace = try Workspace() }

    private static let everyRun = [
        "charts/drawdown-AAPL.svg", "charts/equity-AAPL.svg", "charts/folds.svg", "charts/position-AAPL.svg",
        "equity.csv", "report.json", "report.md", "strategy.yaml", "trades.csv",
    ]

    @Test func reportIsCompleteAndLatestPointsToIt() async throws {
        try await workspace.ingest("aapl_daily.csv")
        let outcome = try await workspace.backtest("--strategy", "moving-average-crossover", "--symbols", "AAPL")
        #expect(outcome.standardError == "")
        #expect(outcome.standardOutput.contains("Out of sample, moving-average-crossover"))

        let run = try FileManager.default.destinationOfSymbolicLink(
            atPath: workspace.path("Reports/moving-average-crossover/latest").path)
        let folder = "Reports/moving-average-crossover/\(run)"
        #expect(outcome.standardOutput.hasSuffix("\nReport: \(folder)/report.md\n"))
        #expect(run.wholeMatch(of: /\d{4}-\d\d-\d\dT\d{6}Z-[0-9a-f]{6}/) != nil)
        #expect(try workspace.files(below: folder) == Self.everyRun)
        #expect(
            try workspace.text("\(folder)/report.md").hasPrefix("# moving-average-crossover: out-of-sample report\n"))
    }

    @Test func writtenStrategyRepeatsTheRun() async throws {
        try await workspace.ingest("aapl_daily.csv")
        try await workspace.backtest(
            "--strategy", "moving-average-crossover", "--symbols", "AAPL", "--commission-basis-points", "7", "--output",
            "a")
        try await workspace.backtest("--strategy", "a/strategy.yaml", "--output", "b")
        #expect(try workspace.bytes("a/strategy.yaml") == workspace.bytes("b/strategy.yaml"))
        // All but the name, which is that of the file.
        func trades(_ name: String) throws -> [String] {
            try workspace.text("\(name)/trades.csv").split(separator: "\n").map { line in
                line.replacingOccurrences(of: "moving-average-crossover", with: "strategy")
            }
        }
        #expect(Set(try trades("a")) == Set(try trades("b")))
    }

    @Test func outputIsNewOrReplacedAndNeverTakesForeignFiles() async throws {
        try await workspace.ingest("aapl_daily.csv")
        try await workspace.backtest(
            "--strategy", "moving-average-crossover", "--symbols", "AAPL", "--output", "runs/mine")
        #expect(try workspace.files(below: "runs") == Self.everyRun.map { "mine/\($0)" })
        #expect(!workspace.exists("Reports"))

        try await workspace.backtest("--strategy", "buy-and-hold", "--symbols", "AAPL", "--output", "runs/mine")
        #expect(try workspace.files(below: "runs") == Self.everyRun.map { "mine/\($0)" })
        #expect(try workspace.text("runs/mine/report.md").hasPrefix("# buy-and-hold"))

        try workspace.write("dear diary", to: "runs/mine/diary.txt")
        let before = try workspace.bytes("runs/mine/report.json")
        let refused = try await workspace.trader(
            "backtest", "--strategy", "buy-and-hold", "--symbols", "AAPL", "--output", "runs/mine")
        #expect(refused.exitCode == 2)
        #expect(refused.standardError.hasPrefix("runs/mine: error: holds 'diary.txt', which no run of trader wrote"))
        #expect(try workspace.text("runs/mine/diary.txt") == "dear diary")
        #expect(try workspace.bytes("runs/mine/report.json") == before)
    }

    @Test func jsonFollowsTheContract() async throws {
        try await workspace.ingest("aapl_daily.csv", "ibm_daily.csv")
        let outcome = try await workspace.backtest(
            "--strategy", "moving-average-crossover", "--symbols", "AAPL,IBM", "--seeds", "2", "--output", "run",
            "--json")
        let report = try outcome.decoded(as: ReportDocument.self)
        #expect(report.schema == "trader/report/1")
        #expect(report.report == "run/report.md" && workspace.exists(report.report))
        #expect(report.data.symbols == ["AAPL", "IBM"] && report.data.bars == 2 * 3270)
        #expect(report.data.from == "2000-03-01" && report.data.to == "2013-03-01")
        #expect(report.data.fingerprint.wholeMatch(of: /[0-9a-f]{64}/) != nil)
        #expect(report.conventions.periodsPerYear == 252 && report.conventions.riskFree == 0)

        // One entry for each strategy, symbol and seed; a seed only where random numbers are drawn.
        for symbol in ["AAPL", "IBM"] {
            let entries = report.results.filter { $0.symbol == symbol }.map { "\($0.kind) \($0.name) \($0.seed ?? 0)" }
            #expect(
                entries == [
                    "rule moving-average-crossover 0", "rule buy-and-hold 0", "rule random 1", "rule random 2",
                    "bound hindsight-optimum 0",
                ])
        }
        #expect(outcome.standardOutput.contains("\"seed\": null"))
        let promised: Set = [
            "totalReturn", "annualReturn", "volatility", "sharpe", "sortino", "calmar", "maxDrawdown",
            "maxDrawdownDuration", "exposure", "turnover", "costsPaid", "trades", "winRateTrades",
            "profitFactorTrades", "hindsightCapture",
        ]
        for result in report.results {
            #expect(promised.isSubset(of: result.measures.keys), "\(result.name)")
        }
        // What is printed is what is written, but for the path of the report, which is seen from elsewhere.
        let written = try workspace.text("run/report.json")
        #expect(outcome.standardOutput.replacing("\"run/report.md\"", with: "\"report.md\"") == written)
    }

    @Test func evidenceAgreesWithTheMeasures() async throws {
        try await workspace.ingest("aapl_daily.csv")
        let report = try await workspace.backtestReport(
            "--strategy", "moving-average-crossover", "--symbols", "AAPL", "--output", "run")
        let own = try #require(report.own.first)
        let equity = try rows(of: workspace.path("run/equity.csv").path)
            .filter { $0[1] == "moving-average-crossover" }.map { try #require(Double($0[4])) }
        let trades = try rows(of: workspace.path("run/trades.csv").path).filter { $0[0] == "moving-average-crossover" }
        let costs = try trades.map { try #require(Double($0[9])) }.reduce(0, +)
        let (first, last) = (try #require(equity.first), try #require(equity.last))
        // Sums of a few numbers in another order: some units in the last place of their size.
        #expect(first == 100_000)
        #expect(abs(try #require(own.measure("totalReturn")) - (last / first - 1)) < 1e-12)
        #expect(own.measure("trades") == Double(trades.count))
        #expect(abs(try #require(own.measure("costsPaid")) - costs) < 1e-8)
        // What the optimum captures of itself is everything, and nothing captures more.
        let captures = report.results.compactMap { $0.measure("hindsightCapture") }
        #expect(captures.count == report.results.count && captures.allSatisfy { $0 <= 1 })
        #expect(report.results.last?.measure("hindsightCapture") == 1)
    }

    @Test func datesIncludeTheWholeLastDay() async throws {
        try await workspace.ingest("eurusd_hourly_2017.csv")
        let report = try await workspace.backtestReport(
            "--strategy", "buy-and-hold", "--symbols", "EURUSD", "--from", "2017-02-01", "--to", "2017-03-31",
            "--output", "run")
        let times = try rows(of: bundled("eurusd_hourly_2017.csv")).map { String($0[0]) }
            .filter { ("2017-02-01"..<"2017-04-01").contains($0) }
        #expect(report.data.bars == times.count)
        #expect(report.data.from.hasPrefix("2017-02-01") && report.data.to == times.last)
        #expect(report.data.to.hasPrefix("2017-03-31T"))
    }

    @Test func closesAloneAreFilledAtTheNextClose() async throws {
        try await workspace.ingest("sp500_close.csv")
        let report = try await workspace.backtestReport(
            "--strategy", "buy-and-hold", "--symbols", "SP500", "--output", "run")
        #expect(report.conventions.fill == "nextClose")
        let line =
            "SP500 has no opening prices, so all orders of this run are filled at the next close (fill: nextClose)."
        #expect(report.warnings == [line])
        #expect(try firstPage("run").contains(line))
    }

    @Test func fillRulesAreFollowed() async throws {
        try await workspace.ingest("aapl_daily.csv")
        /// When and at what price buy-and-hold buys.
        func entry(_ fill: String) async throws -> [Substring] {
            let report = try await workspace.backtestReport(
                "--strategy", "buy-and-hold", "--symbols", "AAPL", "--fill", fill, "--output", fill)
            #expect(report.conventions.fill == fill)
            let trade = try #require(try rows(of: workspace.path("\(fill)/trades.csv").path).first)
            return [trade[3], trade[6]]
        }
        // The account may first decide at the close before the first test bar, number 1635 of 3270.
        let bars = try rows(of: bundled("aapl_daily.csv"))
        #expect(try await entry("nextOpen") == [bars[1635][0], bars[1635][2]])
        #expect(try await entry("nextClose") == [bars[1635][0], bars[1635][5]])
        #expect(try await entry("sameClose") == [bars[1634][0], bars[1634][5]])
        #expect(try firstPage("sameClose").contains("could not have been traded"))
        #expect(!(try firstPage("nextClose").contains("Warnings")))
    }

    /// A report up to its first section.
    private func firstPage(_ run: String) throws -> Substring {
        let text = try workspace.text("\(run)/report.md")
        return text[..<(text.firstRange(of: "\n## ")?.lowerBound ?? text.endIndex)]
    }
}
