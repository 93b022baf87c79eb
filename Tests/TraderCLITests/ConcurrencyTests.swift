import Foundation
import GRDB
import Testing

/// Several programs at one store: readers are never in the way of a writer nor it in theirs, and of two writers both get their turn.
@Suite(.serialized, .timeLimit(.minutes(5))) struct ConcurrencyTests {
    let workspace: Workspace

    init() throws { workspace = try Workspace() }

    // MARK: - Readers

    @Test func readersSeeTheOldStateUntilTheNewOneIsComplete() async throws {
        try LargePrices.text("OLD", symbols: 2, bars: 500).write(to: workspace.path("old.csv"))
        try LargePrices.text("NEW", symbols: 30, bars: 10_000).write(to: workspace.path("new.csv"))
        try await workspace.success("ingest", "old.csv", "--database", "old.sqlite")
        let (list, export) = (["data", "list", "--format", "csv"], ["data", "export", "OLD1"])
        func read(_ command: [String], _ store: String) async throws -> String {
            let outcome = try await TraderProcess.run(command + ["--database", store], in: workspace.folder)
            #expect(outcome.exitCode == 0 && outcome.standardError == "", "\(outcome.standardError)")
            return outcome.standardOutput
        }
        let oldList = try await read(list, "old.sqlite")
        let oldExport = try await read(export, "old.sqlite")
        try #require(oldExport.split(separator: "\n").count == 501)

        let (writer, store) = try await writerStoppedWhileItWrites()
        defer { writer.send(signal: SIGCONT) }
        let path = workspace.path(store).path
        for _ in 0..<3 {
            #expect(try await read(list, store) == oldList)
            #expect(try await read(export, store) == oldExport)
            #expect(try count(path) == 1_000)
        }
        #expect(try isBeingWritten(path))

        // Whenever the new state comes, it comes as a whole, and stays.
        writer.send(signal: SIGCONT)
        var isNew = false
        while writer.isRunning {
            let listed = try await read(list, store)
            #expect(listed == oldList ? !isNew : listed.split(separator: "\n").count == 33)
            isNew = listed != oldList
            #expect(try await read(export, store) == oldExport)
        }
        let outcome = try await writer.outcome()
        #expect(outcome.exitCode == 0, "\(outcome.standardError)")
        #expect(try await read(list, store).contains("NEW29,10000,2000-01-01,"))
        #expect(try count(path) == 301_000)
        #expect(try await read(export, store) == oldExport)
    }

    /// An ingest of `new.csv` into a copy of `old.sqlite`, stopped (SIGSTOP) when a part of the bars is in the log and the last
    /// is still to be written. So it stays as long as it takes to read, however slow the machine is at that moment.
    private func writerStoppedWhileItWrites() async throws -> (writer: TraderProcess, store: String) {
        // It may be done before it is stopped; then another is tried.
        for attempt in 0..<50 {
            let store = "store\(attempt).sqlite"
            let path = workspace.path(store).path
            try FileManager.default.copyItem(atPath: workspace.path("old.sqlite").path, toPath: path)
            let writer = try TraderProcess.start(["ingest", "new.csv", "--database", store], in: workspace.folder)
            // Without giving up the thread, which may come back after the writer's end.
            while writer.isRunning && size(path + "-wal") == 0 && !Task.isCancelled { usleep(1_000) }
            if writer.stop(), (try? isBeingWritten(path) && count(path) == 1_000) == true { return (writer, store) }
            writer.send(signal: SIGCONT)
            let outcome = try await writer.outcome()
            try #require(outcome.exitCode == 0, "\(outcome.standardError)")
        }
        throw NeverStopped()
    }

    private struct NeverStopped: Error {}

    /// 0 where there is no such file.
    private func size(_ path: String) -> Int {
        (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? 0
    }

    /// How many bars another program sees that waits for nobody.
    private func count(_ path: String) throws -> Int? {
        var configuration = Configuration()
        configuration.busyMode = .immediateError
        return try DatabaseQueue(path: path, configuration: configuration).read { database in
            try Int.fetchOne(database, sql: "SELECT count(*) FROM bars")
        }
    }

    /// Whether a program is writing at this moment, so that no other may begin to.
    private func isBeingWritten(_ path: String) throws -> Bool {
        var configuration = Configuration()
        configuration.busyMode = .immediateError
        configuration.allowsUnsafeTransactions = true
        return try DatabaseQueue(path: path, configuration: configuration).writeWithoutTransaction { database in
            do {
                try database.execute(sql: "BEGIN IMMEDIATE; ROLLBACK")
                return false
            } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY {
                return true
            }
        }
    }

    // MARK: - Writers

    /// Ingests two files at once, and requires that both are in: at once, or told to try again.
    private func ingestAtOnce(_ first: String, _ second: String) async throws {
        let store = ["--database", "d.sqlite"]
        let processes = try [first, second].map { file in
            (file, try TraderProcess.start(["ingest", file] + store, in: workspace.folder))
        }
        for (file, process) in processes {
            let outcome = try await process.outcome()
            if outcome.exitCode == 0 { continue }
            #expect(outcome.exitCode == 1)
            #expect(outcome.standardError.hasPrefix("d.sqlite: error: another program is writing to it\n"))
            try await workspace.success("ingest", file, "--database", "d.sqlite")
        }
    }

    private func store(_ expected: [String: Int]) async throws {
        let list = try await workspace.document(
            ListDocument.self, "data", "list", "--json", "--database", "d.sqlite")
        #expect(Dictionary(uniqueKeysWithValues: list.symbols.map { ($0.symbol, $0.bars) }) == expected)
        #expect(try StoreState(workspace.path("d.sqlite").path).integrity == "ok")
        // Neither of the two leaves a store half made.
        #expect(try workspace.files().filter { $0.hasPrefix("d.sqlite") } == ["d.sqlite"])
    }

    @Test(arguments: 0..<5)
    func twoIngestsAtOnceAreBothIn(round: Int) async throws {
        try LargePrices.text("A", symbols: 3, bars: 10_000).write(to: workspace.path("a.csv"))
        try LargePrices.text("B", symbols: 3, bars: 10_000).write(to: workspace.path("b.csv"))
        // Into a store that neither finds there, and then into the one that is.
        try await ingestAtOnce("a.csv", "b.csv")
        let both = ["A0": 10_000, "A1": 10_000, "A2": 10_000, "B0": 10_000, "B1": 10_000, "B2": 10_000]
        try await store(both)
        try LargePrices.text("C", symbols: 1, bars: 10_000).write(to: workspace.path("c.csv"))
        try LargePrices.text("D", symbols: 1, bars: 10_000).write(to: workspace.path("d.csv"))
        try await ingestAtOnce("c.csv", "d.csv")
        try await store(both.merging(["C0": 10_000, "D0": 10_000]) { $1 })
    }

    @Test func sameFileTwiceAtOnceIsInOnce() async throws {
        try LargePrices.text("A", symbols: 3, bars: 10_000).write(to: workspace.path("a.csv"))
        try await ingestAtOnce("a.csv", "a.csv")
        try await store(["A0": 10_000, "A1": 10_000, "A2": 10_000])
        let list = try await workspace.document(
            ListDocument.self, "data", "list", "--json", "--database", "d.sqlite")
        #expect(list.sources.map(\.inserted) == [30_000])
    }
}
