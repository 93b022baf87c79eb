import Foundation
import GRDB
import Testing

/// Whatever is wrong with a price file or a database: a message with the place and the remedy, and nothing half-done.
@Suite(.serialized, .timeLimit(.minutes(2))) struct IngestFailureTests {
    let workspace: Workspace

    init() throws { workspace = try Workspace() }

    private static let good = "date,symbol,close\n2024-01-02,GOOD,10\n2024-01-03,GOOD,11\n"

    @Test(arguments: [
        ("", "f.csv: error: is empty"),
        ("date,symbol,open,high,low,close,volume\n", "f.csv:1:1: error: has a header and no rows"),
        ("name,city\nAda,Rome\n", "f.csv:1:1: error: no date column and no close column; found: name, city"),
        ("date,open,high,low\n2024-01-02,1,2,1\n", "f.csv:1:1: error: no close column; found: date, open, high, low"),
        ("date,symbol,close\n2024-01-02,A,1\n2024-01-03,A,1.2.3\n", "f.csv:3:14: error: close '1.2.3' is not a number"),
        ("date,symbol,close\n2024-01-02,A,1\n2024-02-30,A,1\n", "f.csv:3:1: error: '2024-02-30' is not a date"),
    ])
    func wrongFileIsRefused(text: String, message: String) async throws {
        try workspace.write(text, to: "f.csv")
        let outcome = try await workspace.trader("ingest", "f.csv")
        #expect(outcome.exitCode == 2)
        #expect(outcome.standardError.hasPrefix(message), "\(outcome.standardError)")
        #expect(outcome.standardOutput == "")
        #expect(try workspace.files() == ["f.csv"])
    }

    @Test func missingFileIsRefused() async throws {
        let outcome = try await workspace.trader("ingest", "nowhere.csv")
        #expect(outcome.exitCode == 2)
        #expect(outcome.standardError == "nowhere.csv: error: no such file\nCheck the name and the folder.\n")
    }

    @Test func goodFilesAreTakenBesideARefusedOne() async throws {
        try workspace.write("date,symbol,close\n2024-01-02,BAD,x\n", to: "bad.csv")
        try workspace.write(Self.good, to: "good.csv")
        let outcome = try await workspace.trader("ingest", "bad.csv", "good.csv")
        #expect(outcome.exitCode == 2)
        #expect(
            outcome.standardError.hasPrefix("bad.csv:2:16: error: close 'x' is not a number"),
            "\(outcome.standardError)")
        #expect(outcome.standardOutput.contains("GOOD"))
        #expect(!outcome.standardOutput.contains("BAD"))
        let content = try workspace.content().joined(separator: "\n")
        #expect(content.contains("GOOD") && !content.contains("BAD"))
    }

    @Test func readOnlyDatabaseIsReadAndNotWritten() async throws {
        try await workspace.ingest("aapl_daily.csv")
        let store = workspace.path("MarketData/market.sqlite").path
        let folder = workspace.path("MarketData").path
        let before = try workspace.bytes("MarketData/market.sqlite")
        try FileManager.default.setAttributes([.posixPermissions: 0o444], ofItemAtPath: store)
        try FileManager.default.setAttributes([.posixPermissions: 0o555], ofItemAtPath: folder)
        defer { try? FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder) }

        let outcome = try await TraderProcess.runBoundByPermissions(
            ["ingest", bundled("ibm_daily.csv")], in: workspace.folder)
        #expect(outcome.exitCode == 1)
        #expect(outcome.standardError.hasPrefix("MarketData/market.sqlite: error: cannot be written to\nAllow writing"))
        #expect(try workspace.files(below: "MarketData") == ["market.sqlite"])
        #expect(try workspace.bytes("MarketData/market.sqlite") == before)

        let backtest = try await TraderProcess.runBoundByPermissions(
            ["backtest", "--strategy", "buy-and-hold", "--symbols", "AAPL"] + fewDraws, in: workspace.folder)
        #expect(backtest.exitCode == 0, "\(backtest.standardError)")
    }

    @Test func lockedDatabaseIsReadAndNotWritten() async throws {
        try await workspace.ingest("aapl_daily.csv")
        let content = try workspace.content()
        var configuration = Configuration()
        configuration.allowsUnsafeTransactions = true
        let writer = try DatabaseQueue(
            path: workspace.path("MarketData/market.sqlite").path, configuration: configuration)
        try await writer.writeWithoutTransaction { try $0.execute(sql: "BEGIN IMMEDIATE") }

        let refused = try await workspace.trader("ingest", bundled("ibm_daily.csv"))
        #expect(refused.exitCode == 1)
        #expect(
            refused.standardError
                == "MarketData/market.sqlite: error: another program is writing to it\nTry again when it has finished.\n"
        )
        try await workspace.backtest("--strategy", "buy-and-hold", "--symbols", "AAPL")

        try await writer.writeWithoutTransaction { try $0.execute(sql: "ROLLBACK") }
        #expect(try workspace.content() == content)
        try await workspace.ingest("ibm_daily.csv")
    }

    @Test func fileThatIsNoStoreIsLeftAlone() async throws {
        try workspace.write(Self.good, to: "good.csv")
        try await DatabaseQueue(path: workspace.path("other.sqlite").path).write {
            try $0.execute(sql: "CREATE TABLE notes(text TEXT)")
        }
        try workspace.write("my diary\n", to: "diary.txt")
        for name in ["other.sqlite", "diary.txt"] {
            let before = try workspace.bytes(name)
            for command in [["ingest", "good.csv"], ["backtest", "--strategy", "buy-and-hold"]] {
                let outcome = try await TraderProcess.run(command + ["--database", name], in: workspace.folder)
                #expect(outcome.exitCode == 2)
                #expect(outcome.standardError.hasPrefix("\(name): error: is not a store of market data"))
            }
            #expect(try workspace.bytes(name) == before)
        }
        #expect(try workspace.files() == ["diary.txt", "good.csv", "other.sqlite"])
    }
}
