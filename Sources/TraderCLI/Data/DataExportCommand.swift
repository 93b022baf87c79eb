import ArgumentParser
import Foundation
import MarketData

/// `trader data export SYMBOL…`: stored bars as a file.
struct DataExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Write the bars of symbols as CSV or JSON.",
        discussion: """
            CSV has the columns time,symbol,open,high,low,close,volume; times are ISO 8601 in UTC, numbers are exact, \
            and what is not known is empty. 'trader ingest' takes it in again.
            """)

    @Argument(help: ArgumentHelp("Symbols; all where none is named.", valueName: "symbol"))
    var symbols: [String] = []

    @OptionGroup var database: DatabaseOptions

    @OptionGroup var span: SpanOptions

    @Option(help: "csv or json.")
    var format = ExportFormat.csv

    @Option(help: ArgumentHelp("The file to write; - for standard output.", valueName: "file|-"))
    var output = "-"

    @Flag(help: "Replace the file if it is there.")
    var force = false

    @Flag(help: "Write JSON; the same as --format json.")
    var json = false

    enum ExportFormat: String, CaseIterable, ExpressibleByArgument {
        case csv, json
    }

    func validate() throws {
        if output.isEmpty { throw ValidationError("--output is empty, expected a file, or - for standard output.") }
        if Set(symbols).count != symbols.count { throw ValidationError("A symbol is named twice.") }
    }

    func run() throws {
        let store = try MarketStore(path: database.path, mode: .readOnly)
        let known = try store.symbols()
        guard !known.isEmpty else {
            Console.note("error: there are no prices in \(database.path).")
            throw ExitCode(2)
        }
        do {
            let file = output == "-" ? nil : try OutputFile(output, isReplacing: force)
            func put(_ bytes: [UInt8]) throws {
                if let file {
                    try file.write(bytes)
                } else {
                    try Console.put(String(decoding: bytes, as: UTF8.self), terminator: "")
                }
            }
            try write(store, put)
            try file?.finish()
        } catch let error as OutputFileError {
            Console.note("\(error)")
            throw ExitCode(error.isWrongInput ? 2 : 1)
        }
    }

    /// Symbol by symbol, so that only one of them is in memory.
    private func write(_ store: MarketStore, _ put: ([UInt8]) throws -> Void) throws {
        let isJSON = json || format == .json
        let withTimeOfDay = try !isJSON && showsTimesOfDay(store)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // With the first symbol, and not before: where one of them is not stored, nothing is written.
        var opening = isJSON ? "{\"prices\":\"\(span.prices.rawValue)\",\"symbols\":[\n" : BarCSV.header
        try store.forEachSymbol(names, prices: span.prices, from: span.first, to: span.last) { symbol, rows in
            let bars = rows.map(Bar.init)
            let lines =
                isJSON
                ? try Array(encoder.encode(Exported(symbol: symbol, bars: bars)))
                : BarCSV.lines(bars, symbol: symbol, withTimeOfDay: withTimeOfDay)
            try put(Array(opening.utf8) + lines)
            opening = isJSON ? ",\n" : ""
        }
        if isJSON { try put(Array("\n]}\n".utf8)) }
    }

    private var names: [String]? { symbols.isEmpty ? nil : symbols }

    /// Whether any bar has a time of day: then all show theirs, as 'trader ingest' wants the times of a file in one form.
    private func showsTimesOfDay(_ store: MarketStore) throws -> Bool {
        var found = false
        try store.forEachSymbol(names, prices: .raw, from: span.first, to: span.last) { _, rows in
            found = found || Timestamp.haveTimesOfDay(rows.lazy.map(\.time))
        }
        return found
    }

    private struct Exported: Encodable {
        let symbol: String
        let bars: [ShownBar]

        init(symbol: String, bars: [Bar]) {
            self.symbol = symbol
            self.bars = bars.map(ShownBar.init)
        }
    }
}
