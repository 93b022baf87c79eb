import Foundation
import Testing

/// A long training that is stopped: progress until then, a message that says how to go on, and no report.
@Suite(.serialized, .timeLimit(.minutes(2))) struct InterruptionTests {
    let workspace: Workspace

    init() throws { workspace = try Workspace() }

    @Test(arguments: [SIGINT, SIGTERM, SIGHUP])
    func stoppedRunCanBeGoneOnWith(signal: Int32) async throws {
        try await workspace.ingest("aapl_daily.csv")
        let process = try TraderProcess.start(
            [
                "backtest", "--strategy", "gated-dqn", "--symbols", "AAPL", "--seeds", "2", "--json", "--set",
                "agent.updates=1000000", "--set", "agent.hiddenUnits=8", "--output", "runs/run",
            ], in: workspace.folder)
        #expect(try await process.says("gated-dqn  training 1 of 6"))
        process.send(signal: signal)
        let outcome = try await process.outcome()
        #expect(outcome.exitCode == 1)
        #expect(
            outcome.standardError.hasSuffix(
                "\ninterrupted, and no report was written: 0 of 6 trainings were done. Go on with them: "
                    + "trader backtest --resume runs/run.unfinished\n"))
        // Progress is no result.
        #expect(outcome.standardOutput == "")
        #expect(!workspace.exists("runs/run"))
        #expect(workspace.exists("runs/run.unfinished/training/AAPL-fold1-seed1.state"))
    }

    @Test(arguments: [
        (
            ["train", "--strategy", "gated-dqn", "--symbols", "AAPL", "--output", "m"], "gated-dqn  training 1 of 5",
            "no model was written: 0 of 5 trainings were done. Go on with them: trader train --resume m.unfinished"
        ),
        (["solve", "wave"], "wave  training 1 of 5", "no learning curve was written: nothing was kept"),
    ])
    func whatWasNotWrittenIsNamed(command: [String], progress: String, message: String) async throws {
        try await workspace.ingest("aapl_daily.csv")
        let process = try TraderProcess.start(
            command + ["--set", "agent.updates=1000000", "--set", "agent.hiddenUnits=8"], in: workspace.folder)
        #expect(try await process.says(progress))
        process.send(signal: SIGINT)
        let outcome = try await process.outcome()
        #expect(outcome.exitCode == 1)
        #expect(outcome.standardError.hasSuffix("\ninterrupted, and \(message)\n"), "\(outcome.standardError)")
    }
}
