import ArgumentParser
import Foundation
import MarketData

/// `trader ingest FILE…`: takes price files into the store.
package struct IngestCommand: ParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "ingest", abstract: "Take price files into the database.",
        discussion: """
            Understands CSV files with a bar per row (date, symbol, open, high, low, close, volume), an export of Yahoo \
            Finance, and a wide file of closes (a date, then a column per symbol). Dates are ISO 8601 in UTC. A file goes \
            in whole or not at all; the same file again changes nothing.

            Exit code: 0 if every file is in, 2 if one was refused, 1 if the database failed.
            """)

    @Argument(help: ArgumentHelp("Price files.", valueName: "file"))
    var files: [String]

    @OptionGroup var database: DatabaseOptions

    @Option(help: "The symbol of a file that names none; else the name of the file is the symbol.")
    var symbol: String?

    @Option(help: "What to do where a bar differs from the stored one.")
    var onConflict = ConflictPolicy.reject

    @Flag(help: "Print the result as JSON.")
    var json = false

    package init() {}

    package func validate() throws {
        if files.contains("") { throw ValidationError("A file name is empty.") }
        if symbol != nil && files.count > 1 {
            throw ValidationError("--symbol is for one file; \(files.count) were given.")
        }
    }

    package func run() throws {
        let today = Timestamp(seconds: Int64(Date().timeIntervalSince1970))
        var report = IngestReport()
        var failure: StoreError?
        do throws(StoreError) {
            let store = try MarketStore(path: database.path, mode: .readWrite)
            try store.ingest(
                files, with: PriceFileReader(symbol: symbol, today: today), onConflict: onConflict, report: &report,
                refused: { Console.note("\($0)") })
        } catch {
            failure = error
        }
        if failure == nil || !report.files.isEmpty { try show(report) }
        if let failure {
            Console.note("\(failure)")
            throw ExitCode(failure.isWrongInput ? 2 : 1)
        }
        if report.hasRefusals { throw ExitCode(2) }
    }

    private func show(_ report: IngestReport) throws {
        if json {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
            try Console.put(String(decoding: try encoder.encode(report), as: UTF8.self))
            return
        }
        for file in report.files where file.error == nil {
            try Console.put(file.file)
            for decision in file.decisions { try Console.put("  \(decision)") }
            for warning in file.warnings {
                let lines = warning.lines.map(String.init).joined(separator: ", ")
                let places =
                    "\(warning.count == 1 ? "line" : "lines") \(lines)\(warning.count > warning.lines.count ? ", …" : "")"
                try Console.put("  warning: \(warning.message) (\(places))")
            }
        }
        if !report.table.isEmpty { try Console.put("\n\(report.table)\n\nDatabase: \(database.path)") }
    }
}

extension ConflictPolicy: ExpressibleByArgument {}
