import Foundation
import Testing

/// An ingest that is killed at any moment: the store is as before or as after, sound, and takes the same file again.
@Suite(.serialized, .timeLimit(.minutes(10))) struct KillTests {
    let workspace: Workspace

    init() throws { workspace = try Workspace() }

    private static let suffixes = ["", "-wal", "-shm"]

    /// Takes away the store, and puts a copy of another in its place.
    private func reset(_ store: String, to base: String?) throws {
        for name in try workspace.files() where name.hasPrefix(store) {
            try FileManager.default.removeItem(at: workspace.path(name))
        }
        if let base { try FileManager.default.copyItem(at: workspace.path(base), to: workspace.path(store)) }
    }

    private func state(_ store: String) throws -> StoreState { try StoreState(workspace.path(store).path) }

    /// How often an ingest that was killed had not stored its file yet, and how often it had.
    private struct Tally {
        var before = 0
        var after = 0
    }

    /// Kills an ingest of `new.csv` at moments all over its duration.
    /// - Parameter base: the store that it goes into; nil where there is none.
    private func kill(rounds: Int, base: String?) async throws -> Tally {
        let store = "store.sqlite"
        let ingest = ["ingest", "new.csv", "--database", store]
        func complete() async throws -> Duration {
            let start = ContinuousClock.now
            let outcome = try await TraderProcess.run(ingest, in: workspace.folder)
            try #require(outcome.exitCode == 0, "\(outcome.standardError)")
            return ContinuousClock.now - start
        }
        try reset(store, to: base)
        var duration = try await complete()
        let after = try state(store)
        let before = try base.map(state)
        try #require(after.integrity == "ok" && after != before)

        var random = Lehmer(state: 2024)
        var tally = Tally()
        for round in 0..<rounds {
            try reset(store, to: base)
            // Spread evenly, each a little off. Some come late, should the machine be slower now than when it was measured.
            let stretch = round % 20 == 19 ? 3 : 1.2
            let delay = duration * ((Double(round) + random.next()) / Double(rounds) * stretch)
            let process = try TraderProcess.start(ingest, in: workspace.folder)
            try await Task.sleep(for: delay)
            process.send(signal: SIGKILL)
            _ = try await process.outcome()

            let isThere = workspace.exists(store)
            let found = isThere ? try state(store) : nil
            // Without a store before, there is none or the complete one: never an empty one, or a part.
            #expect(found == before || found == after, "killed after \(delay) of \(duration)")
            if found == after { tally.after += 1 } else { tally.before += 1 }
            // It takes longer than that now.
            if found == before { duration = max(duration, delay) }
            if round % 10 == 0 {
                let again = try await complete()
                // The machine may have had other work before.
                if found == before { duration = min(duration, again) }
                #expect(try state(store) == after, "killed after \(delay)")
            }
        }
        return tally
    }

    @Test func killedIngestLeavesTheStoreAsBeforeOrAsAfter() async throws {
        // The store has half of the first symbol, and others.
        try LargePrices.text("NEW", symbols: 1, bars: 2_500).write(to: workspace.path("half.csv"))
        try LargePrices.text("OLD", symbols: 3, bars: 500).write(to: workspace.path("old.csv"))
        try LargePrices.text("NEW", symbols: 40, bars: 5_000).write(to: workspace.path("new.csv"))
        try await workspace.success("ingest", "half.csv", "old.csv", "--database", "base.sqlite")
        try await workspace.success("data", "split", "OLD1", "2000-01-10", "2:1", "--database", "base.sqlite")
        let tally = try await kill(rounds: 200, base: "base.sqlite")
        #expect(tally.before > 0 && tally.after > 0, "\(tally)")
    }

    @Test func killedIngestMakesAStoreOrNone() async throws {
        try LargePrices.text("NEW", symbols: 20, bars: 5_000).write(to: workspace.path("new.csv"))
        let tally = try await kill(rounds: 60, base: nil)
        #expect(tally.before > 0 && tally.after > 0, "\(tally)")
    }
}

/// Random numbers from 0 to 1, the same in every run: Lehmer's generator with the multiplier of Park and Miller.
private struct Lehmer {
    var state: UInt64

    mutating func next() -> Double {
        state = state * 48_271 % 2_147_483_647
        return Double(state) / 2_147_483_647
    }
}
