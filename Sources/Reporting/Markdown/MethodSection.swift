import Experiments

/// How the numbers were made: rules, folds, conventions, fingerprints, and how to make them again.
struct MethodSection {
    let result: RunResult
    let comparisons: [SymbolComparison]
    let charts: ReportCharts

    func blocks() -> [String] {
        ["## How it was tested", rules] + charts.folds.map(Markdown.image) + unfilledOrders
            + ["## Conventions", conventions, "## Repeat it", repetition, files, footer]
    }

    private var learns: Bool { comparisons.contains { $0.strategy.kind == .learned } }

    private var rules: String {
        let rules = Rules(result.conventions)
        let data = result.data
        var lines = [
            "**Data**: \(Prose.list(data.symbols.map(Markdown.escaped))), \(Prose.day(data.from)) to "
                + "\(Prose.day(data.to)), \(Prose.count(data.bars, "bar")) over all symbols.",
            "**Fills**: \(rules.fill)",
            "**Costs**: \(rules.costs)",
            isPortfolio
                ? "**Portfolio**: starting cash \(NumberText.money(result.conventions.startingCash)); one account, divided "
                    + "among the symbols. What is held of a symbol without a price stays as it is; after thirty bars without one it is sold at its last close."
                : "**Position**: starting cash \(NumberText.money(result.conventions.startingCash)). \(rules.position)",
        ]
        if let folds = foldRule { lines.append("**Folds**: \(folds)") }
        if learns {
            lines.append(
                "**Seeds**: \(Prose.count(result.seeds.count, "replicate")) "
                    + "(\(result.seeds.map(String.init).joined(separator: ", "))) of root seed \(result.rootSeed).")
        }
        lines.append(
            isPortfolio
                ? baselinesOfPortfolios
                : "**Buy-and-hold** buys at its first chance, at the same fills and costs, and never sells: no stop or target touches it. The **hindsight optimum** is the "
                    + "most that any strategy with these actions, fills and costs could have earned, shares divisible and no minimum "
                    + "commission; nobody could have known it."
        )
        return lines.map { "- \($0)" }.joined(separator: "\n")
    }

    private var isPortfolio: Bool { result.entries.contains { $0.allocation != nil } }

    private var baselinesOfPortfolios: String {
        "**ubah** buys equal parts of the symbols that are there at the start and holds them: what is called buy-and-hold above. "
            + "**ucrp** goes back to equal parts at every close. **minimum-variance** knows past covariances. **bcrp** is the best "
            + "of all portfolios with constant weights, by the closes of the test span before costs, a symbol that is not there counting "
            + "as cash: nobody could have known it."
    }

    private var foldRule: String? {
        guard let symbol = result.folds.first.map(\.symbol) else { return nil }
        let folds = result.folds.filter { $0.symbol == symbol }
        guard result.models.isEmpty else {
            return
                "one test span of bars after all that the models have seen. They were trained before and tried as they are."
        }
        var text =
            "walk-forward, \(Prose.count(folds.count, "test span"))\(symbol == nil ? "" : " a symbol"), joined into one curve."
        if learns {
            text += " Each fold trains on bars before its test span only."
            if folds.contains(where: { $0.validation != nil }) {
                text +=
                    " The last part of the training span is held out, and the checkpoint that did best there is kept;"
                    + " the test span has no part in that choice."
            }
            if let embargo = folds.map(\.embargoBars).max(), embargo > 0 {
                text +=
                    " \(Prose.count(embargo, "bar")) between training and test stay unused, so that no window reaches across."
            }
        }
        return text
    }

    private var unfilledOrders: [String] {
        var table = MarkdownTable(["strategy", "symbol", "reason", "orders"], textColumns: 3)
        var isEmpty = true
        for comparison in comparisons {
            for runs in comparison.all {
                let counts = runs.entries.reduce(into: [String: Int]()) {
                    $0.merge($1.unfilledOrders, uniquingKeysWith: +)
                }
                for (reason, count) in counts.sorted(by: { $0.key < $1.key }) where count > 0 {
                    isEmpty = false
                    table.add([
                        Markdown.escaped(runs.name), Markdown.escaped(comparison.symbol),
                        Markdown.escaped(unfilledReasonText(reason)), NumberText.integer(count),
                    ])
                }
            }
        }
        return isEmpty
            ? [isPortfolio ? "Whatever was wanted had a price to be traded at." : "Every order was filled."]
            : ["## Orders that were not filled", table.text, isPortfolio ? "" : "Added up over seeds."]
    }

    private var conventions: String {
        let conventions = result.conventions
        var table = MarkdownTable(["convention", "value"], textColumns: 2)
        table.add([
            "periods a year (A)",
            "\(NumberText.plain(conventions.periodsPerYear)): \(Markdown.escaped(conventions.periodsPerYearReason))",
        ])
        table.add(["deviations divide by", "n − \(conventions.degreesOfFreedom)"])
        table.add(["risk-free rate", NumberText.percent(conventions.riskFree, decimals: 2) + " a year"])
        table.add(["returns", "simple, close to close, net of all costs"])
        if let difference = comparisons.compactMap(\.strategy.medianRun.difference).first {
            table.add([
                "interval and p",
                "stationary bootstrap of the difference in log return per bar, "
                    + "\(NumberText.integer(difference.draws)) draws, two-sided",
            ])
        }
        table.add(["quartiles", "linear between neighbours"])
        return table.text
    }

    private var repetition: String {
        """
        With the same prices in the database (`--database` names it where it is not `MarketData/market.sqlite` below the
        current folder) and the path of this folder's `\(result.models.isEmpty ? "strategy.yaml" : "models")`:

            \(command)

        | what           | value |
        | -------------- | ----- |
        | version        | \(Markdown.cell(result.version)) |
        | linear algebra | \(Markdown.cell(result.linearAlgebra)); trained bits are repeated only by the same kernels |
        | data           | `\(result.data.fingerprint)` |
        | configuration  | `\(result.configurationFingerprint)` |
        | root seed      | \(result.rootSeed) |

        The same program on the same kind of processor gives the same `report.json` to the byte, apart from its timing.
        """
    }

    private var command: String {
        guard !result.models.isEmpty else { return "trader backtest --strategy strategy.yaml" }
        let arguments =
            result.models.map { "--model \($0)" }
            + result.overrides.map { "--set '\($0.replacing("'", with: "'\\''"))'" }
        return "trader backtest " + arguments.joined(separator: " ")
    }

    private var files: String {
        "Numbers for programs: [report.json](report.json). Evidence: [equity.csv](equity.csv), "
            + (isPortfolio ? "[weights.csv](weights.csv)" : "[trades.csv](trades.csv)")
            + (learns && result.models.isEmpty ? ", [progress.jsonl](progress.jsonl)" : "")
            + ". Configuration: [strategy.yaml](strategy.yaml)."
    }

    private var footer: String {
        let timing = result.timing
        return "Started \(timing.startedAt), took \(NumberText.decimal(timing.seconds, decimals: 1)) s with "
            + "\(Prose.count(timing.workers, "worker")). What happened on past prices says little about future ones: "
            + "this is not investment advice."
    }
}
