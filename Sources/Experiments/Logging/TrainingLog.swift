import Agents
import Foundation
import Synchronization

/// The live log of a run: what its trainings have come to, written as they learn.
///
///     let log = try TrainingLog(folder: folder)
///     try log.open(training)                          // once before its first point
///     try log.add(point, to: training)                // from any thread
///     try log.reopen(training, keepingUpdatesUpTo: 1_200)      // where it is resumed
///
/// In the folder it keeps `progress.jsonl`, one line for each point of any training, and an event file in
/// `tensorboard/<training>/`, which a running TensorBoard follows. Both hold the same numbers, a tag of TensorBoard being the key in
/// `progress.jsonl` behind the name of its group. A number that is not finite is `null` in the one and absent from the other.
///
/// A line or an event is one write, so a program that is killed leaves whole ones. The line is written first, and what it
/// says holds: reopening a training writes its event file anew from its lines.
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
        /// The latest update of each training that has a line.
        var latest: [String: Int] = [:]
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
        var latest: [String: Int] = [:]
        for line in try Self.lines(of: "\(folder)/progress.jsonl") {
            latest[line.training] = max(line.update, latest[line.training] ?? line.update)
        }
        state = Mutex(State(latest: latest))
    }

    /// Begins a training. Points that an earlier one of this name left are dropped.
    /// - Throws: `TrainingLogError`.
    package func open(_ training: Training) throws { try reopen(training, keepingUpdatesUpTo: -1) }

    /// Goes on with a training after this update. Later points, which it will come to again, are dropped.
    /// - Throws: `TrainingLogError`.
    package func reopen(_ training: Training, keepingUpdatesUpTo update: Int) throws {
        try state.withLock { state in try reopen(training, keepingUpdatesUpTo: update, &state) }
    }

    /// Writes a point, with the time, the rate of updates since the point before, and the memory that is in use.
    /// - Throws: `TrainingLogError`.
    /// - Precondition: the training was opened, and its points come in the order of updates.
    package func add(_ point: CurvePoint, to training: Training) throws {
        try state.withLock { state in try add(point, to: training, &state) }
    }

    private func reopen(_ training: Training, keepingUpdatesUpTo update: Int, _ state: inout State) throws {
        var kept: [TrainingLogLine] = []
        if let latest = state.latest[training.name] {
            let lines = try Self.lines(of: progress)
            if latest > update {
                let remaining = lines.filter { $0.training != training.name || $0.update <= update }
                try RecordFile.replace(progress, with: Array(remaining.map { $0.text + "\n" }.joined().utf8))
            }
            kept = lines.filter { $0.training == training.name && $0.update <= update }
        }
        let wallTime = now()
        let eventFile = try TensorBoardEventFile(
            replacingAllIn: "\(folder)/tensorboard/\(training.name)", wallTime: wallTime,
            events: kept.map { $0.event(training) })
        state.latest[training.name] = kept.last?.update
        state.traces[training.name] = Trace(eventFile: eventFile, update: max(0, update), wallTime: wallTime)
    }

    private func add(_ point: CurvePoint, to training: Training, _ state: inout State) throws {
        guard let trace = state.traces[training.name] else {
            preconditionFailure("\(training.name) was not opened")
        }
        precondition(
            point.update > state.latest[training.name] ?? -1, "points of \(training.name) come in the order of updates")
        let wallTime = now()
        let (updates, seconds) = (point.update - trace.update, wallTime - trace.wallTime)
        let line = TrainingLogLine(
            point, of: training,
            TrainingLogLine.Timing(
                wallTime: wallTime, updatesPerSecond: updates > 0 && seconds > 0 ? Double(updates) / seconds : nil,
                residentMemoryBytes: ResidentMemory.current))
        try RecordFile.append(Array((line.text + "\n").utf8), to: progress)
        state.latest[training.name] = point.update
        state.traces[training.name] = Trace(eventFile: trace.eventFile, update: point.update, wallTime: wallTime)
        try trace.eventFile.append(line.event(training))
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

    private static func lines(of path: String) throws -> [TrainingLogLine] {
        let text = String(decoding: try RecordFile.wholeLines(of: path), as: UTF8.self)
        return try text.split(separator: "\n").enumerated().map { index, text in
            guard let line = TrainingLogLine(text: String(text)) else {
                throw TrainingLogError(path, line: index + 1, "this is no line of a training log")
            }
            return line
        }
    }
}
