import ArgumentParser
import Experiments
import MarketData
import Reporting

/// `trader signal --model FILE`: what a model would do after the latest bar, and why.
package struct SignalCommand: ParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "signal", abstract: "Say what a model would do after the latest bar, and why.",
        discussion: """
            The model looks at the latest bars as it looked at those it learned from, and at the position that --position \
            states. Nothing is traded. Several models, such as the seeds of one training, are asked one by one.
            """)

    @Option(
        help: ArgumentHelp(
            "A model that 'trader train' or 'trader backtest' wrote; may be repeated.", valueName: "file"))
    var model: [String]

    @Option(
        help: ArgumentHelp("The symbol to look at. Default: the one the model was trained on.", valueName: "symbol"))
    var symbol: String?

    @Option(help: "What the account holds: flat, long or short.")
    var position = AssumedPosition.Direction.flat

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("At what price it was entered. Default: the last close.", valueName: "price"))
    var entryPrice: Double?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Closes since it was entered, the last one included. Default: 1.", valueName: "count"))
    var barsHeld: Int?

    @Option(help: ArgumentHelp("The last date that is known. Default: that of the latest bar.", valueName: "date"))
    var to: String?

    @OptionGroup var database: DatabaseOptions

    @Flag(help: "Print the result as JSON.")
    var json = false

    package init() {}

    package func validate() throws {
        if model.isEmpty { throw ValidationError("Name a model: --model FILE.") }
        if position == .flat, entryPrice != nil || barsHeld != nil {
            throw ValidationError(
                "A flat account has no --entry-price and no --bars-held: state --position long or short.")
        }
        if let entryPrice, !(entryPrice > 0 && entryPrice.isFinite) {
            throw ValidationError("--entry-price is \(entryPrice), expected a positive price.")
        }
        if let barsHeld, !(1...1_000_000_000).contains(barsHeld) {
            throw ValidationError("--bars-held is \(barsHeld), expected 1 or more.")
        }
        if let to, Timestamp(iso8601: to) == nil {
            throw ValidationError("--to is '\(to)', expected a date such as 2008-01-02.")
        }
    }

    package func run() throws {
        let asked = try model.map { path in
            let file = try ModelFile(reading: path)
            var universe = file.configuration.universe
            universe.symbols = [symbol ?? file.symbol]
            universe.to = to
            let signal = try Signal(
                of: file, on: try PreparedRun.history(for: universe, database: database.path),
                holding: AssumedPosition(position, entryPrice: entryPrice, barsHeld: barsHeld))
            return ModelSignal(path: path, model: file, signal: signal)
        }
        try Console.put(json ? signalJSON(asked) : signalText(asked), terminator: "")
    }
}

extension AssumedPosition.Direction: ExpressibleByArgument {}
