import Foundation
import Testing

/// `trader solve`: agents come to what is known, the same each time, and what is wrong is said.
@Suite(.serialized, .timeLimit(.minutes(2))) struct SolveTests {
    let workspace: Workspace

    init() throws { workspace = try Workspace() }

    /// What `solve --json` promises.
    private struct Solved: Decodable {
        struct Seed: Decodable {
            let seed: Int
            let score: Double
            let updates: Int
            let steps: Int
            let seconds: Double
        }
        struct Mean: Decodable { let mean: Double }
        struct Answer: Decodable {
            let name: String
            let score: Double
        }
        let schema: String
        let world: String
        let agent: String
        let episodes: String
        let seeds: [Seed]
        let scores: Mean
        let answers: [Answer]
        let configuration: String
        let files: [String]
    }

    private func solve(_ arguments: String...) async throws -> Solved {
        let outcome = try await TraderProcess.run(["solve", "--json"] + arguments, in: workspace.folder)
        try #require(outcome.exitCode == 0, "\(outcome.standardError)")
        return try outcome.decoded(as: Solved.self)
    }

    /// What is said of something that cannot be solved; nothing is written.
    private func refusal(
        _ arguments: String..., exitCode: Int32 = 2, sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> String {
        let before = try everything()
        let outcome = try await TraderProcess.run(["solve"] + arguments, in: workspace.folder)
        #expect(outcome.exitCode == exitCode, "\(outcome.standardError)", sourceLocation: sourceLocation)
        #expect(outcome.standardOutput == "", sourceLocation: sourceLocation)
        #expect(try everything() == before, sourceLocation: sourceLocation)
        return outcome.standardError
    }

    /// Files and folders.
    private func everything() throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: workspace.folder.path).sorted()
    }

    @Test func worldsAreListed() async throws {
        let list = try await workspace.success("solve")
        for world in ["mountain-car", "cart-pole", "dice", "grid", "gao-univariate", "gao-bivariate", "wave"] {
            #expect(list.contains("\n\(world) "), "\(world)")
        }
        #expect(try everything().isEmpty)
    }

    @Test func unknownNamesAreGuessed() async throws {
        #expect(
            try await refusal("mountian-car").hasPrefix(
                "error: there is no world 'mountian-car'. Did you mean 'mountain-car'? There are: "))
        #expect(
            try await refusal("wave", "--agent", "gated-dqm").hasPrefix(
                "error: there is no agent 'gated-dqm'. Did you mean 'gated-dqn'? In wave there are: "))
        #expect(
            try await refusal("dice", "--agent", "dqn")
                == "error: dqn cannot learn in dice: choose q-learning, value-iteration\n")
        #expect(try await refusal("wave", "--set", "agent.discont=1").contains("did you mean"))
        #expect(
            try await refusal("wave", "--agent", "gated-dqn", "--set", "agent.kind=dqn")
                == "error: --set agent.kind cannot change who learns: choose with --agent dqn\n")
        #expect(
            try await refusal("wave", "--agent", "dqn", "--set", "agent.updates=10").hasPrefix(
                "dqn (built in): error: agent.evaluateEvery is "))
        #expect(
            try await refusal(
                "cart-pole", "--set", "agent.hiddenUnits=[8,8,8,8,8]", "--set", "agent.headUnits=[8,8,8,8]")
                == "error: in cart-pole agent.hiddenUnits and agent.headUnits are layers of one network, which has 8 at most "
                + "and not 9\n")
    }

    @Test func episodesThatCannotBeReadAreNamed() async throws {
        let missing = "nowhere/univariate_test.csv: error: no such file"
        #expect(try await refusal("gao-univariate", "--episodes", "nowhere").hasPrefix(missing))
        try workspace.write("step,e001\n0,100\n1,hello\n", to: "episodes/univariate_test.csv")
        let message = try await refusal("gao-univariate", "--episodes", "episodes")
        #expect(message.hasPrefix("episodes/univariate_test.csv:"), "\(message)")
        #expect(
            try await refusal("dice", "--episodes", "episodes")
                == "error: episodes are read or drawn for Gao's games, not for dice\n")
    }

    @Test func tabularAgentsFindTheKnownAnswers() async throws {
        let exact = try await solve("dice", "--agent", "value-iteration")
        #expect(exact.schema == "trader/solve/1" && exact.world == "dice" && exact.agent == "value-iteration")
        #expect(abs(exact.scores.mean - 9) <= 1e-9 && exact.files == ["Reports/solve/dice-value-iteration/agent.yaml"])

        let learned = try await solve("dice", "--agent", "q-learning")
        #expect(learned.seeds.map(\.seed) == [1, 2, 3, 4, 5])
        #expect(
            learned.files
                == ["agent.yaml", "curves.csv", "progress.jsonl", "curves.svg", "tensorboard"].map {
                    "Reports/solve/dice-q-learning/\($0)"
                })
        for file in learned.files { #expect(workspace.exists(file), "\(file)") }
        for seed in learned.seeds { #expect(abs(seed.score - 9) <= 0.05, "seed \(seed.seed)") }
        #expect(learned.episodes.hasSuffix("the greedy policy is the exact one's with 5 of 5 seeds"))

        let grid = try await solve("grid")
        #expect(grid.agent == "q-learning")
        #expect(grid.episodes.hasSuffix("the greedy policy is the exact one's with 5 of 5 seeds"))
        #expect(try await solve("grid", "--agent", "value-iteration").scores.mean == grid.answers.first?.score)
    }

    @Test(arguments: ["gated-dqn", "drqn"])
    func theWaveIsTradedAlmostAsWellAsCanBe(agent: String) async throws {
        let wave = try await solve("wave", "--agent", agent)
        let optimum = try #require(wave.answers.first { $0.name == "hindsight optimum" }).score
        #expect(optimum > 0 && wave.seeds.count == 5)
        for seed in wave.seeds {
            // Rewards are numbers of 24 bits: a sum of a few hundred is off by less than a millionth of what they add up to.
            #expect(seed.score >= 0.95 * optimum && seed.score <= optimum * (1 + 1e-6), "seed \(seed.seed)")
        }
    }

    private static let short = ["updates=60", "evaluateEvery=20", "batchSize=16", "headUnits=[8]", "warmUpSteps=500"]
        .flatMap { ["--set", "agent.\($0)"] }

    /// Writes a folder of Gao's univariate game with two episodes, whose prices step `t` of episode `k` gives.
    private func writeEpisodes(_ price: (_ step: Int, _ episode: Int) -> String) throws {
        let lines = (0..<180).map { "\($0),\(price($0, 0)),\(price($0, 1))" }
        for part in ["train", "test"] {
            try workspace.write(
                "step,e001,e002\n" + lines.joined(separator: "\n") + "\n", to: "episodes/univariate_\(part).csv")
        }
    }

    @Test(arguments: ["wave", "cart-pole", "gao-univariate"])
    func theSameSeedGivesTheSame(world: String) async throws {
        let options = world == "gao-univariate" ? ["--episodes", "episodes"] : []
        try writeEpisodes { step, episode in "\(100 + (step * (7 + episode)) % 23)" }
        func run(_ output: String, _ more: [String] = [], seeds: Int = 3) async throws -> String {
            let outcome = try await TraderProcess.run(
                ["solve", world, "--json", "--output", output, "--seeds", "\(seeds)"] + Self.short + options + more,
                in: workspace.folder)
            try #require(outcome.exitCode == 0, "\(outcome.standardError)")
            let text = outcome.standardOutput
            #expect(text.matches(of: /"seconds" : [0-9.e-]+/).count == seeds)
            return text.replacing(/"seconds" : [0-9.e-]+/, with: "").replacing("\"\(output)/", with: "\"")
        }
        let first = try await run("a", ["--workers", "1"])
        #expect(try await run("b", ["--workers", "1"]) == first)
        #expect(try await run("c", ["--workers", "3"]) == first)
        #expect(try await run("d", ["--seed", "2"]) != first)
        #expect(
            try workspace.filesOfEqualRuns(below: "a") == ["agent.yaml", "curves.csv", "curves.svg", "progress.jsonl"])
        for other in ["b", "c"] { try workspace.expectEqualRuns("a", other) }
        #expect(try workspace.eventSizes(below: "a").keys.sorted() == ["seed1", "seed2", "seed3"])
        // 3 seeds at updates 0, 20, 40, 60.
        #expect(try workspace.text("a/progress.jsonl").split(separator: "\n").count == 12)
        #expect(try rows(of: workspace.path("a/curves.csv").path).count == 12)
        // Another run in the same folder takes the place of the first, and leaves nothing of it.
        _ = try await run("a", seeds: 2)
        #expect(try workspace.eventSizes(below: "a").keys.sorted() == ["seed1", "seed2"])
        #expect(try everything().allSatisfy { !$0.contains("unfinished") && !$0.contains("partial") })
    }

    @Test func onlyItsOwnFilesAreReplaced() async throws {
        try workspace.write("thesis", to: "mine/tensorboard/thesis.txt")
        #expect(
            try await refusal("dice", "--output", "mine").contains(
                "holds 'tensorboard/thesis.txt', which no 'trader solve' wrote"))
        try workspace.write("thesis", to: "other/thesis.txt")
        #expect(
            try await refusal("dice", "--output", "other").contains(
                "holds 'thesis.txt', which no 'trader solve' wrote"))
        try workspace.write("name: me\nagent:\n  kind: spy\n", to: "spies/agent.yaml")
        #expect(
            try await refusal("dice", "--output", "spies").contains(
                "holds 'agent.yaml' but no agent.yaml of an earlier 'trader solve'"))

        // In the folder of a solve too, at every level; without it, another solve takes the folder over.
        try await workspace.success("solve", "dice", "--seeds", "1", "--output", "own")
        for path in ["tensorboard/seed1/thesis.txt", "tensorboard/seed1/deep/events.out.tfevents.1.a.1"] {
            try workspace.write("thesis", to: "own/\(path)")
            let foreign = path.split(separator: "/").prefix(3).joined(separator: "/")
            #expect(
                try await refusal("dice", "--output", "own").contains(
                    "holds '\(foreign)', which no 'trader solve' wrote"))
            try FileManager.default.removeItem(at: workspace.path("own/\(foreign)"))
        }
        let curves = try workspace.text("own/curves.csv")
        try workspace.write("mine,\(curves)", to: "own/curves.csv")
        #expect(try await refusal("dice", "--output", "own").contains("but no agent.yaml of an earlier"))
        try workspace.write(curves, to: "own/curves.csv")
        try await workspace.success("solve", "dice", "--seeds", "1", "--output", "own")
    }

    @Test func whatLiesWhereTheLogWouldBeStays() async throws {
        try workspace.write("thesis", to: "a.unfinished/tensorboard/thesis.txt")
        try workspace.write("{}\n", to: "b.unfinished/progress.jsonl")
        try workspace.write("{}\n", to: "c.unfinished/progress.jsonl")
        try workspace.write("", to: "c.unfinished/lock")
        #expect(
            try await refusal("dice", "--output", "a").hasPrefix(
                "a.unfinished: error: is where the log would be, and holds 'tensorboard/thesis.txt', which no 'trader solve' wrote"
            ))
        for name in ["b", "c"] {
            #expect(
                try await refusal("dice", "--output", name).contains(
                    "is where the log would be, and was not left behind by a 'trader solve'"))
        }
    }

    @Test func anAgentThatDoesNotFitIsRefusedBeforeItsKeys() async throws {
        #expect(
            try await refusal("mountain-car", "--agent", "drqn")
                == "error: drqn cannot learn in mountain-car: choose dqn\n")
        // Two million random steps come before the first update, and none after it.
        #expect(
            try await refusal("gao-univariate", "--agent", "drqn", "--set", "agent.initialState=stored").contains(
                "agent.initialState is stored, but with stepsPerUpdate 0 "))
        let huge = ["batchSize=65536", "sequenceLength=252"].flatMap { ["--set", "agent.\($0)"] }
        let outcome = try await TraderProcess.run(
            ["solve", "gao-univariate", "--agent", "drqn"] + huge, in: workspace.folder)
        #expect(outcome.exitCode == 2 && outcome.standardError.contains("rows, and 4194304 are the most"))
        #expect(try everything().isEmpty)
    }

    @Test func aKernelLongerThanTheWindowIsRefused() async throws {
        #expect(
            try await refusal("wave", "--agent", "convolution-dqn", "--set", "agent.kernel=50", "--output", "o")
                .contains(
                    "kernels of 50, 50 rows leave nothing of windows of 10"))
    }

    /// Nothing but steps of 1 through eight layers, without any clipping that counts.
    private static let divergent =
        [
            "learningRate=1", "learningRateEnd=null", "steps=1", "hiddenUnits=[256,256,256,256]",
            "headUnits=[256,256,256,256]", "batchSize=8",
            "updates=2000", "evaluateEvery=50", "gradientNorm=1e12", "rewardScale=1e6", "huberDelta=1e6", "discount=1",
            "targetRate=null", "targetEvery=1",
        ].flatMap { ["--set", "agent.\($0)"] }

    @Test func divergenceStopsWithUpdateAndCauseAndLeavesNothing() async throws {
        let outcome = try await TraderProcess.run(
            ["solve", "cart-pole", "--seeds", "1"] + Self.divergent, in: workspace.folder)
        #expect(outcome.exitCode == 1 && outcome.standardOutput == "")
        #expect(
            outcome.standardError.contains(
                /error: The (loss|gradient) of update \d+ is not a finite number \(8 pairs, rewards up to ±1000000/),
            "\(outcome.standardError)")
        #expect(outcome.standardError.contains("learning itself has diverged: lower agent.learningRate"))
        #expect(try everything().isEmpty)
    }

    @Test func aRewardThatIsNoNumberIsNamed() async throws {
        // Differences of 1e35 are numbers of 32 bits; times a reward scale of 1e6 they are none.
        try writeEpisodes { step, _ in step % 2 == 0 ? "1" : "1e35" }
        let message = try await refusal(
            "gao-univariate", "--episodes", "episodes", "--seeds", "1", "--set", "agent.rewardScale=1e6", "--set",
            "agent.warmUpSteps=500", exitCode: 1)
        #expect(
            message.contains(
                /error: The loss of update 1 is not a finite number .* A reward is -?inf: look at the prices/),
            "\(message)")
    }

    @Test func aFullDiskEndsTheRunAndLeavesNothing() async throws {
        // A limit on the size of files stands for the disk; without its signal a write falls short.
        let outcome = try await workspace.trader(
            "solve", "wave", "--seeds", "1", "--set", "agent.updates=300", "--set", "agent.evaluateEvery=10",
            script: "trap '' XFSZ; ulimit -f 4; exec \"$@\"")
        #expect(outcome.exitCode == 1 && outcome.standardOutput == "")
        #expect(
            outcome.standardError.contains(
                "wave-gated-dqn.unfinished/progress.jsonl: error: the training log cannot be kept: "),
            "\(outcome.standardError)")
        #expect(try everything().isEmpty)
    }

    @Test func oneProcessAtATimeWritesAFolder() async throws {
        let long = ["solve", "wave", "--output", "out", "--seeds", "1", "--set", "agent.updates=1000000"]
        let process = try TraderProcess.start(long, in: workspace.folder)
        while process.isRunning, !workspace.exists("out.unfinished/progress.jsonl") {
            try await Task.sleep(for: .milliseconds(20))
        }
        let other = try await workspace.trader("solve", "dice", "--agent", "value-iteration", "--output", "out")
        #expect(other.exitCode == 2)
        #expect(other.standardError.contains("another trader is at work"), "\(other.standardError)")
        process.send(signal: SIGKILL)
        _ = try await process.outcome()
        // What it left behind bars no way.
        try await workspace.success("solve", "dice", "--agent", "value-iteration", "--output", "out")
        // Who plans has no learning curve.
        #expect(try everything() == ["out", "out/agent.yaml"])
    }
}
