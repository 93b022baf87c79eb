import Experiments

/// Price with the spans in which one run held a position, and where it entered and left.
struct PositionChart {
    let entry: ResultEntry
    let symbol: String
    /// How the run was picked, such as `median of 5 seeds`; empty where there is only one.
    let choice: String
    let slug: String

    func draw() -> ChartFile {
        let who = [entry.name, entry.seed.map { "seed \($0)" }].compactMap { $0 }.joined(separator: ", ")
        let isLogarithmic = Scale.wantsLogarithm(entry.closes)
        let title = "Position of \(who) over the price of \(symbol)"
        let frame = ChartFrame(
            title: title,
            subtitle: ["close" + (isLogarithmic ? ", logarithmic" : ""), choice].filter { !$0.isEmpty }
                .joined(separator: "; "),
            legend: legend)
        let area = PlotArea(
            left: 84, top: frame.headerHeight + 8, width: ChartFrame.width - 84 - ChartFrame.margin, height: 330)
        var canvas = SVGCanvas(width: ChartFrame.width, height: area.bottom + 34)
        frame.drawHeader(on: &canvas)

        let axis = TimeAxis(entry.times)
        let x = axis.scale(area)
        let prices = entry.closes + entry.trades.flatMap { [$0.entryPrice, $0.exitPrice] }
        let domain = Scale.padded(prices, isLogarithmic: isLogarithmic)
        let y = Scale(domain, from: area.bottom, to: area.top, isLogarithmic: isLogarithmic)
        for trade in entry.trades {
            guard let start = axis.value(trade.entryTime), let end = axis.value(trade.exitTime) else { continue }
            canvas.rectangle(
                x: x(start), y: area.top, width: x(end) - x(start), height: area.height,
                fill: trade.shares < 0 ? Self.shortFill : Self.longFill)
        }
        let label = { (value: Double, decimals: Int) in NumberText.decimal(value, decimals: decimals) }
        let ticks =
            isLogarithmic ? Ticks.logarithmic(domain, label: label) : Ticks.linear(domain, count: 6, label: label)
        ChartFrame.drawVerticalAxis(ticks, y, area, on: &canvas)
        ChartFrame.drawHorizontalAxis(axis.ticks(), x, area, on: &canvas)
        let closes = zip(entry.times, entry.closes).compactMap { time, close in
            axis.value(time).map { Point(x: x($0), y: y(close)) }
        }
        canvas.polyline(
            thinned(closes, columns: Int(area.width)), stroke: Palette.black, width: 1.1, name: "close")

        // Hundreds of marks must not hide the price.
        let size = entry.trades.count > 150 ? 5.0 : entry.trades.count > 60 ? 7 : 9
        for group in markGroups {
            let points = group.places.compactMap { time, price in axis.value(time).map { Point(x: x($0), y: y(price)) }
            }
            canvas.marks(group.mark, at: points, size: size, color: group.color, name: group.name)
        }
        return ChartFile(
            path: "charts/position-\(slug).svg", alternative: "Position over price on \(symbol)",
            contents: canvas.document(
                title: title,
                description: "The close with \(Prose.count(entry.trades.count, "holding span")) shaded; "
                    + "triangles mark entries and exits, crosses stop losses."))
    }

    private static let longFill = "#DCEBF5"
    private static let shortFill = "#FBE6D9"

    private struct MarkGroup {
        let name: String
        let mark: Mark
        let color: String
        var places: [(time: String, price: Double)]
    }

    /// Entries and exits by what they look like; empty groups are left out.
    private var markGroups: [MarkGroup] {
        let long = entry.trades.filter { $0.shares >= 0 }
        let short = entry.trades.filter { $0.shares < 0 }
        func entries(_ trades: [TradeRecord]) -> [(String, Double)] { trades.map { ($0.entryTime, $0.entryPrice) } }
        func exits(_ trades: [TradeRecord], _ exit: TradeRecord.Exit) -> [(String, Double)] {
            trades.filter { $0.exit == exit }.map { ($0.exitTime, $0.exitPrice) }
        }
        return [
            MarkGroup(name: "buy", mark: .up, color: Palette.blue, places: entries(long) + exits(short, .order)),
            MarkGroup(name: "sell", mark: .down, color: Palette.orange, places: exits(long, .order) + entries(short)),
            MarkGroup(
                name: "stop loss", mark: .cross, color: Palette.vermilion, places: exits(entry.trades, .stopLoss)),
            MarkGroup(
                name: "take profit", mark: .diamond, color: Palette.green, places: exits(entry.trades, .takeProfit)),
        ].filter { !$0.places.isEmpty }
    }

    private var legend: [(swatch: ChartFrame.Swatch, label: String)] {
        let price = LineStyle(color: Palette.black, dash: "", isBackground: false)
        var legend: [(swatch: ChartFrame.Swatch, label: String)] = [(.line(price), "close")]
        if entry.trades.contains(where: { $0.shares >= 0 }) { legend.append((.box(Self.longFill), "long")) }
        if entry.trades.contains(where: { $0.shares < 0 }) { legend.append((.box(Self.shortFill), "short")) }
        return legend + markGroups.map { (.mark($0.mark, $0.color), $0.name) }
    }
}
