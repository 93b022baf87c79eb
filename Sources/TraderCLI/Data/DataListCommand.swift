import ArgumentParser
import MarketData

/// `trader data list`: what is stored.
struct DataListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the symbols, with the span and number of their bars.")

    @OptionGroup var database: DatabaseOptions

    @OptionGroup var format: FormatOptions

    private struct Listing: Encodable {
        let symbols: [SymbolSummary]
        let sources: [StoredSource]
    }

    func run() throws {
        let store = try MarketStore(path: database.path, mode: .readOnly)
        let symbols = try store.symbols()
        switch format.chosen() {
        case .json: try printJSON(Listing(symbols: symbols, sources: try store.sources()))
        case .csv:
            try Console.put("symbol,bars,from,to")
            for symbol in symbols { try Console.put("\(symbol.symbol),\(symbol.bars),\(symbol.from),\(symbol.to)") }
        case .table:
            guard !symbols.isEmpty else { return try Console.put("There are no prices in \(database.path).") }
            var table = TextTable(["symbol", "bars", "from", "to"], numbers: [1])
            for symbol in symbols {
                table.add([symbol.symbol, TextTable.grouped(symbol.bars), "\(symbol.from)", "\(symbol.to)"])
            }
            try Console.put("\(table)\n\nDatabase: \(database.path)")
        }
    }
}
