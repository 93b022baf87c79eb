import Foundation
import MarketData

/// A folder of its own for a test, removed with the value.
final class TemporaryFolder {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "market-data-tests-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    /// Writes a file and gives its path.
    func file(_ name: String, _ bytes: some Sequence<UInt8>) throws -> String {
        let path = "\(path)/\(name)"
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        return path
    }

    func file(_ name: String, _ text: String) throws -> String {
        try file(name, text.utf8)
    }

    /// An empty store in this folder.
    func store(named name: String = "market.sqlite") throws -> MarketStore {
        try MarketStore(path: "\(path)/\(name)", mode: .readWrite)
    }
}

/// The root of the package.
private let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().path

func fixture(_ name: String) -> String { "\(root)/Tests/Fixtures/prices/\(name)" }

func bundled(_ name: String) -> String { "\(root)/MarketData/\(name)" }

/// A fixed today, so that no test depends on the date.
let reader = PriceFileReader(today: day("2024-06-30"))

func day(_ text: String) -> Timestamp {
    guard let time = Timestamp(iso8601: text) else { preconditionFailure("'\(text)' is a time") }
    return time
}

/// Daily bars from 2024-01-01 on, that have closes only.
func closes(_ prices: [Double], from start: String = "2024-01-01") -> [Bar] {
    prices.enumerated().map { index, price in
        Bar(time: Timestamp(seconds: day(start).seconds + Int64(index) * 86_400), close: price)
    }
}

extension MarketStore {
    /// Takes in a file that was read before.
    func ingest(_ file: ParsedPriceFile, onConflict policy: ConflictPolicy = .reject) throws -> IngestSummary {
        try ingest(file.summary.file, onConflict: policy) { writer in
            for series in file.series { try writer.add(series) }
            return SourceRecord(file.summary)
        }
    }
}

/// Reads a text as a price file, with what a user may state about it.
func parsed(
    _ text: String, named file: String = "TEST.csv", stating state: (inout PriceFileOptions) throws -> Void = { _ in }
) throws -> ParsedPriceFile {
    try parsed(Array(text.utf8), named: file, stating: state)
}

func parsed(
    _ bytes: [UInt8], named file: String = "TEST.csv",
    stating state: (inout PriceFileOptions) throws -> Void = { _ in }
) throws -> ParsedPriceFile {
    var reader = reader
    try state(&reader.options)
    return try reader.read(bytes, named: file)
}

/// The message about a text that is refused as a price file; nil where it is taken.
func refusal(
    of text: String, named file: String = "f.csv", stating state: (inout PriceFileOptions) throws -> Void = { _ in }
) throws -> String? {
    do {
        _ = try parsed(text, named: file, stating: state)
        return nil
    } catch let error as PriceFileError {
        return "\(error)"
    }
}

extension ParsedPriceFile {
    /// All bars as they came, or adjusted, in the order of the symbols: `2024-01-02,A,1,3,1,2,10`.
    func csv(_ prices: PriceAdjustment = .raw) -> String {
        series.map { series in
            let bars = series.bars(prices)
            let hasTimeOfDay = bars.contains { $0.time.secondOfDay != 0 }
            return String(
                decoding: BarCSV.lines(bars, symbol: series.symbol, withTimeOfDay: hasTimeOfDay), as: UTF8.self)
        }.joined()
    }

    /// What is worth a warning, as a word each.
    var warnings: [String] { summary.findings.filter { $0.severity == .warning }.map(\.check) }
}
