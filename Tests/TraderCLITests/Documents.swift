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

/// What `ingest --json` promises to hold.
struct IngestDocument: Decodable, Equatable {
    struct File: Decodable, Equatable {
        struct Symbol: Decodable, Equatable {
            let symbol: String
            let bars: Int
            let from: String
            let to: String
            let inserted: Int
            let unchanged: Int
            let replaced: Int
        }
        struct Warning: Decodable, Equatable {
            let check: String
            let count: Int
            let lines: [Int]
            let message: String
        }
        struct Failure: Decodable, Equatable {
            let line: Int?
            let column: Int?
            let message: String
            let remedy: String
        }
        let file: String
        let verdict: String
        let symbols: [Symbol]
        let decisions: [String]
        let warnings: [Warning]
        let error: Failure?
    }
    let files: [File]
}
