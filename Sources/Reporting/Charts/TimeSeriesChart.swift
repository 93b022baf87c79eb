import Foundation

/// Lines over time: the common part of the equity and the drawdown chart.
struct TimeSeriesChart {
    struct Line {
        let name: String
        let style: LineStyle
        let width: Double
        let opacity: Double
        let times: [String]
        let values: [Double]
    }

    /// An area between two curves.
    struct Band {
        let name: String
        let color: String
        let times: [String]
        let lower: [Double]
        let upper: [Double]
    }

    var frame: ChartFrame
    var band: Band?
    /// From back to front.
    var lines: [Line]
    /// Value that the axis must show, such as the starting cash.
    var reference: Double?
    var isLogarithmic: Bool
    var tickLabel: (Double, Int) -> String
    /// Printed below the axis.
    var note: String?
    var description: String

    /// Points of all lines together: keeps a file below about 150 kB at some 13 bytes a point.
    private static let pointBudget = 9_000

    func draw() -> Data {
        let plotHeight = 330.0
        let area = PlotArea(
            left: 84, top: frame.headerHeight + 8, width: ChartFrame.width - 84 - ChartFrame.margin, height: plotHeight)
        let height = area.bottom + 34 + (note == nil ? 0 : 20)
        var canvas = SVGCanvas(width: ChartFrame.width, height: height)
        frame.drawHeader(on: &canvas)

        let values = lines.flatMap(\.values) + (reference.map { [$0] } ?? [])
        let domain = Scale.padded(values, isLogarithmic: isLogarithmic)
        let y = Scale(domain, from: area.bottom, to: area.top, isLogarithmic: isLogarithmic)
        let ticks =
            isLogarithmic
            ? Ticks.logarithmic(domain, label: tickLabel) : Ticks.linear(domain, count: 6, label: tickLabel)
        ChartFrame.drawVerticalAxis(ticks, y, area, on: &canvas)
        if let reference {
            canvas.line(
                from: Point(x: area.left, y: y(reference)), to: Point(x: area.right, y: y(reference)),
                stroke: Palette.axis, dash: "2 3")
        }

        let axis = TimeAxis(lines.max { $0.times.count < $1.times.count }?.times ?? [])
        let x = axis.scale(area)
        ChartFrame.drawHorizontalAxis(axis.ticks(), x, area, on: &canvas)
        let columns = max(40, min(Int(area.width), Self.pointBudget / 4 / max(1, lines.count + 2)))
        func points(_ times: [String], _ values: [Double]) -> [Point] {
            let all = zip(times, values).compactMap { time, value in
                axis.value(time).flatMap { value.isFinite ? Point(x: x($0), y: y(value)) : nil }
            }
            return thinned(all, columns: columns)
        }

        for line in lines where line.style.isBackground { add(line, points, to: &canvas) }
        if let band {
            let edge = points(band.times, band.upper) + points(band.times, band.lower).reversed()
            canvas.polygon(edge, fill: band.color, opacity: 0.2, name: band.name)
        }
        for line in lines where !line.style.isBackground { add(line, points, to: &canvas) }
        if let note {
            canvas.text(
                note, at: Point(x: ChartFrame.margin, y: area.bottom + 42), size: 11, color: Palette.mutedText)
        }
        return canvas.document(title: frame.title, description: description)
    }

    private func add(_ line: Line, _ points: ([String], [Double]) -> [Point], to canvas: inout SVGCanvas) {
        canvas.polyline(
            points(line.times, line.values), stroke: line.style.color, width: line.width, opacity: line.opacity,
            dash: line.style.dash, name: line.name)
    }
}
