import Foundation
import MarketData
import RandomNumbers
import Testing

@Suite struct MarketStoreTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// Everything that the store holds, as text.
    private func content(_ store: MarketStore) throws -> String {
        let names = try store.symbols().map(\.symbol)
        guard !names.isEmpty else { return "" }
        return try "\(names) " + store.history(of: names, prices: .raw).fingerprint
            + store.history(of: names, prices: .adjusted).fingerprint
    }

    private func ingest(_ files: [String], into store: MarketStore) throws -> IngestReport {
        var report = IngestReport()
        try store.ingest(files, with: reader, report: &report)
        return report
    }

    @Test func givesBackWhatAFileHeld() throws {
        let store = try folder.store()
        let report = try ingest([fixture("five-symbols-long.csv")], into: store)
        #expect(report.files.map(\.verdict) == [.accepted])
        #expect(report.files[0].symbols.map(\.inserted).reduce(0, +) == 265)
        #expect(try store.symbols().map(\.symbol) == ["AAA", "BBB", "CCC", "DDD", "EEE"])
        #expect(try store.symbols().map(\.bars) == [60, 60, 60, 40, 45])

        let history = try store.history(of: ["DDD", "AAA"])
        #expect(history.symbols == ["DDD", "AAA"])
        #expect(history.count == 60)
        #expect(history.bar(of: 0, at: 0) == nil)
        let first = Bar(time: day("2023-01-03"), open: 25.24, high: 25.38, low: 24.85, close: 25.03, volume: 3_126_900)
        #expect(history.bar(of: 1, at: 0) == first)

        let february = try store.history(of: ["AAA"], from: day("2023-02-01"), to: day("2023-02-28"))
        #expect(february.times.first == day("2023-02-01") && february.times.last == day("2023-02-28"))
    }

    @Test func theSameFileAgainChangesNothing() throws {
        let store = try folder.store()
        _ = try ingest([fixture("acme-long.csv")], into: store)
        let before = try content(store)
        let again = try ingest([fixture("acme-long.csv")], into: store)
        #expect(again.files[0].symbols[0].unchanged == 120)
        #expect(again.files[0].symbols[0].inserted == 0)
        #expect(try content(store) == before)
    }

    @Test func aBadLastLineLeavesTheStoreAsItWas() throws {
        let store = try folder.store()
        _ = try ingest([fixture("acme-long.csv")], into: store)
        let before = try content(store)
        let bad = try folder.file("bad.csv", "date,symbol,close\n2024-01-02,NEW,1\n2024-01-03,NEW,x\n")
        // The conflict comes after thousands of good bars of a symbol that is new.
        let rows = (0..<5_000).map { "\(Timestamp(seconds: Int64($0) * 86_400)),NEW,1" }.joined(separator: "\n")
        let conflict = try folder.file("conflict.csv", "date,symbol,close\n\(rows)\n2023-01-03,ACME,1\n")
        let report = try ingest([bad, conflict, fixture("five-symbols-long.csv")], into: store)
        #expect(report.files.map(\.verdict) == [.refused, .refused, .accepted])
        #expect(try !store.symbols().map(\.symbol).contains("NEW"))
        #expect(try store.history(of: ["ACME"]).count == 120)
        #expect(try content(MarketStore(path: store.path, mode: .readOnly)) != before, "the third file is in")
    }

    @Test func aDifferingBarIsRefusedShownReplacedOrKept() throws {
        let store = try folder.store()
        let first = try folder.file("one.csv", "date,symbol,close\n2024-01-02,A,1\n2024-01-03,A,2\n")
        let second = try folder.file("two.csv", "date,symbol,close\n2024-01-02,A,1\n2024-01-03,A,2.5\n2024-01-04,A,3\n")
        _ = try store.ingest(reader.read(first))
        let file = try reader.read(second)

        let error = #expect(throws: PriceFileError.self) { try store.ingest(file) }
        #expect(
            error?.description.replacingOccurrences(of: folder.path, with: "") == """
                /two.csv:3:1: error: A at 2024-01-03: close is 2.5 in the file, 2.0 in the store
                Keep what is stored with --on-conflict keep, or take the file's bars with --on-conflict replace.
                """)
        #expect(try store.history(of: ["A"]).column(.close, of: 0) == [1, 2])

        let kept = try store.ingest(file, onConflict: .keep)
        #expect(kept.symbols.map { [$0.inserted, $0.unchanged, $0.replaced] } == [[1, 2, 0]])
        #expect(kept.keptLines == [3])
        #expect(try store.history(of: ["A"]).column(.close, of: 0) == [1, 2, 3])

        let replaced = try store.ingest(file, onConflict: .replace)
        #expect(replaced.symbols.map { [$0.inserted, $0.unchanged, $0.replaced] } == [[0, 2, 1]])
        #expect(try store.history(of: ["A"]).column(.close, of: 0) == [1, 2.5, 3])
    }

    /// The adjusted file was made by another program from the raw one, by factor, and rounded to six decimals.
    @Test func adjustedPricesAgreeWithAnIndependentAdjustment() throws {
        let store = try folder.store()
        _ = try ingest([bundled("aapl_daily_raw.csv")], into: store)
        let adjusted = try store.history(of: ["AAPL"])
        let raw = try store.history(of: ["AAPL"], prices: .raw)
        let published = try #require(reader.read(bundled("aapl_daily.csv")).series.first?.rows)
        #expect(published.map(\.time) == adjusted.times)
        // Half a unit of the sixth decimal, and as much rounding of doubles as prices below 1,000 can have.
        let tolerance = 0.5e-6 + 1e-12
        for (bar, row) in published.enumerated() {
            for (field, value) in [
                (PriceField.open, row.open), (.high, row.high), (.low, row.low), (.close, row.close),
            ] {
                #expect(abs(adjusted.column(field, of: 0)[bar] - value) <= tolerance, "\(field) at \(row.time)")
            }
        }
        #expect(raw.value(.close, of: 0, at: 0) == 130.31)
        #expect(adjusted.column(.volume, of: 0) == raw.column(.volume, of: 0))
    }

    @Test func namesTheNearestSymbols() throws {
        let store = try folder.store()
        _ = try ingest([fixture("acme-long.csv"), fixture("five-symbols-long.csv")], into: store)
        let error = #expect(throws: StoreError.self) { try store.history(of: ["acem"]) }
        #expect(
            error?.description
                == "error: no prices of 'acem' in \(store.path). Did you mean 'ACME'?\nThere are: AAA, ACME, BBB, CCC, DDD, EEE"
        )
        #expect(error?.isWrongInput == true)
    }

    @Test func saysWhatIsStoredWhereASpanIsEmpty() throws {
        let store = try folder.store()
        _ = try ingest([fixture("acme-long.csv")], into: store)
        let error = #expect(throws: StoreError.self) { try store.history(of: ["ACME"], from: day("2030-01-01")) }
        #expect(error?.description == "error: no bars of ACME from 2030-01-01\nStored are 2023-01-03 to 2023-06-26.")
    }

    /// The file as another program sees it.
    @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/sqlite3")))
    func isASoundSQLiteFile() throws {
        var store: MarketStore? = try folder.store()
        let path = try #require(store?.path)
        _ = try ingest([fixture("acme-long.csv")], into: #require(store))
        store = nil
        let sqlite = Process()
        sqlite.executableURL = URL(fileURLWithPath: "/usr/bin/sqlite3")
        sqlite.arguments = [
            path,
            """
            PRAGMA integrity_check; PRAGMA application_id; PRAGMA user_version;
            SELECT name, count(*), typeof(symbol_id), typeof(time), typeof(close) FROM bars JOIN symbols ON id = symbol_id;
            SELECT open, close, volume FROM bars ORDER BY time LIMIT 1;
            SELECT inserted, unchanged, replaced FROM sources;
            SELECT name, strict, wr FROM pragma_table_list WHERE name LIKE '%s' ORDER BY name;
            """,
        ]
        let output = Pipe()
        sqlite.standardOutput = output
        try sqlite.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        sqlite.waitUntilExit()
        #expect(
            text == """
                ok
                1414677586
                2
                ACME|120|integer|integer|real
                142.32|143.45|53536100.0
                120|0|0
                adjustments|1|1
                bars|1|1
                sources|1|0
                symbols|1|0

                """)
    }
}
