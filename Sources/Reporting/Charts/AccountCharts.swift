import Experiments
import Statistics

/// Equity and drawdown of every strategy on one symbol, over the unseen bars.
///
/// Of a strategy with several seeds: the median over seeds at each bar, the band between the quartiles, and a thin line
/// for each seed. The hindsight optimum is left out, since it would dwarf the rest.
struct AccountCharts {
    let comparison: SymbolComparison
    let startingCash: Double
    /// The symbol as part of a file name.
    let slug: String

    func equity() -> ChartFile {
        let lines = lines { $0 }
        let values = lines.flatMap(\.values)
        let isLogarithmic = Scale.wantsLogarithm(values + [startingCash])
        let chart = TimeSeriesChart(
            frame: frame(
                "Equity on \(comparison.symbol), out of sample",
                "account currency at each close" + (isLogarithmic ? ", logarithmic" : "")),
            band: band { $0 }, lines: lines, reference: startingCash, isLogarithmic: isLogarithmic,
            tickLabel: { NumberText.decimal($0, decimals: $1) }, note: boundNote,
            description: "Account value over the unseen bars: " + ends.joined(separator: "; ") + ".")
        return ChartFile(
            path: "charts/equity-\(slug).svg", alternative: "Equity on \(comparison.symbol)", contents: chart.draw())
    }

    /// Random trading is left out too: its many falls would hide the others.
    func drawdown() -> ChartFile {
        let chart = TimeSeriesChart(
            frame: frame(
                "Drawdown on \(comparison.symbol), out of sample", "% below the highest equity so far",
                withBackground: false),
            band: band(fall), lines: lines(fall).filter { !$0.style.isBackground }, reference: 0, isLogarithmic: false,
            tickLabel: { NumberText.decimal($0 * 100, decimals: max(0, $1 - 2)) + " %" }, note: nil,
            description: "How far each account lay below its highest value so far, over the unseen bars.")
        return ChartFile(
            path: "charts/drawdown-\(slug).svg", alternative: "Drawdown on \(comparison.symbol)",
            contents: chart.draw())
    }

    /// Drawn downwards.
    private func fall(_ equity: [Double]) -> [Double] { drawdowns(of: equity).map { $0 == 0 ? 0 : -$0 } }

    private func frame(_ title: String, _ subtitle: String, withBackground: Bool = true) -> ChartFrame {
        let strategy = comparison.strategy
        var legend: [(swatch: ChartFrame.Swatch, label: String)] = []
        if strategy.hasSeveralSeeds {
            legend = [
                (.line(.strategy), "\(strategy.name), median of \(strategy.entries.count) seeds"),
                (.band(LineStyle.strategy.color), "quartiles"),
            ]
        } else {
            legend = [(.line(.strategy), strategy.name)]
        }
        for (index, runs) in comparison.baselines.enumerated() {
            let label = runs.hasSeveralSeeds ? "\(runs.name), \(runs.entries.count) seeds" : runs.name
            let style = LineStyle.baseline(runs.name, index: index)
            if withBackground || !style.isBackground { legend.append((.line(style), label)) }
        }
        return ChartFrame(title: title, subtitle: subtitle, legend: legend)
    }

    /// From back to front: baselines, seeds, strategy.
    private func lines(_ transform: ([Double]) -> [Double]) -> [TimeSeriesChart.Line] {
        var lines: [TimeSeriesChart.Line] = []
        for (index, runs) in comparison.baselines.enumerated().reversed() {
            let style = LineStyle.baseline(runs.name, index: index)
            for entry in style.isBackground ? runs.entries : [runs.medianRun] {
                lines.append(
                    TimeSeriesChart.Line(
                        name: name(of: entry), style: style, width: style.isBackground ? 0.9 : 1.8,
                        opacity: style.isBackground ? 0.65 : 1, times: entry.times, values: transform(entry.equity)))
            }
        }
        let strategy = comparison.strategy
        if strategy.hasSeveralSeeds {
            for entry in strategy.entries {
                lines.append(
                    TimeSeriesChart.Line(
                        name: name(of: entry), style: .strategy, width: 0.8, opacity: 0.35, times: entry.times,
                        values: transform(entry.equity)))
            }
        }
        let middle = acrossSeeds(0.5, transform) ?? transform(strategy.medianRun.equity)
        lines.append(
            TimeSeriesChart.Line(
                name: strategy.hasSeveralSeeds ? "\(strategy.name), median" : strategy.name, style: .strategy,
                width: 2.4, opacity: 1, times: strategy.medianRun.times, values: middle))
        return lines
    }

    private func band(_ transform: ([Double]) -> [Double]) -> TimeSeriesChart.Band? {
        guard comparison.strategy.hasSeveralSeeds, let lower = acrossSeeds(0.25, transform),
            let upper = acrossSeeds(0.75, transform)
        else { return nil }
        return TimeSeriesChart.Band(
            name: "\(comparison.strategy.name), quartiles", color: LineStyle.strategy.color,
            times: comparison.strategy.medianRun.times, lower: lower, upper: upper)
    }

    /// A quantile over seeds at each bar; nil where the seeds cover different bars.
    private func acrossSeeds(_ probability: Double, _ transform: ([Double]) -> [Double]) -> [Double]? {
        let curves = comparison.strategy.entries.map { transform($0.equity) }
        guard let count = curves.first?.count, curves.allSatisfy({ $0.count == count }) else { return nil }
        return (0..<count).map { bar in quantile(probability, of: curves.map { $0[bar] }) ?? .nan }
    }

    private func name(of entry: ResultEntry) -> String {
        entry.seed.map { "\(entry.name), seed \($0)" } ?? entry.name
    }

    private var ends: [String] {
        ([comparison.strategy] + comparison.baselines).compactMap { runs in
            runs.medianRun.equity.last.map { "\(runs.name) ended at \(NumberText.money($0))" }
        }
    }

    private var boundNote: String? {
        guard let bound = comparison.bound, let total = bound.spread(of: "totalReturn")?.median else { return nil }
        return bound.entries[0].allocation == nil
            ? "The hindsight optimum (\(NumberText.signedPercent(total))) is left out: it would dwarf the rest."
            : "\(bound.name) (\(NumberText.signedPercent(total))), known only in hindsight, is left out."
    }
}
