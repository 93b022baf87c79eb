import Foundation
import GRDB
import Testing

/// What `trader ingest` takes for files: standard input, quoted patterns, several files; and what `--dry-run` shows of them.
@Suite(.serialized, .timeLimit(.minutes(2))) struct IngestInputTests {
    let workspace: Workspace

    init() throws { workspace = try Workspace() }

    private static let closes = "date,close\n2024-01-02,10\n2024-01-03,11\n"
    private static let longRows = "date,symbol,close\n2024-01-02,A,10\n2024-01-02,B,20\n"

    // MARK: - Standard input

    @Test func pipeIsReadAsTheFileIs() async throws {
        let file = bundled("ibm_daily.csv")
        let piped = try await workspace.trader(
            "ingest", "-", "--database", "p.sqlite", script: #"cat '\#(file)' | "$@""#)
        #expect(piped.exitCode == 0)
        #expect(piped.standardOutput.hasPrefix("standard input: a bar a row"))
        try await workspace.success("ingest", file, "--database", "f.sqlite")
        let exported = try await workspace.success("data", "export", "--database", "p.sqlite")
        #expect(try await workspace.success("data", "export", "--database", "f.sqlite") == exported)
        // One content, one fingerprint, however it came.
        func fingerprint(_ store: String) async throws -> [String] {
            try await workspace.document(ListDocument.self, "data", "list", "--json", "--database", store)
                .sources.map(\.fingerprint)
        }
        #expect(try await fingerprint("p.sqlite") == fingerprint("f.sqlite"))
    }

    @Test func standardInputHasNoNameForASymbol() async throws {
        try workspace.write(Self.closes, to: "A.csv")
        let unnamed = try await workspace.trader("ingest", "-", script: "\"$@\" < A.csv")
        #expect(unnamed.exitCode == 2)
        #expect(unnamed.standardError.hasPrefix("-:1:1: error: the prices name no symbol\n"))
        #expect(unnamed.standardError.hasSuffix("State the symbol with --symbol.\n"))
        #expect(try workspace.files() == ["A.csv"])

        let named = try await workspace.trader("ingest", "-", "--symbol", "Q", "--json", script: "\"$@\" < A.csv")
        let file = try #require(try named.decoded(as: IngestDocument.self).files.first)
        #expect(file.file == "-" && file.symbols.map(\.symbol) == ["Q"])
    }

    @Test func closedStandardInputIsWrongUsage() async throws {
        let outcome = try await workspace.trader("ingest", "-", "--symbol", "A", script: "\"$@\" <&-")
        #expect(outcome.exitCode == 2)
        #expect(outcome.standardError.hasPrefix("Error: Standard input is closed. "), "\(outcome.standardError)")
        #expect(try workspace.files().isEmpty)
    }

    @Test func emptyStandardInputIsRefused() async throws {
        let outcome = try await workspace.trader("ingest", "-", "--symbol", "A")
        #expect(outcome.exitCode == 2)
        #expect(outcome.standardError.hasPrefix("-: error: is empty\n"))
        #expect(try workspace.files().isEmpty)
    }

    @Test(arguments: ["2024-0", "2024-01-04", "2024-01-04,"])
    func pipeThatClosesInMidRowIsRefused(end: String) async throws {
        let script = "printf 'date,close\\n2024-01-02,10\\n2024-01-03,11\\n\(end)' | \"$@\""
        let outcome = try await workspace.trader("ingest", "-", "--symbol", "A", "--missing", "reject", script: script)
        #expect(outcome.exitCode == 2)
        #expect(outcome.standardError.hasPrefix("-:4:"), "\(outcome.standardError)")
        #expect(try workspace.files().isEmpty)
    }

    @Test func standardInputIsReadOnce() async throws {
        let outcome = try await workspace.trader("ingest", "-", "-")
        #expect(outcome.exitCode == 2)
        #expect(outcome.standardError.hasPrefix("Error: Standard input can be read once."))
    }

    // MARK: - Patterns and several files

    @Test func quotedPatternNamesItsFiles() async throws {
        try workspace.write(Self.closes, to: "prices/B.csv")
        try workspace.write(Self.closes, to: "prices/A.csv")
        try workspace.write("no prices", to: "prices/notes.txt")
        let document = try await workspace.document(IngestDocument.self, "ingest", "prices/*.csv", "--json")
        #expect(document.files.map(\.file) == ["prices/A.csv", "prices/B.csv"])
        #expect(document.files.flatMap(\.symbols).map(\.symbol) == ["A", "B"])
        let some = try await workspace.document(IngestDocument.self, "ingest", "prices/[Bx].c?v", "--json")
        #expect(some.files.map(\.file) == ["prices/B.csv"])
    }

    @Test func patternThatNamesNothingIsNoFile() async throws {
        let outcome = try await workspace.trader("ingest", "prices/*.csv")
        #expect(outcome.exitCode == 2)
        #expect(outcome.standardError == "prices/*.csv: error: no such file\nCheck the name and the folder.\n")
    }

    @Test func fileWhoseNameIsAPatternIsThatFile() async throws {
        try workspace.write(Self.longRows, to: "a[1].csv")
        try workspace.write("nothing", to: "a1.csv")
        #expect(try await workspace.success("ingest", "a[1].csv").hasPrefix("a[1].csv: "))
    }

    @Test func refusedFileKeepsTheOthersNeitherOutNorWaiting() async throws {
        try workspace.write(Self.closes, to: "A.csv")
        try workspace.write("date,close\n2024-01-02,x\n", to: "B.csv")
        try workspace.write(Self.closes, to: "C.csv")
        let outcome = try await workspace.trader("ingest", "*.csv", "--json")
        #expect(outcome.exitCode == 2)
        #expect(outcome.standardError.hasPrefix("B.csv:2:12: error: "))
        let files = try outcome.decoded(as: IngestDocument.self).files
        #expect(files.map(\.verdict) == ["accepted", "refused", "accepted"])
        let stored = try await workspace.document(ListDocument.self, "data", "list", "--json")
        #expect(stored.symbols.map(\.symbol) == ["A", "C"])
        #expect(stored.sources.map(\.file) == ["A.csv", "C.csv"])
    }

    @Test func oneSymbolIsForOneFile() async throws {
        try workspace.write(Self.closes, to: "A.csv")
        try workspace.write(Self.closes, to: "B.csv")
        for files in [["A.csv", "B.csv"], ["*.csv"]] {
            let outcome = try await TraderProcess.run(["ingest", "--symbol", "Q"] + files, in: workspace.folder)
            #expect(outcome.exitCode == 2)
            #expect(outcome.standardError.hasPrefix("Error: --symbol is for one file; 2 were given."))
        }
        #expect(try workspace.files() == ["A.csv", "B.csv"])
    }

    // MARK: - Dry run

    @Test func dryRunShowsAndMakesNothing() async throws {
        try workspace.write(Self.longRows, to: "f.csv")
        let shown = try await workspace.success("ingest", "f.csv", "--dry-run", "--database", "new/d.sqlite")
        #expect(
            shown == """
                f.csv: a bar a row, from columns date, symbol, close; dates YYYY-MM-DD

                time        symbol  open  high  low  close  volume
                2024-01-02  A                           10
                2024-01-02  B                           20

                symbol  bars  from        to          new  unchanged
                A          1  2024-01-02  2024-01-02    1          0
                B          1  2024-01-02  2024-01-02    1          0

                Nothing was stored in new/d.sqlite

                """)
        #expect(try workspace.files() == ["f.csv"] && !workspace.exists("new"))
    }

    @Test func dryRunTellsProgramsTheFirstRows() async throws {
        let document = try await workspace.document(
            IngestDocument.self, "ingest", bundled("ibm_daily.csv"), "--dry-run", "--json")
        let rows = try #require(document.files.first?.firstRows)
        #expect(rows.count == 5)
        #expect(
            rows.first
                == .init(
                    symbol: "IBM", time: "2000-03-01", open: 74.953689, close: 73.667719, volume: 10_807_800))
        #expect(try workspace.files().isEmpty)
    }

    @Test func dryRunAgainstAStoreTellsWhatWouldChange() async throws {
        try workspace.write(Self.closes, to: "A.csv")
        try await workspace.success("ingest", "A.csv")
        let before = try workspace.bytes("MarketData/market.sqlite")
        try workspace.write(Self.closes + "2024-01-04,12\n", to: "A.csv")
        let document = try await workspace.document(IngestDocument.self, "ingest", "A.csv", "--dry-run", "--json")
        let symbol = try #require(document.files.first?.symbols.first)
        #expect(symbol.inserted == 1 && symbol.unchanged == 2)

        try workspace.write("date,close\n2024-01-02,99\n", to: "A.csv")
        let refused = try await workspace.trader("ingest", "A.csv", "--dry-run")
        #expect(refused.exitCode == 2)
        #expect(
            refused.standardError.hasPrefix("A.csv:2:1: error: A at 2024-01-02: close is 99.0 in the file, 10.0 in"))
        #expect(try workspace.bytes("MarketData/market.sqlite") == before)
        #expect(try workspace.files() == ["A.csv", "MarketData/market.sqlite"])
    }

    @Test func dryRunNeedsNoRightToWrite() async throws {
        try workspace.write(Self.closes, to: "A.csv")
        try await workspace.success("ingest", "A.csv")
        let before = try workspace.bytes("MarketData/market.sqlite")
        let manager = FileManager.default
        let (store, folder) = (workspace.path("MarketData/market.sqlite").path, workspace.path("MarketData").path)
        try manager.setAttributes([.posixPermissions: 0o444], ofItemAtPath: store)
        try manager.setAttributes([.posixPermissions: 0o555], ofItemAtPath: folder)
        defer { try? manager.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder) }
        let outcome = try await TraderProcess.runBoundByPermissions(
            ["ingest", "A.csv", "--dry-run"], in: workspace.folder)
        #expect(outcome.exitCode == 0, "\(outcome.standardError)")
        #expect(outcome.standardOutput.hasSuffix("Nothing was stored in MarketData/market.sqlite\n"))
        #expect(try workspace.bytes("MarketData/market.sqlite") == before)
        #expect(try workspace.files(below: "MarketData") == ["market.sqlite"])
    }
}
