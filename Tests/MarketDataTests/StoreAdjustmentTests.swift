import MarketData
import RandomNumbers
import Testing

/// What becomes of adjustments when files come in, one after the other.
@Suite struct StoreAdjustmentTests {
    let folder: TemporaryFolder
    let store: MarketStore

    init() throws {
        folder = try TemporaryFolder()
        store = try folder.store()
    }

    private func ingest(
        _ series: PriceSeries, into store: MarketStore? = nil, onConflict policy: ConflictPolicy = .reject
    ) throws -> IngestSummary {
        try (store ?? self.store).ingest("a.csv", onConflict: policy) { writer in
            try writer.add(series)
            return SourceRecord(fingerprint: "\(series.rows.count) \(series.rows[0].time)", dialect: "", warnings: 0)
        }
    }

    private func time(_ day: Int) -> Timestamp { Timestamp(seconds: Int64(day) * 86_400) }

    /// Bars on some days, close 100, with factors from which the adjusted closes come.
    private func series(_ factors: [(day: Int, factor: Double)]) -> PriceSeries {
        var steps = AdjustedCloseSteps(decimals: 6)
        for (day, factor) in factors { steps.add(time: time(day), close: 100, adjustedClose: 100 * factor) }
        return PriceSeries(
            symbol: "A", rows: factors.map { PriceRow(line: $0.day, time: time($0.day), close: 100) },
            adjustments: steps.adjustments(), hasAdjustedCloses: true)
    }

    /// The factors of all bars as they are read, rounded: 0.97.
    private func factors() throws -> [Double] {
        try store.history(of: ["A"]).column(.close, of: 0).map { ($0 * 1e4).rounded() / 1e6 }
    }

    @Test func adjustedClosesAreReadAsTheyWerePrinted() throws {
        for seed in 0..<60 as Range<UInt64> {
            let column = VendorColumn(seed: seed)
            let store = try TemporaryStore()
            let summary = try ingest(column.series(), into: store.store)
            #expect(summary.symbols[0].adjustments == column.steps().count)
            let read = try store.store.history(of: ["A"]).column(.close, of: 0)
            for (bar, close) in read.enumerated() {
                #expect(
                    abs(close - column.adjusted[bar]) <= column.tolerance(at: bar, steps: column.events), "seed \(seed)"
                )
            }
            #expect(try store.store.history(of: ["A"], prices: .raw).column(.close, of: 0) == column.closes)
            let again = try ingest(column.series(), into: store.store)
            #expect(again.symbols[0].adjustments == 0 && again.symbols[0].unchanged == column.closes.count)
            #expect(try store.store.sources().count == 1)
        }
    }

    /// Parts of one download, without and with common bars, in any order.
    @Test func partsOfADownloadFitTogetherInAnyOrder() throws {
        for seed in 0..<150 as Range<UInt64> {
            var stream = RandomKey(seed: seed).stream("parts")
            let column = VendorColumn(seed: seed + 1_000, bars: 120)
            let overlap = seed % 2 == 0 ? 0 : stream.index(below: 10)
            var parts = [0..<40, (40 - overlap)..<80, (80 - overlap)..<120]
            for index in parts.indices.dropFirst() { parts.swapAt(index, stream.index(below: index + 1)) }
            let store = try TemporaryStore()
            for part in parts { _ = try ingest(column.series(part), into: store.store) }
            let read = try store.store.history(of: ["A"]).column(.close, of: 0)
            #expect(read.count == 120)
            for (bar, close) in read.enumerated() {
                // Each part knows its factor up to its own rounding; where bars in common join parts, two roundings add up
                // at each of the two seams.
                let limit = (overlap == 0 ? 1 : 5) * column.tolerance(at: bar, steps: 200)
                #expect(abs(close - column.adjusted[bar]) <= limit, "seed \(seed) parts \(parts) bar \(bar)")
            }
        }
    }

    /// A dividend of 3 % after the first download: all old factors change, and no bar.
    @Test(arguments: ConflictPolicy.allCases)
    func aNewerDownloadUpdatesTheFactors(_ policy: ConflictPolicy) throws {
        _ = try ingest(series([(1, 0.9), (2, 0.9), (3, 1), (4, 1)]))
        #expect(try factors() == [0.9, 0.9, 1, 1])
        let newer = try ingest(
            series([(1, 0.873), (2, 0.873), (3, 0.97), (4, 0.97), (5, 1), (6, 1)]), onConflict: policy)
        #expect(newer.symbols[0].unchanged == 4 && newer.symbols[0].inserted == 2)
        // The step at the first dividend is 0.9 in both; that at the second is new.
        #expect(newer.symbols[0].adjustments == 1)
        #expect(try factors() == [0.873, 0.873, 0.97, 0.97, 1, 1])
    }

    @Test func aNewerDownloadOfTheLastYearsUpdatesTheOlderToo() throws {
        _ = try ingest(series([(1, 0.9), (2, 0.9), (3, 1), (4, 1)]))
        // The dividend at day 3 happened before the file begins, which cannot know of it.
        _ = try ingest(series([(3, 0.97), (4, 0.97), (5, 1)]))
        #expect(try factors() == [0.873, 0.873, 0.97, 0.97, 1])
    }

    @Test func aDownloadThatBeginsAfterTheOldOneGoesOnThrough() throws {
        _ = try ingest(series([(1, 0.9), (2, 1)]))
        _ = try ingest(series([(3, 0.97), (4, 1)]))
        #expect(try factors() == [0.873, 0.97, 0.97, 1])
    }

    /// The older file ends at the day of its download and knows of no later dividend; undoing that at its end would be a jump.
    @Test func anOlderDownloadLeavesTheLaterDividendsAlone() throws {
        let newer = series([(1, 0.873), (2, 0.873), (3, 0.97), (4, 0.97), (5, 1)])
        _ = try ingest(newer)
        _ = try ingest(series([(1, 0.9), (2, 0.9), (3, 1)]))
        #expect(try factors() == [0.873, 0.873, 0.97, 0.97, 1])
    }

    @Test func rawBarsBeforeAndAfterStayComparable() throws {
        var raw = series([(1, 1), (9, 1)])
        raw.hasAdjustedCloses = false
        _ = try ingest(raw)
        _ = try ingest(series([(4, 0.8), (5, 0.9)]))
        // Nothing is known of bar 1 and 9 but that they are raw; the file's own closes are kept.
        #expect(try factors() == [0.8, 0.8, 0.9, 1])
    }

    @Test func aFileOfTwoBarsAtOneSecondsDistanceKeepsItsFactors() throws {
        func intraday(_ seconds: [Int64], _ factor: Double) -> PriceSeries {
            var steps = AdjustedCloseSteps(decimals: 6)
            let rows = seconds.map { PriceRow(line: 2, time: Timestamp(seconds: $0), close: 100) }
            for row in rows { steps.add(time: row.time, close: 100, adjustedClose: 100 * factor) }
            return PriceSeries(symbol: "A", rows: rows, adjustments: steps.adjustments(), hasAdjustedCloses: true)
        }
        _ = try ingest(intraday([12, 13], 1))
        _ = try ingest(intraday([10, 11], 0.5))
        #expect(try factors() == [0.5, 0.5, 1, 1])
    }

    @Test func splitsAndDividendsOfAFileAdjustPricesAndVolume() throws {
        var series = PriceSeries(symbol: "A", rows: [])
        for (index, close) in [400.0, 404, 100, 101].enumerated() {
            var row = PriceRow(line: index + 2, time: time(index + 1), close: close)
            row.volume = index < 2 ? 10 : 40
            row.high = close + 1
            series.rows.append(row)
        }
        series.adjustments = [
            Adjustment(split: try #require(SplitRatio("4:1")), at: time(3)),
            Adjustment(time: time(4), kind: .dividend, priceFactor: 0.99),
        ]
        #expect(try ingest(series).symbols[0].adjustments == 2)
        #expect(try store.adjustments(of: "A") == series.adjustments)
        let history = try store.history(of: ["A"])
        #expect(history.column(.close, of: 0) == [400 * (0.99 * 0.25), 404 * (0.99 * 0.25), 99, 101])
        #expect(history.column(.high, of: 0)[2] == 101 * 0.99)
        #expect(history.column(.volume, of: 0) == [40, 40, 40, 40])
        // A span that ends before an adjustment is on the same scale.
        #expect(try store.history(of: ["A"], to: time(1)).column(.close, of: 0) == [400 * (0.99 * 0.25)])
        #expect(try ingest(series).symbols[0].adjustments == 0)

        series.adjustments[0] = Adjustment(split: try #require(SplitRatio("2:1")), at: time(3))
        let error = #expect(throws: PriceFileError.self) { try ingest(series) }
        #expect(
            error?.description == """
                a.csv:4:1: error: A at 1970-01-04: the split has a price factor of 0.5 in the file, 0.25 in the store
                Keep what is stored with --on-conflict keep, or take the file's bars with --on-conflict replace.
                """)
        #expect(try ingest(series, onConflict: .keep).symbols[0].adjustments == 0)
        #expect(try store.adjustments(of: "A")[0].priceFactor == 0.25)
        #expect(try ingest(series, onConflict: .replace).symbols[0].adjustments == 1)
        #expect(try store.adjustments(of: "A")[0].priceFactor == 0.5)

        series.adjustments[0].priceFactor = .infinity
        #expect(throws: PriceFileError.self) { try ingest(series, onConflict: .replace) }
    }

    @Test func aSplitThatTheAdjustedClosesTakeOutIsNotCountedTwice() throws {
        let ratio = try #require(SplitRatio("4:1"))
        var raw = series([(1, 1), (2, 1), (3, 1), (4, 1)])
        raw.hasAdjustedCloses = false
        _ = try ingest(raw)
        try store.split("A", at: time(3), ratio: ratio)
        let adjusted = series([(1, 0.25), (2, 0.25), (3, 1), (4, 1)])
        #expect(throws: PriceFileError.self) { try ingest(adjusted) }
        #expect(throws: PriceFileError.self) { try ingest(adjusted, onConflict: .keep) }
        #expect(try factors() == [0.25, 0.25, 1, 1])
        #expect(try ingest(adjusted, onConflict: .replace).symbols[0].adjustments == 2)
        #expect(try factors() == [0.25, 0.25, 1, 1])
        #expect(throws: StoreError.splitAdjusted(symbol: "A", at: time(3))) {
            try store.split("A", at: time(3), ratio: ratio)
        }
    }
}

/// A store in a folder of its own.
private final class TemporaryStore {
    let folder: TemporaryFolder
    let store: MarketStore

    init() throws {
        folder = try TemporaryFolder()
        store = try folder.store()
    }
}
