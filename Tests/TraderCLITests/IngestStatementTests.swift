import Foundation
import Testing

/// What people may state about a file: each option does what it says, and a wrong value of it is told in one message.
@Suite(.serialized, .timeLimit(.minutes(2))) struct IngestStatementTests {
    let workspace: Workspace

    init() throws { workspace = try Workspace() }

    /// The bars of a file that was taken in as stated, as export gives them, without symbol.
    private func bars(_ text: String, _ options: String...) async throws -> [String] {
        try await bars(Data(text.utf8), options)
    }

    private func bars(_ bytes: Data, _ options: [String]) async throws -> [String] {
        try bytes.write(to: workspace.path("F.csv"))
        defer { try? FileManager.default.removeItem(at: workspace.path("MarketData")) }
        let outcome = try await TraderProcess.run(["ingest", "F.csv"] + options, in: workspace.folder)
        try #require(outcome.exitCode == 0, "\(outcome.standardError)")
        return try await workspace.success("data", "export").split(separator: "\n").dropFirst().map(String.init)
    }

    @Test(arguments: [
        ("ask_excel_serial_dates.csv", ["--date-format", "excel"]),
        ("ask_no_header.csv", ["--columns", "date=1,symbol=2,open=3,high=4,low=5,close=6,volume=7"]),
    ])
    func askedForStatementIsEnough(file: String, options: [String]) async throws {
        let path = "\(dialects)/\(file)"
        let unstated = try await workspace.trader("ingest", path)
        #expect(unstated.exitCode == 2)
        // What to state is named.
        #expect(unstated.standardError.contains(options[0]))
        let stated = try await TraderProcess.run(["ingest", path] + options, in: workspace.folder)
        #expect(stated.exitCode == 0, "\(stated.standardError)")
        try await workspace.success("ingest", "\(dialects)/truth_acme.csv", "--database", "truth.sqlite")
        let truth = try await workspace.success("data", "export", "--database", "truth.sqlite")
        #expect(try await workspace.success("data", "export") == truth)
    }

    @Test func decimalMarkDecides() async throws {
        let path = "\(dialects)/ask_decimal_comma_ambiguous.csv"
        #expect(try await workspace.trader("ingest", path).standardError.contains("--decimal point or --decimal comma"))
        let point = try await workspace.document(
            IngestDocument.self, "ingest", path, "--decimal", "point", "--dry-run", "--json")
        let comma = try await workspace.document(
            IngestDocument.self, "ingest", path, "--decimal", "comma", "--dry-run", "--json")
        #expect(point.files[0].firstRows.first?.close == 3796)
        #expect(comma.files[0].firstRows.first?.close == 3.796)
    }

    @Test func columnsAreStatedByNameOrNumber() async throws {
        let text = "Tag;Kurs;Rest\n01/02/2024;10,5;x\n02/02/2024;11,5;y\n"
        let expected = ["2024-02-01,F,,,,10.5,", "2024-02-02,F,,,,11.5,"]
        let rest = ["--date-format", "dmy", "--decimal", "comma", "--delimiter", "semicolon"]
        for columns in ["date=Tag,close=Kurs", "date=1,close=2", "close=Kurs,date=1"] {
            #expect(try await bars(Data(text.utf8), ["--columns", columns] + rest) == expected)
        }
    }

    @Test func dateFormatDecidesBetweenDayAndMonth() async throws {
        let text = "date,close\n01/02/2024,10\n02/02/2024,11\n"
        try workspace.write(text, to: "F.csv")
        let unstated = try await workspace.trader("ingest", "F.csv")
        #expect(unstated.exitCode == 2 && unstated.standardError.contains("--date-format"))
        #expect(try await bars(text, "--date-format", "dmy").first == "2024-02-01,F,,,,10,")
        #expect(try await bars(text, "--date-format", "mdy").first == "2024-01-02,F,,,,10,")
        #expect(try await bars(text, "--date-format", "%d/%m/%Y").first == "2024-02-01,F,,,,10,")
        #expect(try await bars(text, "--date-format", "DD/MM/YYYY").first == "2024-02-01,F,,,,10,")
    }

    @Test func encodingGivesTheNamesOfColumns() async throws {
        let text = try #require("date,Schluß\n2024-01-02,10\n2024-01-03,11\n".data(using: .isoLatin1))
        let options = ["--encoding", "latin1", "--columns", "date=date,close=Schluß"]
        #expect(try await bars(text, options) == ["2024-01-02,F,,,,10,", "2024-01-03,F,,,,11,"])
    }

    @Test func timesOfAZoneAreStoredInUTC() async throws {
        let text = "time,close\n2024-01-02 09:30,10\n2024-07-02 09:30,11\n"
        let new = try await bars(text, "--timezone", "America/New_York")
        #expect(new == ["2024-01-02T14:30:00Z,F,,,,10,", "2024-07-02T13:30:00Z,F,,,,11,"])
        // A date is a trading day, not a moment.
        let days = try await bars("date,close\n2024-01-02,10\n", "--timezone", "America/New_York")
        #expect(days == ["2024-01-02,F,,,,10,"])
    }

    @Test func wideFileHasASymbolAColumn() async throws {
        let text = "day,AA,BB\n2024-01-02,10,20\n2024-01-03,11,21\n"
        for field in ["close", "adjusted-close"] {
            #expect(
                try await bars(text, "--wide", field) == [
                    "2024-01-02,AA,,,,10,", "2024-01-03,AA,,,,11,", "2024-01-02,BB,,,,20,", "2024-01-03,BB,,,,21,",
                ])
        }
    }

    @Test func rowsWithoutDatesAreCounted() async throws {
        let expected = ["2000-01-03,F,,,,10,1", "2000-01-04,F,,,,11,2"]
        #expect(try await bars("close,volume\n10,1\n11,2\n", "--dates", "index") == expected)
    }

    @Test func relativesAreMultipliedUp() async throws {
        let text = "date,AA\n2024-01-02,1.25\n2024-01-03,2\n2024-01-04,0.5\n"
        let closes = try await bars(text, "--wide", "close", "--relatives").map { $0.split(separator: ",").last }
        #expect(closes == ["1", "1.25", "2.5", "1.25"])
    }

    @Test func missingPricesAreLeftOutOrRefused() async throws {
        let text = "date,close\n2024-01-02,10\n2024-01-03,\n2024-01-04,nan\n2024-01-05,12\n"
        let kept = try await bars(text, "--missing", "skip")
        #expect(kept == ["2024-01-02,F,,,,10,", "2024-01-05,F,,,,12,"])
        let refused = try await workspace.trader("ingest", "F.csv", "--missing", "reject")
        #expect(refused.exitCode == 2 && refused.standardError.hasPrefix("F.csv:3:12: error: close is missing"))
    }

    @Test func splitsOfAFileAreAppliedOrIgnored() async throws {
        try workspace.write("date,close,split\n2024-01-02,100,0\n2024-01-03,50,2\n2024-01-04,51,0\n", to: "F.csv")
        for (policy, first) in [("apply", "50"), ("ignore", "100")] {
            let store = "\(policy).sqlite"
            try await workspace.success("ingest", "F.csv", "--corporate-actions", policy, "--database", store)
            let bars = try await workspace.success("data", "export", "--prices", "adjusted", "--database", store)
            #expect(bars.contains("2024-01-02,F,,,,\(first),"), "\(bars)")
            #expect(try await workspace.success("data", "export", "--database", store).contains("2024-01-02,F,,,,100,"))
        }
    }

    @Test func conflictsAreKeptWhenAskedFor() async throws {
        try workspace.write("date,close\n2024-01-02,10\n", to: "F.csv")
        try await workspace.success("ingest", "F.csv")
        try workspace.write("date,close\n2024-01-02,12\n2024-01-03,11\n", to: "F.csv")
        let kept = try await workspace.document(
            IngestDocument.self, "ingest", "F.csv", "--on-conflict", "keep", "--json")
        #expect(kept.files[0].verdict == "warned" && kept.files[0].warnings.first?.lines == [2])
        let exported = try await workspace.success("data", "export")
        #expect(exported.hasSuffix("2024-01-02,F,,,,10,\n2024-01-03,F,,,,11,\n"))
    }

    /// Each names the option, or the value that is wrong.
    @Test(arguments: [
        (["--symbol", "a/b/c"], "--symbol: 'a/b/c' is not a symbol."),
        (["--columns", "x"], "--columns has 'x', expected for example date=Day,close=Last"),
        (["--columns", "date=0"], "--columns counts columns from 1; 0 is none"),
        (["--columns", "price=1"], "--columns knows no 'price'; there are: date, time, symbol, open"),
        (["--columns", "date=1,date=2"], "--columns states date twice"),
        (["--columns", "date=Day,close=Last"], "A.csv:1:1: error: no row has the columns stated, Day"),
        (["--columns", "date=1,close=9"], "A.csv:1:1: error: no row has the columns stated"),
        (["--date-format", "qqq"], "'qqq' is not a date format."),
        (["--date-format", "excel"], "A.csv:2:1: error: '2024-01-02' is not in the stated form"),
        (["--decimal", "dot"], "The value 'dot' is invalid for '--decimal"),
        (["--delimiter", "xx"], "--delimiter: 'xx' is none; expected comma, semicolon, tab, pipe, space"),
        (["--encoding", "utf-9"], "--encoding: 'utf-9' is not known; there are utf-8,"),
        (["--timezone", "EST"], "'EST' is not a time zone. State UTC,"),
        (["--wide", "open"], "The value 'open' is invalid for '--wide"),
        (["--dates", "none"], "The value 'none' is invalid for '--dates"),
        (["--dates", "index", "--date-format", "dmy"], "State either --dates index or --date-format."),
        (["--missing", "fill"], "The value 'fill' is invalid for '--missing"),
        (["--corporate-actions", "yes"], "The value 'yes' is invalid for '--corporate-actions"),
        (["--on-conflict", "merge"], "The value 'merge' is invalid for '--on-conflict"),
        (["--database", ""], "--database is empty, expected a path."),
    ])
    func wrongValueIsWrongUsage(options: [String], message: String) async throws {
        try workspace.write("date,close\n2024-01-02,10\n2024-01-03,11\n", to: "A.csv")
        let outcome = try await TraderProcess.run(["ingest", "A.csv"] + options, in: workspace.folder)
        #expect(outcome.exitCode == 2)
        #expect(outcome.standardError.contains(message), "\(outcome.standardError)")
        // One message, not one for each place.
        #expect(outcome.standardError.lowercased().components(separatedBy: "error: ").count <= 3)
        #expect(outcome.standardOutput == "")
        #expect(try workspace.files() == ["A.csv"])
    }
}
