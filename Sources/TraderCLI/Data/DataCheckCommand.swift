import ArgumentParser
import Foundation
import MarketData

/// `trader data check [SYMBOL…]`: looks for what is odd in stored prices.
struct DataCheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Look for what is odd in stored prices: gaps, jumps, mixed adjustments and the like.",
        discussion: """
            The checks are those that every file goes through at 'trader ingest', now over all that is stored. Nothing is \
            changed. Exit code: 0, whatever is found.
            """)

    @Argument(help: ArgumentHelp("Symbols; all where none is named.", valueName: "symbol"))
    var symbols: [String] = []

    @OptionGroup var database: DatabaseOptions

    @Flag(help: "Print the result as JSON.")
    var json = false

    private struct Checked: Encodable {
        let symbols: Int
        let bars: Int
        let findings: [QualityFinding]
    }

    func run() throws {
        let store = try MarketStore(path: database.path, mode: .readOnly)
        let today = Timestamp(seconds: Int64(Date().timeIntervalSince1970))
        let (findings, count, bars) = try store.check(symbols.isEmpty ? nil : symbols, today: today)
        if json { return try printJSON(Checked(symbols: count, bars: bars, findings: findings)) }
        for finding in findings {
            try Console.put(finding.line)
            let times = finding.times.map(\.description).joined(separator: ", ")
            let symbols = finding.symbols.joined(separator: ", ")
            if !times.isEmpty {
                try Console.put("  \(symbols): \(times)\(finding.count > finding.times.count ? ", …" : "")")
            }
        }
        let what =
            "\(TextTable.grouped(bars)) bars of \(count == 1 ? "1 symbol" : "\(TextTable.grouped(count)) symbols")"
        try Console.put(findings.isEmpty ? "Nothing odd in \(what)." : "\nLooked at \(what).")
    }
}
