import Experiments

/// Weights of a portfolio over time, one area on the other; cash at the top.
struct WeightsChart {
    let entry: ResultEntry
    let allocation: AllocationRecord
    /// How the run was picked, such as `median of 5 seeds`; empty where there is only one.
    let choice: String
    let slug: String

    /// More areas than this cannot be told apart: the smallest go together.
    private static let mostAreas = 8
    private static let cashFill = "#ECEFF2"
    private static let otherFill = "#C9CED4"

    /// One area: its name, its colour, the columns of `weights` that it adds up.
    private struct Area {
        let name: String
        let color: String
        let columns: [Int]
    }

    func draw() -> ChartFile {
        let areas = areas
        let who = [entry.name, entry.seed.map { "seed \($0)" }].compactMap { $0 }.joined(separator: ", ")
        let title = "Weights of \(who)"
        let frame = ChartFrame(
            title: title,
            subtitle: ["% of wealth at each close, the largest mean at the bottom", choice].filter { !$0.isEmpty }
                .joined(separator: "; "),
            legend: areas.map { (.box($0.color), $0.name) })
        let plot = PlotArea(
            left: 84, top: frame.headerHeight + 8, width: ChartFrame.width - 84 - ChartFrame.margin, height: 330)
        var canvas = SVGCanvas(width: ChartFrame.width, height: plot.bottom + 34)
        frame.drawHeader(on: &canvas)
        let y = Scale(0...1, from: plot.bottom, to: plot.top, isLogarithmic: false)
        let axis = TimeAxis(entry.times)
        let x = axis.scale(plot)

        // A mean over each column of pixels: what flickers inside of one cannot be seen.
        let columns = meanWeights(into: min(400, allocation.weights.count))
        let places = columns.map { axis.value(entry.times[$0.bar]).map { x($0) } ?? plot.left }
        var lower = [Double](repeating: 0, count: columns.count)
        for area in areas {
            let upper = zip(lower, columns).map { base, column in
                min(1, base + area.columns.reduce(0) { $0 + column.weights[$1] })
            }
            let edge =
                zip(places, upper).map { Point(x: $0, y: y($1)) }
                + zip(places, lower).reversed().map { Point(x: $0, y: y($1)) }
            canvas.polygon(edge, fill: area.color, opacity: 1, name: area.name)
            lower = upper
        }
        ChartFrame.drawVerticalAxis(
            Ticks.linear(0...1, count: 5) { value, _ in "\(Int((value * 100).rounded())) %" }, y, plot, on: &canvas)
        ChartFrame.drawHorizontalAxis(axis.ticks(), x, plot, on: &canvas)
        return ChartFile(
            path: "charts/weights-\(slug).svg", alternative: "Weights over time",
            contents: canvas.document(
                title: title,
                description: "Stacked weights over the unseen bars: " + areas.map(\.name).joined(separator: ", ") + ".")
        )
    }

    /// The largest by their mean, from below; the rest together; cash last, where there is any.
    private var areas: [Area] {
        let bars = Double(allocation.weights.count)
        let means = (0...allocation.symbols.count).map { index in
            allocation.weights.reduce(0) { $0 + $1[index] } / bars
        }
        let order = (1...allocation.symbols.count).sorted { means[$0] > means[$1] }
        let own = order.count <= Self.mostAreas ? order.count : Self.mostAreas - 1
        var areas = order.prefix(own).enumerated().map { place, index in
            Area(name: allocation.symbols[index - 1], color: Palette.area(place), columns: [index])
        }
        let others = Array(order.dropFirst(own))
        if !others.isEmpty {
            areas.append(Area(name: "\(others.count) others", color: Self.otherFill, columns: others))
        }
        if means[0] > 0.0005 { areas.append(Area(name: "cash", color: Self.cashFill, columns: [0])) }
        return areas
    }

    /// Means of the weights over equal numbers of bars, with the bar in the middle.
    private func meanWeights(into count: Int) -> [(bar: Int, weights: [Double])] {
        // At the first close nothing is held yet.
        let bars = Array(allocation.weights.indices.dropFirst())
        guard count > 1, bars.count > 1 else { return bars.map { ($0, allocation.weights[$0]) } }
        return (0..<count).compactMap { column in
            let part = bars[(column * bars.count / count)..<((column + 1) * bars.count / count)]
            guard let first = part.first, let last = part.last else { return nil }
            let middle = column == 0 ? first : column == count - 1 ? last : (first + last) / 2
            let weights = allocation.weights[first].indices.map { index in
                part.reduce(0) { $0 + allocation.weights[$1][index] } / Double(part.count)
            }
            return (middle, weights)
        }
    }
}
