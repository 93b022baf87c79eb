import ArgumentParser
import MarketData

/// `trader data split SYMBOL DATE 4:1`: notes a split that no file told of.
struct DataSplitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "split", abstract: "Note a split, so that earlier prices are adjusted on reading.",
        discussion: """
            The ratio is new shares for old ones: 4:1 quarters all prices before the date and quadruples the volume; \
            1:10 is a reverse split. The bars themselves stay as they came. --remove takes a split back.
            """)

    @Argument(help: ArgumentHelp("The symbol.", valueName: "symbol"))
    var symbol: String

    @Argument(help: ArgumentHelp("The first day on which the new shares trade.", valueName: "date"))
    var date: String

    @Argument(help: ArgumentHelp("New shares for old ones, such as 4:1.", valueName: "ratio"))
    var ratio: String?

    @Flag(help: "Take back the split of that date.")
    var remove = false

    @OptionGroup var database: DatabaseOptions

    @Option(help: "What to do where another ratio is stored for that date.")
    var onConflict = ConflictPolicy.reject

    @Flag(help: "Print the result as JSON.")
    var json = false

    func validate() throws {
        _ = try SpanOptions.time(date, "The date")
        if remove, ratio != nil { throw ValidationError("--remove takes no ratio.") }
        if !remove { _ = try split }
    }

    private var split: SplitRatio {
        get throws {
            guard let ratio else {
                throw ValidationError("The ratio is missing: new shares for old ones, such as 4:1.")
            }
            guard let split = SplitRatio(ratio) else {
                throw ValidationError(
                    "\(Excerpt.quoted(ratio.utf8)) is no split: expected new shares for old ones, such as 4:1.")
            }
            return split
        }
    }

    private struct Outcome: Encodable {
        let symbol: String
        let time: Timestamp
        let changed: Bool
        let adjustments: [Adjustment]
    }

    func run() throws {
        guard let time = try SpanOptions.time(date, "The date") else { return }
        let store = try MarketStore(path: database.path, mode: .readWrite)
        var changed = true
        if remove {
            try store.removeSplit(symbol, at: time)
        } else {
            changed = try store.split(symbol, at: time, ratio: split, onConflict: onConflict)
        }
        if json {
            return try printJSON(
                Outcome(symbol: symbol, time: time, changed: changed, adjustments: try store.adjustments(of: symbol)))
        }
        guard changed else { return try Console.put("\(symbol): nothing changed, the split is known.") }
        try Console.put("\(symbol): the split of \(time) is \(remove ? "taken back" : "noted"). Closes around it:")
        try showCloses(store, around: time)
    }

    /// The closes around the split, raw and adjusted, so that a wrong date or ratio is seen at once.
    private func showCloses(_ store: MarketStore, around time: Timestamp) throws {
        let raw = try store.rows(of: symbol, prices: .raw)
        let adjusted = try store.rows(of: symbol, prices: .adjusted)
        guard let index = raw.firstIndex(where: { $0.time >= time }) else { return }
        var table = TextTable(["time", "raw", "adjusted"], numbers: [1, 2])
        for bar in max(0, index - 2)..<min(raw.count, index + 2) {
            table.add([
                "\(raw[bar].time)", raw[bar].close.plainText, ((adjusted[bar].close * 1e6).rounded() / 1e6).plainText,
            ])
        }
        try Console.put("\(table)")
    }
}
