import ArgumentParser
import Foundation
import MarketData

/// `trader data`: what is in the database, and what can be done with it.
package struct DataCommand: ParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "data",
        abstract: "List, show, export, check, adjust or remove stored prices; generate synthetic ones.",
        subcommands: [
            DataListCommand.self, DataShowCommand.self, DataExportCommand.self, DataCheckCommand.self,
            DataSplitCommand.self, DataRemoveCommand.self, DataGenerateCommand.self,
        ])

    package init() {}
}

/// How a table is printed.
enum TableFormat: String, CaseIterable, ExpressibleByArgument {
    case table, csv, json
}

/// `--format` and its shorthand `--json`, which every command has.
struct FormatOptions: ParsableArguments {
    @Option(help: "How to print the result.")
    var format: TableFormat?

    @Flag(help: "Print the result as JSON; the same as --format json.")
    var json = false

    func validate() throws {
        if json, let format, format != .json {
            throw ValidationError("--json and --format \(format.rawValue) contradict.")
        }
    }

    /// - Parameter standard: the format where none is stated.
    func chosen(_ standard: TableFormat = .table) -> TableFormat { json ? .json : format ?? standard }
}

/// Which bars: `--from`, `--to` and `--prices`.
struct SpanOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The first time, included.", valueName: "date"))
    var from: String?

    @Option(help: ArgumentHelp("The last time, included; a date includes the whole day.", valueName: "date"))
    var to: String?

    @Option(help: "As they came, or adjusted for splits and dividends.")
    var prices = PriceAdjustment.raw

    func validate() throws {
        _ = try first
        if let first = try first, let last = try last, last < first {
            throw ValidationError("--to is \(to ?? ""), before --from, \(from ?? "").")
        }
    }

    var first: Timestamp? { get throws { try SpanOptions.time(from, "--from") } }

    var last: Timestamp? {
        get throws {
            guard let time = try SpanOptions.time(to, "--to") else { return nil }
            return to?.utf8.count == 10 ? Timestamp(seconds: time.seconds + 86_399) : time
        }
    }

    static func time(_ text: String?, _ option: String) throws -> Timestamp? {
        guard let text else { return nil }
        guard let time = Timestamp(iso8601: text) else {
            throw ValidationError(
                "\(option) is \(Excerpt.quoted(text.utf8)), expected a date such as 2008-10-10 or a time such as 2008-10-10T14:30:00Z."
            )
        }
        return time
    }
}

extension PriceAdjustment: ExpressibleByArgument {}

extension Timestamp {
    /// Whether bars at these times are shown with their time of day.
    static func haveTimesOfDay(_ times: some Sequence<Timestamp>) -> Bool { times.contains { $0.secondOfDay != 0 } }
}
