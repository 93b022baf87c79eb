import Foundation
import MarketData
import RandomNumbers
import Testing

@Suite struct StoreIngestTests {
    let folder: TemporaryFolder
    let path: String

    init() throws {
        folder = try TemporaryFolder()
        path = folder.path + "/market.sqlite"
    }

    private func rows(_ closes: [Int: Double]) -> [PriceRow] {
        closes.sorted { $0.key < $1.key }.map { day, close in
            PriceRow(line: day, time: Timestamp(seconds: Int64(day) * 86_400), close: close)
        }
    }

    private func ingest(
        _ series: [PriceSeries], into store: MarketStore, onConflict policy: ConflictPolicy = .reject,
        isDryRun: Bool = false
    ) throws -> IngestSummary {
        try store.ingest("f.csv", onConflict: policy, isDryRun: isDryRun) { writer in
            for series in series { try writer.add(series) }
            return SourceRecord(fingerprint: "\(series.map(\.rows.count))", dialect: "long", warnings: 2)
        }
    }

    private func series(_ symbol: String, _ closes: [Int: Double]) -> PriceSeries {
        PriceSeries(symbol: symbol, rows: rows(closes))
    }

    /// Random files over a few symbols, merged by dictionaries in plain loops, under each policy; each is first run dry.
    @Test(arguments: ConflictPolicy.allCases)
    func mergesAsADictionaryDoes(_ policy: ConflictPolicy) throws {
        var stream = RandomKey(seed: 5).stream("files")
        let store = try MarketStore(path: path, mode: .readWrite)
        var expected: [String: [Int: Double]] = [:]
        for file in 0..<120 {
            var incoming: [String: [Int: Double]] = [:]
            for symbol in ["A", "B", "C"] where stream.index(below: 2) == 0 {
                let start = stream.index(below: 300)
                for day in start..<(start + 1 + stream.index(below: 120)) where stream.index(below: 4) > 0 {
                    // Mostly what is stored, so that refusals are not all there is.
                    let stored = expected[symbol]?[day]
                    incoming[symbol, default: [:]][day] =
                        stream.index(below: 60) == 0 ? Double(1 + stream.index(below: 9)) : stored ?? 5
                }
            }
            var counts = (inserted: 0, unchanged: 0, replaced: 0, conflicts: 0)
            var merged = expected
            for (symbol, closes) in incoming {
                for (day, close) in closes {
                    switch expected[symbol]?[day] {
                    case nil: counts.inserted += 1
                    case close: counts.unchanged += 1
                    default:
                        counts.conflicts += 1
                        if policy == .replace { counts.replaced += 1 } else { counts.unchanged += 1 }
                        if policy == .keep { continue }
                    }
                    merged[symbol, default: [:]][day] = close
                }
            }
            let files = incoming.sorted { $0.key > $1.key }.map { series($0.key, $0.value) }
            if policy == .reject && counts.conflicts > 0 {
                for isDryRun in [true, false] {
                    let error = #expect(throws: PriceFileError.self) {
                        try ingest(files, into: store, isDryRun: isDryRun)
                    }
                    #expect(error?.count == counts.conflicts, "file \(file)")
                }
            } else {
                let dry = try ingest(files, into: store, onConflict: policy, isDryRun: true)
                let summary = try ingest(files, into: store, onConflict: policy)
                #expect(summary == dry, "file \(file)")
                #expect(summary.symbols.map(\.inserted).reduce(0, +) == counts.inserted, "file \(file)")
                #expect(summary.symbols.map(\.unchanged).reduce(0, +) == counts.unchanged, "file \(file)")
                #expect(summary.symbols.map(\.replaced).reduce(0, +) == counts.replaced, "file \(file)")
                #expect(summary.keptLines.count == (policy == .keep ? counts.conflicts : 0), "file \(file)")
                expected = merged
            }
            for summary in try store.symbols() {
                let stored = try store.rows(of: summary.symbol)
                #expect(stored.map(\.close) == rows(expected[summary.symbol] ?? [:]).map(\.close), "file \(file)")
                #expect(summary.bars == stored.count, "file \(file)")
            }
        }
    }

    @Test func everyNumberIsComparedAndUnknownIsEqualToUnknown() throws {
        let store = try MarketStore(path: path, mode: .readWrite)
        var row = PriceRow(line: 2, time: day("2024-01-02"), close: 3)
        row.high = 4
        _ = try ingest([PriceSeries(symbol: "A", rows: [row])], into: store)
        let again = try ingest([PriceSeries(symbol: "A", rows: [row])], into: store)
        #expect(again.symbols[0].unchanged == 1)
        let numbers: [(name: String, path: WritableKeyPath<PriceRow, Double>, stored: String)] = [
            ("open", \.open, "unknown"), ("high", \.high, "4.0"), ("low", \.low, "unknown"), ("close", \.close, "3.0"),
            ("volume", \.volume, "unknown"),
        ]
        for (name, path, stored) in numbers {
            var other = row
            other[keyPath: path] = 3.5
            let error = #expect(throws: PriceFileError.self) {
                try ingest([PriceSeries(symbol: "A", rows: [other])], into: store)
            }
            #expect(
                error?.problems.map(\.message) == [
                    "A at 2024-01-02: \(name) is 3.5 in the file, \(stored) in the store"
                ])
        }
    }

    @Test func aDryRunNeedsNoStoreAndMakesNone() throws {
        let store = try MarketStore(path: path, mode: .readWrite)
        let summary = try ingest([series("A", [1: 1, 2: 2])], into: store, isDryRun: true)
        #expect(summary.symbols.map(\.inserted) == [2])
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
    }

    @Test func aDryRunWritesNothing() throws {
        _ = try ingest([series("A", [1: 1])], into: MarketStore(path: path, mode: .readWrite))
        let before = FileManager.default.contents(atPath: path)
        for mode in [MarketStore.Mode.readOnly, .readWrite] {
            let store = try MarketStore(path: path, mode: mode)
            let summary = try ingest(
                [series("B", [1: 1]), series("A", [1: 1, 2: 2])], into: store, onConflict: .replace, isDryRun: true)
            #expect(summary.symbols.map(\.inserted) == [1, 1] && summary.symbols.map(\.unchanged) == [0, 1])
        }
        #expect(FileManager.default.contents(atPath: path) == before)
        #expect(throws: StoreError.readOnly(path: path)) {
            try ingest([series("B", [1: 1])], into: MarketStore(path: path, mode: .readOnly))
        }
    }

    @Test func refusalsLeaveNoNewStoreBehind() throws {
        struct Unreadable: Error {}
        let store = try MarketStore(path: path, mode: .readWrite)
        for _ in 0..<3 {
            #expect(throws: Unreadable.self) {
                try store.ingest("f.csv", onConflict: .reject) { writer in
                    try writer.add(series("A", [1: 1]))
                    throw Unreadable()
                }
            }
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
        }
        _ = try ingest([series("A", [1: 1])], into: store)
        #expect(throws: Unreadable.self) { try store.ingest("f.csv", onConflict: .reject) { _ in throw Unreadable() } }
        #expect(try store.symbols().map(\.bars) == [1])
    }

    @Test func aRefusalLeavesAStoreOfOthersAlone() throws {
        struct Unreadable: Error {}
        let store = try MarketStore(path: path, mode: .readWrite)
        // Another has it open, who found it empty and is about to write.
        let other = try MarketStore(path: path, mode: .readWrite)
        #expect(throws: Unreadable.self) {
            try store.ingest("f.csv", onConflict: .reject) { _ in
                #expect(try other.symbols().isEmpty)
                throw Unreadable()
            }
        }
        _ = try ingest([series("A", [1: 1])], into: other)
        #expect(try MarketStore(path: path, mode: .readOnly).symbols().map(\.bars) == [1])
        #expect(try store.symbols().map(\.bars) == [1])
    }

    /// A place that cannot be taken in one step: here a link to a file that is not there yet.
    @Test func makesAStoreWhereALinkLeads() throws {
        try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: folder.path + "/real.sqlite")
        _ = try ingest([series("A", [1: 1])], into: MarketStore(path: path, mode: .readWrite))
        #expect(try MarketStore(path: folder.path + "/real.sqlite", mode: .readOnly).symbols().map(\.bars) == [1])
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        #expect(names == ["market.sqlite", "real.sqlite"])
    }

    @Test func theRecordTellsWhereBarsCameFrom() throws {
        let store = try MarketStore(path: path, mode: .readWrite)
        _ = try ingest([series("A", [1: 1, 2: 2])], into: store)
        _ = try ingest([series("A", [1: 1, 2: 2])], into: store)
        _ = try ingest([series("A", [2: 3, 3: 3, 4: 4])], into: store, onConflict: .replace)
        let sources = try store.sources()
        #expect(sources.map(\.file) == ["f.csv", "f.csv"])
        #expect(
            sources.map { [$0.inserted, $0.unchanged, $0.replaced, $0.adjustments, $0.warnings] } == [
                [2, 0, 0, 0, 2], [2, 0, 1, 0, 2],
            ])
        #expect(sources.map(\.fingerprint) == ["[2]", "[3]"] && sources.map(\.dialect) == ["long", "long"])
    }
}
