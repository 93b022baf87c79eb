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
            let adjustments: Int
        }
        struct Failure: Decodable, Equatable {
            let line: Int?
            let column: Int?
            let message: String
            let remedy: String
        }
        struct Row: Decodable, Equatable {
            let symbol: String
            let time: String
            let open: Double?
            let close: Double
            let volume: Double?
        }
        let file: String
        let verdict: String
        let symbols: [Symbol]
        let decisions: [String]
        let warnings: [FindingDocument]
        let notices: [FindingDocument]
        let firstRows: [Row]
        let error: Failure?
    }
    let files: [File]
}

/// Something odd about prices, as `ingest --json` and `data check --json` tell it.
struct FindingDocument: Decodable, Equatable {
    let check: String
    let severity: String
    let symbols: [String]
    let count: Int
    let lines: [Int]
    let times: [String]
    let message: String
    let remedy: String
}

/// What `data list --json` promises to hold.
struct ListDocument: Decodable, Equatable {
    struct Symbol: Decodable, Equatable {
        let symbol: String
        let bars: Int
        let from: String
        let to: String
    }
    struct Source: Decodable, Equatable {
        let file: String
        let fingerprint: String
        let ingestedAt: String
        let inserted: Int
    }
    let symbols: [Symbol]
    let sources: [Source]
}

/// A bar as `data show --json` and `data export --json` tell it.
struct BarDocument: Decodable, Equatable {
    let time: String
    let open: Double?
    let high: Double?
    let low: Double?
    let close: Double
    let volume: Double?
}

struct AdjustmentDocument: Decodable, Equatable {
    let time: String
    let kind: String
    let priceFactor: Double
    let volumeFactor: Double
}

/// What `data show --json` promises to hold.
struct ShowDocument: Decodable {
    let symbol: String
    let prices: String
    let count: Int
    let from: String?
    let to: String?
    let adjustments: [AdjustmentDocument]
    let bars: [BarDocument]
}

/// What `data export --json` promises to hold.
struct ExportDocument: Decodable {
    struct Symbol: Decodable {
        let symbol: String
        let bars: [BarDocument]
    }
    let prices: String
    let symbols: [Symbol]
}

/// What `data check --json` promises to hold.
struct CheckDocument: Decodable {
    let symbols: Int
    let bars: Int
    let findings: [FindingDocument]
}

/// What `data split --json` promises to hold.
struct SplitDocument: Decodable {
    let symbol: String
    let time: String
    let changed: Bool
    let adjustments: [AdjustmentDocument]
}

/// What `data remove --json` promises to hold.
struct RemoveDocument: Decodable, Equatable {
    struct Symbol: Decodable, Equatable {
        let symbol: String
        let bars: Int
        let adjustments: Int
    }
    let removed: [Symbol]
}

/// What `data generate --json` promises to hold.
struct GenerateDocument: Decodable {
    let file: String
    let model: String
    let parameters: [String: String]
    let seed: UInt64
    let interval: String
    let symbols: [String]
    let barsPerSymbol: Int
    let from: String
    let to: String
}
