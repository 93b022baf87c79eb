import Foundation
import GRDB

/// A price file that takes a while to ingest: its symbols come one after the other, so that the first are stored while others
/// are still to be read. Adjusted closes make it fill every table.
enum LargePrices {
    /// - Parameter prefix: what the names of the symbols begin with.
    static func text(_ prefix: String, symbols: Int, bars: Int) -> Data {
        let times = (0..<bars).map { Date(timeIntervalSince1970: 946_684_800 + 3_600 * Double($0)).ISO8601Format() }
        var text = "time,symbol,open,high,low,close,adj close,volume\n"
        text.reserveCapacity(symbols * bars * 80)
        for symbol in 0..<symbols {
            for bar in 0..<bars {
                // In hundredths, rising and falling by less than one in a hundred.
                let close = 10_000 + 100 * symbol + abs(bar % 400 - 200)
                let adjusted = bar < 50 ? Double(close) * 0.9 : Double(close)
                text += "\(times[bar]),\(prefix)\(symbol),\(decimal(close - 5)),\(decimal(close + 10)),"
                text += "\(decimal(close - 15)),\(decimal(close)),\(adjusted / 100),\(1_000 + bar % 777)\n"
            }
        }
        return Data(text.utf8)
    }

    private static func decimal(_ hundredths: Int) -> String {
        "\(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100)"
    }
}

/// All that is in a store, in short: counts and sums of every table. What was ingested at another moment is the same.
struct StoreState: Equatable {
    let integrity: String
    let tables: [String]

    /// Opens the store as the next program would, whatever the last one left beside it.
    init(_ path: String) throws {
        (integrity, tables) = try DatabaseQueue(path: path).read { database in
            (
                try String.fetchOne(database, sql: "PRAGMA integrity_check") ?? "nothing",
                try StoreState.sums.map { try Row.fetchOne(database, sql: $0)?.description ?? "nothing" }
            )
        }
    }

    private static let sums = [
        "SELECT count(*), group_concat(id || name || bars) FROM (SELECT * FROM symbols ORDER BY id)",
        """
        SELECT count(*), total(time % 9973 * symbol_id), total(open), total(high), total(low), total(close * symbol_id),
            total(volume * (time % 97)) FROM (SELECT * FROM bars ORDER BY symbol_id, time)
        """,
        """
        SELECT count(*), total(time % 9973 * symbol_id), total(price_factor), total(volume_factor), group_concat(kind)
        FROM (SELECT * FROM adjustments ORDER BY symbol_id, time, kind)
        """,
        """
        SELECT count(*), group_concat(file_name || sha256 || dialect || inserted || unchanged || replaced || adjustments)
        FROM (SELECT * FROM sources ORDER BY id)
        """,
    ]
}
