import Experiments
import Foundation

/// The report that people read. Every number comes from the result alone; charts are those of `ReportCharts`.
struct MarkdownReport {
    let result: RunResult
    let comparisons: [SymbolComparison]
    let charts: ReportCharts

    func text() -> String {
        var blocks = ["# \(Markdown.escaped(result.strategy)): out-of-sample report"]
        let headline = Headline(result)
        blocks.append("**\(Markdown.escaped(headline.sentence))**")
        blocks.append(Markdown.escaped(headline.certainty))
        blocks.append(warnings)
        if !result.description.isEmpty { blocks.append("*\(Markdown.escaped(result.description))*") }
        if comparisons.count > 1 { blocks.append(overview) }
        for comparison in comparisons {
            blocks.append(contentsOf: SymbolSection(comparison: comparison, charts: charts, result: result).blocks())
        }
        blocks.append(contentsOf: MethodSection(result: result, comparisons: comparisons, charts: charts).blocks())
        return blocks.filter { !$0.isEmpty }.joined(separator: "\n\n")
            // A number and its unit stay on one line.
            .replacing(" %", with: "\u{a0}%") + "\n"
    }

    /// A quotation on the first page; empty where there is nothing to warn of.
    private var warnings: String {
        let lines = result.warnings
        if lines.isEmpty { return "" }
        return (["> **Warnings**", ">"] + lines.map { "> - \(Markdown.escaped($0))" }).joined(separator: "\n")
    }

    private var overview: String {
        let several = comparisons[0].strategy.hasSeveralSeeds
        var table = MarkdownTable([
            "symbol", several ? "total return, median (quartiles)" : "total return", "buy-and-hold",
            "difference, points", "annual log return less buy-and-hold, 95 % interval", "p",
        ])
        for comparison in comparisons {
            let difference = comparison.strategy.medianRun.difference
            table.add([
                Markdown.escaped(comparison.symbol),
                comparison.strategy.spread(of: "totalReturn").map { MeasureStyle.of("totalReturn").text($0) }
                    ?? NumberText.none,
                comparison.benchmark?.spread(of: "totalReturn").map { NumberText.signedPercent($0.median) }
                    ?? NumberText.none,
                comparison.returnDifference.map(NumberText.points) ?? NumberText.none,
                difference.map(DifferenceText.interval) ?? NumberText.none,
                difference.map(DifferenceText.pValue) ?? NumberText.none,
            ])
        }
        let whose =
            comparisons[0].strategy.hasMiddleSeed
            ? "whose final equity is the median one" : "with the lower of the two middle final equities"
        let caption = several ? "\n\nInterval and p are those of the seed \(whose)." : ""
        return "## All symbols\n\n" + table.text + caption
    }
}

/// A bootstrap of the difference to buy-and-hold in table cells.
enum DifferenceText {
    static func interval(_ difference: DifferenceSummary) -> String {
        "\(NumberText.signedPercent(difference.annualLogReturn)) (\(NumberText.points(difference.lower)) … "
            + "\(NumberText.points(difference.upper)))"
    }

    static func pValue(_ difference: DifferenceSummary) -> String {
        difference.pValue < 0.001
            ? "< 0.001" : NumberText.decimal(difference.pValue, decimals: difference.pValue < 0.1 ? 3 : 2)
    }
}
