import Foundation
import Statistics

/// Closes of two bundled series on the days that both have.
struct MarketSeries {
    var dates: [String]
    var asset: [Double]
    var benchmark: [Double]

    static let whole = Result { try MarketSeries(asset: "aapl_daily.csv", benchmark: "sp500_index_daily.csv") }

    /// The days from `start` to `end`, both included; ISO dates order as text.
    func span(from start: String, to end: String) -> MarketSeries {
        let kept = dates.indices.filter { (start...end).contains(dates[$0]) }
        var result = self
        result.dates = kept.map { dates[$0] }
        result.asset = kept.map { asset[$0] }
        result.benchmark = kept.map { benchmark[$0] }
        return result
    }

    private init(asset: String, benchmark: String) throws {
        let assetCloses = try Self.closes(asset)
        let benchmarkCloses = Dictionary(uniqueKeysWithValues: try Self.closes(benchmark))
        let common = assetCloses.compactMap { date, close in benchmarkCloses[date].map { (date, close, $0) } }
        dates = common.map(\.0)
        self.asset = common.map(\.1)
        self.benchmark = common.map(\.2)
    }

    /// The bundled files are tidy: date first, close in the sixth column, no quotes.
    private static func closes(_ file: String) throws -> [(String, Double)] {
        let url = repository.appending(path: "MarketData").appending(path: file)
        return try String(contentsOf: url, encoding: .utf8).split(separator: "\n").dropFirst().compactMap { line in
            let fields = line.split(separator: ",", omittingEmptySubsequences: false)
            return Double(fields[5]).map { (String(fields[0]), $0) }
        }
    }
}

let repository = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

func golden<Content: Decodable>(_ file: String, as type: Content.Type) throws -> Content {
    let url = repository.appending(path: "Tests/Golden/statistics").appending(path: file)
    return try JSONDecoder().decode(type, from: Data(contentsOf: url))
}

/// Equal up to `tolerance`, relative for numbers above 1.
func areClose(_ first: Double?, _ second: Double?, _ tolerance: Double) -> Bool {
    guard let first, let second else { return first == nil && second == nil }
    return abs(first - second) <= tolerance * max(1, abs(first), abs(second))
}

/// The measures of a curve without trades, by name.
func measures(
    equity: [Double], benchmark: [Double]? = nil, periodsPerYear: Double = 252, riskFree: Double = 0
) -> [String: MeasureValue] {
    let all = PerformanceSummary.measures(
        equity: equity, benchmark: benchmark, periodsPerYear: periodsPerYear, riskFree: riskFree, positions: [],
        tradedValue: [], costs: [], tradeProfits: [], tradeReturns: [])
    return Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0.value) })
}
