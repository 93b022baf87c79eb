import ArgumentParser
import Foundation
import MarketData

/// `trader ingest FILE…`: takes price files into the store.
package struct IngestCommand: ParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "ingest", abstract: "Take price files into the database.",
        discussion: """
            Reads CSV files as vendors, brokers and spreadsheets write them: a bar a row, or a wide file with a column per \
            symbol; whatever the separator, the form of the dates or the decimal mark. What was decided is told in one line; \
            where two readings fit, state which one is meant. A file goes in whole or not at all; the same file again \
            changes nothing.

            Exit code: 0 if every file is in, 2 if one was refused, 1 if the database failed.
            """)

    @Argument(
        help: ArgumentHelp(
            "Price files; - is standard input. Patterns such as 'prices/*.csv' may be quoted.", valueName: "file"))
    var files: [String]

    @OptionGroup var database: DatabaseOptions

    @OptionGroup(title: "How to read the files") var statements: PriceFileStatements

    @Option(help: "What to do where a bar differs from the stored one.")
    var onConflict = ConflictPolicy.reject

    @Flag(help: "Store nothing; show what would happen, and the first bars as they were understood.")
    var dryRun = false

    @Flag(help: "Print the result as JSON.")
    var json = false

    package init() {}

    package func validate() throws {
        if files.contains("") { throw ValidationError("A file name is empty.") }
        if files.count(where: { $0 == "-" }) > 1 { throw ValidationError("Standard input can be read once.") }
        if files.contains("-") && !standardInputIsOpen {
            throw ValidationError("Standard input is closed. Give prices on it, or name a file.")
        }
        let files = expandedFiles
        if statements.symbol != nil && files.count > 1 {
            throw ValidationError("--symbol is for one file; \(files.count) were given.")
        }
        _ = try statements.options()
    }

    package func run() throws {
        let today = Timestamp(seconds: Int64(Date().timeIntervalSince1970))
        let reader = PriceFileReader(options: try statements.options(), today: today)
        var report = IngestReport()
        var failure: StoreError?
        do throws(StoreError) {
            let store = try MarketStore(path: database.path, mode: .readWrite)
            try store.ingest(
                expandedFiles, with: reader, onConflict: onConflict, isDryRun: dryRun, report: &report,
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

    /// Where standard input was closed, its number is free, and is soon that of something else: of what is no file of any kind.
    private var standardInputIsOpen: Bool {
        var status = stat()
        return fstat(0, &status) == 0 && status.st_mode & S_IFMT != 0
    }

    /// The files, with patterns that name no file themselves replaced by the files they match.
    private var expandedFiles: [String] {
        files.flatMap { file -> [String] in
            guard file.contains(where: { "*?[".contains($0) }), !FileManager.default.fileExists(atPath: file) else {
                return [file]
            }
            var matches = glob_t()
            defer { globfree(&matches) }
            guard glob(file, 0, nil, &matches) == 0, let paths = matches.gl_pathv else { return [file] }
            return (0..<Int(matches.gl_pathc)).compactMap { paths[$0].map { String(cString: $0) } }
        }
    }

    private func show(_ report: IngestReport) throws {
        if json { return try printJSON(report) }
        for file in report.files where file.error == nil {
            try Console.put(
                "\(file.file == "-" ? "standard input" : file.file): \(file.decisions.joined(separator: "; "))")
            for finding in file.warnings + file.notices { try Console.put("  \(finding.line)") }
            if !file.firstRows.isEmpty { try Console.put("\n\(file.firstRowsTable)") }
        }
        if !report.table.isEmpty {
            try Console.put("\n\(report.table)\n\n\(dryRun ? "Nothing was stored in" : "Database:") \(database.path)")
        }
    }
}

extension ConflictPolicy: ExpressibleByArgument {}
