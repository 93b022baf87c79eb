import Experiments

/// What the report says about one symbol: measures, charts, folds, seeds, costs, learning.
struct SymbolSection {
    let comparison: SymbolComparison
    let charts: ReportCharts
    let result: RunResult

    private var strategy: StrategyRuns { comparison.strategy }

    func blocks() -> [String] {
        let drawn = charts.symbols[comparison.symbol]
        var blocks = ["## \(Markdown.escaped(comparison.symbol))", span, measureTable(MeasureStyle.principal)]
        blocks += [drawn?.equity, drawn?.drawdown, drawn?.position].compactMap { $0 }.map(Markdown.image)
        blocks += foldTable + seedTable + costTable
        if let learning = drawn?.learning {
            blocks += [
                "### Learning",
                "Every so many updates the policy trades the validation span greedily; the checkpoint with the best result "
                    + "is kept. All points are in `progress.jsonl`.",
                Markdown.image(learning),
            ]
        }
        let further = measureNames.filter { !MeasureStyle.principal.contains($0) }
        if !further.isEmpty { blocks += ["### Further measures", measureTable(further)] }
        return blocks
    }

    private var span: String {
        let times = strategy.entries[0].times
        guard times.count > 1 else { return "No unseen bar." }
        return
            "\(Prose.count(times.count - 1, "unseen bar")), \(Prose.day(times[1])) to \(Prose.day(times[times.count - 1]))."
    }

    // MARK: Measures

    private var measureNames: [String] {
        comparison.all.flatMap { $0.entries[0].measures.map(\.name) }.reduce(into: []) { names, name in
            if !names.contains(name) { names.append(name) }
        }
    }

    private func measureTable(_ wanted: [String]) -> String {
        let names = wanted.filter(measureNames.contains)
        var table = MarkdownTable([""] + comparison.all.map(heading))
        var footnotes = Footnotes()
        for name in names {
            let style = MeasureStyle.of(name)
            table.add([style.title] + comparison.all.map { cell(name, style, $0, &footnotes) })
        }
        return [table.text, footnotes.text].compactMap { $0 }.joined(separator: "\n\n")
    }

    private func heading(_ runs: StrategyRuns) -> String {
        let name = Markdown.escaped(runs.name)
        guard runs.hasSeveralSeeds else { return name }
        return runs.name == strategy.name
            ? "\(name), median (quartiles) of \(runs.entries.count) seeds" : "\(name), median of \(runs.entries.count)"
    }

    /// `—` with its reason where no seed has a value; a footnote where only some have.
    private func cell(
        _ measure: String, _ style: MeasureStyle, _ runs: StrategyRuns, _ footnotes: inout Footnotes
    ) -> String {
        let reasons = Prose.list(runs.reasons(without: measure))
        guard let spread = runs.spread(of: measure) else { return NumberText.none + footnotes.mark(reasons) }
        let text = runs.name == strategy.name ? style.text(spread) : style.text(spread.median)
        let missing = runs.entries.count - spread.count
        if missing == 0 { return text }
        return text + footnotes.mark("without \(Prose.count(missing, "seed")) of \(runs.entries.count): \(reasons)")
    }

    // MARK: Folds

    private var foldTable: [String] {
        let folds = strategy.entries[0].foldOutcomes
        if folds.isEmpty { return [] }
        let isLearned = strategy.kind == .learned
        let several = strategy.hasSeveralSeeds
        var table = MarkdownTable(
            ["fold", "test span", several ? "return, median (quartiles)" : "return"]
                + (comparison.benchmark == nil ? [] : ["buy-and-hold"])
                + ["maximum drawdown", "trades"] + (isLearned ? ["kept update\(several ? ", by seed" : "")"] : []))
        for fold in folds {
            let own = strategy.entries.compactMap { $0.foldOutcomes.first { $0.fold == fold.fold } }
            let benchmark = comparison.benchmark?.entries[0].foldOutcomes.first { $0.fold == fold.fold }
            table.add(
                [
                    String(fold.fold), "\(Prose.day(fold.from)) to \(Prose.day(fold.to))",
                    Spread(own.map(\.totalReturn)).map(MeasureStyle.of("totalReturn").text) ?? NumberText.none,
                ]
                    + (comparison.benchmark == nil
                        ? [] : [benchmark.map { NumberText.signedPercent($0.totalReturn) } ?? NumberText.none])
                    + [
                        Spread(own.map(\.maxDrawdown)).map { NumberText.percent($0.median) } ?? NumberText.none,
                        Spread(own.map { Double($0.trades) }).map { NumberText.plain($0.median, decimals: 1) }
                            ?? NumberText.none,
                    ]
                    + (isLearned
                        ? [
                            own.map { $0.chosenUpdate.map(NumberText.integer) ?? NumberText.none }.joined(
                                separator: " · ")
                        ]
                        : []))
        }
        return ["### Fold by fold", table.text]
    }

    // MARK: Seeds

    private var seedTable: [String] {
        guard strategy.entries.contains(where: { $0.seed != nil }) else { return differenceOfRule }
        var table = MarkdownTable([
            "seed", "total return", "Sharpe ratio", "maximum drawdown", "trades", "costs paid",
            "annual log return less buy-and-hold, 95 % interval", "p",
        ])
        for entry in strategy.entries {
            func text(_ measure: String) -> String {
                entry.number(measure).map(MeasureStyle.of(measure).text) ?? NumberText.none
            }
            table.add([
                entry.seed.map(String.init) ?? NumberText.none, text("totalReturn"), text("sharpe"),
                text("maxDrawdown"), text("trades"), NumberText.money(entry.costs.total),
                entry.difference.map(DifferenceText.interval) ?? NumberText.none,
                entry.difference.map(DifferenceText.pValue) ?? NumberText.none,
            ])
        }
        return ["### Seed by seed", table.text]
    }

    private var differenceOfRule: [String] {
        guard let difference = strategy.entries[0].difference else { return [] }
        return [
            "Annual log return less that of buy-and-hold, with its 95 % interval: "
                + "\(DifferenceText.interval(difference)), p \(DifferenceText.pValue(difference))."
        ]
    }

    // MARK: Costs

    private var costTable: [String] {
        var table = MarkdownTable([
            "", "commission", "spread", "slippage", "borrowing", "total", "of starting cash", "turnover",
            "time in the market",
        ])
        for runs in comparison.all {
            let run = runs.medianRun
            let costs = run.costs
            let seed = runs.hasSeveralSeeds ? run.seed.map { ", seed \($0)" } ?? "" : ""
            table.add(
                [Markdown.escaped(runs.name) + seed]
                    + [costs.commission, costs.spread, costs.slippage, costs.borrow, costs.total].map(NumberText.money)
                    + [NumberText.percent(costs.total / result.conventions.startingCash)]
                    + ["turnover", "exposure"].map { measure in
                        run.number(measure).map(MeasureStyle.of(measure).text) ?? NumberText.none
                    })
        }
        let severals = comparison.all.filter(\.hasSeveralSeeds)
        let caption =
            severals.isEmpty
            ? "Account currency."
            : "Account currency; of several seeds, the one whose final equity is the median"
                + (severals.allSatisfy(\.hasMiddleSeed) ? "." : ", or the lower of the two middle ones.")
        return ["### Costs, turnover and exposure", table.text, caption]
    }
}
