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
    func store() throws -> MarketStore {
        try MarketStore(path: "\(path)/market.sqlite", mode: .readWrite)
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
