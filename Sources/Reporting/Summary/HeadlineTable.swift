import Experiments

/// The plain-text table that `trader backtest` prints when it ends, at most 100 columns wide.
///
/// One symbol: measures in rows, strategies in columns. Several: one row a symbol.
package func headlineTable(for result: RunResult) -> String {
    let comparisons = SymbolComparison.all(of: result)
    let headline = Headline(result)
    guard let first = comparisons.first else { return headline.sentence + "\n" }

    var lines = [title(comparisons, first), ""]
    lines += comparisons.count == 1 ? measureTable(first) : symbolTable(comparisons)
    lines.append("")
    lines += Prose.wrapped(headline.sentence, width: 96)
    lines += Prose.wrapped(headline.certainty, width: 96)
    let rules = Rules(result.conventions)
    lines += Prose.wrapped(
        "Costs: \(rules.shortCosts); \(rules.shortFill). Data \(result.data.fingerprint.prefix(6)), "
            + "configuration \(result.configurationFingerprint.prefix(6)).", width: 96)
    for warning in result.warnings {
        lines += Prose.wrapped("Warning: \(warning)", width: 96)
    }
    return lines.joined(separator: "\n") + "\n"
}

private func title(_ comparisons: [SymbolComparison], _ first: SymbolComparison) -> String {
    let runs = comparisons.flatMap(\.strategy.entries)
    let from = runs.compactMap { $0.times.dropFirst().first }.min() ?? ""
    let to = runs.compactMap(\.times.last).max() ?? ""
    let what = comparisons.count == 1 ? first.symbol : Prose.count(comparisons.count, "symbol")
    let seeds = first.strategy.kind == .learned ? ", " + Prose.count(first.strategy.entries.count, "seed") : ""
    return "\(first.strategy.name) on \(what), \(Prose.day(from)) to \(Prose.day(to)), out of sample\(seeds)"
}

private func measureTable(_ comparison: SymbolComparison) -> [String] {
    let ends = comparison.bound.map { [$0] } ?? []
    // What does not fit is in the report; buy-and-hold, which comes first, goes last.
    for baselines in stride(from: comparison.baselines.count, through: 0, by: -1) {
        let table = measureTable([comparison.strategy] + comparison.baselines.prefix(baselines) + ends)
        if baselines <= 1 || table.allSatisfy({ $0.count <= 100 }) { return table }
    }
    return []
}

/// - Parameter columns: the strategy first, with its quartiles; of the others the median over seeds.
private func measureTable(_ columns: [StrategyRuns]) -> [String] {
    let measures = [
        "totalReturn", "annualReturn", "sharpe", "sortino", "maxDrawdown", "exposure", "turnover", "trades",
        "costsPaid",
    ].filter { name in columns[0].entries[0].measures.contains { $0.name == name } }
    let headings = columns.enumerated().map { index, runs in
        let name = runs.name.replacing("-", with: " ")
        return Prose.wrapped(
            index == 0 && runs.hasSeveralSeeds ? "\(runs.name) median (quartiles)" : name, width: index == 0 ? 24 : 13)
    }
    let rows = measures.map { measure in
        let style = MeasureStyle.of(measure)
        return [style.title]
            + columns.enumerated().map { index, runs in
                guard let spread = runs.spread(of: measure) else { return NumberText.none }
                return index == 0 ? style.text(spread) : style.text(spread.median)
            }
    }
    return aligned(headings: [[]] + headings, rows: rows)
}

private func symbolTable(_ comparisons: [SymbolComparison]) -> [String] {
    let several = comparisons[0].strategy.hasSeveralSeeds
    let headings = [
        ["symbol"], ["total return", several ? "median (quartiles)" : ""], ["buy and", "hold"],
        ["difference", "points"], ["p"], ["maximum", "drawdown"], ["trades"],
    ]
    let rows = comparisons.map { comparison in
        let strategy = comparison.strategy
        return [
            comparison.symbol, strategy.spread(of: "totalReturn").map { MeasureStyle.of("totalReturn").text($0) },
            comparison.benchmark?.spread(of: "totalReturn").map { NumberText.signedPercent($0.median) },
            comparison.returnDifference.map(NumberText.points),
            strategy.medianRun.difference.map(DifferenceText.pValue),
            strategy.spread(of: "maxDrawdown").map { NumberText.percent($0.median) },
            strategy.spread(of: "trades").map { NumberText.plain($0.median, decimals: 1) },
        ].map { $0 ?? NumberText.none }
    }
    return aligned(headings: headings, rows: rows)
}

/// The first column flush left, the others flush right, two spaces between; headings stand at the bottom of theirs.
private func aligned(headings: [[String]], rows: [[String]]) -> [String] {
    let widths = headings.indices.map { column in
        (headings[column] + rows.map { $0[column] }).map(\.count).max() ?? 0
    }
    let height = headings.map { $0.reversed().drop(while: \.isEmpty).count }.max() ?? 0
    let headingRows = (0..<height).map { line in
        headings.map { heading in
            let heading = Array(heading.reversed().drop(while: \.isEmpty).reversed())
            let index = line - (height - heading.count)
            return index >= 0 ? heading[index] : ""
        }
    }
    return (headingRows + rows).map { cells in
        let line = cells.enumerated().map { column, cell in
            let padding = String(repeating: " ", count: max(0, widths[column] - cell.count))
            return column == 0 ? cell + padding : padding + cell
        }.joined(separator: "  ")
        return "  " + String(line.reversed().drop { $0 == " " }.reversed())
    }
}
