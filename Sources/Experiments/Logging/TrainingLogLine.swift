import Agents
import Foundation

/// One line of `progress.jsonl`, and the same as an event.
struct TrainingLogLine {
    /// Name of the training.
    let training: String
    let update: Int
    /// Seconds since 1970-01-01 UTC.
    let wallTime: Double
    /// By key, in the order in which TensorBoard gets them; finite.
    let values: [(key: String, value: Double)]
    /// The line in JSON, without its newline.
    let text: String

    /// What was measured beside the learning.
    struct Timing {
        let wallTime: Double
        let updatesPerSecond: Double?
        let residentMemoryBytes: Int?
    }

    init(_ point: CurvePoint, of training: TrainingLog.Training, _ timing: Timing) {
        self.training = training.name
        update = point.update
        wallTime = timing.wallTime
        let measured: [(key: String, value: Double?)] = [
            ("updatesPerSecond", timing.updatesPerSecond),
            ("residentMemoryBytes", timing.residentMemoryBytes.map(Double.init)),
        ]
        var members = training.members(of: point)
        for (key, value) in measured { members[key] = JSONValue(value) }
        members["wallTime"] = .number(timing.wallTime)
        text = JSONValue.object(members).compact
        values = (training.values(of: point) + measured).compactMap { key, value in
            value.flatMap { $0.isFinite ? (key, $0) : nil }
        }
    }

    /// - Returns: nil for a line that no training log wrote.
    init?(text: String) {
        // Not JSONSerialization, which reads one number in four a bit beside the nearest on Linux.
        guard let members = try? JSONDecoder().decode([String: Member].self, from: Data(text.utf8)),
            case .text(let training)? = members["training"], case .number(let update)? = members["update"],
            case .number(let wallTime)? = members["wallTime"], let update = Int(exactly: update)
        else { return nil }
        self.training = training
        self.update = update
        self.wallTime = wallTime
        values = members.sorted { $0.key < $1.key }.compactMap { key, member in
            if case .number(let value) = member { (key, value) } else { nil }
        }
        self.text = text
    }

    private enum Member: Decodable {
        case number(Double), text(String), other

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let value = try? container.decode(Double.self) {
                self = .number(value)
            } else {
                self = (try? container.decode(String.self)).map { .text($0) } ?? .other
            }
        }
    }

    func event(_ training: TrainingLog.Training) -> TensorBoardEvent {
        // Numbers that are no curve, in a line that was read.
        let others = Set(training.labels.keys).union(["update", "wallTime"])
        return TensorBoardEvent(
            wallTime: wallTime, step: update,
            content: .scalars(
                values.filter { !others.contains($0.key) }.map {
                    TensorBoardEvent.Scalar(tag: Self.tag($0.key), value: $0.value)
                }))
    }

    /// TensorBoard shows what stands before the slash as a group.
    static func tag(_ key: String) -> String {
        ["updatesPerSecond", "residentMemoryBytes"].contains(key) ? "machine/\(key)" : "learning/\(key)"
    }
}
