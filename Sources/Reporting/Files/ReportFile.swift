import Experiments
import Foundation

/// A file of a run's folder.
package struct ReportFile: Sendable {
    /// Relative to the folder, parts separated by `/`.
    package let path: String
    package let contents: Data

    package init(path: String, contents: Data) {
        self.path = path
        self.contents = contents
    }

    /// Everything a finished run leaves on disk except learned models: report, charts, evidence, configuration.
    package static func all(of result: RunResult) -> [ReportFile] {
        let comparisons = SymbolComparison.all(of: result)
        let charts = ReportCharts(result, comparisons)
        let report = MarkdownReport(result: result, comparisons: comparisons, charts: charts).text()
        var files = [
            ReportFile(path: "report.md", contents: Data(report.utf8)),
            ReportFile(path: "report.json", contents: ReportJSON.data(for: result)),
            ReportFile(path: "strategy.yaml", contents: Data(result.configuration.utf8)),
            ReportFile(path: "equity.csv", contents: Evidence.equityCSV(result)),
        ]
        if let weights = Evidence.weightsCSV(result) {
            files.append(ReportFile(path: "weights.csv", contents: weights))
        } else {
            files.append(ReportFile(path: "trades.csv", contents: Evidence.tradesCSV(result)))
        }
        if let progress = Evidence.progressLines(result) {
            files.append(ReportFile(path: "progress.jsonl", contents: progress))
        }
        return files + charts.all.map { ReportFile(path: $0.path, contents: $0.contents) }
    }
}
