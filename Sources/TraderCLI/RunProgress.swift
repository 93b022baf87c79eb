import Experiments
import Foundation
import Reporting
import Synchronization

/// Tells whoever waits how far a run has come: one line that is rewritten on a terminal, a calm line now and then in a
/// pipe.
final class RunProgress: RunObserver {
    private struct State {
        var trainings = 0
        var finished = 0
        var updates = 0
        var done = 0
        /// Of those done, how many an earlier process did.
        var resumed = 0
        var start = ContinuousClock.now
        var lastShown = ContinuousClock.now
        var lineIsOpen = false
    }
    private let name: String
    private let result: String
    private let unfinished: UnfinishedRun?
    private let state = Mutex(State())

    /// - Parameters:
    ///   - result: What the run will write, such as `report`.
    ///   - unfinished: Where the run is kept; nil for one that is not.
    init(name: String, result: String, unfinished: UnfinishedRun?) {
        self.name = name
        self.result = result
        self.unfinished = unfinished
    }

    func begin(trainings: Int, updates: Int) {
        state.withLock { state in
            state.trainings = trainings
            state.updates = updates
            state.start = .now
            // So that the first line comes after a moment and not after the whole interval.
            state.lastShown = .now - .seconds(8)
        }
    }

    func didResume(_ count: Int) {
        state.withLock { state in
            state.done += count
            state.resumed += count
        }
    }

    func didUpdate(_ count: Int) {
        state.withLock { state in
            state.done += count
            show(&state)
        }
    }

    func didFinish(_ training: String) {
        state.withLock { $0.finished += 1 }
    }

    /// Ends the line on a terminal.
    func finish() {
        state.withLock { state in
            if state.lineIsOpen { Console.write("\r\u{1B}[K") }
            state.lineIsOpen = false
        }
    }

    /// Says what was lost, and what was not.
    var interrupted: Interrupted {
        state.withLock { state in
            guard let unfinished else { return Interrupted(result: result, done: "nothing was kept") }
            return Interrupted(
                result: result,
                done: "\(state.finished) of \(state.trainings) trainings were done. Go on with them: "
                    + resumingCommand(unfinished))
        }
    }

    private func show(_ state: inout State) {
        let now = ContinuousClock.now
        guard now - state.lastShown >= (Console.isTerminal ? .milliseconds(200) : .seconds(10)),
            state.done > state.resumed
        else {
            return
        }
        state.lastShown = now
        let elapsed = max(0.001, Double((now - state.start) / .milliseconds(1)) / 1000)
        let rate = Double(state.done - state.resumed) / elapsed
        let share = Double(state.done) / Double(max(1, state.updates))
        let left = Int((Double(state.updates - state.done) / rate).rounded(.up))
        let text =
            "\(name)  training \(min(state.finished + 1, state.trainings)) of \(state.trainings)  "
            + "\(Int(share * 100)) %  \(Int(rate)) updates/s  \(duration(left)) left"
        if Console.isTerminal {
            let width = 24
            let filled = Int(share * Double(width))
            let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: width - filled)
            Console.write("\r\u{1B}[K\(bar)  \(text)")
            state.lineIsOpen = true
        } else {
            Console.note(text)
        }
    }

    private func duration(_ seconds: Int) -> String {
        seconds < 60 ? "\(seconds) s" : "\(seconds / 60) min \(seconds % 60) s"
    }
}
