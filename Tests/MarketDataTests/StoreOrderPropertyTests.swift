import MarketData
import RandomNumbers
import Testing

/// The order of a file's rows is no content: the store holds the same bars, to the bit.
@Suite struct StoreOrderPropertyTests {
    @Test func theStoreHoldsTheBarsWhateverTheirOrder() throws {
        let folder = try TemporaryFolder()
        var stream = RandomKey(seed: 31).stream("orders")
        for seed in 0..<12 {
            var rows: [(symbol: String, bar: Bar)] = []
            for symbol in ["A", "B", "C", "D"] {
                // Some are long enough to be stored before the file is read to its end.
                let count = [1, 40, 499, 501, 800][stream.index(below: 5)]
                for index in 0..<count {
                    let close = 50 + 50 * stream.uniform()
                    var bar = Bar(
                        time: Timestamp(seconds: day("2015-01-01").seconds + Int64(index) * 86_400), close: close)
                    bar.low = close * 0.97
                    bar.high = close * 1.03
                    if stream.index(below: 3) > 0 { bar.volume = stream.uniform() * 1e9 }
                    rows.append((symbol, bar))
                }
            }
            var shuffled = rows
            for place in shuffled.indices { shuffled.swapAt(place, stream.index(below: place + 1)) }
            let orders = [
                rows, rows.reversed(), rows.sorted { ($0.bar.time, $0.symbol) < ($1.bar.time, $1.symbol) },
                rows.sorted { ($0.symbol, $1.bar.time) > ($1.symbol, $0.bar.time) }, shuffled,
            ]
            for (number, order) in orders.enumerated() {
                var text = Array(BarCSV.header.utf8)
                for row in order { text += BarCSV.lines([row.bar], symbol: row.symbol, withTimeOfDay: false) }
                let store = try folder.store(named: "\(seed)-\(number).sqlite")
                var report = IngestReport()
                try store.ingest([folder.file("x.csv", text)], with: reader, report: &report) {
                    Issue.record("seed \(seed), order \(number): \($0)")
                }
                for symbol in ["A", "B", "C", "D"] {
                    let bars = rows.filter { $0.symbol == symbol }.map(\.bar)
                    #expect(try store.rows(of: symbol).map(Bar.init) == bars, "seed \(seed), order \(number)")
                }
                #expect(report.files[0].symbols.map(\.inserted).reduce(0, +) == rows.count)
            }
        }
    }
}
