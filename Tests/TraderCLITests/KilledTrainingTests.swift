import Foundation
import RandomNumbers
import Testing

/// A training that is killed again and again ends in what an uninterrupted one ends in.
@Suite(.serialized, .timeLimit(.minutes(5))) struct KilledTrainingTests {
    let workspace: Workspace

    init() throws { workspace = try Workspace() }

    private static let backtest =
        ["backtest", "--strategy", "gated-dqn", "--symbols", "AAPL", "--seeds", "1", "--workers", "1"]
        + fewDraws
        + [
            "walkForward.folds=1", "agent.updates=16000", "agent.evaluateEvery=400", "agent.hiddenUnits=8",
            "agent.headUnits=[16]", "agent.batchSize=32", "agent.warmUpSteps=1000",
        ].flatMap { ["--set", $0] }

    /// Fifty SIGKILLs, each 0.05 to 0.5 s or more after the program was started: before there is anything, in the training, while
    /// states and logs are written, while the report is. A run that comes to its end in between is held against the
    /// uninterrupted one, and another is begun.
    @Test func fiftyKillsChangeNothing() async throws {
        try await workspace.ingest("aapl_daily.csv")
        let whole = try await TraderProcess.run(Self.backtest + ["--output", "whole"], in: workspace.folder)
        try #require(whole.exitCode == 0, "\(whole.standardError)")
        var random = RandomKey(seed: 2026).stream("kills")
        var inTraining = 0
        var longest = 0.5
        for _ in 0..<50 {
            let process = try TraderProcess.start(command, in: workspace.folder)
            try await Task.sleep(for: .seconds(0.05 + (longest - 0.05) * random.uniform()))
            process.send(signal: SIGKILL)
            let outcome = try await process.outcome()
            try #require([0, 128 + SIGKILL].contains(outcome.exitCode), "\(outcome.standardError)")
            if workspace.exists("run.unfinished/training/AAPL-fold1-seed1.state") { inTraining += 1 }
            // A busy machine takes longer to come that far.
            if inTraining == 0 { longest *= 1.2 }
            try expectWholeLog()
            if try isDone() { try FileManager.default.removeItem(at: workspace.path("run")) }
        }
        #expect(inTraining > 0)
        let last = try await TraderProcess.run(command, in: workspace.folder)
        #expect(last.exitCode == 0, "\(last.standardError)")
        #expect(try isDone())
        // Neither a folder that is unfinished nor anything hidden is left.
        let names = try FileManager.default.contentsOfDirectory(atPath: workspace.folder.path)
        #expect(names.sorted() == ["MarketData", "run", "whole"])
    }

    private var command: [String] {
        workspace.exists("run.unfinished")
            ? ["backtest", "--resume", "run.unfinished", "--workers", "1"] : Self.backtest + ["--output", "run"]
    }

    /// Whether the run is done, and then as it should be.
    private func isDone() throws -> Bool {
        guard workspace.exists("run"), !workspace.exists("run.unfinished") else { return false }
        try workspace.expectEqualRuns("whole", "run")
        return true
    }

    /// The live log consists of whole lines, each update once.
    private func expectWholeLog() throws {
        struct Line: Decodable {
            let training: String
            let update: Int
            let wallTime: Double
        }
        let name = "run.unfinished/progress.jsonl"
        guard workspace.exists(name) else { return }
        let text = try workspace.text(name)
        #expect(text.isEmpty || text.hasSuffix("\n"))
        let updates = try text.split(separator: "\n").map {
            try JSONDecoder().decode(Line.self, from: Data($0.utf8)).update
        }
        #expect(updates == Array(Set(updates)).sorted())
    }
}
