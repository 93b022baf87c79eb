import Foundation
import Testing

/// `trader train`, `trader signal` and `trader backtest --model`, one after the other as a user would type them.
@Suite(.serialized, .timeLimit(.minutes(2))) struct ModelTests {
    let workspace: Workspace

    init() throws { workspace = try Workspace() }

    private static let shortTraining = [
        "agent.updates=20", "agent.evaluateEvery=10", "agent.warmUpSteps=200", "agent.batchSize=16",
        "agent.headUnits=[8]", "agent.hiddenUnits=8",
    ].flatMap { ["--set", $0] }

    private func trader(_ arguments: [String]) async throws -> TraderProcess.Outcome {
        try await TraderProcess.run(arguments, in: workspace.folder)
    }

    private func train(_ options: String...) async throws -> TraderProcess.Outcome {
        let outcome = try await trader(
            ["train", "--strategy", "gated-dqn", "--symbols", "AAPL"] + options + Self.shortTraining)
        try #require(outcome.exitCode == 0, "\(outcome.standardError)")
        return outcome
    }

    /// What `models.json` and `train --json` promise.
    private struct Models: Decodable {
        struct Span: Decodable {
            let from: String
            let to: String
            let bars: Int
        }
        struct Model: Decodable {
            let file: String
            let symbol: String
            let seed: Int
            let update: Int
            let validationScore: Double
            let training: Span
            let validation: Span
        }
        let schema: String
        let strategy: String
        let folder: String
        let models: [Model]
    }

    /// What `signal --json` promises.
    private struct Signal: Decodable {
        let model: String
        let symbol: String
        let time: String
        let close: Double
        let position: String
        let action: String
        let window: [[Double]]
        let features: [String]
        let numbers: [Double]
        let valid: [String]
        let values: [String: Double]
        let rewardScale: Double
        let warnings: [String]
    }

    @Test func trainingWritesModelsAndSaysHowToGoOn() async throws {
        try await workspace.ingest("aapl_daily.csv")
        let outcome = try await train("--seeds", "2", "--to", "2010-12-31")
        #expect(outcome.standardError == "")
        let run = try FileManager.default.destinationOfSymbolicLink(
            atPath: workspace.path("Models/gated-dqn/latest").path)
        let folder = "Models/gated-dqn/\(run)"
        #expect(
            try workspace.filesOfEqualRuns(below: folder) == [
                "charts/learning-AAPL.svg", "models.json", "models/AAPL-seed1.safetensors",
                "models/AAPL-seed2.safetensors", "progress.jsonl",
                "strategy.yaml",
            ])
        for seed in 1...2 {
            #expect(outcome.standardOutput.contains("\(folder)/models/AAPL-seed\(seed).safetensors  validation "))
        }
        #expect(outcome.standardOutput.contains("trader signal --model \(folder)/models/AAPL-seed1.safetensors\n"))
        #expect(outcome.standardOutput.contains("trader backtest --model \(folder)/models/AAPL-seed1.safetensors\n"))

        let again = try await train(
            "--seeds", "2", "--to", "2010-12-31", "--output", "again", "--json", "--workers", "1")
        let document = try again.decoded(as: Models.self)
        #expect(document.schema == "trader/models/1" && document.strategy == "gated-dqn" && document.folder == "again")
        #expect(document.models.map(\.file) == (1...2).map { "models/AAPL-seed\($0).safetensors" })
        #expect(
            document.models.allSatisfy { $0.validation.to == "2010-12-31" && $0.training.bars > $0.validation.bars })
        // Same seed, same bytes, whatever the folder and the workers.
        try workspace.expectEqualRuns(folder, "again")
        // The folder of an earlier training may be replaced; the strategy file gives the same training.
        let repeated = try await trader(["train", "--strategy", "again/strategy.yaml", "--output", "third"])
        #expect(repeated.exitCode == 0, "\(repeated.standardError)")
        let model = "models/AAPL-seed2.safetensors"
        #expect(try workspace.bytes("third/\(model)") == workspace.bytes("again/\(model)"))
        _ = try await train("--seeds", "1", "--output", "again")
        #expect(!workspace.exists("again/\(model)"))
    }

    @Test func anInterruptedTrainingGoesOn() async throws {
        try await workspace.ingest("aapl_daily.csv")
        let process = try TraderProcess.start(
            [
                "train", "--strategy", "gated-dqn", "--symbols", "AAPL", "--seeds", "1", "--set",
                "agent.updates=100000",
                "--set", "agent.hiddenUnits=8", "--output", "models",
            ], in: workspace.folder)
        #expect(try await process.says("gated-dqn  training 1 of 1"))
        process.send(signal: SIGINT)
        let outcome = try await process.outcome()
        #expect(outcome.exitCode == 1)
        #expect(outcome.standardError.contains("trader train --resume models.unfinished"), "\(outcome.standardError)")
        #expect(!workspace.exists("models"))
        let wrong = try await workspace.trader("backtest", "--resume", "models.unfinished")
        #expect(wrong.exitCode == 2 && wrong.standardError.contains("was begun with 'trader train'"))
    }

    /// The frozen model on the bars of its fold does what it did in the backtest that left it behind.
    @Test func aFrozenModelRepeatsItsFold() async throws {
        try await workspace.ingest("aapl_daily.csv")
        let run = try await trader(
            ["backtest", "--strategy", "gated-dqn", "--symbols", "AAPL", "--seeds", "2", "--output", "run", "--json"]
                + Self.shortTraining + fewDraws)
        try #require(run.exitCode == 0, "\(run.standardError)")
        func equity(_ folder: String) throws -> [Substring: [[Substring]]] {
            Dictionary(
                grouping: try rows(of: workspace.path("\(folder)/equity.csv").path).filter { $0[1] == "gated-dqn" },
                by: { $0[3] })
        }
        struct Folds: Decodable {
            struct Fold: Decodable {
                struct Span: Decodable {
                    let to: String
                    let bars: Int
                }
                let test: Span
            }
            let folds: [Fold]
        }
        let test = try #require(try run.decoded(as: Folds.self).folds.first?.test)
        let frozen = try await trader(
            ["backtest", "--to", test.to, "--output", "frozen", "--json"] + fewDraws
                + (1...2).flatMap { ["--model", "run/models/AAPL-fold1-seed\($0).safetensors"] })
        try #require(frozen.exitCode == 0, "\(frozen.standardError)")
        let report = try frozen.decoded(as: ReportDocument.self)
        #expect(report.strategy == "gated-dqn" && report.own.map(\.seed) == [1, 2])
        #expect(report.results.map(\.name).suffix(2) == ["random", "hindsight-optimum"])
        let (whole, part) = (try equity("run"), try equity("frozen"))
        #expect(part.keys.sorted() == ["1", "2"])
        for (seed, curve) in part {
            #expect(curve.count == test.bars + 1)
            #expect(curve == whole[seed].map { Array($0.prefix(curve.count)) })
        }
        // What the report says repeats it, with the copies of the models beside it.
        let command = try #require(
            try workspace.text("frozen/report.md").split(separator: "\n").first {
                $0.contains("trader backtest --model")
            })
        #expect(command.contains("--model models/AAPL-seed1.safetensors --model models/AAPL-seed2.safetensors"))
        let copies = (1...2).flatMap { ["--model", "frozen/models/AAPL-seed\($0).safetensors"] }
        let again = try await trader(["backtest", "--to", test.to, "--output", "again"] + fewDraws + copies)
        try #require(again.exitCode == 0, "\(again.standardError)")
        #expect(try workspace.bytes("again/equity.csv") == workspace.bytes("frozen/equity.csv"))
    }

    @Test func aSignalSaysWhatAndWhy() async throws {
        try await workspace.ingest("aapl_daily.csv", "msft_daily.csv")
        _ = try await train("--seeds", "2", "--to", "2010-12-31", "--output", "m")
        let model = "m/models/AAPL-seed1.safetensors"
        let signal = try await workspace.document(Signal.self, "signal", "--model", model, "--symbol", "AAPL", "--json")
        #expect(signal.model == model && signal.symbol == "AAPL" && signal.position == "flat")
        let last = try #require(try rows(of: bundled("aapl_daily.csv")).last)
        #expect(signal.time == last[0] && signal.warnings == [])
        #expect(signal.window.count == 20 && signal.window.allSatisfy { $0.count == signal.features.count })
        #expect(signal.numbers == [1, 0, 0, 0, 0] && signal.valid == ["hold", "buy"])
        #expect(Set(signal.values.keys) == ["hold", "buy"])
        #expect(signal.values.max { $0.value < $1.value }?.key == signal.action)
        // Every number that the network reads is one of 32 bits, and so is every one that it gives, but for the last bits
        // that a division and a multiplication may cost.
        #expect(signal.window.joined().allSatisfy { Double(Float($0)) == $0 })
        #expect(signal.rewardScale == 100)
        for value in signal.values.values {
            #expect(abs(Double(Float(100 * value)) - 100 * value) <= 2 * abs(100 * value).ulp)
        }

        let text = try await workspace.success("signal", "--model", model)
        #expect(text.hasPrefix("gated-dqn on AAPL after the close of \(last[0]), "))
        #expect(text.contains(signal.action == "buy" ? ": buy at the next open\n" : ": stay out\n"))
        #expect(text.contains("has seen bars up to 2010-12-31, 543 bars before this one"))
        #expect(text.contains("The best is ahead of the second by "))
        // People and programs are told the same values.
        for (action, value) in signal.values {
            let printed = try #require(
                text.split(separator: "\n").first { $0.hasPrefix("  \(action) ") }?.split(separator: " ").last)
            let number = try #require(Double(printed.replacing("−", with: "-")))
            // Six decimals are printed.
            #expect(abs(number - value) <= 0.5e-6 * (1 + 1e-9), "\(action)")
        }

        let old = try await workspace.success(
            "signal", "--model", model, "--symbol", "MSFT", "--position", "long", "--to", "2008-10-10"
        ).replacing("\n", with: " ")
        #expect(old.contains("gated-dqn on MSFT after the close of 2008-10-10"))
        #expect(old.contains("assumed because --entry-price and --bars-held are not given"))
        #expect(old.contains("Warning: The model was trained on AAPL, not on MSFT."))
        #expect(old.contains("Warning: The model was trained on this bar"))

        let both = try await workspace.success(
            "signal", "--model", model, "--model", "m/models/AAPL-seed2.safetensors")
        #expect(both.contains(" of 2: "))
    }

    private static let wrongInput: [(arguments: [String], message: String)] = [
        (["train"], "Name what to train"),
        (["train", "--strategy", "dqn", "--resume", "x"], "leave out --strategy"),
        (["train", "--strategy", "buy-and-hold", "--symbols", "AAPL"], "has nothing to learn"),
        (
            ["train", "--strategy", "dqn", "--symbols", "AAPL", "--from", "2012-10-01"],
            "103 bars are too few: 190 are needed"
        ),
        (["train", "--strategy", "dqn", "--symbols", "NONE"], "no prices of 'NONE'"),
        (["backtest"], "Name what to try"),
        (
            ["backtest", "--model", "m/models/AAPL-seed1.safetensors", "--strategy", "dqn"],
            "leave out --strategy or --model"
        ),
        (["backtest", "--model", "m/models/AAPL-seed1.safetensors", "--seeds", "3"], "--seeds is for training"),
        (["backtest", "--model", "m/models/AAPL-seed1.safetensors", "--from", "2010-06-01"], "would be look-ahead"),
        (
            ["backtest", "--model", "m/models/AAPL-seed1.safetensors", "--to", "2011-01-05"],
            "no bars are left for a test"
        ),
        (
            ["backtest", "--model", "m/models/AAPL-seed1.safetensors", "--set", "features.window=9"],
            "features cannot be changed"
        ),
        (["backtest", "--model", "m/models/AAPL-seed1.safetensors", "--symbols", "NONE"], "no prices of 'NONE'"),
        (["backtest", "--model", "missing"], "missing: error: there is no such model file"),
        (["signal"], "Missing expected argument '--model"),
        (["signal", "--model", "m/strategy.yaml"], "m/strategy.yaml: error: is not a model: not a safetensors file"),
        (["signal", "--model", "m/models"], "m/models: error: is not a file"),
        (["signal", "--model", "torn"], "torn: error: is not a whole model"),
        (["signal", "--model", "broken"], "broken: error: is not a whole model: tensor"),
        (["signal", "--model", "m/models/AAPL-seed1.safetensors", "--symbol", "NONE"], "no prices of 'NONE'"),
        (["signal", "--model", "m/models/AAPL-seed1.safetensors", "--to", "2000-03-20"], "but AAPL has 14"),
        (["signal", "--model", "m/models/AAPL-seed1.safetensors", "--to", "2000-05-01"], "bars are too few"),
        (
            ["signal", "--model", "m/models/AAPL-seed1.safetensors", "--position", "short"],
            "has not learned to sell short"
        ),
        (["signal", "--model", "m/models/AAPL-seed1.safetensors", "--bars-held", "3"], "A flat account has no"),
        (["signal", "--model", "m/models/AAPL-seed1.safetensors", "--position", "up"], "--position"),
    ]

    @Test func wrongInputIsToldInOneMessage() async throws {
        try await workspace.ingest("aapl_daily.csv")
        _ = try await train("--seeds", "1", "--to", "2010-12-31", "--output", "m")
        let bytes = try workspace.bytes("m/models/AAPL-seed1.safetensors")
        try bytes.prefix(bytes.count / 2).write(to: workspace.path("torn"))
        try (bytes.dropLast(4) + [0, 0, 0xC0, 0x7F]).write(to: workspace.path("broken"))
        let before = try workspace.files()
        for (arguments, message) in Self.wrongInput {
            let outcome = try await trader(arguments)
            #expect(outcome.exitCode == 2, "\(arguments): \(outcome.standardError)")
            #expect(outcome.standardError.contains(message), "\(arguments): \(outcome.standardError)")
            #expect(outcome.standardOutput == "", "\(arguments)")
        }
        #expect(try workspace.files() == before)
    }
}
