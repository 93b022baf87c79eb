import Foundation

/// A drawn chart and where it belongs within a run's folder.
struct ChartFile {
    let path: String
    /// What stands in the report where the picture cannot be shown.
    let alternative: String
    let contents: Data
}
