import Agents
import Foundation

/// One line of `progress.jsonl`.
struct TrainingLogLine {
    /// Name of the training.
    let training: String
    let update: Int
    let timing: Timing
    /// The line in JSON, without its newline.
    let text: String

    /// What was measured beside the learning.
    struct Timing: Decodable {
        /// Seconds since 1970-01-01 UTC.
        var wallTime: Double
        var updatesPerSecond: Double?
        var residentMemoryBytes: Double?

        /// By key, in the order in which TensorBoard gets them.
        var values: [(key: String, value: Double?)] {
            [("updatesPerSecond", updatesPerSecond), ("residentMemoryBytes", residentMemoryBytes)]
        }
    }

    init(_ point: CurvePoint, of training: TrainingLog.Training, _ timing: Timing) {
        self.training = training.name
        update = point.update
        self.timing = timing
        var members = training.members(of: point)
        for (key, value) in timing.values { members[key] = JSONValue(value) }
        members["wallTime"] = .number(timing.wallTime)
        text = JSONValue.object(members).compact
    }

    /// - Parameter text: UTF-8, without its newline.
    /// - Returns: nil for a line that no training log wrote.
    init?(text: Data) {
        struct Owner: Decodable {
            let training: String
            let update: Int
        }
        // Not JSONSerialization, which reads one number in four a bit beside the nearest on Linux.
        let decoder = JSONDecoder()
        guard let owner = try? decoder.decode(Owner.self, from: text),
            let timing = try? decoder.decode(Timing.self, from: text)
        else { return nil }
        training = owner.training
        update = owner.update
        self.timing = timing
        self.text = String(decoding: text, as: UTF8.self)
    }
}

extension TensorBoardEvent {
    /// The numbers of a line that are finite.
    init(_ point: CurvePoint, of training: TrainingLog.Training, _ timing: TrainingLogLine.Timing) {
        // TensorBoard shows what stands before the slash as a group.
        let values =
            training.values(of: point).map { ("learning/\($0.key)", $0.value) }
            + timing.values.map { ("machine/\($0.key)", $0.value) }
        self.init(
            wallTime: timing.wallTime, step: point.update,
            content: .scalars(
                values.compactMap { tag, value in
                    value.flatMap { $0.isFinite ? Scalar(tag: tag, value: $0) : nil }
                }))
    }
}
