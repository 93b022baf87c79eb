import Foundation

/// Carries series from the thread that reads a file to the thread that stores them, a few at a time, so that both work at once.
final class SeriesPipe: @unchecked Sendable {
    // Everything below is touched only with `condition` locked.
    private let condition = NSCondition()
    private var waiting: [PriceSeries] = []
    private var outcome: Result<PriceFileSummary, PriceFileReader.Stop>?
    private var isCancelled = false

    /// So many series may wait; beyond, reading waits for storing.
    private static let capacity = 8

    /// Starts to read a file on a thread of its own.
    init(reading file: String, with reader: PriceFileReader, early: Bool) {
        // Reading needs no more stack than other threads have by default.
        let thread = Thread { [self] in
            let outcome: Result<PriceFileSummary, PriceFileReader.Stop>
            do throws(PriceFileReader.Stop) {
                outcome = .success(
                    try reader.read(
                        file, stream: { () throws(PriceFileError.Problem) in try ByteStream(path: file) }, early: early,
                        take: push))
            } catch {
                outcome = .failure(error)
            }
            condition.withLock {
                self.outcome = outcome
                condition.broadcast()
            }
        }
        thread.name = "reading \(file)"
        thread.start()
    }

    /// The next series; nil after the last, and where reading has failed: `summary` tells which.
    func next() -> PriceSeries? {
        condition.withLock {
            while waiting.isEmpty && outcome == nil { condition.wait() }
            if case .failure = outcome { return nil }
            guard !waiting.isEmpty else { return nil }
            condition.broadcast()
            return waiting.removeFirst()
        }
    }

    /// What there is to say about the file. Waits for the end of reading.
    func summary() throws(PriceFileReader.Stop) -> PriceFileSummary {
        condition.lock()
        while outcome == nil { condition.wait() }
        let outcome = self.outcome
        condition.unlock()
        guard let outcome else { preconditionFailure("it was waited for") }
        return try outcome.get()
    }

    /// Has reading stop at the next series.
    func cancel() {
        condition.withLock {
            isCancelled = true
            condition.broadcast()
        }
    }

    private func push(_ series: PriceSeries) -> Bool {
        condition.withLock {
            while waiting.count >= SeriesPipe.capacity && !isCancelled { condition.wait() }
            guard !isCancelled else { return false }
            waiting.append(series)
            condition.broadcast()
            return true
        }
    }
}
