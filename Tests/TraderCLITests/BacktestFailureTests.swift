import Foundation
import Testing

/// Whatever is wrong with a backtest: one clear message with the remedy, exit code 2 for input and 1 for failure, nothing
/// half-written.
@Suite(.serialized, .timeLimit(.minutes(2))) struct BacktestFailureTests {
    let workspace: Workspace

    init() throws { workspace = try Workspace() }

    /// The message of a backtest that must be refused as wrong input, having written nothing.
    private func refusal(
        _ arguments: String..., sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> String {
        let outcome = try await TraderProcess.run(["backtest"] + arguments, in: workspace.folder)
        #expect(outcome.exitCode == 2, sourceLocation: sourceLocation)
        #expect(outcome.standardOutput == "", sourceLocation: sourceLocation)
        #expect(!workspace.exists("Reports"), sourceLocation: sourceLocation)
        return outcome.standardError
    }

    @Test func missingDatabaseAsksForPrices() async throws {
        #expect(
            try await refusal("--strategy", "buy-and-hold") == """
                MarketData/market.sqlite: error: there is no market data yet
                Put some in with 'trader ingest FILE…', or name another file with --database.

                """)
        #expect(try workspace.files().isEmpty)
    }

    @Test func unknownStrategyIsGuessed() async throws {
        let message = try await refusal("--strategy", "gated-dqm")
        #expect(
            message.hasPrefix(
                "error: there is no strategy 'gated-dqm'. Did you mean 'gated-dqn'? There are: bcrp, buy-and-hold,"))
        #expect(try await refusal("--strategy", "mine.yaml") == "error: mine.yaml: there is no such strategy file\n")
    }

    @Test func unknownSymbolIsGuessed() async throws {
        try await workspace.ingest("aapl_daily.csv", "ibm_daily.csv")
        let message = try await refusal("--strategy", "buy-and-hold", "--symbols", "AAPL,IBN")
        #expect(
            message
                == "error: no prices of 'IBN' in MarketData/market.sqlite. Did you mean 'IBM'?\nThere are: AAPL, IBM\n")
    }

    @Test func symbolNamedTwiceIsRefused() async throws {
        try await workspace.ingest("aapl_daily.csv")
        let message = try await refusal("--strategy", "buy-and-hold", "--symbols", "AAPL,AAPL")
        #expect(message.contains("universe.symbols"), "\(message)")
    }

    @Test func allProblemsOfAFileAreTold() async throws {
        try workspace.write(
            """
            universe:
              symbols: [AAPL]
            costs:
              comissionBasisPoints: 3
            agent:
              kind: dqn
              discount: 1.7
            seeds:
              count: many

            """, to: "Strategies/mine.yaml")
        let message = try await refusal("--strategy", "mine")
        let lines = message.split(separator: "\n")
        try #require(lines.count == 3, "\(message)")
        #expect(
            lines[0].hasPrefix("Strategies/mine.yaml:4:3: error: costs.comissionBasisPoints is not a key; did you mean")
        )
        #expect(lines[1].hasPrefix("Strategies/mine.yaml:7:13: error: agent.discount is 1.7, not in 0...1"))
        #expect(lines[2].hasPrefix("Strategies/mine.yaml:9:10: error: seeds.count is many"))
    }

    @Test func allProblemsOfSettingsAreTold() async throws {
        let message = try await refusal(
            "--strategy", "buy-and-hold", "--set", "cots.spreadBasisPoints=1", "--set", "seeds.count=0", "--set",
            "seeds",
            "--fill", "sometimes")
        #expect(message.contains("cots is not a key; did you mean costs?"), "\(message)")
        #expect(message.contains("seeds.count is 0, not in 1...1000"))
        #expect(message.contains("--set seeds: error: write --set section.key=value"))
        #expect(message.contains("trading.fill is sometimes, not one of nextOpen, nextClose, sameClose"))
    }

    @Test func tooFewBarsAreCountedAndExplained() async throws {
        try await workspace.ingest("aapl_daily.csv")
        let message = try await refusal("--strategy", "gated-dqn", "--symbols", "AAPL", "--from", "2012-06-01")
        let bars = try rows(of: bundled("aapl_daily.csv")).count { $0[0] >= "2012-06-01" }
        #expect(message.hasPrefix("error: AAPL: \(bars) bars are too few: "))
        #expect(message.contains("are needed (before the first test bar"))
        #expect(
            message.contains("warm-up, at least 100 to learn from, 38 to choose the checkpoint and an embargo of 20"))
        #expect(message.contains("Ingest more history"))
    }

    /// The number of bars in the message is the one that is enough, and one less is not.
    @Test(arguments: [("moving-average-crossover", 10), ("dqn", 60)])
    func askedForBarsAreEnough(strategy: String, tooFew: Int) async throws {
        try await workspace.ingest("aapl_daily.csv")
        let dates = try rows(of: bundled("aapl_daily.csv")).map { String($0[0]) }
        func backtest(bars: Int) async throws -> TraderProcess.Outcome {
            let training = ["agent.updates=1", "agent.evaluateEvery=1", "agent.warmUpSteps=1"].flatMap {
                ["--set", $0]
            }
            return try await TraderProcess.run(
                ["backtest", "--strategy", strategy, "--symbols", "AAPL", "--from", dates[dates.count - bars]]
                    + fewDraws + (strategy == "dqn" ? training : []), in: workspace.folder)
        }
        let message = try await backtest(bars: tooFew).standardError
        #expect(message.hasPrefix("error: AAPL: \(tooFew) bars are too few: "))
        let needed = try #require(message.firstMatch(of: /(\d+) are needed/).flatMap { Int($0.1) })
        #expect(try await backtest(bars: needed - 1).exitCode == 2)
        let enough = try await backtest(bars: needed)
        #expect(enough.exitCode == 0, "\(enough.standardError)")
    }

    @Test func spansOutOfReasonAreRefused() async throws {
        try await workspace.ingest("aapl_daily.csv")
        let message = try await refusal("--strategy", "dqn", "--symbols", "AAPL", "--set", "walkForward.testBars=5")
        #expect(message == "error: walkForward.testBars is 5, but a test span has at least 20 bars\n")
        let huge = "\(Int.max)"
        let both = try await refusal(
            "--strategy", "dqn", "--set", "walkForward.testBars=\(huge)", "--set", "walkForward.trainingBars=\(huge)")
        #expect(both.contains("walkForward.testBars is \(huge), not in 1...100000000"), "\(both)")
        #expect(both.contains("walkForward.trainingBars is \(huge), not in 1...100000000"))
    }

    @Test func datesWithoutBarsAreRefused() async throws {
        try await workspace.ingest("aapl_daily.csv")
        #expect(
            try await refusal("--strategy", "buy-and-hold", "--symbols", "AAPL", "--from", "2014-01-01")
                == "error: no bars of AAPL from 2014-01-01\nStored are 2000-03-01 to 2013-03-01.\n")
        #expect(
            try await refusal("--strategy", "buy-and-hold", "--symbols", "AAPL", "--to", "yesterday")
                .contains("universe.to is yesterday, but must be a date such as 2008-01-02"))
    }

    @Test(arguments: [
        ["--strategy", "buy-and-hold", "--sybols", "AAPL"], ["--strategy", "buy-and-hold", "--workers", "0"],
        ["--strategy", "buy-and-hold", "--seeds", "two"], ["--strategy", "buy-and-hold", "--costs", "some"], [],
    ])
    func wrongUsageExitsWithTwo(arguments: [String]) async throws {
        let outcome = try await TraderProcess.run(["backtest"] + arguments, in: workspace.folder)
        #expect(outcome.exitCode == 2)
        #expect(outcome.standardError.hasPrefix("Error: ") && outcome.standardError.contains("Usage: trader backtest"))
        #expect(outcome.standardOutput == "")
    }

    @Test func outputThatCannotBeWrittenFails() async throws {
        try await workspace.ingest("aapl_daily.csv")
        try FileManager.default.createDirectory(
            at: workspace.path("closed"), withIntermediateDirectories: true, attributes: [.posixPermissions: 0o555])
        try workspace.write("a file", to: "file")
        for output in ["closed/run", "file/run"] {
            let outcome = try await TraderProcess.runBoundByPermissions(
                ["backtest", "--strategy", "buy-and-hold", "--symbols", "AAPL", "--output", output] + fewDraws,
                in: workspace.folder)
            #expect(outcome.exitCode == 1)
            #expect(outcome.standardError.contains("error: cannot be written: "), "\(outcome.standardError)")
            #expect(outcome.standardOutput == "")
        }
        #expect(try workspace.files().filter { !$0.hasPrefix("MarketData/") } == ["file"])
    }
}
