import Foundation
import GRDB
import Testing

/// `trader ingest`: what people see, what programs read, what is stored.
@Suite(.serialized, .timeLimit(.minutes(2))) struct IngestTests {
    let workspace: Workspace

    init() throws { workspace = try Workspace() }

    @Test func tableShowsWhatCameIn() async throws {
        let first = try await workspace.trader("ingest", bundled("ibm_daily.csv"))
        #expect(first.exitCode == 0)
        #expect(first.standardError == "")
        #expect(
            first.standardOutput == """
                \(bundled("ibm_daily.csv")): a bar a row, from columns date, symbol, open, high, low, close, volume; \
                dates YYYY-MM-DD

                symbol   bars  from        to            new  unchanged
                IBM     3,270  2000-03-01  2013-03-01  3,270          0

                Database: MarketData/market.sqlite

                """)
        let again = try await workspace.trader("ingest", bundled("ibm_daily.csv"))
        #expect(again.standardOutput.contains("IBM     3,270  2000-03-01  2013-03-01    0      3,270"))
    }

    @Test func barsAreStoredAsTheFileHasThem() async throws {
        try await workspace.ingest("aapl_daily.csv")
        let stored = try await DatabaseQueue(path: workspace.path("MarketData/market.sqlite").path).read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT date(time, 'unixepoch'), name, open, high, low, close, volume
                    FROM bars JOIN symbols ON symbols.id = symbol_id ORDER BY time
                    """
            ).map { row in "\(row[0] as String) \(row[1] as String) \((2..<7).map { row[$0] as Double })" }
        }
        let written = try rows(of: bundled("aapl_daily.csv")).map { cells in
            "\(cells[0]) \(cells[1]) \(try cells[2...].map { try #require(Double($0)) })"
        }
        #expect(stored == written)
    }

    @Test func sameFilesAgainChangeNothing() async throws {
        let files = [bundled("factor_etfs_close_wide.csv"), fixture("ACME.csv"), fixture("five-symbols-long.csv")]
        func ingest() async throws -> IngestDocument {
            let outcome = try await TraderProcess.run(["ingest", "--json"] + files, in: workspace.folder)
            #expect(outcome.exitCode == 0)
            return try outcome.decoded(as: IngestDocument.self)
        }
        let first = try await ingest().files.flatMap(\.symbols)
        let content = try workspace.content()
        let second = try await ingest().files.flatMap(\.symbols)
        // Five funds in the wide file, one symbol in the Yahoo export, five in the long one.
        #expect(first.count == 11)
        #expect(first.allSatisfy { $0.inserted == $0.bars && $0.unchanged == 0 && $0.replaced == 0 })
        #expect(second.allSatisfy { $0.inserted == 0 && $0.unchanged == $0.bars && $0.replaced == 0 })
        #expect(first.map(\.bars) == second.map(\.bars))
        #expect(try workspace.content() == content)
    }

    @Test func jsonFollowsTheContract() async throws {
        try workspace.write("date,close\n2024-01-02,10\n2024-01-03,ten\n", to: "BAD.csv")
        try workspace.write("date,close\n2024-01-02,10\n2024-01-03,11\n", to: "GOOD.csv")
        let outcome = try await workspace.trader("ingest", "--json", "BAD.csv", "GOOD.csv")
        #expect(outcome.exitCode == 2)
        let document = try outcome.decoded(as: IngestDocument.self)
        #expect(document.files.map(\.file) == ["BAD.csv", "GOOD.csv"])
        #expect(document.files.map(\.verdict) == ["refused", "accepted"])
        let error = try #require(document.files[0].error)
        #expect(error.line == 3 && error.column == 12)
        #expect(error.message == "close 'ten' is not a number")
        #expect(document.files[0].symbols.isEmpty && !error.remedy.isEmpty)
        #expect(
            document.files[1].symbols == [
                .init(
                    symbol: "GOOD", bars: 2, from: "2024-01-02", to: "2024-01-03", inserted: 2, unchanged: 0,
                    replaced: 0, adjustments: 0)
            ])
        #expect(document.files[1].error == nil && outcome.standardOutput.contains("\"error\" : null"))
        #expect(!document.files[1].decisions.isEmpty)
        #expect(document.files.allSatisfy { $0.warnings.isEmpty && $0.notices.isEmpty && $0.firstRows.isEmpty })
    }

    @Test func jsonTellsWhatIsOdd() async throws {
        let file = bundled("aapl_daily.csv")
        let document = try await workspace.document(IngestDocument.self, "ingest", "--json", file)
        #expect(document.files[0].verdict == "warned")
        // Half of the value went in one night, and it was no split.
        let warning = try #require(document.files[0].warnings.first)
        #expect(warning.severity == "warning" && warning.symbols == ["AAPL"] && warning.lines == [150])
        #expect(warning.times == ["2000-09-29"] && warning.count == 1)
        #expect(!warning.check.isEmpty && !warning.message.isEmpty && !warning.remedy.isEmpty)
    }

    @Test func databaseIsTheStatedOneElseThatOfTheEnvironment() async throws {
        let environment = ["TRADER_DATABASE": "from-environment.sqlite"]
        let file = fixture("ACME.csv")
        _ = try await workspace.trader("ingest", file, environment: environment)
        #expect(try workspace.files() == ["from-environment.sqlite"])
        _ = try await workspace.trader("ingest", file, "--database", "new/stated.sqlite", environment: environment)
        #expect(try workspace.files() == ["from-environment.sqlite", "new/stated.sqlite"])
        _ = try await workspace.trader("ingest", file)
        #expect(workspace.exists("MarketData/market.sqlite"))
    }

    @Test func differingBarsAreTakenOnlyWhenAskedFor() async throws {
        try workspace.write("date,close\n2024-01-02,10\n", to: "A.csv")
        _ = try await workspace.trader("ingest", "A.csv")
        let content = try workspace.content()
        try workspace.write("date,close\n2024-01-02,12\n", to: "A.csv")

        let refused = try await workspace.trader("ingest", "A.csv")
        #expect(refused.exitCode == 2)
        #expect(
            refused.standardError.contains(
                "A.csv:2:1: error: A at 2024-01-02: close is 12.0 in the file, 10.0 in the store"))
        #expect(try workspace.content() == content)

        let replaced = try await workspace.trader("ingest", "A.csv", "--on-conflict", "replace", "--json")
        #expect(try replaced.decoded(as: IngestDocument.self).files[0].symbols[0].replaced == 1)
        #expect(try workspace.content() != content)
    }
}
