import ArgumentParser
import Foundation

/// Where the market data lie: `--database`, else `TRADER_DATABASE`, else `MarketData/market.sqlite` below the current folder.
package struct DatabaseOptions: ParsableArguments {
    @Option(
        name: .customLong("database"),
        help: ArgumentHelp(
            "The SQLite file with the market data.",
            discussion:
                "Default: the environment's TRADER_DATABASE, else MarketData/market.sqlite below the current folder.",
            valueName: "path"))
    var stated: String?

    package init() {}

    package func validate() throws {
        if stated == "" { throw ValidationError("--database is empty, expected a path.") }
    }

    /// The path of the store.
    package var path: String {
        if let stated { return stated }
        if let path = ProcessInfo.processInfo.environment["TRADER_DATABASE"], !path.isEmpty { return path }
        return "MarketData/market.sqlite"
    }
}
