import Experiments
import Foundation

/// Scores of several seeds as they learn: a thin line for each, their mean, the band between the quartiles, and a dashed
/// line for each score that is known.
package struct SeedCurvesChart {
    private let curves: LearningCurves
    private let progress: LearningCurves.Progress

    package init(_ curves: LearningCurves, along progress: LearningCurves.Progress = .updates) {
        self.curves = curves
        self.progress = progress
    }

    /// - Returns: SVG; nil where no seed has a score.
    package func draw() -> Data? {
        let lines = curves.scores(along: progress)
        let points = lines.flatMap { $0 }
        guard !points.isEmpty else { return nil }
        let summary = lines.count > 1 ? CurveSummary(lines) : nil
        let title = "Learning of \(curves.agent) in \(curves.world)"
        let frame = ChartFrame(
            title: title, subtitle: "score, greedy and apart from training, against \(progress.name)",
            legend: legend(hasSummary: summary?.mean.isEmpty == false))
        let domain = Self.domain(of: points.map(\.y), known: curves.known.map(\.score))
        let labels = curves.known.map { Self.wrapped($0, in: domain) }
        let labelWidth = labels.joined().map { SVGCanvas.estimatedWidth(of: $0, size: Self.labelSize) }.max()
        let area = PlotArea(
            left: 84, top: frame.headerHeight + 8,
            width: ChartFrame.width - 84 - ChartFrame.margin - (labelWidth.map { $0 + Self.leader } ?? 0), height: 330)
        var canvas = SVGCanvas(width: ChartFrame.width, height: area.bottom + 34)
        frame.drawHeader(on: &canvas)

        let places = points.map(\.x)
        let span = min(0, places.min() ?? 0)...max(1, places.max() ?? 1)
        let x = Scale(span, from: area.left, to: area.right)
        let y = Scale(domain, from: area.bottom, to: area.top)
        let ticks = Ticks.linear(domain, count: 6) { NumberText.decimal($0, decimals: $1) }
        ChartFrame.drawVerticalAxis(ticks, y, area, on: &canvas)
        ChartFrame.drawHorizontalAxis(
            Ticks.linear(span, count: 8) { value, _ in NumberText.plain(value) }, x, area, on: &canvas)

        // At most four points a column and line, so that many long curves make a small file.
        let columns = max(40, min(Int(area.width), 2_000 / (lines.count + 3)))
        func drawn(_ points: [Point]) -> [Point] {
            thinned(points.map { Point(x: x($0.x), y: y($0.y)) }, columns: columns)
        }
        if let summary {
            canvas.polygon(
                drawn(summary.upperQuartile) + drawn(summary.lowerQuartile).reversed(), fill: LineStyle.strategy.color,
                opacity: 0.2, name: "quartiles")
        }
        for (index, known) in curves.known.enumerated() where domain.contains(known.score) {
            canvas.polyline(
                [Point(x: area.left, y: y(known.score)), Point(x: area.right, y: y(known.score))],
                stroke: Self.color(index), width: 1.4, dash: Self.dash, name: known.label)
        }
        for (seed, line) in zip(curves.seeds, lines) {
            canvas.polyline(
                drawn(line), stroke: LineStyle.strategy.color, width: summary == nil ? 2.4 : 0.9,
                opacity: summary == nil ? 1 : 0.5, name: "seed \(seed.seed)")
        }
        if let summary {
            canvas.polyline(drawn(summary.mean), stroke: LineStyle.strategy.color, width: 2.4, name: "mean")
        }
        let heights = curves.known.map { y(min(max($0.score, domain.lowerBound), domain.upperBound)) }
        draw(labels, at: heights, area, on: &canvas)
        return canvas.document(title: title, description: description(lines, summary))
    }

    private static let labelSize = 11.0
    private static let lineHeight = 14.0
    /// Room between the plot and the labels beside it.
    private static let leader = 16.0
    private static let dash = "6 4"

    private static func color(_ index: Int) -> String {
        let colors = [Palette.vermilion, Palette.green, Palette.purple, Palette.orange, Palette.black, Palette.sky]
        return colors[index % colors.count]
    }

    /// What the vertical axis shows: all scores, and known ones as long as that leaves a quarter of the height to the curves.
    ///
    /// Curves that do not rise or fall have no height: all known scores are shown beside them.
    private static func domain(of scores: [Double], known: [Double]) -> ClosedRange<Double> {
        let range = (scores.min() ?? 0)...(scores.max() ?? 0)
        func joined(_ score: Double) -> ClosedRange<Double> {
            min(range.lowerBound, score)...max(range.upperBound, score)
        }
        func length(_ range: ClosedRange<Double>) -> Double { range.upperBound - range.lowerBound }
        var domain = range
        for score in known.sorted(by: { length(joined($0)) < length(joined($1)) }) {
            let wider = min(domain.lowerBound, score)...max(domain.upperBound, score)
            if length(range) == 0 || length(wider) <= 4 * length(range) { domain = wider }
        }
        return Scale.padded([domain.lowerBound, domain.upperBound])
    }

    /// The label of a known score; one that is not shown in its place is pointed at.
    private static func wrapped(_ known: LearningCurves.KnownScore, in domain: ClosedRange<Double>) -> [String] {
        let arrow = known.score > domain.upperBound ? "↑ " : known.score < domain.lowerBound ? "↓ " : ""
        return Prose.wrapped("\(arrow)\(known.label) \(NumberText.plain(known.score, decimals: 2))", width: 26)
    }

    /// Labels beside their lines, each as near to its own as the others let it be.
    private func draw(_ labels: [[String]], at places: [Double], _ area: PlotArea, on canvas: inout SVGCanvas) {
        let heights = labels.map { Double($0.count) * Self.lineHeight }
        let tops = Self.stacked(
            zip(places, heights).map { place, height in (place - height / 2, height) }, within: area.top...area.bottom)
        for (index, lines) in labels.enumerated() {
            let middle = tops[index] + heights[index] / 2
            canvas.polyline(
                [
                    Point(x: area.right, y: places[index]), Point(x: area.right + 4, y: places[index]),
                    Point(x: area.right + Self.leader - 4, y: middle),
                ], stroke: Self.color(index), width: 1, name: curves.known[index].label)
            for (row, line) in lines.enumerated() {
                canvas.text(
                    line,
                    at: Point(x: area.right + Self.leader, y: tops[index] + Double(row) * Self.lineHeight + 10.5),
                    size: Self.labelSize)
            }
        }
    }

    /// Moves boxes up and down until none covers another, in the order of where they would be.
    ///
    /// - Parameters:
    ///   - boxes: Upper edge and height of each, in pixels.
    ///   - range: Where they must be, as far as they have room in it.
    /// - Returns: Upper edges.
    static func stacked(_ boxes: [(top: Double, height: Double)], within range: ClosedRange<Double>) -> [Double] {
        var tops = boxes.map(\.top)
        let order = boxes.indices.sorted { boxes[$0].top + boxes[$0].height / 2 < boxes[$1].top + boxes[$1].height / 2 }
        var free = range.lowerBound
        for index in order {
            tops[index] = max(tops[index], free)
            free = tops[index] + boxes[index].height
        }
        var end = max(range.upperBound, range.lowerBound + boxes.reduce(0) { $0 + $1.height })
        for index in order.reversed() {
            tops[index] = min(tops[index], end - boxes[index].height)
            end = tops[index]
        }
        return tops
    }

    private func legend(hasSummary: Bool) -> [(swatch: ChartFrame.Swatch, label: String)] {
        let thin = LineStyle(color: LineStyle.strategy.color, dash: "", isBackground: true)
        guard curves.seeds.count > 1 else {
            return [(.line(.strategy), curves.seeds.first.map { "seed \($0.seed)" } ?? "")]
        }
        let each: [(swatch: ChartFrame.Swatch, label: String)] = [(.line(thin), "each seed")]
        return hasSummary
            ? [
                (.line(.strategy), "mean of \(curves.seeds.count) seeds"),
                (.band(LineStyle.strategy.color), "quartiles"),
            ]
                + each : each
    }

    private func description(_ lines: [[Point]], _ summary: CurveSummary?) -> String {
        var sentences = ["Scores of \(Prose.count(lines.count, "seed")) against \(progress.name)."]
        if let end = summary?.mean.last {
            sentences.append(
                "At \(NumberText.plain(end.x)), where all of them have come to, their mean is "
                    + "\(NumberText.plain(end.y, decimals: 2)).")
        }
        for known in curves.known {
            sentences.append("Known: \(known.label), \(NumberText.plain(known.score, decimals: 2)).")
        }
        return sentences.joined(separator: " ")
    }
}
