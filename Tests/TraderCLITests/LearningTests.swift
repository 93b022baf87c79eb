import Foundation
import Testing

/// Backtests that learn, kept as short as can be: that all shipped strategies run, and that a run can be repeated to the bit.
@Suite(.serialized, .timeLimit(.minutes(2))) struct LearningTests {
    let workspace: Workspace

    init() throws { workspace = try Workspace() }

    private static let shortTraining =
        fewDraws
        + [
            "agent.updates=20", "agent.evaluateEvery=10", "agent.warmUpSteps=200", "agent.batchSize=16",
            "agent.headUnits=[8]",
        ].flatMap { ["--set", $0] }

    /// What `trader strategies --json` tells of one.
    private struct Listed: Decodable {
        let name: String
        let origin: String
        let kind: String
        let description: String
    }

    private func strategies() async throws -> [Listed] {
        let outcome = try await workspace.trader("strategies", "--json")
        #expect(outcome.exitCode == 0)
        return try outcome.decoded(as: [Listed].self)
    }

    private static let files = (try? FileManager.default.contentsOfDirectory(atPath: shippedStrategies)) ?? []

    @Test(arguments: files.filter { $0.hasSuffix(".yaml") }.sorted())
    func everyShippedStrategyRuns(file: String) async throws {
        try await workspace.ingest("aapl_daily.csv")
        let name = String(file.dropLast(".yaml".count))
        let listed = try #require(try await strategies().first { $0.name == name })
        #expect(listed.origin == "built in" && !listed.description.isEmpty)

        let learns = try String(contentsOfFile: "\(shippedStrategies)/\(file)", encoding: .utf8).contains("updates:")
        let outcome = try await TraderProcess.run(
            ["backtest", "--strategy", name, "--symbols", "AAPL", "--seeds", "2", "--output", "run", "--json"]
                + (learns ? Self.shortTraining : fewDraws), in: workspace.folder)
        try #require(outcome.exitCode == 0, "\(outcome.standardError)")
        let report = try outcome.decoded(as: ReportDocument.self)
        #expect(report.strategy == name)
        #expect(report.own.map(\.kind) == (learns ? ["learned", "learned"] : [name == "bcrp" ? "bound" : "rule"]))
        #expect(report.own.map(\.seed) == (learns ? [1, 2] : [nil]))
        #expect(report.seeds.replicates == (learns ? [1, 2] : []))

        let models = try workspace.files(below: "run").filter { $0.hasPrefix("models/") }
        let trainings = learns ? (1...3).flatMap { fold in (1...2).map { "AAPL-fold\(fold)-seed\($0)" } } : []
        #expect(models == trainings.map { "models/\($0).safetensors" })
        #expect(workspace.exists("run/progress.jsonl") == learns)
    }

    @Test func sameSeedGivesTheSameBytesWhateverTheWorkers() async throws {
        try await workspace.ingest("aapl_daily.csv", "msft_daily.csv")
        try await gatedDQN("first", ["--workers", "1"])
        try await gatedDQN("again", ["--workers", "1"])
        try await gatedDQN("parallel", ["--workers", "2"])
        #expect(workspace.exists("first/models/MSFT-fold3-seed2.safetensors"))
        for other in ["again", "parallel"] { try workspace.expectEqualRuns("first", other) }
    }

    @Test func theStrategyFileOfARunGivesTheSameRun() async throws {
        try await workspace.ingest("aapl_daily.csv")
        try await gatedDQN("first", ["--symbols", "AAPL", "--seed", "7", "--spread-basis-points", "6"])
        let outcome = try await workspace.trader("backtest", "--strategy", "first/strategy.yaml", "--output", "again")
        try #require(outcome.exitCode == 0, "\(outcome.standardError)")
        try workspace.expectEqualRuns("first", "again")
    }

    @Test func anotherSeedChangesWhatIsLearnedAndMoreSeedsDoNot() async throws {
        try await workspace.ingest("aapl_daily.csv")
        let range = ["--symbols", "AAPL"]
        try await gatedDQN("one", range + ["--seed", "1"])
        try await gatedDQN("two", range + ["--seed", "2"])
        try await gatedDQN("three", range + ["--seeds", "3"])
        let model = "models/AAPL-fold1-seed1.safetensors"
        #expect(try workspace.bytes("one/\(model)") != workspace.bytes("two/\(model)"))
        func seeds(_ run: String) throws -> ReportDocument.Seeds {
            try JSONDecoder().decode(ReportDocument.self, from: workspace.bytes("\(run)/report.json")).seeds
        }
        #expect(try seeds("two") == .init(root: 2, replicates: [1, 2]))
        #expect(try seeds("three") == .init(root: 1, replicates: [1, 2, 3]))
        #expect(try workspace.bytes("one/\(model)") == workspace.bytes("three/\(model)"))
        #expect(try learnedEquity("one") != learnedEquity("two"))
        #expect(try learnedEquity("three").starts(with: learnedEquity("one")))
    }

    @Test func binaryNeedsNothingBesideTheDatabase() async throws {
        try await workspace.ingest("aapl_daily.csv")
        let empty = try Workspace()
        let database = workspace.path("MarketData/market.sqlite").path
        func description() async throws -> String {
            let outcome = try await TraderProcess.run(
                [
                    "backtest", "--strategy", "gated-dqn", "--symbols", "AAPL", "--seeds", "1", "--database", database,
                    "--json",
                ]
                    + ["--output", "run"] + Self.shortTraining, in: empty.folder)
            try #require(outcome.exitCode == 0, "\(outcome.standardError)")
            return try outcome.decoded(as: ReportDocument.self).description
        }
        #expect(try await description().hasPrefix("Deep Q-learning with a GRU"))

        // A file of the same name below the current folder goes first.
        try empty.write(
            "description: My own.\nagent:\n  kind: dqn\n  hiddenUnits: [8]\n", to: "Strategies/gated-dqn.yaml")
        #expect(try await description() == "My own.")
    }

    private func gatedDQN(_ output: String, _ options: [String]) async throws {
        let outcome = try await TraderProcess.run(
            ["backtest", "--strategy", "gated-dqn", "--symbols", "AAPL,MSFT", "--seeds", "2", "--output", output]
                + ["--set", "agent.hiddenUnits=8"] + Self.shortTraining + options, in: workspace.folder)
        try #require(outcome.exitCode == 0, "\(outcome.standardError)")
    }

    /// The curves of the learned strategy.
    private func learnedEquity(_ run: String) throws -> [[Substring]] {
        try rows(of: workspace.path("\(run)/equity.csv").path).filter { $0[1] == "gated-dqn" }
    }
}
