import Foundation
import Testing

/// `trader data split`, `remove` and `check`: what changes, what is refused, and what is found.
@Suite(.serialized, .timeLimit(.minutes(2))) struct DataEditingTests {
    let workspace: Workspace

    init() throws { workspace = try Workspace() }

    private func ingest(_ names: String...) async throws {
        for name in names {
            try workspace.write(
                """
                date,open,high,low,close,volume
                2024-01-02,40,44,36,40,100
                2024-01-03,40,44,38,44,200
                2024-01-04,11,12,10,11,900
                2024-01-05,11,12,10,12,800

                """, to: "\(name).csv")
            try await workspace.success("ingest", "\(name).csv")
        }
    }

    // MARK: - Split

    @Test func splitAdjustsWhatIsBefore() async throws {
        try await ingest("A")
        let said = try await workspace.success("data", "split", "A", "2024-01-04", "4:1")
        #expect(
            said == """
                A: the split of 2024-01-04 is noted. Closes around it:
                time        raw  adjusted
                2024-01-02   40        10
                2024-01-03   44        11
                2024-01-04   11        11
                2024-01-05   12        12

                """)
        #expect(
            try await workspace.success("data", "export", "A", "--prices", "adjusted") == """
                time,symbol,open,high,low,close,volume
                2024-01-02,A,10,11,9,10,400
                2024-01-03,A,10,11,9.5,11,800
                2024-01-04,A,11,12,10,11,900
                2024-01-05,A,11,12,10,12,800

                """)
        #expect(try await workspace.success("data", "export", "A").contains("2024-01-02,A,40,44,36,40,100\n"))
    }

    @Test func sameSplitAgainChangesNothing() async throws {
        try await ingest("A")
        let first = try await workspace.document(
            SplitDocument.self, "data", "split", "A", "2024-01-04", "4:1", "--json")
        #expect(first.changed && first.symbol == "A" && first.time == "2024-01-04")
        #expect(first.adjustments == [.init(time: "2024-01-04", kind: "split", priceFactor: 0.25, volumeFactor: 4)])
        let content = try workspace.content()
        let second = try await workspace.document(
            SplitDocument.self, "data", "split", "A", "2024-01-04", "4:1", "--json")
        #expect(!second.changed && second.adjustments == first.adjustments)
        #expect(
            try await workspace.success("data", "split", "A", "2024-01-04", "4:1")
                == "A: nothing changed, the split is known.\n")
        #expect(try workspace.content() == content)
    }

    @Test func otherRatioIsRefusedThenTaken() async throws {
        try await ingest("A")
        try await workspace.success("data", "split", "A", "2024-01-04", "4:1")
        let content = try workspace.content()
        let refused = try await workspace.trader("data", "split", "A", "2024-01-04", "1:10")
        #expect(refused.exitCode == 2)
        #expect(refused.standardError.hasPrefix("error: a split of A at 2024-01-04 is stored already"))
        #expect(refused.standardError.hasSuffix("Take the new ratio with --on-conflict replace.\n"))
        #expect(try workspace.content() == content)
        let kept = try await workspace.document(
            SplitDocument.self, "data", "split", "A", "2024-01-04", "1:10", "--on-conflict", "keep", "--json")
        #expect(!kept.changed && kept.adjustments.map(\.priceFactor) == [0.25])
        let replaced = try await workspace.document(
            SplitDocument.self, "data", "split", "A", "2024-01-04", "1:10", "--on-conflict", "replace", "--json")
        #expect(replaced.changed && replaced.adjustments.map(\.priceFactor) == [10])
    }

    @Test func splitIsTakenBack() async throws {
        try await ingest("A")
        let content = try workspace.content()
        try await workspace.success("data", "split", "A", "2024-01-04", "4:1")
        let missed = try await workspace.trader("data", "split", "A", "2024-01-03", "--remove")
        #expect(missed.exitCode == 2)
        #expect(missed.standardError.hasSuffix("There are splits at: 2024-01-04\n"))
        let removed = try await workspace.document(
            SplitDocument.self, "data", "split", "A", "2024-01-04", "--remove", "--json")
        #expect(removed.changed && removed.adjustments.isEmpty)
        #expect(try workspace.content() == content)
    }

    @Test(arguments: [
        (["A", "2024-01-04"], "The ratio is missing: new shares for old ones, such as 4:1."),
        (["A", "2024-01-04", "4"], "'4' is no split: expected new shares for old ones, such as 4:1."),
        (["A", "2024-01-04", "1:1"], "'1:1' is no split"), (["A", "2024-01-04", "0:1"], "'0:1' is no split"),
        (["A", "2024-01-04", "inf:1"], "'inf:1' is no split"),
        (["A", "04.01.2024", "4:1"], "The date is '04.01.2024', expected a date such as 2008-10-10"),
        (["A", "2024-01-04", "4:1", "--remove"], "--remove takes no ratio."),
        (["A", "2024-01-02", "4:1"], "error: no bars of A on both sides of 2024-01-02"),
        (["A", "2024-01-06", "4:1"], "error: no bars of A on both sides of 2024-01-06"),
    ])
    func wrongSplitIsRefused(arguments: [String], message: String) async throws {
        try await ingest("A")
        let content = try workspace.content()
        let outcome = try await TraderProcess.run(["data", "split"] + arguments, in: workspace.folder)
        #expect(outcome.exitCode == 2)
        #expect(outcome.standardError.contains(message), "\(outcome.standardError)")
        #expect(try workspace.content() == content)
    }

    // MARK: - Remove

    @Test func allThatAreNamedAreRemoved() async throws {
        try await ingest("A", "B", "C")
        try await workspace.success("data", "split", "A", "2024-01-04", "4:1")
        let removed = try await workspace.document(RemoveDocument.self, "data", "remove", "A", "C", "--json")
        #expect(
            removed.removed == [
                .init(symbol: "A", bars: 4, adjustments: 1), .init(symbol: "C", bars: 4, adjustments: 0),
            ])
        let rest = try await workspace.document(ListDocument.self, "data", "list", "--json")
        #expect(rest.symbols.map(\.symbol) == ["B"])
        #expect(try await workspace.success("data", "remove", "B") == "B: 4 bars removed\n")
        #expect(
            try await workspace.success("data", "list") == "There are no prices in MarketData/market.sqlite.\n")
        // What was removed can be taken in again.
        #expect(try await workspace.success("ingest", "A.csv").contains("A          4  2024-01-02"))
    }

    @Test func oneUnknownSymbolKeepsAll() async throws {
        try await ingest("A", "B")
        let content = try workspace.content()
        let outcome = try await workspace.trader("data", "remove", "A", "B", "X")
        #expect(outcome.exitCode == 2)
        #expect(outcome.standardError.hasPrefix("error: no prices of 'X' in MarketData/market.sqlite."))
        #expect(try workspace.content() == content)
        #expect(try await workspace.trader("data", "remove").exitCode == 2)
    }

    // MARK: - Check

    @Test func cleanPricesHaveNothingOdd() async throws {
        try await workspace.ingest("ibm_daily.csv")
        #expect(try await workspace.success("data", "check") == "Nothing odd in 3,270 bars of 1 symbol.\n")
        let checked = try await workspace.document(CheckDocument.self, "data", "check", "--json")
        #expect(checked.symbols == 1 && checked.bars == 3270 && checked.findings.isEmpty)
    }

    @Test func plantedFaultIsFound() async throws {
        // One close a hundred times too high, as where cents are taken for dollars.
        let text = try workspaceText(of: "ibm_daily.csv", line: 1000) { cells in
            for index in 2...5 { cells[index] = "\((Double(cells[index]) ?? 0) * 100)" }
        }
        let day = try #require(rows(of: bundled("ibm_daily.csv"))[998].first)
        try workspace.write(text, to: "IBM.csv")
        try await workspace.success("ingest", "IBM.csv")
        try await ingest("A")

        let checked = try await workspace.document(CheckDocument.self, "data", "check", "IBM", "--json")
        #expect(checked.symbols == 1 && checked.bars == 3270)
        let finding = try #require(checked.findings.first { $0.times.contains(String(day)) })
        #expect(finding.severity == "warning" && finding.symbols == ["IBM"] && !finding.remedy.isEmpty)
        // Nothing stored has a line in a file.
        #expect(checked.findings.allSatisfy { $0.lines.isEmpty })

        let said = try await workspace.trader("data", "check")
        #expect(said.exitCode == 0)
        #expect(said.standardOutput.contains("IBM: ") && said.standardOutput.contains(day))
        #expect(said.standardOutput.hasSuffix("\nLooked at 3,274 bars of 2 symbols.\n"))
        #expect(said.standardError == "")
    }

    /// A bundled file with the cells of one line changed.
    private func workspaceText(
        of name: String, line: Int, _ change: (inout [String]) -> Void
    ) throws -> String {
        var lines = try String(contentsOfFile: bundled(name), encoding: .utf8).components(separatedBy: "\n")
        var cells = lines[line - 1].components(separatedBy: ",")
        change(&cells)
        lines[line - 1] = cells.joined(separator: ",")
        return lines.joined(separator: "\n")
    }
}
