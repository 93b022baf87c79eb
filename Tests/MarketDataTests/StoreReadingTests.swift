import Foundation
import GRDB
import MarketData
import Testing

@Suite struct StoreReadingTests {
    let folder: TemporaryFolder
    let store: MarketStore

    init() throws {
        folder = try TemporaryFolder()
        store = try folder.store()
        _ = try store.ingest(reader.read(fixture("five-symbols-long.csv")))
    }

    private var names: [String] {
        get throws { try FileManager.default.contentsOfDirectory(atPath: folder.path) }
    }

    @Test func readingLeavesNoFilesBehind() throws {
        do {
            let path = folder.path + "/other.sqlite"
            _ = try MarketStore(path: path, mode: .readWrite).ingest(reader.read(fixture("acme-long.csv")))
            #expect(try names.filter { $0.hasPrefix("other") } == ["other.sqlite"])
            let reading = try MarketStore(path: path, mode: .readOnly)
            #expect(try reading.history(of: ["ACME"]).count == 120)
        }
        #expect(try names.filter { $0.hasPrefix("other") } == ["other.sqlite"])
    }

    /// As an ingest in another process would hold it open.
    @Test func readersSeeTheStateBeforeAWriteThatIsUnderWay() throws {
        let other = try MarketStore(path: store.path, mode: .readWrite)
        _ = try other.ingest("new.csv", onConflict: .reject) { writer in
            // More than fits into SQLite's cache, so that some of it is in the log already.
            let rows = (0..<200_000).map { PriceRow(line: $0, time: Timestamp(seconds: Int64($0)), close: 1) }
            try writer.add(PriceSeries(symbol: "NEW", rows: rows))
            let reading = try MarketStore(path: store.path, mode: .readOnly)
            #expect(try reading.symbols().map(\.symbol) == ["AAA", "BBB", "CCC", "DDD", "EEE"])
            #expect(try reading.history(of: ["AAA"]).count == 60)
            #expect(try store.rows(of: "DDD").count == 40)
            #expect(try other.symbols().count == 5)
            return SourceRecord(fingerprint: "", dialect: "", warnings: 0)
        }
        #expect(try store.symbols().count == 6)
        let log = try FileManager.default.attributesOfItem(atPath: store.path + "-wal")[.size] as? Int
        #expect(log == 0, "the log is emptied")
    }

    @Test func rowsAreWhatTheFileHeld() throws {
        let file = try reader.read(fixture("five-symbols-long.csv"))
        for series in file.series {
            let (symbol, rows) = (series.symbol, series.rows)
            let stored = try store.rows(of: symbol)
            #expect(stored.map(\.time) == rows.map(\.time))
            for (row, own) in zip(stored, rows) {
                #expect(row.firstDifference(from: own, withAdjustedCloses: true) == nil)
            }
        }
        let few = try store.rows(of: "AAA", from: day("2023-01-04"), to: day("2023-01-05"))
        #expect(few.map(\.time) == [day("2023-01-04"), day("2023-01-05")])
    }

    @Test func handsOverSymbolBySymbol() throws {
        var seen: [String] = []
        try store.forEachSymbol { symbol, rows in seen.append("\(symbol) \(rows.count)") }
        #expect(seen == ["AAA 60", "BBB 60", "CCC 60", "DDD 40", "EEE 45"])
        seen = []
        try store.forEachSymbol(["EEE", "AAA"], from: day("2023-01-03"), to: day("2023-01-03")) { symbol, rows in
            seen.append("\(symbol) \(rows.count)")
        }
        #expect(seen.map { $0.prefix(3) } == ["EEE", "AAA"])
        #expect(throws: StoreError.self) {
            try store.forEachSymbol(["AAA", "ZZZ"]) { _, _ in Issue.record("not called") }
        }
        struct Stop: Error {}
        #expect(throws: Stop.self) { try store.forEachSymbol { _, _ in throw Stop() } }
    }

    @Test func numbersBeyondAllReasonAreSaidAndDoNotTrap() throws {
        try store.split("AAA", at: day("2023-01-05"), ratio: try #require(SplitRatio("1:100000")))
        try DatabaseQueue(path: store.path).write {
            try $0.execute(sql: "UPDATE bars SET high = 1e308 WHERE symbol_id = 1 AND time = 1672704000")
        }
        let error = #expect(throws: StoreError.self) { try store.history(of: ["AAA"]) }
        #expect(
            error?.description
                == "\(store.path): error: is damaged: adjusted prices of AAA at 2023-01-03 are beyond all numbers\n"
                + "Move it away and ingest the price files again.")
        #expect(try store.history(of: ["AAA"], prices: .raw).count == 60)
    }

    @Test func aStoreThatIsReplacedIsSeenAnew() throws {
        #expect(try store.symbols().count == 5)
        try FileManager.default.removeItem(atPath: store.path)
        for log in ["-wal", "-shm"] { try? FileManager.default.removeItem(atPath: store.path + log) }
        #expect(try store.symbols().isEmpty)
        _ = try store.ingest(reader.read(fixture("acme-long.csv")))
        #expect(try store.symbols().map(\.symbol) == ["ACME"])
        #expect(try MarketStore(path: store.path, mode: .readOnly).symbols().map(\.symbol) == ["ACME"])
    }
}
