import Agents
import Experiments
import Foundation
import Synchronization
import Testing

/// A log in an empty folder, on a clock that goes on by half a second whenever it is looked at.
private final class LoggedRun: Sendable {
    let folder: URL
    // One of the numbers that JSONSerialization reads wrongly.
    private let time = Mutex(1_795_268_155.6715503)

    init() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("trader-log-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    var progress: URL { folder.appendingPathComponent("progress.jsonl") }

    func log() throws -> TrainingLog {
        try TrainingLog(folder: folder.path) {
            self.time.withLock { time in
                defer { time += 0.5 }
                return time
            }
        }
    }

    func lines() throws -> [LoggedLine] {
        try String(contentsOf: progress, encoding: .utf8).split(separator: "\n").map { line in
            LoggedLine(members: try JSONDecoder().decode([String: LoggedLine.Member].self, from: Data(line.utf8)))
        }
    }

    func updates(_ training: String) throws -> [Int] {
        try lines().filter { $0.training == training }.map { Int(try #require($0["update"])) }
    }

    /// In the order in which TensorBoard reads them.
    func eventFiles(_ training: String) throws -> [URL] {
        let folder = folder.appendingPathComponent("tensorboard/\(training)")
        return try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted().map {
            folder.appendingPathComponent($0)
        }
    }

    /// The training's scalar events, after the two records that a file begins with.
    func events(_ training: String) throws -> [TensorBoardEvent] {
        let files = try eventFiles(training)
        for earlier in files.dropLast() { #expect(try Data(contentsOf: earlier).isEmpty, "\(earlier.path)") }
        let events = try EventFileReader.events(of: #require(files.last))
        try #require(events.count >= 2 && events[0].content == .fileVersion && events[1].content == .sessionStart)
        return Array(events.dropFirst(2))
    }

    /// Every number of a training's lines is in its events, and nothing else.
    func expectAgreement(_ training: String, notCurves: Set<String> = ["update", "wallTime"]) throws {
        let lines = try lines().filter { $0.training == training }
        let events = try events(training)
        #expect(lines.count == events.count, "\(training)")
        for (line, event) in zip(lines, events) {
            #expect(line["update"] == Double(event.step) && line["wallTime"] == event.wallTime)
            guard case .scalars(let scalars) = event.content else {
                Issue.record("no scalars")
                continue
            }
            // Event files hold numbers of 32 bits.
            let written = Dictionary(uniqueKeysWithValues: scalars.map { ($0.tag, Float($0.value)) })
            let expected = line.numbers.filter { !notCurves.contains($0.key) }.map { key, value in
                let group = ["updatesPerSecond", "residentMemoryBytes"].contains(key) ? "machine" : "learning"
                return ("\(group)/\(key)", Float(value))
            }
            #expect(written == Dictionary(uniqueKeysWithValues: expected), "\(training), update \(event.step)")
        }
    }
}

/// A line of `progress.jsonl`.
private struct LoggedLine {
    enum Member: Decodable, Equatable {
        case number(Double), text(String), null

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if container.decodeNil() {
                self = .null
            } else if let value = try? container.decode(Double.self) {
                self = .number(value)
            } else {
                self = .text(try container.decode(String.self))
            }
        }
    }
    let members: [String: Member]

    var training: String? { if case .text(let name)? = members["training"] { name } else { nil } }
    var numbers: [String: Double] {
        members.compactMapValues { if case .number(let value) = $0 { value } else { nil } }
    }
    subscript(key: String) -> Double? { numbers[key] }
    func isNull(_ key: String) -> Bool { members[key] == .null }
}

private func point(_ update: Int, score: Double = 0.5) -> CurvePoint {
    CurvePoint(
        update: update, steps: 4 * update + 1_000, loss: update == 0 ? nil : 1 / Double(update), gradientNorm: 3,
        meanMaxQ: 0.1 * Double(update), exploration: 0.25, learningRate: 0.001, score: score)
}

struct TrainingLogTests {
    private let run: LoggedRun
    private let apple = TrainingLog.Training(
        "AAPL-fold1-seed1",
        labels: ["name": .string("gated-dqn"), "symbol": .string("AAPL"), "fold": .integer(1), "seed": .integer(1)],
        scoreKey: "validationLogReturn")
    private let cart = TrainingLog.Training("cart-pole-seed2", labels: ["world": .string("cart-pole")])
    private let labels: Set = ["update", "wallTime", "fold", "seed"]

    init() throws { run = try LoggedRun() }

    @Test func aLineHoldsWhatAFinishedRunsLineHoldsAndWhatAClockSays() throws {
        let log = try run.log()
        try log.open(apple)
        try log.add(point(0), to: apple)
        try log.add(point(200, score: 0.75), to: apple)
        let lines = try run.lines()
        try #require(lines.count == 2)
        let timing: Set = ["wallTime", "updatesPerSecond", "residentMemoryBytes"]
        let finished = try LearningCurve(apple, points: [point(0), point(200, score: 0.75)]).progressLines
            .split(separator: "\n").map {
                try JSONDecoder().decode([String: LoggedLine.Member].self, from: Data($0.utf8))
            }
        #expect(
            Set(finished[0].keys) == [
                "training", "name", "symbol", "fold", "seed", "update", "environmentSteps", "validationLogReturn",
                "loss",
                "meanMaxQ", "gradientNorm", "exploration", "learningRate",
            ])
        for (line, finished) in zip(lines, finished) {
            #expect(line.members.filter { !timing.contains($0.key) } == finished)
            #expect(Set(line.members.keys) == timing.union(finished.keys))
        }
        #expect(lines[0].isNull("loss") && lines[0].isNull("updatesPerSecond"))
        #expect(lines[1]["validationLogReturn"] == 0.75 && lines[1]["environmentSteps"] == 1_800)
        // 200 updates in half a second.
        #expect(lines[1]["updatesPerSecond"] == 400)
        try run.expectAgreement(apple.name, notCurves: labels)
    }

    @Test func whatIsNotFiniteIsNull() throws {
        let log = try run.log()
        try log.open(cart)
        try log.add(
            CurvePoint(
                update: 1, steps: 5, loss: .infinity, gradientNorm: -.infinity, meanMaxQ: .nan, exploration: 0.5,
                learningRate: nil, score: .nan), to: cart)
        let line = try #require(try run.lines().first)
        for key in ["score", "loss", "gradientNorm", "meanMaxQ", "learningRate"] { #expect(line.isNull(key), "\(key)") }
        #expect(line["environmentSteps"] == 5)
        try run.expectAgreement(cart.name)
    }

    @Test func reopeningDropsLaterPointsOfThatTrainingOnly() throws {
        let first = try run.log()
        for training in [apple, cart] { try first.open(training) }
        for update in stride(from: 0, through: 1_000, by: 200) {
            for training in [apple, cart] { try first.add(point(update), to: training) }
        }
        let log = try run.log()
        let curve = stride(from: 0, through: 400, by: 200).map { point($0) }
        let lines = try String(contentsOf: run.progress, encoding: .utf8).split(separator: "\n")
        try log.reopen(apple, at: 500, after: curve)
        // What stays is as it was, with its times.
        let rest = try String(contentsOf: run.progress, encoding: .utf8).split(separator: "\n")
        #expect(rest.count == 9 && Set(rest).isSubset(of: lines))
        #expect(try run.updates(apple.name) == [0, 200, 400])
        #expect(try run.updates(cart.name) == [0, 200, 400, 600, 800, 1_000])
        try run.expectAgreement(apple.name, notCurves: labels)
        #expect(try run.eventFiles(apple.name).count == 2)

        try log.add(point(600, score: -1), to: apple)
        #expect(try run.updates(apple.name) == [0, 200, 400, 600])
        #expect(try run.lines().last?["validationLogReturn"] == -1)
        // 100 updates since it was resumed, in half a second.
        #expect(try run.lines().last?["updatesPerSecond"] == 200)
        try run.expectAgreement(apple.name, notCurves: labels)
        try run.expectAgreement(cart.name)

        try log.open(cart)
        #expect(try run.updates(cart.name) == [] && run.events(cart.name).isEmpty)
        #expect(try run.updates(apple.name) == [0, 200, 400, 600])
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: run.folder.path).sorted() == [
                "progress.jsonl", "tensorboard",
            ])
    }

    /// A machine that loses power may leave anything of either file; the points are those of the training's state.
    @Test(arguments: [
        (#"{"exploration": 0.2"#, "half a line"), ("\0\0\0\0", "zeros"), ("\0\0\0{}\nhello\n", "no lines"),
        ("", "nothing"),
    ])
    func whatWasTornIsMended(torn: String, name: String) throws {
        let first = try run.log()
        for training in [apple, cart] { try first.open(training) }
        for update in [0, 200, 400] {
            for training in [apple, cart] { try first.add(point(update), to: training) }
        }
        let events = try run.eventFiles(apple.name)[0]
        try Data(contentsOf: events).dropLast(5).write(to: events)
        // The third line, a point of the first training, is torn as well.
        var lines = try String(contentsOf: run.progress, encoding: .utf8).split(separator: "\n").map(String.init)
        let kept = lines
        lines[2] = String(lines[2].dropLast(20)) + "\u{FFFD}"
        try Data((lines.joined(separator: "\n") + "\n" + torn).utf8).write(to: run.progress)

        let log = try run.log()
        try log.reopen(apple, at: 400, after: [0, 200, 400].map { point($0) })
        try log.reopen(cart, at: 400, after: [0, 200, 400].map { point($0) })
        #expect(try run.updates(cart.name) == [0, 200, 400])
        try log.add(point(600), to: apple)
        #expect(try run.updates(apple.name) == [0, 200, 400, 600])
        #expect(try run.lines().count == 7)
        let text = try String(contentsOf: run.progress, encoding: .utf8)
        for index in [0, 1, 3, 4, 5] { #expect(text.contains(kept[index]), "line \(index), \(name)") }
        // Its own time is lost, its numbers are not.
        let mended = try #require(try run.lines().first { $0.training == apple.name && $0["update"] == 200 })
        #expect(mended["loss"] == 1.0 / 200 && mended.isNull("updatesPerSecond"))
        try run.expectAgreement(apple.name, notCurves: labels)
        try run.expectAgreement(cart.name)
    }

    @Test func trainingsLogAtTheSameTime() async throws {
        let log = try run.log()
        let trainings = (1...8).map { TrainingLog.Training("seed\($0)") }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for training in trainings {
                group.addTask {
                    try log.open(training)
                    for update in 0..<50 { try log.add(point(update), to: training) }
                }
            }
            try await group.waitForAll()
        }
        #expect(try run.lines().count == 400)
        for training in trainings {
            #expect(try run.updates(training.name) == Array(0..<50))
            try run.expectAgreement(training.name)
        }
    }

    @Test func aFolderThatIsNoneIsNamed() throws {
        try Data().write(to: run.folder.appendingPathComponent("tensorboard"))
        let log = try run.log()
        let error = #expect(throws: TrainingLogError.self) { try log.open(cart) }
        #expect(error?.description.contains("tensorboard/cart-pole-seed2: error: ") == true)
    }
}
