import Foundation
import GRDB
import Testing

/// An empty folder to run the program in, removed with the value.
final class Workspace: Sendable {
    let folder: URL

    init() throws {
        // Without links, so that the program shows paths below it as relative ones.
        folder = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
            .appendingPathComponent("trader-tests-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    func path(_ relative: String) -> URL { folder.appendingPathComponent(relative) }

    func trader(
        _ arguments: String..., environment: [String: String] = [:]
    ) async throws -> TraderProcess.Outcome {
        try await TraderProcess.run(arguments, in: folder, environment: environment)
    }

    /// Takes bundled price files into the default database.
    func ingest(_ names: String...) async throws {
        let outcome = try await TraderProcess.run(["ingest"] + names.map(bundled), in: folder)
        try #require(outcome.exitCode == 0, "\(outcome.standardError)")
    }

    /// Runs the program, and requires success.
    /// - Returns: standard output.
    @discardableResult
    func success(_ arguments: String...) async throws -> String {
        let outcome = try await TraderProcess.run(arguments, in: folder)
        try #require(outcome.exitCode == 0, "\(arguments): \(outcome.standardError)")
        return outcome.standardOutput
    }

    /// Runs the program, requires success, and gives the document that it prints.
    func document<Document: Decodable>(_ type: Document.Type, _ arguments: String...) async throws -> Document {
        let outcome = try await TraderProcess.run(arguments, in: folder)
        try #require(outcome.exitCode == 0, "\(arguments): \(outcome.standardError)")
        return try outcome.decoded(as: type)
    }

    /// Runs the program out of a shell, where `"$@"` stands for it with its arguments.
    func trader(_ arguments: String..., script: String) async throws -> TraderProcess.Outcome {
        try await TraderProcess.run(arguments, in: folder, script: script)
    }

    /// Backtests with few resamplings, and requires success.
    @discardableResult
    func backtest(_ arguments: String...) async throws -> TraderProcess.Outcome {
        let outcome = try await TraderProcess.run(["backtest"] + arguments + fewDraws, in: folder)
        try #require(outcome.exitCode == 0, "\(outcome.standardError)")
        return outcome
    }

    /// Backtests with few resamplings, and gives what `--json` prints.
    func backtestReport(_ arguments: String...) async throws -> ReportDocument {
        let outcome = try await TraderProcess.run(["backtest", "--json"] + arguments + fewDraws, in: folder)
        try #require(outcome.exitCode == 0, "\(outcome.standardError)")
        return try outcome.decoded(as: ReportDocument.self)
    }

    func write(_ text: String, to name: String) throws {
        try FileManager.default.createDirectory(
            at: path(name).deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: path(name))
    }

    func text(_ name: String) throws -> String { String(decoding: try bytes(name), as: UTF8.self) }

    func bytes(_ name: String) throws -> Data { try Data(contentsOf: path(name)) }

    func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: path(name).path) }

    /// All files below a folder, hidden ones too, as sorted relative paths; links are not followed.
    func files(below name: String = "") throws -> [String] {
        let root = path(name)
        let found = try FileManager.default.subpathsOfDirectory(atPath: root.path)
        return found.filter { !isFolder(root.appendingPathComponent($0)) }.sorted()
    }

    /// Every row of every table of a store, as text: two equal results are one content.
    func content(ofStore name: String = "MarketData/market.sqlite") throws -> [String] {
        try DatabaseQueue(path: path(name).path).read { database in
            try ["symbols", "bars", "adjustments", "sources"].flatMap { table in
                try Row.fetchAll(database, sql: "SELECT * FROM \(table) ORDER BY 1, 2").map(\.description)
            }
        }
    }
}

/// The fewest that are allowed: most tests are not about the interval, and it takes most of the time of a run.
let fewDraws = ["--set", "evaluation.bootstrapDraws=100"]

/// The root of the package.
private let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().path

/// A price file that comes with the program.
func bundled(_ name: String) -> String { "\(root)/MarketData/\(name)" }

func fixture(_ name: String) -> String { "\(root)/Tests/Fixtures/prices/\(name)" }

/// The files in many dialects: `clean_…`, `warn_…`, `ask_…`, `broken_…`, and `truth_…`, what they mean.
let dialects = "\(root)/Tests/Fixtures/dialects"

/// The folder of the shipped strategies.
let shippedStrategies = "\(root)/Strategies"

/// A price file as lines of cells, without its header.
func rows(of path: String) throws -> [[Substring]] {
    try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").dropFirst()
        .map { $0.split(separator: ",", omittingEmptySubsequences: false) }
}
