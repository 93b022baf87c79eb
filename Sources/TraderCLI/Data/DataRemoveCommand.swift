import ArgumentParser
import MarketData

/// `trader data remove SYMBOL…`: takes symbols out of the database.
struct DataRemoveCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove", abstract: "Remove symbols with all their bars: all that are named, or none.")

    @Argument(help: ArgumentHelp("Symbols.", valueName: "symbol"))
    var symbols: [String]

    @OptionGroup var database: DatabaseOptions

    @Flag(help: "Print the result as JSON.")
    var json = false

    private struct Removed: Encodable {
        let removed: [RemovedSymbol]
    }

    func run() throws {
        let removed = try MarketStore(path: database.path, mode: .readWrite).remove(symbols: symbols)
        if json { return try printJSON(Removed(removed: removed)) }
        for symbol in removed {
            let adjustments = symbol.adjustments == 0 ? "" : " and \(TextTable.grouped(symbol.adjustments)) adjustments"
            try Console.put("\(symbol.symbol): \(TextTable.grouped(symbol.bars)) bars\(adjustments) removed")
        }
    }
}
