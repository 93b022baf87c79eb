import Agents
import Dispatch
import Foundation
import Reporting
import Synchronization

/// The user stopped the run.
struct Interrupted: Error, CustomStringConvertible {
    /// What the run would have written, such as `report`.
    let result: String
    let done: String

    var description: String { "interrupted, and no \(result) was written: \(done)" }
}

/// What keeps a run from going on that has its folder: what is wrong, and what to do.
struct StoppedRun: Error, CustomStringConvertible {
    let error: RunFolderError
    /// How to go on with it.
    let command: String

    var description: String { error.message(resuming: command) }
}

/// What asks a run to stop. Whoever has SIGHUP ignored, as nohup does, wants it to outlive its terminal.
let stoppingSignals: [Int32] = {
    let before = signal(SIGHUP, SIG_IGN)
    let isIgnored = unsafeBitCast(before, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
    guard !isIgnored else { return [SIGINT, SIGTERM] }
    signal(SIGHUP, before)
    return [SIGINT, SIGTERM, SIGHUP]
}()

/// Runs work that SIGINT, SIGTERM and SIGHUP stop cleanly.
///
/// - Parameter unfinished: What is kept of the work for another try; taken away where every try would end alike.
/// - Throws: `Interrupted`, saying what was lost; `StoppedRun` where what was kept is of use; whatever the work throws otherwise.
func interruptible<Value: Sendable>(
    _ progress: RunProgress, unfinished: UnfinishedRun? = nil, _ work: @escaping @Sendable () async throws -> Value
) async throws -> Value {
    let task = Task(operation: work)
    // A queue of its own has a thread even when all others are busy with the work.
    let queue = DispatchQueue(label: "interruption")
    let isOver = Flag()
    let sources = stoppingSignals.map { number in
        // The default action would end the process before it could tidy up.
        signal(number, SIG_IGN)
        let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
        source.setEventHandler {
            task.cancel()
            // Work that does not look up in time is left where it is: until the last rename nothing of it can be seen.
            queue.asyncAfter(deadline: .now() + 3) {
                guard !isOver.isRaised else { return }
                progress.finish()
                Console.note("\(progress.interrupted)")
                exit(1)
            }
        }
        source.resume()
        return source
    }
    defer {
        isOver.raise()
        for source in sources { source.cancel() }
        for number in stoppingSignals { signal(number, SIG_DFL) }
    }
    do {
        return try await task.value
    } catch let error as NotFiniteError {
        progress.finish()
        unfinished?.remove()
        throw error
    } catch let error as RunFolderError {
        progress.finish()
        guard let unfinished else { throw error }
        throw StoppedRun(error: error, command: resumingCommand(unfinished))
    } catch is CancellationError {
        progress.finish()
        throw progress.interrupted
    }
}

/// Something that has happened, once and for all.
private final class Flag: Sendable {
    private let state = Mutex(false)

    var isRaised: Bool { state.withLock { $0 } }

    func raise() { state.withLock { $0 = true } }
}
