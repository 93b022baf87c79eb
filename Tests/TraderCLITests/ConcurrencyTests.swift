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
        try LargePrices.text("NEW", symbols: 50, bars: 10_000).write(to: workspace.path("new.csv"))
        try await workspace.success("ingest", "old.csv")
        let (list, export) = (["data", "list", "--format", "csv"], ["data", "export", "OLD1"])
        let oldList = try await TraderProcess.run(list, in: workspace.folder).standardOutput
        let oldExport = try await TraderProcess.run(export, in: workspace.folder).standardOutput
        try #require(oldExport.split(separator: "\n").count == 501)

        let path = workspace.path("MarketData/market.sqlite").path
        let writer = try TraderProcess.start(["ingest", "new.csv"], in: workspace.folder)
        var readsDuringTheWrite = 0
        var isNew = false
        while writer.isRunning {
            let wasBeingWritten = try isBeingWritten(path)
            let listed = try await TraderProcess.run(list, in: workspace.folder)
            let exported = try await TraderProcess.run(export, in: workspace.folder)
            let counted = try count(path)
            let isBeingWritten = try isBeingWritten(path)

            #expect(listed.exitCode == 0 && exported.exitCode == 0, "\(listed.standardError)\(exported.standardError)")
            #expect(listed.standardError == "" && exported.standardError == "")
            #expect(exported.standardOutput == oldExport)
            #expect(counted == 1_000 || counted == 501_000)
            if isNew { #expect(listed.standardOutput != oldList && counted == 501_000) }
            isNew = listed.standardOutput != oldList
            if isNew { #expect(listed.standardOutput.contains("NEW0,10000,2000-01-01,") && counted == 501_000) }
            if wasBeingWritten && isBeingWritten && !isNew { readsDuringTheWrite += 1 }
        }
        let outcome = try await writer.outcome()
        #expect(outcome.exitCode == 0, "\(outcome.standardError)")
        #expect(readsDuringTheWrite > 0)
        #expect(try count(path) == 501_000)
        #expect(try await TraderProcess.run(export, in: workspace.folder).standardOutput == oldExport)
    }

    /// What another program that waits for nobody sees.
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
