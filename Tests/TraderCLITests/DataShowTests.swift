import Foundation
import Testing

/// `trader data list` and `show`: what people see, what programs read, and what is said where nothing is there.
@Suite(.serialized, .timeLimit(.minutes(2))) struct DataShowTests {
    let workspace: Workspace

    init() throws { workspace = try Workspace() }

    /// Two symbols: one complete, one with closes alone.
    private func ingestTwo() async throws {
        try workspace.write(
            """
            date,open,high,low,close,volume
            2024-01-02,10,11.5,9.5,11,1000
            2024-01-03,11,12,10,10.25,2000000
            2024-01-04,10,10.5,9,9.125,

            """, to: "AAA.csv")
        try workspace.write("date,close\n2024-01-02,0.00001234\n2024-01-05,1234567.5\n", to: "BTC-USD.csv")
        try await workspace.success("ingest", "*.csv")
    }

    // MARK: - List

    @Test func listHasThreeForms() async throws {
        try await ingestTwo()
        #expect(
            try await workspace.success("data", "list") == """
                symbol   bars  from        to
                AAA         3  2024-01-02  2024-01-04
                BTC-USD     2  2024-01-02  2024-01-05

                Database: MarketData/market.sqlite

                """)
        let csv = "symbol,bars,from,to\nAAA,3,2024-01-02,2024-01-04\nBTC-USD,2,2024-01-02,2024-01-05\n"
        #expect(try await workspace.success("data", "list", "--format", "csv") == csv)
        let list = try await workspace.document(ListDocument.self, "data", "list", "--json")
        #expect(
            list.symbols == [
                .init(symbol: "AAA", bars: 3, from: "2024-01-02", to: "2024-01-04"),
                .init(symbol: "BTC-USD", bars: 2, from: "2024-01-02", to: "2024-01-05"),
            ])
        #expect(list.sources.map(\.file) == ["AAA.csv", "BTC-USD.csv"] && list.sources.map(\.inserted) == [3, 2])
        #expect(list.sources.allSatisfy { $0.fingerprint.utf8.count == 64 })
        #expect(try await workspace.document(ListDocument.self, "data", "list", "--format", "json") == list)
    }

    @Test func formatsThatContradictAreWrongUsage() async throws {
        let outcome = try await workspace.trader("data", "list", "--json", "--format", "csv")
        #expect(outcome.exitCode == 2)
        #expect(outcome.standardError.hasPrefix("Error: --json and --format csv contradict."))
    }

    // MARK: - Show

    @Test func showIsForTheEye() async throws {
        try await ingestTwo()
        try await workspace.success("data", "split", "AAA", "2024-01-03", "4:1")
        #expect(
            try await workspace.success("data", "show", "AAA", "--bars", "2") == """
                AAA: 3 bars from 2024-01-02 to 2024-01-04, prices raw

                Adjustments: on reading adjusted, earlier bars are multiplied.
                before      kind   prices ×  volume ×
                2024-01-03  split      0.25         4

                time        open  high  low  close   volume
                2024-01-03    11    12   10  10.25  2000000
                2024-01-04    10  10.5    9  9.125

                """)
    }

    @Test func showGivesProgramsTheSame() async throws {
        try await ingestTwo()
        try await workspace.success("data", "split", "AAA", "2024-01-03", "4:1")
        let shown = try await workspace.document(
            ShowDocument.self, "data", "show", "AAA", "--prices", "adjusted", "--bars", "0", "--json")
        #expect(shown.symbol == "AAA" && shown.prices == "adjusted" && shown.count == 3)
        #expect(shown.from == "2024-01-02" && shown.to == "2024-01-04")
        #expect(shown.adjustments == [.init(time: "2024-01-03", kind: "split", priceFactor: 0.25, volumeFactor: 4)])
        #expect(
            shown.bars == [
                .init(time: "2024-01-02", open: 2.5, high: 2.875, low: 2.375, close: 2.75, volume: 4000),
                .init(time: "2024-01-03", open: 11, high: 12, low: 10, close: 10.25, volume: 2_000_000),
                .init(time: "2024-01-04", open: 10, high: 10.5, low: 9, close: 9.125, volume: nil),
            ])
        let csv = try await workspace.success("data", "show", "BTC-USD", "--format", "csv")
        let header = "time,symbol,open,high,low,close,volume\n"
        #expect(csv == header + "2024-01-02,BTC-USD,,,,0.00001234,\n2024-01-05,BTC-USD,,,,1234567.5,\n")
    }

    @Test func spanIsInclusive() async throws {
        try await ingestTwo()
        func times(_ options: String...) async throws -> [String] {
            let arguments = ["data", "show", "AAA", "--json"] + options
            return try await TraderProcess.run(arguments, in: workspace.folder)
                .decoded(as: ShowDocument.self).bars.map(\.time)
        }
        #expect(try await times("--from", "2024-01-03") == ["2024-01-03", "2024-01-04"])
        #expect(try await times("--to", "2024-01-03") == ["2024-01-02", "2024-01-03"])
        #expect(try await times("--from", "2024-01-03", "--to", "2024-01-03") == ["2024-01-03"])
        #expect(try await times("--from", "2030-01-01").isEmpty)
        #expect(
            try await workspace.success("data", "show", "AAA", "--from", "2030-01-01")
                == "AAA has no bars in that span.\n")
    }

    @Test(arguments: [
        (["--from", "soon"], "--from is 'soon', expected a date such as 2008-10-10"),
        (["--to", "2024-02-30"], "--to is '2024-02-30', expected a date"),
        (["--from", "2024-01-04", "--to", "2024-01-03"], "--to is 2024-01-03, before --from, 2024-01-04."),
        (["--prices", "total"], "The value 'total' is invalid for '--prices"),
        (["--bars=-1"], "--bars is -1, expected 0 or more."),
        (["--format", "xml"], "The value 'xml' is invalid for '--format"),
    ])
    func wrongOptionIsWrongUsage(options: [String], message: String) async throws {
        try await ingestTwo()
        let outcome = try await TraderProcess.run(["data", "show", "AAA"] + options, in: workspace.folder)
        #expect(outcome.exitCode == 2)
        #expect(outcome.standardError.contains(message), "\(outcome.standardError)")
        #expect(outcome.standardOutput == "")
    }

    // MARK: - What is not there

    /// Every command that names symbols says which one is meant.
    @Test(arguments: [
        ["show", "AAB"], ["export", "AAB"], ["export", "AAA", "AAB"], ["check", "AAB"], ["remove", "AAB"],
        ["split", "AAB", "2024-01-03", "4:1"], ["split", "AAB", "2024-01-03", "--remove"],
    ])
    func unknownSymbolNamesTheNearest(arguments: [String]) async throws {
        try await ingestTwo()
        let content = try workspace.content()
        for json in [[], ["--json"]] {
            let outcome = try await TraderProcess.run(["data"] + arguments + json, in: workspace.folder)
            #expect(outcome.exitCode == 2)
            #expect(
                outcome.standardError == """
                    error: no prices of 'AAB' in MarketData/market.sqlite. Did you mean 'AAA'?
                    There are: AAA, BTC-USD

                    """)
            #expect(outcome.standardOutput == "")
        }
        #expect(try workspace.content() == content)
    }

    @Test(arguments: [
        ["list"], ["show", "A"], ["export"], ["check"], ["remove", "A"], ["split", "A", "2024-01-03", "4:1"],
    ])
    func databaseThatIsNotThereIsNotMade(arguments: [String]) async throws {
        let outcome = try await TraderProcess.run(
            ["data"] + arguments + ["--database", "none/d.sqlite"], in: workspace.folder)
        #expect(outcome.exitCode == 2)
        #expect(outcome.standardError.hasPrefix("none/d.sqlite: error: there is no market data yet\n"))
        #expect(outcome.standardOutput == "")
        #expect(try workspace.files().isEmpty && !workspace.exists("none"))
    }

    /// So that a program need not know which command takes what.
    @Test func everyCommandTakesDatabaseAndJSON() async throws {
        try await ingestTwo()
        let store = ["--database", "MarketData/market.sqlite", "--json"]
        let commands = [
            ["ingest", "AAA.csv"], ["data", "list"], ["data", "show", "AAA"], ["data", "export"], ["data", "check"],
            ["data", "split", "AAA", "2024-01-03", "4:1"],
            ["data", "generate", "heston", "--bars", "5", "--output", "h.csv"],
            ["data", "generate", "--list"], ["data", "remove", "AAA"],
        ]
        for command in commands {
            let outcome = try await TraderProcess.run(command + store, in: workspace.folder)
            #expect(outcome.exitCode == 0, "\(command): \(outcome.standardError)")
            let document = try JSONSerialization.jsonObject(with: Data(outcome.standardOutput.utf8))
            #expect(document is [String: Any], "\(command)")
        }
    }

    @Test func everyCommandHasHelp() async throws {
        for command in ["list", "show", "export", "check", "split", "remove", "generate"] {
            let help = try await workspace.success("data", command, "--help")
            #expect(help.hasPrefix("OVERVIEW: ") && help.contains("USAGE: trader data \(command)"))
            #expect(help.contains("--database") && help.contains("--json"))
        }
        let wrong = try await workspace.trader("data", "lst")
        #expect(wrong.exitCode == 2 && wrong.standardError.contains("lst"))
    }
}
