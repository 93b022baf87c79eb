import ArgumentParser
import Foundation
import MarketData

/// `trader data generate MODEL`: a price file of a market whose law is known.
package struct DataGenerateCommand: ParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "generate", abstract: "Make a price file of a synthetic market.",
        discussion: """
            Prices that follow a known law, to try strategies on: where nothing can be earned, and where it can. The same \
            command gives the same bytes. A longer file begins with the bars of the shorter one, and the bars of a \
            symbol do not depend on the other symbols. '--list' shows the models with their parameters.

            Exit code: 0 with a file, 2 for wrong usage or input, 1 for failure. A file that exists is complete.
            """)

    @Argument(help: ArgumentHelp("The law of the prices, such as heston; see --list.", valueName: "model"))
    var model: String?

    @Flag(help: "Show the models, or the one named, with their parameters and defaults.")
    var list = false

    @Option(help: ArgumentHelp("Symbols by name: AAA,BBB.", valueName: "symbols"))
    var symbols: String?

    @Option(
        parsing: .unconditional, help: ArgumentHelp("So many symbols, SYN1, SYN2, …. Default: 1.", valueName: "count"))
    var symbolCount: Int?

    @Option(parsing: .unconditional, help: ArgumentHelp("Bars of each symbol.", valueName: "count"))
    var bars = 2520

    @Option(parsing: .unconditional, help: ArgumentHelp("Root of all random numbers.", valueName: "number"))
    var seed: UInt64 = 1

    @Option(help: ArgumentHelp("Time of the first bar, in UTC.", valueName: "date"))
    var start = "2000-01-03"

    @Option(help: "day: Mondays to Fridays. hour, minute: round the clock.")
    var interval = SyntheticCalendar.Interval.day

    @Option(help: ArgumentHelp("The file to write; - for standard output.", valueName: "file|-"))
    var output: String?

    @Flag(help: "Replace the file if it is there.")
    var force = false

    @Option(
        name: .customLong("set"),
        help: ArgumentHelp("Change a parameter; may be repeated.", valueName: "key=value"))
    var settings: [String] = []

    // Every command takes the same common options, so that a program need not know which ones it may pass.
    @OptionGroup var database: DatabaseOptions

    @Flag(help: "Print what was made as JSON.")
    var json = false

    package init() {}

    package func validate() throws {
        if list { return }
        guard model != nil else {
            throw ValidationError("The model is missing. Name one, such as heston; '--list' shows all of them.")
        }
        guard let output else {
            throw ValidationError("--output is missing. Name a file, or - for standard output.")
        }
        if output.isEmpty { throw ValidationError("--output is empty, expected a file, or - for standard output.") }
        if output == "-", json {
            throw ValidationError("--json and '--output -' both want standard output. Name a file to write to.")
        }
        if !(1...100_000_000).contains(bars) {
            throw ValidationError("--bars is \(bars), expected 1 to 100000000.")
        }
        if let symbolCount {
            if symbols != nil {
                throw ValidationError("--symbols and --symbol-count were both given. Give one of them.")
            }
            if !(1...10_000).contains(symbolCount) {
                throw ValidationError("--symbol-count is \(symbolCount), expected 1 to 10000.")
            }
        }
        if settings.contains(where: { $0.split(separator: "=").first?.trimmingCharacters(in: .whitespaces) == "kind" })
        {
            throw ValidationError(
                "--set kind cannot change the model. Name the model itself: '\(model ?? "")' stands there.")
        }
    }

    package func run() throws {
        if list { return try SyntheticModelList(model: model).show(asJSON: json) }
        let configuration = try SyntheticConfiguration(
            model: model ?? "", settings: settings, modelOption: "model")
        do {
            let names = try symbols.map(SyntheticSymbols.named) ?? SyntheticSymbols.numbered(symbolCount ?? 1)
            let maker = SyntheticHistory(configuration: configuration, calendar: try calendar(), seed: seed)
            try write(names, by: maker)
            if output != "-" { try describe(names, by: maker) }
        } catch let error as SyntheticMarketError {
            Console.note("error: \(error)")
            throw ExitCode(2)
        } catch let error as ValidationError {
            // Thrown from here it would come with the usage of the whole program.
            Console.note("error: \(error.message)")
            throw ExitCode(2)
        } catch let error as OutputFileError {
            Console.note("\(error)")
            throw ExitCode(error.isWrongInput ? 2 : 1)
        }
    }

    private func calendar() throws -> SyntheticCalendar {
        guard let time = Timestamp(iso8601: start) else {
            throw ValidationError(
                "--start is \(Excerpt.quoted(start.utf8)), expected a date such as 2000-01-03, "
                    + "or a time such as 2000-01-03T09:30.")
        }
        let calendar = try SyntheticCalendar(interval: interval, start: time)
        let last = try calendar.time(of: bars - 1)
        let thisYear = Timestamp(seconds: Int64(Date().timeIntervalSince1970)).date.year
        guard last.date.year <= thisYear + 1 else {
            throw ValidationError(
                "The last of \(bars) bars would be at \(last), and 'trader ingest' takes none after \(thisYear + 1). "
                    + "Choose an earlier --start, or fewer --bars.")
        }
        return calendar
    }

    /// Symbol after symbol, so that only one of them is in memory.
    private func write(_ symbols: [String], by maker: SyntheticHistory) throws {
        guard let output, output != "-" else {
            try Console.put(BarCSV.header, terminator: "")
            for symbol in symbols {
                try Console.put(String(decoding: try lines(of: symbol, by: maker), as: UTF8.self), terminator: "")
            }
            return
        }
        let file = try OutputFile(output, isReplacing: force)
        try file.write(Array(BarCSV.header.utf8))
        for symbol in symbols { try file.write(try lines(of: symbol, by: maker)) }
        try file.finish()
    }

    private func lines(of symbol: String, by maker: SyntheticHistory) throws -> [UInt8] {
        BarCSV.lines(try maker.bars(of: symbol, count: bars), symbol: symbol, withTimeOfDay: interval != .day)
    }

    private func describe(_ symbols: [String], by maker: SyntheticHistory) throws {
        let made = try SyntheticDescription(file: output ?? "", symbols: symbols, bars: bars, maker: maker)
        if json { return try printJSON(made) }
        try Console.put(made.text)
    }
}

extension SyntheticCalendar.Interval: ExpressibleByArgument {}
