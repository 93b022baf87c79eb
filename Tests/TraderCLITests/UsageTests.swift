import Testing

/// Help, version, and what happens with a word that is no command.
@Suite(.serialized, .timeLimit(.minutes(2))) struct UsageTests {
    let workspace: Workspace

    init() throws { workspace = try Workspace() }

    @Test(arguments: [["--help"], ["ingest", "--help"], ["backtest", "--help"], ["strategies", "--help"], []])
    func helpIsAResult(arguments: [String]) async throws {
        let outcome = try await TraderProcess.run(arguments, in: workspace.folder)
        #expect(outcome.exitCode == 0)
        #expect(outcome.standardOutput.contains("OVERVIEW: ") && outcome.standardOutput.contains("USAGE: trader"))
        #expect(outcome.standardError == "")
    }

    @Test func versionIsAResult() async throws {
        let outcome = try await workspace.trader("--version")
        #expect(outcome.exitCode == 0)
        #expect(outcome.standardOutput.wholeMatch(of: /\d+\.\d+\.\d+\n/) != nil)
    }

    @Test func unknownCommandIsWrongUsage() async throws {
        let outcome = try await workspace.trader("backtset")
        #expect(outcome.exitCode == 2)
        #expect(outcome.standardError.contains("backtset"))
        #expect(outcome.standardOutput == "")
    }

    @Test func shownStrategyIsAStrategyFile() async throws {
        let shown = try await workspace.trader("strategies", "--show", "gated-dqn")
        #expect(shown.exitCode == 0)
        try workspace.write(shown.standardOutput, to: "Strategies/mine.yaml")
        let again = try await workspace.trader("strategies", "--show", "mine")
        #expect(again.standardOutput == shown.standardOutput)
    }

    @Test func keysAreExplained() async throws {
        let outcome = try await workspace.trader("strategies", "--keys")
        #expect(outcome.exitCode == 0)
        for key in ["universe.symbols", "trading.fill", "costs.spreadBasisPoints", "agent.kind", "walkForward.folds"] {
            #expect(outcome.standardOutput.contains("\n\(key)") || outcome.standardOutput.hasPrefix(key), "\(key)")
        }
        // Agents that no strategy has are tuned as well.
        let tabular = "\nagent.steps (agent.kind is q-learning, for 'trader solve' alone): "
        #expect(outcome.standardOutput.contains(tabular))
        #expect(outcome.standardOutput.matches(of: /\nagent\.kind/).count == 1)
        for arguments in [["solve"], ["solve", "--help"]] {
            let text = try await TraderProcess.run(arguments, in: workspace.folder).standardOutput
            #expect(text.replacing(/\s+/, with: " ").contains("trader strategies --keys"), "\(arguments)")
        }
    }

    /// What begins with a minus is a number that does not fit, not a missing one.
    @Test(arguments: [
        (["backtest", "--strategy", "gated-dqn", "--seeds", "-1"], "--seeds: "),
        (["backtest", "--strategy", "gated-dqn", "--seed", "-1"], "'-1' is invalid for '--seed"),
        (["backtest", "--strategy", "gated-dqn", "--commission-per-share", "-0.5"], "--commission-per-share: "),
        (["backtest", "--strategy", "gated-dqn", "--periods-per-year", "-252"], "--periods-per-year: "),
        (["train", "--strategy", "gated-dqn", "--workers", "-2"], "--workers is -2, expected 1 to 1024."),
        (["solve", "dice", "--seeds", "-1"], "--seeds is -1, expected 1 to 1000."),
        (["solve", "gao-univariate", "--fresh", "-1"], "--fresh is -1, expected 1 to 1,000,000 episodes."),
        (["signal", "--model", "m", "--position", "long", "--entry-price", "-3"], "--entry-price is -3.0, expected a"),
        (["data", "generate", "heston", "--output", "-", "--bars", "-1"], "--bars"),
    ])
    func aNegativeNumberIsAWrongNumber(arguments: [String], message: String) async throws {
        let outcome = try await TraderProcess.run(arguments, in: workspace.folder)
        #expect(outcome.exitCode == 2)
        #expect(outcome.standardError.contains(message), "\(outcome.standardError)")
        #expect(!outcome.standardError.contains("Missing value"), "\(outcome.standardError)")
    }
}
