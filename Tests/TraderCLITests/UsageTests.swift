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
    }
}
