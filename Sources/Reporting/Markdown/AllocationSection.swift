import Experiments
import Foundation

/// What the report says of a portfolio beside what it says of every account: what was held, where the gains came from, and
/// what other costs would have left.
struct AllocationSection {
    let comparison: SymbolComparison

    /// Symbols in the table; the others are added up.
    private static let mostSymbols = 30

    func blocks() -> [String] {
        guard let allocation = comparison.strategy.medianRun.allocation else { return [] }
        return [
            "### What was held", holdings(allocation), spread(allocation), "### At other costs", sweep, sweepCaption,
        ]
    }

    private func holdings(_ allocation: AllocationRecord) -> String {
        let bars = allocation.weights.dropFirst()
        func mean(_ index: Int) -> Double { bars.reduce(0) { $0 + $1[index] } / Double(max(1, bars.count)) }
        let means = (0...allocation.symbols.count).map(mean)
        let last = allocation.weights[allocation.weights.count - 1]
        var table = MarkdownTable(["", "mean weight", "last weight", "gain before costs"])
        func add(_ name: String, _ indices: [Int]) {
            table.add([
                Markdown.escaped(name), NumberText.percent(indices.reduce(0) { $0 + means[$1] }),
                NumberText.percent(indices.reduce(0) { $0 + last[$1] }),
                NumberText.money(indices.reduce(0) { $0 + allocation.gains[$1] }),
            ])
        }
        let order = (1...allocation.symbols.count).sorted { means[$0] > means[$1] }
        let own = order.count <= Self.mostSymbols ? order.count : Self.mostSymbols - 1
        for index in order.prefix(own) { add(allocation.symbols[index - 1], [index]) }
        let others = Array(order.dropFirst(own))
        if !others.isEmpty { add("\(others.count) others", others) }
        add("cash", [0])
        return table.text
    }

    private func spread(_ allocation: AllocationRecord) -> String {
        let turnover =
            "A bar, \(NumberText.percent(allocation.turnoverPerBar, decimals: 2)) of wealth changed hands on average (half of what was bought and sold)."
        guard let effective = allocation.effectiveAssets else { return "Nothing but cash was held. \(turnover)" }
        return "The weights were as spread as \(NumberText.decimal(effective, decimals: 1)) equal ones "
            + "(effective number of assets, mean of 1 / Σ w²). \(turnover)"
    }

    private var sweep: String {
        let points = comparison.strategy.medianRun.allocation?.costSweep ?? []
        var table = MarkdownTable(
            ["total return at"] + points.map { "\(NumberText.plain($0.basisPoints)) bp a side" } + ["this report"])
        for runs in comparison.all {
            let run = runs.medianRun
            table.add(
                [Markdown.escaped(runs.name)]
                    + (run.allocation?.costSweep ?? []).map { NumberText.signedPercent($0.totalReturn) }
                    + [run.number("totalReturn").map { NumberText.signedPercent($0) } ?? NumberText.none])
        }
        return table.text
    }

    private var sweepCaption: String {
        "The decisions are those of this report, paid for at one rate a side in place of commission, spread and slippage: none of "
            + "these rules looks at costs when it decides."
    }
}
