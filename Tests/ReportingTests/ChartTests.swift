import Experiments
import Foundation
import Reporting
import Testing

struct ChartTests {
    private let result = SyntheticRun().result()

    private func charts(_ result: RunResult) -> [ReportFile] {
        ReportFile.all(of: result).filter { $0.path.hasSuffix(".svg") }
    }

    @Test func drawingsAreSound() throws {
        for chart in charts(result) { try SVGDrawing(chart.contents).expectSound(chart.path) }
    }

    @Test func everySeriesIsDrawn() throws {
        let equity = try #require(charts(result).first { $0.path == "charts/equity-IBM.svg" })
        let names = try SVGDrawing(equity.contents).names(of: "polyline", "polygon")
        let seeds = (1...5).flatMap { ["gated-dqn, seed \($0)", "random, seed \($0)"] }
        let expected =
            seeds
            + ["gated-dqn, median", "gated-dqn, quartiles", "buy-and-hold", "moving-average-crossover"]
        #expect(Set(names) == Set(expected))
        let learning = try #require(charts(result).first { $0.path == "charts/learning-IBM.svg" })
        let shapes = try SVGDrawing(learning.contents)
        #expect(shapes.all("polyline").count == 15)
        #expect(shapes.all("circle").count == 15)
        let position = try #require(charts(result).first { $0.path == "charts/position-IBM.svg" })
        let shown = try SVGDrawing(position.contents).elements.map { $0.stringValue ?? "" }
        for mark in ["buy", "sell", "stop loss", "close"] { #expect(shown.contains(mark), "\(mark)") }
        #expect(charts(result).count { $0.path.hasPrefix("charts/folds") } == 1)
    }

    @Test func longSeriesKeepTheirExtremesInSmallFiles() throws {
        var run = SyntheticRun()
        run.symbols = ["LONG"]
        run.bars = 20_000
        let long = run.result()
        for chart in charts(long) { #expect(chart.contents.count < 150_000, "\(chart.path)") }
        // The price line of the position chart spans the plot's height but for 4 % of room at both ends: 330 px are
        // 1.08 ranges, so 305.56 px are left unless a peak was lost. Trades fill at closes in these runs.
        let position = try #require(charts(long).first { $0.path.contains("position") })
        let line = try #require(try SVGDrawing(position.contents).all("polyline").first)
        let ys = SVGDrawing.points(line).map(\.y)
        let highest = try #require(ys.max())
        let height = try highest - #require(ys.min())
        #expect(abs(height - 330 / 1.08) < 0.02)
    }

    @Test func symbolsMakeSafeFileNames() {
        var run = SyntheticRun()
        run.symbols = ["BRK/B", "BRK-B", "../x", "brk-b"]
        let paths = charts(run.result()).map(\.path).filter { $0.contains("equity") }
        #expect(
            Set(paths) == [
                "charts/equity-BRK-B.svg", "charts/equity-BRK-B-2.svg", "charts/equity--.-x.svg",
                "charts/equity-brk-b-3.svg",
            ])
    }

    @Test func ticksAreRound() {
        let label = { (value: Double, decimals: Int) in NumberText.decimal(value, decimals: decimals) }
        #expect(Ticks.linear(-0.31...0.42, count: 5, label: label).map(\.label) == ["−0.2", "0.0", "0.2", "0.4"])
        #expect(Ticks.linear(3...17, count: 5, label: label).map(\.label) == ["5", "10", "15"])
        #expect(
            Ticks.logarithmic(30_000...250_000, label: label).map(\.label)
                == ["30,000", "50,000", "70,000", "100,000", "150,000", "200,000"])
        #expect(Ticks.logarithmic(0.05...2, label: label).map(\.label) == ["0.05", "0.1", "0.2", "0.5", "1", "2"])
    }

    /// Against Foundation's calendar.
    @Test func datesAgreeWithFoundation() throws {
        for days in stride(from: -200_000, through: 100_000, by: 377) {
            let text = CivilTimeReader.text(Double(days) * 86_400)
            let date = CivilTime.date(days: days)
            #expect(CivilTime.days(year: date.year, month: date.month, day: date.day) == days)
            // Foundation switches to the Julian calendar before 1582-10-15, which is day −141,427.
            if days > -141_427 { #expect(CivilTime.seconds(text) == Double(days) * 86_400, "\(text)") }
        }
        // 86,400 + 2·3,600 + 4·60 + 5.5, and 86,400 + 3·3,600 + 4·60.
        #expect(CivilTime.seconds("1970-01-02T03:04:05.5+01:00") == 93_845.5)
        #expect(CivilTime.seconds("1970-01-02T03:04Z") == 97_440)
        #expect(CivilTime.seconds("yesterday") == nil)
        let start = try #require(CivilTime.seconds("2011-01-03"))
        let end = try #require(CivilTime.seconds("2013-12-31"))
        #expect(
            Ticks.dates(start...end, count: 8).map(\.label) == [
                "Jul 2011", "Jan 2012", "Jul 2012", "Jan 2013", "Jul 2013",
            ])
    }
}
