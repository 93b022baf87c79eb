import Agents
import Foundation
import Synchronization

/// The live log of a run: what its trainings have come to, written as they learn.
///
///     let log = try TrainingLog(folder: folder)
///     try log.open(training)                          // once before its first point
///     try log.add(point, to: training)                // from any thread
///     try log.reopen(training, at: 1_200, after: curve)      // where it is resumed
///
/// In the folder it keeps `progress.jsonl`, one line for each point of any training, and an event file in
/// `tensorboard/<training>/`, which a running TensorBoard follows. Both hold the same numbers, a tag of TensorBoard being the key in
/// `progress.jsonl` behind the name of its group. A number that is not finite is `null` in the one and absent from the other.
///
/// A line or an event is one write, so a program that is killed leaves whole ones. A machine that loses power may leave
/// anything: whoever reopens a training knows its points, and of the log only the times are taken over.
package final class TrainingLog: Sendable {
    /// Who learns.
    package struct Training: Equatable, Sendable {
        /// Such as `AAPL-fold1-seed1`: what TensorBoard calls a run, and a part of a path.
        package let name: String
        /// What else its lines say about it, such as the symbol.
        package let labels: [String: JSONValue]
        /// What a point's score is called, such as `validationLogReturn`.
        package let scoreKey: String

        /// - Precondition: the name is one that `fileSlug` leaves as it is.
        package init(_ name: String, labels: [String: JSONValue] = [:], scoreKey: String = "score") {
            precondition(fileSlug(name) == name, "'\(name)' cannot be a part of a path")
            self.name = name
            self.labels = labels
            self.scoreKey = scoreKey
        }
    }

    /// A training that is learning now.
    private struct Trace {
        let eventFile: TensorBoardEventFile
        /// The last point, or where the training was opened.
        let update: Int
        let wallTime: Double
    }

    private struct State {
        /// The lines of each training.
        var lines: [String: [TrainingLogLine]] = [:]
        /// Whether the file holds anything but these.
        var isBroken = false
        var traces: [String: Trace] = [:]
    }

    private let folder: String
    private let now: @Sendable () -> Double
    private let state: Mutex<State>

    /// - Parameters:
    ///   - folder: Made where it is missing. A log that it holds is gone on with.
    ///   - now: Seconds since 1970-01-01 UTC.
    /// - Throws: `TrainingLogError`.
    package init(
        folder: String, now: @escaping @Sendable () -> Double = { Date().timeIntervalSince1970 }
    ) throws {
        try RecordFile.makeFolder(folder)
        self.folder = folder
        self.now = now
        state = Mutex(try Self.read("\(folder)/progress.jsonl"))
    }

    /// Begins a training. Points that an earlier one of this name left are dropped.
    /// - Throws: `TrainingLogError`.
    package func open(_ training: Training) throws { try reopen(training, at: 0, after: []) }

    /// Goes on with a training that came to these points until this update. Later ones, which it will come to again, are
    /// dropped, and those that are missing are written.
    /// - Throws: `TrainingLogError`.
    package func reopen(_ training: Training, at update: Int, after curve: [CurvePoint]) throws {
        try state.withLock { state in try reopen(training, at: update, after: curve, &state) }
    }

    /// Writes a point, with the time, the rate of updates since the point before, and the memory that is in use.
    /// - Throws: `TrainingLogError`.
    /// - Precondition: the training was opened, and its points come in the order of updates.
    package func add(_ point: CurvePoint, to training: Training) throws {
        try state.withLock { state in try add(point, to: training, &state) }
    }

    private func reopen(
        _ training: Training, at update: Int, after curve: [CurvePoint], _ state: inout State
    ) throws {
        let wallTime = now()
        let logged = state.lines[training.name] ?? []
        let timings = Dictionary(logged.map { ($0.update, $0.timing) }, uniquingKeysWith: { $1 })
        let lines = curve.map { point in
            TrainingLogLine(
                point, of: training, timings[point.update] ?? TrainingLogLine.Timing(wallTime: wallTime))
        }
        state.lines[training.name] = lines
        if state.isBroken || lines.map(\.text) != logged.map(\.text) {
            let text = state.lines.sorted { $0.key < $1.key }.flatMap { $0.value.map { $0.text + "\n" } }.joined()
            try RecordFile.replace(progress, with: Array(text.utf8))
            state.isBroken = false
        }
        let eventFile = try TensorBoardEventFile(
            replacingAllIn: "\(folder)/tensorboard/\(training.name)", wallTime: wallTime,
            events: zip(curve, lines).map { TensorBoardEvent($0, of: training, $1.timing) })
        state.traces[training.name] = Trace(eventFile: eventFile, update: update, wallTime: wallTime)
    }

    private func add(_ point: CurvePoint, to training: Training, _ state: inout State) throws {
        guard let trace = state.traces[training.name] else {
            preconditionFailure("\(training.name) was not opened")
        }
        precondition(
            point.update > state.lines[training.name]?.last?.update ?? -1,
            "points of \(training.name) come in the order of updates")
        let wallTime = now()
        let (updates, seconds) = (point.update - trace.update, wallTime - trace.wallTime)
        let timing = TrainingLogLine.Timing(
            wallTime: wallTime, updatesPerSecond: updates > 0 && seconds > 0 ? Double(updates) / seconds : nil,
            residentMemoryBytes: ResidentMemory.current.map(Double.init))
        let line = TrainingLogLine(point, of: training, timing)
        try RecordFile.append(Array((line.text + "\n").utf8), to: progress)
        state.lines[training.name, default: []].append(line)
        state.traces[training.name] = Trace(eventFile: trace.eventFile, update: point.update, wallTime: wallTime)
        try trace.eventFile.append(TensorBoardEvent(point, of: training, timing))
    }

    /// The event files, as a finished run keeps them: paths relative to the folder, ascending.
    /// - Throws: `TrainingLogError`.
    package func eventFiles() throws -> [(path: String, contents: Data)] {
        let names = FileManager.default.subpaths(atPath: "\(folder)/tensorboard") ?? []
        return try names.sorted().compactMap { name in
            let path = "\(folder)/tensorboard/\(name)"
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), !isFolder.boolValue else {
                return nil
            }
            guard let contents = FileManager.default.contents(atPath: path) else {
                throw TrainingLogError(path, "it cannot be read")
            }
            // Empty ones are those of trainings that were taken up again.
            return contents.isEmpty ? nil : ("tensorboard/\(name)", contents)
        }
    }

    private var progress: String { "\(folder)/progress.jsonl" }

    /// What an earlier process logged, but for what is no line.
    private static func read(_ path: String) throws -> State {
        var state = State()
        guard FileManager.default.fileExists(atPath: path) else { return state }
        guard let contents = FileManager.default.contents(atPath: path) else {
            throw TrainingLogError(path, "it cannot be read")
        }
        state.isBroken = contents.last.map { $0 != UInt8(ascii: "\n") } ?? false
        for text in contents.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: true) {
            guard let line = TrainingLogLine(text: Data(text)) else {
                state.isBroken = true
                continue
            }
            state.lines[line.training, default: []].append(line)
        }
        return state
    }
}
