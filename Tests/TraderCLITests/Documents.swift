/// What `backtest --json` and `report.json` promise to hold. Decoding fails where a promised key is absent or of another type.
struct ReportDocument: Decodable {
    struct Data: Decodable {
        let fingerprint: String
        let symbols: [String]
        let from: String
        let to: String
        let bars: Int
    }
    struct Conventions: Decodable {
        let periodsPerYear: Double
        let riskFree: Double
        let fill: String
        let costs: [String: Double]
    }
    struct Result: Decodable {
        let name: String
        let kind: String
        let symbol: String?
        let seed: Int?
        let measures: [String: Double?]

        /// A measure that is there and has a value.
        func measure(_ name: String) -> Double? { measures[name] ?? nil }
    }
    struct Seeds: Decodable, Equatable {
        let root: UInt64
        let replicates: [Int]
    }
    struct Timing: Decodable {
        let seconds: Double
        let workers: Int
    }
    let schema: String
    let report: String
    let strategy: String
    let description: String
    let data: Data
    let conventions: Conventions
    let seeds: Seeds
    let results: [Result]
    let warnings: [String]
    let timing: Timing

    /// The results of the strategy itself, without baselines and bound.
    var own: [Result] { results.filter { $0.name == strategy } }
}
