import Agents
import Experiments
import Foundation
import RandomNumbers

// Writes a training log as several trainings do at once, for TensorBoard's own reader to judge.
//
//     training-log-sample FOLDER TRAININGS POINTS [KEPT]
//
// With KEPT, trainings that FOLDER holds are gone on with after that update.

let arguments = CommandLine.arguments.dropFirst()
let numbers = arguments.dropFirst().map { Int($0) ?? 0 }
guard let folder = arguments.first, numbers.count >= 2 else {
    FileHandle.standardError.write(Data("usage: training-log-sample FOLDER TRAININGS POINTS [KEPT]\n".utf8))
    exit(2)
}
let kept = numbers.count > 2 ? numbers[2] : -1
let log = try TrainingLog(folder: folder)

/// Some numbers are missing, and some are none.
@Sendable func point(_ update: Int, using stream: inout RandomStream) -> CurvePoint {
    CurvePoint(
        update: update, steps: 4 * update, loss: update == 0 ? nil : stream.uniform(),
        gradientNorm: update % 5 == 2 ? .infinity : 1e-30 * stream.uniform(),
        meanMaxQ: update % 7 == 3 ? .nan : stream.normal(), exploration: 0.05, learningRate: 3e-4,
        score: 100 * stream.normal())
}

try await withThrowingTaskGroup(of: Void.self) { group in
    for seed in 1...numbers[0] {
        group.addTask {
            let training = TrainingLog.Training("wave-seed\(seed)", labels: ["seed": .integer(seed)])
            let key = RandomKey(seed: UInt64(seed))
            var before = key.stream("before")
            try log.reopen(
                training, at: max(0, kept), after: (0..<(kept + 1)).map { point($0, using: &before) })
            var stream = kept < 0 ? before : key.stream("after")
            for update in (kept + 1)..<numbers[1] {
                try log.add(point(update, using: &stream), to: training)
                try await Task.sleep(for: .milliseconds(5))
            }
        }
    }
    try await group.waitForAll()
}
