import Foundation
import Testing

/// `trader backtest` with rules that divide one account among all symbols.
@Suite(.serialized, .timeLimit(.minutes(2))) struct PortfolioTests {
    let workspace: Workspace

    init() throws { workspace = try Workspace() }

    /// Where somebody has put the classic data beside the project; the test is skipped elsewhere.
    private static let classicData: String? = {
        let path = "\(shippedStrategies)/../../shared/reference/olps/djia_wide.csv"
        return FileManager.default.fileExists(atPath: path) ? path : nil
    }()

    /// Final wealth from 1 on 507 days of thirty stocks of the Dow Jones index, in the digits of the published tables, without
    /// costs and with the toolbox's 0.25 % and 0.5 % for both sides together. For `pamr` the tables have 0.087 with 0.5 %, which is
    /// what drifted weights with the sum 1 give; by the law of the other rows, the toolbox's own, it is 0.0863.
    private static let published: [(strategy: String, wealth: [String?])] = [
        ("ubah", ["0.764", "0.763", nil]), ("ucrp", ["0.813", "0.804", "0.796"]), ("bcrp", ["1.240", nil, nil]),
        ("eg", ["0.810", "0.802", nil]), ("ons", ["1.533", "1.404", "1.286"]), ("pamr", ["0.680", "0.243", "0.086"]),
        ("pamr-2", ["0.705", nil, nil]), ("cwmr-stdev", ["0.687", "0.250", nil]),
        ("olmar-2", ["1.161", "0.449", "0.173"]), ("rmr", ["2.668", "1.168", "0.509"]),
    ]

    @Test(.enabled(if: classicData != nil), arguments: published.map(\.strategy))
    func theClassicsGiveThePublishedWealth(strategy: String) async throws {
        let row = try #require(Self.published.first { $0.strategy == strategy })
        try await workspace.success("ingest", "--dates", "index", try #require(Self.classicData))
        for (basisPoints, wealth) in zip(["0", "12.5", "25"], row.wealth) {
            guard let wealth else { continue }
            let report = try await workspace.backtestReport(
                "--strategy", strategy, "--symbols", "*", "--fill", "sameClose", "--costs", "none",
                "--commission-basis-points", basisPoints, "--set", "portfolio.costLaw=toolbox", "--output", "run")
            let total = try #require(report.own.first?.measure("totalReturn"))
            #expect(String(format: "%.3f", 1 + total) == wealth)
        }
    }

    @Test func aPortfolioIsReported() async throws {
        try await workspace.ingest("factor_etfs_close_wide.csv")
        let report = try await workspace.backtestReport("--strategy", "risk-parity", "--output", "run")
        #expect(report.results.map(\.name) == ["risk-parity", "ubah", "ucrp", "minimum-variance", "bcrp"])
        #expect(report.results.map(\.kind) == ["rule", "rule", "rule", "rule", "bound"])
        #expect(report.results.allSatisfy { $0.symbol == nil && $0.seed == nil })
        #expect(
            try workspace.files(below: "run") == [
                "charts/drawdown-portfolio.svg", "charts/equity-portfolio.svg", "charts/folds.svg",
                "charts/weights-portfolio.svg", "equity.csv", "report.json", "report.md", "strategy.yaml",
                "weights.csv",
            ])
        let lines = try workspace.text("run/weights.csv").split(separator: "\n")
        #expect(lines[0] == "time,name,seed,cash,MTUM,QUAL,SIZE,USMV,VLUE")
        #expect(lines[1] == "2014-01-02,risk-parity,,1,0,0,0,0,0")
        for line in lines.dropFirst() {
            let weights = line.split(separator: ",", omittingEmptySubsequences: false).dropFirst(3).compactMap {
                Double($0)
            }
            #expect(weights.count == 6 && abs(weights.reduce(0, +) - 1) < 1e-9)
        }
        let text = try workspace.text("run/report.md")
        for heading in ["### What was held", "### At other costs"] { #expect(text.contains("\n\(heading)\n")) }
        try await workspace.backtest("--strategy", "run/strategy.yaml", "--output", "again")
        #expect(try workspace.bytes("run/weights.csv") == workspace.bytes("again/weights.csv"))
    }

    /// What cannot be bought below a cap stays in cash, and a wide band keeps hands still.
    @Test func capAndBandHold() async throws {
        try await workspace.ingest("factor_etfs_close_wide.csv")
        try await workspace.backtest(
            "--strategy", "eg", "--set", "portfolio.maximumWeight=0.15", "--set", "portfolio.band=0.5", "--output",
            "run")
        let own = try workspace.text("run/weights.csv").split(separator: "\n").filter { $0.contains(",eg,") }
        let second = own[1].split(separator: ",", omittingEmptySubsequences: false).dropFirst(3).compactMap {
            Double($0)
        }
        #expect(zip(second, [0.25, 0.15, 0.15, 0.15, 0.15, 0.15]).allSatisfy { abs($0 - $1) < 1e-3 })
        let report = try JSONDecoder().decode(ReportDocument.self, from: workspace.bytes("run/report.json"))
        let paid = try #require(report.own.first?.measure("costsPaid"))
        // One purchase of 75,000 at 8 basis points.
        #expect(abs(paid - 60) < 0.1)
    }

    private struct Swept: Decodable {
        struct Result: Decodable {
            let allocation: Allocation
        }
        struct Allocation: Decodable {
            let costSweep: [Point]
            let turnoverPerBar: Double
        }
        struct Point: Decodable {
            let basisPoints: Double
            let totalReturn: Double
        }
        let results: [Result]
    }

    /// What the sweep says of 10 basis points is what a run at 10 basis points earns, for every strategy of the report.
    @Test func theSweepIsWhatARunWouldEarn() async throws {
        try await workspace.ingest("factor_etfs_close_wide.csv")
        try await workspace.backtest("--strategy", "rmr", "--output", "run")
        let swept = try JSONDecoder().decode(Swept.self, from: workspace.bytes("run/report.json"))
        let ten = try await workspace.backtestReport(
            "--strategy", "rmr", "--costs", "none", "--commission-basis-points", "10", "--output", "ten")
        #expect(swept.results.count == ten.results.count)
        for (result, run) in zip(swept.results, ten.results) {
            let point = try #require(result.allocation.costSweep.first { $0.basisPoints == 10 })
            #expect(abs(point.totalReturn - (run.measure("totalReturn") ?? .nan)) < 1e-9)
        }
    }

    /// Costs that eat everything leave numbers: all weight in cash, and nothing traded any more.
    @Test func aRuinedPortfolioStaysInNumbers() async throws {
        try await workspace.ingest("factor_etfs_close_wide.csv")
        try await workspace.backtest(
            "--strategy", "pamr", "--commission-basis-points", "1000", "--spread-basis-points", "1000",
            "--slippage-basis-points", "1000", "--set", "portfolio.costLaw=toolbox", "--output", "run")
        let own = try workspace.text("run/weights.csv").split(separator: "\n").filter { $0.contains(",pamr,") }
        #expect(own.last?.hasSuffix(",pamr,,1,0,0,0,0,0") == true)
        let swept = try JSONDecoder().decode(Swept.self, from: workspace.bytes("run/report.json"))
        #expect(swept.results[0].allocation.turnoverPerBar > 0)
    }

    @Test(arguments: [
        (["--set", "trading.stopLoss=0.1"], "a portfolio has portfolio.maximumWeight"),
        (["--set", "agent.kind=buy-and-hold", "--set", "name=x", "--set", "portfolio.band=0.1"], "leave them out"),
        (["--minimum-commission", "1"], "which the weights of a portfolio do not have"),
        (["--set", "agent.window=3"], "agent.window is not a key of this kind"),
    ])
    func whatAPortfolioCannotHaveIsRefused(options: [String], message: String) async throws {
        try await workspace.ingest("factor_etfs_close_wide.csv")
        let outcome = try await TraderProcess.run(
            ["backtest", "--strategy", "ucrp"] + options, in: workspace.folder)
        #expect(outcome.exitCode == 2)
        #expect(outcome.standardError.contains(message), "\(outcome.standardError)")
        #expect(!workspace.exists("Reports"))
    }
}
