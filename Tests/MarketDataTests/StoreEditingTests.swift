import Foundation
import MarketData
import Testing

@Suite struct StoreEditingTests {
    let folder: TemporaryFolder
    let store: MarketStore

    init() throws {
        folder = try TemporaryFolder()
        store = try folder.store()
        _ = try store.ingest(reader.read(fixture("five-symbols-long.csv")))
    }

    private func ratio(_ text: String) throws -> SplitRatio { try #require(SplitRatio(text)) }

    @Test func removesSymbolsWithAllTheyHave() throws {
        try store.split("BBB", at: day("2023-02-01"), ratio: ratio("2:1"))
        let removed = try store.remove(symbols: ["DDD", "BBB", "DDD"])
        #expect(removed.map(\.symbol) == ["DDD", "BBB"])
        #expect(removed.map(\.bars) == [40, 60] && removed.map(\.adjustments) == [0, 1])
        #expect(try store.symbols().map(\.symbol) == ["AAA", "CCC", "EEE"])
        #expect(throws: StoreError.self) { try store.adjustments(of: "BBB") }
        // Nothing is left that the file would meet again.
        let summary = try store.ingest(reader.read(fixture("five-symbols-long.csv")))
        #expect(summary.symbols.map(\.inserted).reduce(0, +) == 100)
        #expect(try store.adjustments(of: "BBB").isEmpty)
        #expect(try store.symbols().map(\.bars) == [60, 60, 60, 40, 45])
    }

    @Test func removesAllOrNone() throws {
        let error = #expect(throws: StoreError.self) { try store.remove(symbols: ["AAA", "AAB"]) }
        #expect(error?.description.hasPrefix("error: no prices of 'AAB'") == true)
        #expect(try store.symbols().count == 5)
    }

    @Test func aSplitAdjustsTheBarsBeforeIt() throws {
        let raw = try store.history(of: ["AAA"])
        #expect(try store.split("AAA", at: raw.times[10], ratio: ratio("4:1")))
        let adjusted = try store.history(of: ["AAA"])
        for bar in 0..<raw.count {
            let factor = bar < 10 ? 0.25 : 1
            for field in [PriceField.open, .high, .low, .close] {
                #expect(adjusted.column(field, of: 0)[bar] == raw.column(field, of: 0)[bar] * factor)
            }
            #expect(adjusted.column(.volume, of: 0)[bar] == raw.column(.volume, of: 0)[bar] / factor)
        }
        #expect(try store.history(of: ["AAA"], prices: .raw).fingerprint == raw.fingerprint)
        #expect(try !store.split("AAA", at: raw.times[10], ratio: ratio("8:2")), "the same again changes nothing")

        let error = #expect(throws: StoreError.self) { try store.split("AAA", at: raw.times[10], ratio: ratio("2:1")) }
        #expect(
            error?.description == """
                error: a split of AAA at \(raw.times[10]) is stored already, with price factor 0.25, not 0.5 as 2:1 has
                Take the new ratio with --on-conflict replace.
                """)
        #expect(try !store.split("AAA", at: raw.times[10], ratio: ratio("2:1"), onConflict: .keep))
        #expect(try store.split("AAA", at: raw.times[10], ratio: ratio("2:1"), onConflict: .replace))
        #expect(try store.adjustments(of: "AAA").map(\.priceFactor) == [0.5])

        try store.removeSplit("AAA", at: raw.times[10])
        #expect(try store.history(of: ["AAA"]).fingerprint == raw.fingerprint)
        #expect(throws: StoreError.noSuchSplit(symbol: "AAA", at: raw.times[10], known: [])) {
            try store.removeSplit("AAA", at: raw.times[10])
        }
    }

    @Test func aSplitLiesBetweenTwoBars() throws {
        let times = try store.history(of: ["AAA"]).times
        for time in [day("1990-01-01"), times[0], Timestamp(seconds: times[59].seconds + 1), day("2090-01-01")] {
            #expect(throws: StoreError.splitOutside(symbol: "AAA", at: time, stored: times[0]...times[59])) {
                try store.split("AAA", at: time, ratio: ratio("4:1"))
            }
        }
        try store.split("AAA", at: times[59], ratio: ratio("4:1"))
        #expect(throws: StoreError.self) { try store.split("XXX", at: times[59], ratio: ratio("4:1")) }
    }

    @Test func whereThereIsNoStoreNoneIsMade() throws {
        let path = folder.path + "/none.sqlite"
        let none = try MarketStore(path: path, mode: .readWrite)
        #expect(throws: StoreError.missing(path: path)) { try none.remove(symbols: ["A"]) }
        #expect(throws: StoreError.missing(path: path)) {
            try none.split("A", at: day("2024-01-01"), ratio: ratio("2:1"))
        }
        #expect(!FileManager.default.fileExists(atPath: path))
    }
}
