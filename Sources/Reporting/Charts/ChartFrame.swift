/// Title, legend, axes and grid of a chart: what surrounds the data.
struct ChartFrame {
    enum Swatch { case line(LineStyle), band(String), mark(Mark, String), box(String) }

    static let width = 880.0
    static let margin = 20.0

    let title: String
    let subtitle: String
    let legend: [(swatch: Swatch, label: String)]

    /// Height of title, subtitle and legend together.
    var headerHeight: Double { 56 + Double(legendRows.count) * 20 + (legendRows.isEmpty ? 0 : 6) }

    func drawHeader(on canvas: inout SVGCanvas) {
        canvas.text(title, at: Point(x: Self.margin, y: 28), size: 16, isBold: true)
        canvas.text(subtitle, at: Point(x: Self.margin, y: 47), size: 12, color: Palette.mutedText)
        for (row, items) in legendRows.enumerated() {
            var x = Self.margin
            let y = 68 + Double(row) * 20
            for item in items {
                draw(item.swatch, x: x, y: y, on: &canvas)
                canvas.text(item.label, at: Point(x: x + 28, y: y + 4), size: 12)
                x += Self.width(ofLegend: item.label)
            }
        }
    }

    /// Legend items in as many rows as they need.
    private var legendRows: [[(swatch: Swatch, label: String)]] {
        var rows: [[(swatch: Swatch, label: String)]] = []
        var x = Double.infinity
        for item in legend {
            let width = Self.width(ofLegend: item.label)
            if x + width > Self.width - Self.margin {
                rows.append([])
                x = Self.margin
            }
            rows[rows.count - 1].append(item)
            x += width
        }
        return rows
    }

    private static func width(ofLegend label: String) -> Double { 28 + SVGCanvas.estimatedWidth(of: label) + 14 }

    private func draw(_ swatch: Swatch, x: Double, y: Double, on canvas: inout SVGCanvas) {
        switch swatch {
        case .line(let style):
            canvas.line(
                from: Point(x: x, y: y), to: Point(x: x + 22, y: y), stroke: style.color,
                width: style.isBackground ? 1 : 2, dash: style.dash)
        case .band(let color): canvas.rectangle(x: x, y: y - 5, width: 22, height: 10, fill: color, opacity: 0.2)
        case .box(let color): canvas.rectangle(x: x, y: y - 5, width: 22, height: 10, fill: color)
        case .mark(let mark, let color):
            canvas.marks(mark, at: [Point(x: x + 11, y: y)], size: 9, color: color, name: "legend")
        }
    }

    /// Horizontal grid lines with labels at the left.
    static func drawVerticalAxis(_ ticks: [Tick], _ scale: Scale, _ area: PlotArea, on canvas: inout SVGCanvas) {
        for tick in ticks {
            let y = scale(tick.value)
            canvas.line(from: Point(x: area.left, y: y), to: Point(x: area.right, y: y), stroke: Palette.grid)
            canvas.text(
                tick.label, at: Point(x: area.left - 8, y: y + 4), size: 11, color: Palette.mutedText, anchor: .end)
        }
    }

    /// The line at the bottom with its labels; those that would touch their neighbour are left out.
    static func drawHorizontalAxis(_ ticks: [Tick], _ scale: Scale, _ area: PlotArea, on canvas: inout SVGCanvas) {
        canvas.line(
            from: Point(x: area.left, y: area.bottom), to: Point(x: area.right, y: area.bottom), stroke: Palette.axis)
        var free = -Double.infinity
        for tick in ticks {
            let x = scale(tick.value)
            let half = SVGCanvas.estimatedWidth(of: tick.label, size: 11) / 2
            canvas.line(
                from: Point(x: x, y: area.bottom), to: Point(x: x, y: area.bottom + 4), stroke: Palette.axis)
            guard x - half > free, x + half < Self.width else { continue }
            canvas.text(
                tick.label, at: Point(x: x, y: area.bottom + 18), size: 11, color: Palette.mutedText, anchor: .middle)
            free = x + half + 8
        }
    }
}
