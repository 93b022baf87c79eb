import Foundation
import RandomNumbers
import Testing

/// `--resume`: what can be gone on with, what cannot, and that nothing is harmed.
@Suite(.serialized, .timeLimit(.minutes(2))) struct ResumeTests {
    let workspace: Workspace

    init() throws { workspace = try Workspace() }

    private static func backtest(updates: Int, seeds: Int = 1) -> [String] {
        ["backtest", "--strategy", "gated-dqn", "--symbols", "AAPL", "--seeds", "\(seeds)"] + fewDraws
            + [
                "walkForward.folds=1", "agent.updates=\(updates)", "agent.evaluateEvery=100", "agent.hiddenUnits=8",
                "agent.headUnits=[8]", "agent.batchSize=16", "agent.warmUpSteps=200",
            ].flatMap { ["--set", $0] }
    }

    /// Begins a run that would take minutes.
    /// - Returns: when it has kept a state.
    private func begin(_ options: [String] = ["--output", "run"]) async throws -> (TraderProcess, String) {
        let process = try TraderProcess.start(Self.backtest(updates: 1_000_000) + options, in: workspace.folder)
        while process.isRunning {
            let state = try workspace.files().first { $0.hasSuffix(".unfinished/training/AAPL-fold1-seed1.state") }
            if let state { return (process, state) }
            try await Task.sleep(for: .milliseconds(20))
        }
        throw EarlyEnd(message: try await process.outcome().standardError)
    }

    private struct EarlyEnd: Error { let message: String }

    /// - Returns: The state that it leaves behind.
    private func interrupted(_ options: [String] = ["--output", "run"]) async throws -> String {
        let (process, state) = try await begin(options)
        process.send(signal: SIGKILL)
        _ = try await process.outcome()
        return state
    }

    /// How many points TensorBoard is shown.
    private func points(of run: String) throws -> Int {
        try workspace.files().filter { $0.hasPrefix("\(run)/tensorboard/") }.reduce(0) {
            try $0 + workspace.bytes($1).ranges(of: Data("learning/validationLogReturn".utf8)).count
        }
    }

    /// Every file with its bytes.
    private func content() throws -> [String: Data] {
        try Dictionary(uniqueKeysWithValues: workspace.files().map { ($0, try workspace.bytes($0)) })
    }

    /// Tries to go on, which changes nothing.
    /// - Returns: What is said.
    private func refusal(
        _ arguments: String..., exitCode: Int32 = 2, sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> String {
        let before = try content()
        let outcome = try await TraderProcess.run(["backtest"] + arguments, in: workspace.folder)
        #expect(outcome.exitCode == exitCode, "\(outcome.standardError)", sourceLocation: sourceLocation)
        #expect(outcome.standardOutput == "", sourceLocation: sourceLocation)
        #expect(try content() == before, sourceLocation: sourceLocation)
        return outcome.standardError
    }

    @Test(arguments: ["INT", "TERM"]) func anInterruptedRunGoesOnToTheSameBytes(signal: String) async throws {
        try await workspace.ingest("aapl_daily.csv")
        let command = Self.backtest(updates: 3_000, seeds: 2)
        let whole = try await TraderProcess.run(command + ["--output", "whole"], in: workspace.folder)
        try #require(whole.exitCode == 0, "\(whole.standardError)")
        // A shell sends the signal: it does not have to wait for other tests.
        let stopped = try await TraderProcess.run(
            command + ["--output", "run"], in: workspace.folder,
            script: """
                "$@" & while [ ! -e run.unfinished/training/AAPL-fold1-seed1.state ]; do sleep 0.01; done
                kill -\(signal) $!; wait $!
                """)
        #expect(stopped.exitCode == 1 && !workspace.exists("run"))
        #expect(stopped.standardError.hasSuffix("trader backtest --resume run.unfinished\n"))
        // With or without its ending, with other workers.
        let resumed = try await workspace.trader("backtest", "--resume", "run", "--workers", "1", "--json")
        #expect(resumed.exitCode == 0, "\(resumed.standardError)")
        #expect(try resumed.decoded(as: ReportDocument.self).report == "run/report.md")
        #expect(!workspace.exists("run.unfinished"))
        try workspace.expectEqualRuns("whole", "run")
        #expect(try workspace.eventSizes(below: "run").keys.sorted() == ["AAPL-fold1-seed1", "AAPL-fold1-seed2"])
    }

    /// A machine that loses power may tear any line of the log, of trainings that are done too.
    @Test func aTornLogIsMended() async throws {
        try await workspace.ingest("aapl_daily.csv")
        let command = Self.backtest(updates: 500, seeds: 2) + ["--workers", "1"]
        let whole = try await TraderProcess.run(command + ["--output", "whole"], in: workspace.folder)
        try #require(whole.exitCode == 0, "\(whole.standardError)")
        let stopped = try await TraderProcess.run(
            command + ["--output", "run"], in: workspace.folder,
            script: """
                "$@" & while [ ! -e run.unfinished/training/AAPL-fold1-seed1.result ]; do sleep 0.01; done
                kill -KILL $!; wait $!
                """)
        try #require(stopped.exitCode != 0 && workspace.exists("run.unfinished"))
        let log = try workspace.text("run.unfinished/progress.jsonl")
        try workspace.write("\0\0\0\0" + log.dropFirst(4).dropLast(7), to: "run.unfinished/progress.jsonl")
        let resumed = try await workspace.trader("backtest", "--resume", "run")
        #expect(resumed.exitCode == 0, "\(resumed.standardError)")
        #expect(try workspace.text("run/progress.jsonl") == workspace.text("whole/progress.jsonl"))
        // 2 seeds at updates 0, 100, 200, 300, 400, 500.
        #expect(try points(of: "whole") == 12 && points(of: "run") == 12)
    }

    @Test func whatIsNoInterruptedRunIsRefused() async throws {
        try await workspace.ingest("aapl_daily.csv")
        #expect(
            try await refusal("--resume", "nowhere")
                == "nowhere: error: cannot be gone on with: it is not there. Nothing was changed. Name a folder that ends in "
                + "'.unfinished'.\n")
        let done = try await TraderProcess.run(
            Self.backtest(updates: 100) + ["--output", "run"], in: workspace.folder)
        try #require(done.exitCode == 0, "\(done.standardError)")
        for name in ["run", "run/", "run.unfinished"] {
            #expect(
                try await refusal("--resume", name).contains(
                    "cannot be gone on with: it is finished. Nothing was changed. Its results are in run.\n"))
        }
        try workspace.write("dear diary", to: "other.unfinished/diary.txt")
        let foreign = try await refusal("--resume", "other")
        #expect(
            foreign
                == "other.unfinished: error: cannot be gone on with: it has no run.json. Nothing was changed. Name a folder "
                + "that 'trader backtest' or 'trader train' left behind.\n"
        )
        try workspace.write("{\"schema\": \"somebody/else/7\"", to: "other.unfinished/run.json")
        try workspace.write("dear: diary", to: "other.unfinished/strategy.yaml")
        #expect(
            try await refusal("--resume", "other").contains(
                "it has a run.json that cannot be read: the file was changed or cut off."))
        #expect(try await refusal("--resume", "MarketData").contains("it is no interrupted run."))
        #expect(try await refusal("--resume", "MarketData/market.sqlite").contains("it is a file."))
        try FileManager.default.moveItem(at: workspace.path("run"), to: workspace.path("new.unfinished"))
        #expect(
            try await refusal("--resume", "new").contains("it is finished. Nothing was changed. Its results are in new")
        )
    }

    /// What somebody else put beside a run stays, trainings whose states are gone begin anew, and no other run takes the name.
    @Test func whatLiesAroundAnInterruptedRunIsKept() async throws {
        try await workspace.ingest("aapl_daily.csv")
        let stopped = try await TraderProcess.run(
            Self.backtest(updates: 3_000) + ["--output", "run"], in: workspace.folder,
            script: """
                "$@" & while [ ! -e run.unfinished/training/AAPL-fold1-seed1.state ]; do sleep 0.01; done
                kill -KILL $!; wait $!
                """)
        try #require(stopped.exitCode != 0 && workspace.exists("run.unfinished"))
        #expect(
            try await refusal(
                "--strategy", "moving-average-crossover", "--symbols", "AAPL", "--output", "run"
            ).contains("an interrupted run is there. Go on with it: trader backtest --resume"))
        try workspace.write("mine", to: "run.unfinished/notes.txt")
        try FileManager.default.removeItem(at: workspace.path("run.unfinished/training"))
        let resumed = try await workspace.trader("backtest", "--resume", "run")
        #expect(resumed.exitCode == 0, "\(resumed.standardError)")
        #expect(workspace.exists("run/report.md"))
        #expect(try workspace.files(below: "run.unfinished") == ["notes.txt"])
    }

    @Test func aChangedStateIsRefused() async throws {
        try await workspace.ingest("aapl_daily.csv")
        let name = try await interrupted()
        let whole = try workspace.bytes(name)
        let path = workspace.path(name)
        var random = RandomKey(seed: 5).stream("damage")
        for length in [0, 10, 64, whole.count / 2, whole.count - 1] {
            try whole.prefix(length).write(to: path)
            #expect(
                try await refusal("--resume", "run")
                    == "\(name): error: this is not what the run wrote: the file was changed or cut off. Nothing was "
                    + "changed. Remove it to repeat this training from its beginning.\n", "\(length) bytes")
        }
        for place in [0, 63, 64, whole.count - 1] + (0..<4).map({ _ in random.index(below: whole.count) }) {
            var changed = whole
            changed[place] ^= UInt8(1 << random.index(below: 8))
            try changed.write(to: path)
            #expect(try await refusal("--resume", "run").contains("this is not what the run wrote"), "byte \(place)")
        }
    }

    /// What was learned under one strategy is not gone on with under another, nor one training as another.
    @Test func aChangedStrategyAndASwappedStateAreRefused() async throws {
        try await workspace.ingest("aapl_daily.csv")
        let name = try await interrupted()
        let strategy = try workspace.text("run.unfinished/strategy.yaml")
        try workspace.write(
            strategy.replacing("discount: 0.95", with: "discount: 0.9"), to: "run.unfinished/strategy.yaml")
        #expect(
            try await refusal("--resume", "run").contains("it was begun with a strategy.yaml with the fingerprint "))
        try workspace.write(strategy, to: "run.unfinished/strategy.yaml")
        // Under its own name it would be gone on with.
        try workspace.bytes(name).write(to: workspace.path(name.replacing(".state", with: ".result")))
        #expect(try await refusal("--resume", "run").contains("this is not what the run wrote"))
    }

    /// Called from another folder, a run still goes to where it was begun, with the database it was begun with.
    @Test func aRunGoesOnWhereItWasBegun() async throws {
        try await workspace.ingest("aapl_daily.csv")
        let stopped = try await TraderProcess.run(
            Self.backtest(updates: 3_000) + ["--output", "run"], in: workspace.folder,
            script: """
                "$@" & while [ ! -e run.unfinished/training/AAPL-fold1-seed1.state ]; do sleep 0.01; done
                kill -KILL $!; wait $!
                """)
        #expect(stopped.exitCode != 0)
        try workspace.write("a stranger's", to: "elsewhere/run/report.md")
        let resumed = try await TraderProcess.run(
            ["backtest", "--resume", "../run.unfinished"], in: workspace.path("elsewhere"))
        #expect(resumed.exitCode == 0, "\(resumed.standardError)")
        #expect(workspace.exists("run/report.md") && !workspace.exists("run.unfinished"))
        #expect(try workspace.text("elsewhere/run/report.md") == "a stranger's")
    }

    @Test func changedPricesAreRefused() async throws {
        try await workspace.ingest("aapl_daily.csv")
        _ = try await interrupted()
        try await workspace.success("data", "split", "AAPL", "2005-02-28", "2:1")
        let message = try await refusal("--resume", "run")
        #expect(message.contains(" the prices back that it had, or remove the folder and start anew.\n"), "\(message)")
        #expect(
            message.contains(
                /^run\.unfinished: error: cannot be gone on with: it was begun on prices with the fingerprint [0-9a-f]{64}, and/
            ), "\(message)")
    }

    /// What is told to be done can be done: nothing asks for an option that '--resume' does not take.
    @Test func remediesAreForWhoeverGoesOn() async throws {
        try await workspace.ingest("aapl_daily.csv")
        _ = try await interrupted()
        // The folder that the report will have was filled meanwhile.
        try workspace.write("mine", to: "run/notes.txt")
        #expect(
            try await refusal("--resume", "run")
                == "run: error: holds 'notes.txt', which no run of trader wrote. Nothing was changed. Move what is there, or "
                + "work from another folder, then go on: trader backtest --resume run\n")
        try FileManager.default.removeItem(at: workspace.path("run"))
        // The other command is named.
        let train = try await workspace.trader("train", "--resume", "run.unfinished/")
        #expect(train.exitCode == 2)
        #expect(
            train.standardError
                == "run.unfinished: error: cannot be gone on with: it was begun with 'trader backtest'. Nothing was changed. "
                + "Go on with it: trader backtest --resume run.unfinished\n")
        let begun = try await workspace.trader(
            "train", "--strategy", "gated-dqn", "--symbols", "AAPL", "--output", "run")
        #expect(begun.exitCode == 2)
        #expect(
            begun.standardError.contains("an interrupted run is there. Go on with it: trader backtest --resume"),
            "\(begun.standardError)")
        // The prices are gone.
        let store = workspace.path("MarketData")
        try FileManager.default.moveItem(at: store, to: workspace.path("Elsewhere"))
        let gone = try await refusal("--resume", "run")
        #expect(gone.contains("cannot be gone on with: it was begun on prices that are gone ("), "\(gone)")
        #expect(gone.contains("MarketData/market.sqlite the prices back that it had") && !gone.contains("--database"))
        // A folder that is no run's is in the way, and stays as it is.
        try workspace.write("mine", to: "other.unfinished/notes.txt")
        try FileManager.default.moveItem(at: workspace.path("Elsewhere"), to: store)
        let before = try content()
        let other = try await TraderProcess.run(
            Self.backtest(updates: 100) + ["--output", "other"], in: workspace.folder)
        #expect(other.exitCode == 2 && other.standardError.contains("is in the way"), "\(other.standardError)")
        #expect(try content() == before)
    }

    @Test func whoeverReplacesARunIsTold() async throws {
        try await workspace.ingest("aapl_daily.csv")
        let rule = ["backtest", "--strategy", "moving-average-crossover", "--symbols", "AAPL"] + fewDraws
        let note = /note: when it is done, this run takes the place of the one of 20\d\d-\S+ in (\S+)\n/
        for command in [rule + ["--output", "out"], ["solve", "dice", "--seeds", "1", "--output", "curves"]] {
            let first = try await TraderProcess.run(command, in: workspace.folder)
            #expect(first.exitCode == 0 && !first.standardError.contains("note: when"), "\(first.standardError)")
            let second = try await TraderProcess.run(command, in: workspace.folder)
            #expect(second.exitCode == 0)
            #expect(try note.firstMatch(in: second.standardError)?.1 == command.last.map { $0[...] })
        }
    }

    @Test(arguments: [
        ["--strategy", "gated-dqn"], ["--set", "agent.updates=5"], ["--symbols", "AAPL"], ["--output", "x"],
        ["--seed", "2"], ["--costs", "none"],
    ])
    func aRunGoesOnAsItWasAskedFor(option: [String]) async throws {
        let outcome = try await TraderProcess.run(["backtest", "--resume", "run"] + option, in: workspace.folder)
        #expect(outcome.exitCode == 2)
        #expect(
            outcome.standardError.hasPrefix("Error: --resume goes on with a run as it was asked for: leave out --"),
            "\(outcome.standardError)")
        #expect(try workspace.files().isEmpty)
    }

    @Test func oneProcessAtATimeWorksOnARun() async throws {
        try await workspace.ingest("aapl_daily.csv")
        let (first, _) = try await begin()
        let wait =
            "run.unfinished: error: another trader is at work on this run. Nothing was changed. Wait until it has ended"
        // Who goes on cannot name another folder.
        let busy = wait + ".\n"
        for (arguments, message) in [
            (["backtest", "--resume", "run"], busy),
            (
                Self.backtest(updates: 100) + ["--output", "run"],
                wait + ", or name another folder with '--output DIR'.\n"
            ),
        ] {
            let outcome = try await TraderProcess.run(arguments, in: workspace.folder)
            #expect(outcome.exitCode == 2)
            #expect(outcome.standardError.hasSuffix(message), "\(outcome.standardError)")
        }
        #expect(first.isRunning)
        first.send(signal: SIGKILL)
        _ = try await first.outcome()

        // What SIGKILL left behind does not bar the way.
        let again = try await TraderProcess.run(
            Self.backtest(updates: 100) + ["--output", "run"], in: workspace.folder)
        #expect(again.exitCode == 2)
        #expect(
            again.standardError.contains("an interrupted run is there. Go on with it: trader backtest --resume"))
        let second = try TraderProcess.start(["backtest", "--resume", "run"], in: workspace.folder)
        #expect(try await second.says("gated-dqn  training 1 of 1"))
        let third = try await workspace.trader("backtest", "--resume", "run")
        #expect(third.exitCode == 2 && third.standardError == busy)
        second.send(signal: SIGINT)
        #expect(try await second.outcome().exitCode == 1)
    }

    @Test func whoBeginsTheSameRunAnewIsTold() async throws {
        try await workspace.ingest("aapl_daily.csv")
        let state = try await interrupted([])
        let folder = try #require(state.range(of: "/training/").map { state[..<$0.lowerBound] })
        #expect(folder.hasPrefix("Reports/gated-dqn/") && folder.hasSuffix(".unfinished"))
        let note =
            "note: this run was begun before and interrupted; to go on with it: trader backtest --resume \(folder)\n"
        let process = try TraderProcess.start(Self.backtest(updates: 1_000_000), in: workspace.folder)
        #expect(try await process.says(note))
        process.send(signal: SIGKILL)
        _ = try await process.outcome()

        // One that is under way was not interrupted.
        let runs = workspace.path("Reports/gated-dqn")
        for name in try FileManager.default.contentsOfDirectory(atPath: runs.path) where !folder.hasSuffix(name) {
            try FileManager.default.removeItem(at: runs.appendingPathComponent(name))
        }
        let resumed = try TraderProcess.start(["backtest", "--resume", String(folder)], in: workspace.folder)
        #expect(try await resumed.says("gated-dqn  training 1 of 1"))
        let other = try TraderProcess.start(Self.backtest(updates: 1_000_000), in: workspace.folder)
        #expect(try await other.says("gated-dqn  training 1 of 1"))
        for process in [resumed, other] { process.send(signal: SIGKILL) }
        _ = try await resumed.outcome()
        #expect(!(try await other.outcome().standardError.contains("note:")))
    }

    @Test func aLogThatCannotBeWrittenEndsTheRun() async throws {
        try await workspace.ingest("aapl_daily.csv")
        _ = try await interrupted()
        let events = workspace.path("run.unfinished/tensorboard")
        try FileManager.default.removeItem(at: events)
        try Data().write(to: events)
        let outcome = try await workspace.trader("backtest", "--resume", "run")
        #expect(outcome.exitCode == 1 && outcome.standardOutput == "")
        #expect(
            outcome.standardError.hasPrefix(
                "run.unfinished/tensorboard/AAPL-fold1-seed1: error: the training log cannot be kept: the folder cannot be made"
            ), "\(outcome.standardError)")
        try FileManager.default.removeItem(at: events)
        let process = try TraderProcess.start(["backtest", "--resume", "run"], in: workspace.folder)
        #expect(try await process.says("gated-dqn  training 1 of 1"))
        process.send(signal: SIGKILL)
        _ = try await process.outcome()
    }
}
