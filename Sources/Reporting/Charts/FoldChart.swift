import Experiments

/// The walk-forward split as a picture: for each fold what was trained on, what chose the checkpoint, what was left
/// out, and what was tested.
struct FoldChart {
    /// Folds of one symbol.
    let folds: [FoldSummary]
    /// The symbols that these folds hold for.
    let symbols: [String]
    let path: String

    /// One chart for each different split; symbols with the same one share it.
    static func all(of result: RunResult) -> [FoldChart] {
        var groups: [(folds: [FoldSummary], symbols: [String])] = []
        for symbol in result.data.symbols.map(Optional.some) + [nil] {
            let folds = result.folds.filter { $0.symbol == symbol }
            if folds.isEmpty { continue }
            if let index = groups.firstIndex(where: {
                zip($0.folds, folds).allSatisfy(isSame) && $0.folds.count == folds.count
            }) {
                groups[index].symbols += symbol.map { [$0] } ?? []
            } else {
                groups.append((folds, symbol.map { [$0] } ?? result.data.symbols))
            }
        }
        return groups.enumerated().map { index, group in
            FoldChart(
                folds: group.folds, symbols: group.symbols,
                path: index == 0 ? "charts/folds.svg" : "charts/folds-\(index + 1).svg")
        }
    }

    private static func isSame(_ one: FoldSummary, _ other: FoldSummary) -> Bool {
        one.training == other.training && one.validation == other.validation && one.test == other.test
            && one.embargoBars == other.embargoBars
    }

    func draw() -> ChartFile {
        let names = symbols.count > 4 ? Prose.count(symbols.count, "symbol") : Prose.list(symbols)
        let title = "Walk-forward folds of \(names)"
        let frame = ChartFrame(
            title: title,
            subtitle: folds.contains { $0.validation != nil }
                ? "only the test spans count; each is traded by a policy trained before it"
                : "only the test spans count",
            legend: legend)
        let rowHeight = 30.0
        let area = PlotArea(
            left: 76, top: frame.headerHeight + 8, width: ChartFrame.width - 76 - ChartFrame.margin,
            height: rowHeight * Double(folds.count) + 4)
        var canvas = SVGCanvas(width: ChartFrame.width, height: area.bottom + 34)
        frame.drawHeader(on: &canvas)

        let axis = TimeAxis(folds.flatMap { ends($0.training) + (validation($0)) + ends($0.test) }.sorted())
        let x = axis.scale(area)
        for tick in axis.ticks() {
            let place = x(tick.value)
            canvas.line(from: Point(x: place, y: area.top), to: Point(x: place, y: area.bottom), stroke: Palette.grid)
        }
        ChartFrame.drawHorizontalAxis(axis.ticks(), x, area, on: &canvas)
        for (index, fold) in folds.enumerated() {
            let y = area.top + Double(index) * rowHeight + 6
            canvas.text(
                "fold \(fold.fold)", at: Point(x: area.left - 10, y: y + 14), size: 12, anchor: .end)
            func bar(_ from: String, _ to: String, _ color: String) {
                guard let start = axis.value(from), let end = axis.value(to) else { return }
                canvas.rectangle(x: x(start), y: y, width: max(1, x(end) - x(start)), height: 20, fill: color)
            }
            bar(fold.training.from, fold.training.to, Self.trainingFill)
            if let validation = fold.validation { bar(validation.from, validation.to, Palette.sky) }
            bar((fold.validation ?? fold.training).to, fold.test.from, Self.embargoFill)
            bar(fold.test.from, fold.test.to, Palette.vermilion)
        }
        return ChartFile(
            path: path, alternative: title,
            contents: canvas.document(
                title: title,
                description: "\(Prose.count(folds.count, "fold")) on a time axis; test spans run from "
                    + "\(Prose.day(folds[0].test.from)) to \(Prose.day(folds[folds.count - 1].test.to))."))
    }

    private static let trainingFill = "#B9D3E6"
    private static let embargoFill = "#6E7781"

    private func ends(_ span: FoldSummary.Span) -> [String] { [span.from, span.to] }
    private func validation(_ fold: FoldSummary) -> [String] { fold.validation.map(ends) ?? [] }

    private var legend: [(swatch: ChartFrame.Swatch, label: String)] {
        var legend: [(swatch: ChartFrame.Swatch, label: String)] = [(.box(Self.trainingFill), "training")]
        if folds.contains(where: { $0.validation != nil }) {
            legend.append((.box(Palette.sky), "validation: chooses the checkpoint"))
        }
        let embargo = folds.map(\.embargoBars).max() ?? 0
        if embargo > 0 { legend.append((.box(Self.embargoFill), "embargo: \(Prose.count(embargo, "bar")), unused")) }
        return legend + [(.box(Palette.vermilion), "test: unseen")]
    }
}
