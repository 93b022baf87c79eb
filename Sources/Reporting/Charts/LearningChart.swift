import Experiments
import Foundation

/// Validation log return against gradient updates: a panel for each fold, a line for each seed, a dot where the kept
/// checkpoint was taken.
struct LearningChart {
    let strategy: StrategyRuns
    let symbol: String
    let slug: String

    private static let columns = 3
    private static let panelHeight = 190.0

    /// Nil where nothing learned.
    func draw() -> ChartFile? {
        let folds = strategy.entries.map(\.learningCurves.count).max() ?? 0
        let points = strategy.entries.flatMap { $0.learningCurves.flatMap(\.points) }
        guard folds > 0, !points.isEmpty else { return nil }
        let title = "Learning of \(strategy.name) on \(symbol)"
        let frame = ChartFrame(
            title: title,
            subtitle: "log return on the validation span, greedy, against gradient updates; dot: kept checkpoint",
            legend: legend)
        let rows = (folds + Self.columns - 1) / Self.columns
        let columns = min(folds, Self.columns)
        var canvas = SVGCanvas(
            width: ChartFrame.width, height: frame.headerHeight + Double(rows) * (Self.panelHeight + 62) + 6)
        frame.drawHeader(on: &canvas)

        // One scale for all panels, so that folds compare.
        let domain = Scale.padded(points.map(\.score) + [0])
        let updates = 0...Double(max(1, points.map(\.update).max() ?? 1))
        let left = 70.0
        let gap = 36.0
        let width = (ChartFrame.width - left - ChartFrame.margin - gap * Double(columns - 1)) / Double(columns)
        for fold in 0..<folds {
            let area = PlotArea(
                left: left + Double(fold % Self.columns) * (width + gap),
                top: frame.headerHeight + 24 + Double(fold / Self.columns) * (Self.panelHeight + 62), width: width,
                height: Self.panelHeight)
            drawPanel(fold, area, domain, updates, isFirst: fold % Self.columns == 0, on: &canvas)
        }
        return ChartFile(
            path: "charts/learning-\(slug).svg", alternative: "Learning curves on \(symbol)",
            contents: canvas.document(
                title: title,
                description: "Validation log return of \(Prose.count(strategy.entries.count, "seed")) in each of "
                    + "\(Prose.count(folds, "fold")), and the update whose checkpoint was kept."))
    }

    private func drawPanel(
        _ fold: Int, _ area: PlotArea, _ domain: ClosedRange<Double>, _ updates: ClosedRange<Double>, isFirst: Bool,
        on canvas: inout SVGCanvas
    ) {
        let x = Scale(updates, from: area.left, to: area.right)
        let y = Scale(domain, from: area.bottom, to: area.top)
        canvas.text("fold \(fold + 1)", at: Point(x: area.left, y: area.top - 8), size: 12, isBold: true)
        let ticks = Ticks.linear(domain, count: 5) { value, decimals in
            isFirst ? NumberText.decimal(value, decimals: decimals, alwaysSigned: true) : ""
        }
        ChartFrame.drawVerticalAxis(ticks, y, area, on: &canvas)
        canvas.line(
            from: Point(x: area.left, y: y(0)), to: Point(x: area.right, y: y(0)), stroke: Palette.axis, dash: "2 3")
        let updateTicks = Ticks.linear(updates, count: 4) { value, _ in NumberText.plain(value) }
        ChartFrame.drawHorizontalAxis(updateTicks, x, area, on: &canvas)
        for (index, entry) in strategy.entries.enumerated() where fold < entry.learningCurves.count {
            let points = entry.learningCurves[fold].points.map { point in
                Point(x: x(Double(point.update)), y: y(point.score))
            }
            canvas.polyline(
                thinned(points, columns: 60), stroke: Palette.series(index), width: 1.4, opacity: 0.9,
                name: "fold \(fold + 1), seed \(entry.seed.map(String.init) ?? NumberText.none)")
        }
        for (index, entry) in strategy.entries.enumerated() where fold < entry.learningCurves.count {
            let chosen = entry.foldOutcomes.first { $0.fold == fold + 1 }?.chosenUpdate
            guard let point = entry.learningCurves[fold].points.first(where: { $0.update == chosen }) else { continue }
            canvas.circle(
                Point(x: x(Double(point.update)), y: y(point.score)), radius: 4.5,
                fill: Palette.series(index))
        }
    }

    private var legend: [(swatch: ChartFrame.Swatch, label: String)] {
        // With more seeds than colours a legend would lie.
        guard strategy.entries.count <= Palette.series.count else { return [] }
        return strategy.entries.enumerated().map { index, entry in
            let style = LineStyle(color: Palette.series(index), dash: "", isBackground: false)
            return (.line(style), entry.seed.map { "seed \($0)" } ?? entry.name)
        }
    }
}
