import Foundation
import Testing

/// Whatever is given as a price file: it ends at once, in little memory, with one clear message, and nothing is stored.
@Suite(.serialized, .timeLimit(.minutes(5))) struct WrongFileTests {
    let workspace: Workspace

    init() throws { workspace = try Workspace() }

    /// At most 100 MB of memory: what needs more fails, and not with exit code 2. Each further thread of OpenBLAS would take
    /// 128 MB of address space at once, though ingesting needs none.
    private static let bounded = "export OPENBLAS_NUM_THREADS=1; ulimit -d 100000"

    private func expectRefusal(
        _ outcome: TraderProcess.Outcome, _ start: String, sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let text = outcome.standardError
        #expect(outcome.exitCode == 2, "\(text)", sourceLocation: sourceLocation)
        #expect(text.hasPrefix(start), "\(text)", sourceLocation: sourceLocation)
        #expect(outcome.standardOutput == "", sourceLocation: sourceLocation)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.count > 2 && lines.count < 30, "\(text)", sourceLocation: sourceLocation)
        #expect(lines.allSatisfy { $0.count <= 400 }, "\(text)", sourceLocation: sourceLocation)
        let isPlain = text.unicodeScalars.allSatisfy { $0 == "\n" || $0.properties.generalCategory != .control }
        #expect(isPlain, "\(text)", sourceLocation: sourceLocation)
    }

    // MARK: - The collection

    private static let refused: [String] = {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: dialects)) ?? []
        return names.filter { $0.hasPrefix("ask_") || $0.hasPrefix("broken_") }.sorted()
    }()

    @Test func collectionIsThere() { #expect(Self.refused.count >= 39) }

    @Test(arguments: refused)
    func dialectIsRefused(name: String) async throws {
        let path = "\(dialects)/\(name)"
        let outcome = try await workspace.trader("ingest", path)
        try expectRefusal(outcome, "\(path):")
        // file:line: or file:line:column:, as editors read it.
        let place = outcome.standardError.dropFirst(path.count).prefixMatch(of: /:\d+(:\d+)?: error: [^\n]+\n/)
        #expect(place != nil, "\(outcome.standardError)")
        #expect(try workspace.files().isEmpty)
    }

    // MARK: - Long lines

    @Test(arguments: [
        ("", "", "-:1:1: error: line 1 is longer than "),
        ("date,close\\n", "", "-:2:1: error: line 2 is longer than "),
        ("date", "close", "-:1:1: error: line 1 is longer than "),
    ])
    func millionCommasAreRefused(start: String, field: String, message: String) async throws {
        let writer =
            "awk 'BEGIN { printf \"\(start)\"; for (i = 0; i < 1000000; i++) printf \",\(field)\"; print \"\" }'"
        let outcome = try await workspace.trader(
            "ingest", "-", "--symbol", "A", script: "\(Self.bounded); \(writer) | \"$@\"")
        try expectRefusal(outcome, message)
        #expect(try workspace.files().isEmpty)
    }

    /// The line never ends: this ends since the program stops reading, and what writes to it is stopped by that.
    @Test(arguments: [
        ("", "-:1:1: error: line 1 is longer than "),
        ("echo date,close; ", "-:2:1: error: line 2 is longer than "),
        ("echo date,close; echo 2024-01-02,10; printf '2024-01-03,'; ", "-:3:1: error: line 3 is longer than "),
    ])
    func endlessLineIsRefused(start: String, message: String) async throws {
        let script = "\(Self.bounded); { \(start)tr '\\0' 1 < /dev/zero 2> /dev/null; } | \"$@\""
        let outcome = try await workspace.trader("ingest", "-", "--symbol", "A", script: script)
        try expectRefusal(outcome, message)
        #expect(try workspace.files().isEmpty)
    }

    @Test func endlessNULsAreRefused() async throws {
        let outcome = try await workspace.trader(
            "ingest", "-", "--symbol", "A", script: "\(Self.bounded); \"$@\" < /dev/zero")
        try expectRefusal(outcome, "-:1:1: error: NUL byte in line 1\n")
        #expect(try workspace.files().isEmpty)
    }

    /// Of many problems five are shown, and the others counted.
    @Test func manyBadRowsCostLittle() async throws {
        let script = "\(Self.bounded); { echo date,close; yes 2024-01-02,x 2> /dev/null | head -n 500000; } | \"$@\""
        let outcome = try await workspace.trader("ingest", "-", "--symbol", "A", script: script)
        try expectRefusal(outcome, "-:2:12: error: close 'x' is not a number\n")
        #expect(outcome.standardError.hasSuffix("And 499995 more problems in this file.\n"))
        #expect(try workspace.files().isEmpty)
    }

    // MARK: - What is no text, or cannot be read

    @Test func binaryFilesAreRefused() async throws {
        // Bytes of all values, those of a program, and of a database.
        let noise = Data((0..<100_000).map { UInt8(truncatingIfNeeded: $0 &* 167 &+ $0 >> 8) })
        try noise.write(to: workspace.path("noise.csv"))
        try expectRefusal(try await workspace.trader("ingest", "noise.csv"), "noise.csv:")
        try expectRefusal(try await workspace.trader("ingest", "/bin/sh"), "/bin/sh:1:")
        try workspace.write("date,close\n2024-01-02,10\n", to: "A.csv")
        try await workspace.success("ingest", "A.csv", "--database", "d.sqlite")
        try expectRefusal(try await workspace.trader("ingest", "d.sqlite"), "d.sqlite:1:")
        #expect(try workspace.files() == ["A.csv", "d.sqlite", "noise.csv"])
    }

    @Test func folderIsRefused() async throws {
        try FileManager.default.createDirectory(at: workspace.path("prices"), withIntermediateDirectories: true)
        let outcome = try await workspace.trader("ingest", "prices")
        try expectRefusal(outcome, "prices: error: is a folder, not a file\nName the files in it")
        #expect(try workspace.files().isEmpty)
    }

    @Test func unreadableFileIsRefused() async throws {
        try workspace.write("date,close\n2024-01-02,10\n", to: "A.csv")
        try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: workspace.path("A.csv").path)
        let outcome = try await TraderProcess.runBoundByPermissions(["ingest", "A.csv"], in: workspace.folder)
        try expectRefusal(outcome, "A.csv: error: permission denied\nMake the file readable")
        #expect(try workspace.files() == ["A.csv"])
    }

    @Test func storeStaysAsItWas() async throws {
        try workspace.write("date,close\n2024-01-02,10\n", to: "A.csv")
        try await workspace.success("ingest", "A.csv")
        let before = try workspace.bytes("MarketData/market.sqlite")
        let files = ["broken_nul_tail.csv", "broken_truncated_row.csv", "ask_no_header.csv"].map { "\(dialects)/\($0)" }
        let outcome = try await TraderProcess.run(["ingest"] + files, in: workspace.folder)
        #expect(outcome.exitCode == 2)
        // A good part of these is good, and none of it is taken.
        #expect(try workspace.bytes("MarketData/market.sqlite") == before)
        #expect(try workspace.files(below: "MarketData") == ["market.sqlite"])
    }
}
