import Foundation
import MarketData

// How fast `trader ingest` is in the terms of the machine: rows a second over those of the SQLite shell's .import into the
// same table, in turns on the same disk, and how much memory each has at most. Then how long it takes to load twenty years of
// one symbol out of the largest store.
//
//     ingest-benchmark [rows,rows,…] [turns] [path of trader] [path of sqlite3]

let arguments = Array(CommandLine.arguments.dropFirst())
let sizes = arguments.first.map { $0.split(separator: ",").compactMap { Int($0) } } ?? [1_000_000, 5_000_000]
let turns = arguments.dropFirst().first.flatMap { Int($0) } ?? 3
let trader = arguments.dropFirst(2).first ?? ".build/release/trader"
let shell = arguments.dropFirst(3).first ?? "/usr/bin/sqlite3"

let barsTable = """
    CREATE TABLE bars (symbol_id INTEGER NOT NULL, time INTEGER NOT NULL, open REAL, high REAL, low REAL,
    close REAL NOT NULL, volume REAL, PRIMARY KEY (symbol_id, time)) STRICT, WITHOUT ROWID;
    """

func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }

func remove(_ path: String) {
    for suffix in ["", "-wal", "-shm", "-journal"] { try? FileManager.default.removeItem(atPath: path + suffix) }
}

func line(_ name: String, _ runs: [MeasuredProcess], rows: Int) -> String {
    String(
        format: "  %@ %9.0f rows/s  %6.2f s  %6.0f MB", name.padding(toLength: 16, withPad: " ", startingAt: 0),
        Double(rows) / median(runs.map(\.seconds)), median(runs.map(\.seconds)), runs.map(\.peak).max() ?? 0)
}

/// Runs both in turns, so that a noisy neighbour slows both.
func compare(_ files: PriceFiles, _ order: PriceFiles.Order, in folder: String) throws {
    let (named, keyed) = ("\(folder)/named.csv", "\(folder)/keyed.csv")
    let (store, table) = ("\(folder)/store.sqlite", "\(folder)/table.sqlite")
    let rows = try files.write(order, named: named, keyed: keyed)
    var ours: [MeasuredProcess] = []
    var theirs: [MeasuredProcess] = []
    for _ in 0..<turns {
        remove(store)
        remove(table)
        ours.append(try MeasuredProcess(trader, ["ingest", named, "--database", store]))
        theirs.append(try MeasuredProcess(shell, [table, barsTable, ".mode csv", ".import \(keyed) bars"]))
    }
    let stored = try MarketStore(path: store, mode: .readOnly).symbols().map(\.bars).reduce(0, +)
    guard stored == rows else { throw BenchmarkError("\(rows) rows went in, \(stored) are stored") }
    print("\(rows) rows \(order.rawValue)")
    print(line("trader ingest", ours, rows: rows))
    print(line("sqlite3 .import", theirs, rows: rows))
    let ratios = zip(ours, theirs).map { $1.seconds / $0.seconds }
    print(String(format: "  ratio %.2f (median of %d turns)", median(ratios), turns))
    for path in [named, keyed, table] { remove(path) }
}

/// Each load opens the store anew.
func load(_ path: String) throws {
    guard let summary = try MarketStore(path: path, mode: .readOnly).symbols().last else { return }
    let from = Timestamp(seconds: summary.to.seconds - 20 * 31_556_952)
    var times: [Double] = []
    var bars = 0
    for number in 0..<50 {
        let name = "S\(100 + number * 7)"
        let start = DispatchTime.now().uptimeNanoseconds
        bars = try MarketStore(path: path, mode: .readOnly).history(of: [name], from: from).count
        times.append(Double(DispatchTime.now().uptimeNanoseconds - start) * 1e-6)
    }
    print(
        String(
            format: "opening a store and loading %d bars of one symbol: %.1f ms (median of %d, %.1f at most)", bars,
            median(times), times.count, times.max() ?? 0))
    let start = DispatchTime.now().uptimeNanoseconds
    let count = try MarketStore(path: path, mode: .readOnly).symbols().count
    print(
        String(
            format: "opening it and listing %d symbols: %.1f ms", count,
            Double(DispatchTime.now().uptimeNanoseconds - start) * 1e-6))
}

let folder = NSTemporaryDirectory() + "ingest-benchmark-" + UUID().uuidString
do {
    guard !sizes.isEmpty, turns > 0 else {
        throw BenchmarkError("expected: [rows,rows,…] [turns] [path of trader] [path of sqlite3]")
    }
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    for rows in sizes.sorted() {
        for order in PriceFiles.Order.allCases { try compare(PriceFiles(rows: rows), order, in: folder) }
    }
    try load("\(folder)/store.sqlite")
} catch {
    FileHandle.standardError.write(Data("ingest-benchmark: error: \(error)\n".utf8))
    exit(1)
}
