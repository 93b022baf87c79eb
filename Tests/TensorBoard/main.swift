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

try await withThrowingTaskGroup(of: Void.self) { group in
    for seed in 1...numbers[0] {
        group.addTask {
            let training = TrainingLog.Training("wave-seed\(seed)", labels: ["seed": .integer(seed)])
            var stream = RandomKey(seed: UInt64(seed)).stream(kept < 0 ? "before" : "after")
            try log.reopen(training, keepingUpdatesUpTo: kept)
            for update in (kept + 1)..<numbers[1] {
                // Some numbers are missing, and some are none.
                let point = CurvePoint(
                    update: update, steps: 4 * update, loss: update == 0 ? nil : stream.uniform(),
                    gradientNorm: update % 5 == 2 ? .infinity : 1e-30 * stream.uniform(),
                    meanMaxQ: update % 7 == 3 ? .nan : stream.normal(), exploration: 0.05, learningRate: 3e-4,
                    score: 100 * stream.normal())
                try log.add(point, to: training)
                try await Task.sleep(for: .milliseconds(5))
            }
        }
    }
    try await group.waitForAll()
}
