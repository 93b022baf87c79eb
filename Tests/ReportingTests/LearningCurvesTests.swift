import Agents
import Experiments
import Foundation
import RandomNumbers
import Reporting
import Testing

struct LearningCurvesTests {
    private func curve(_ seed: Int, _ scores: [(update: Int, score: Double)]) -> LearningCurves.Seed {
        LearningCurves.Seed(
            seed: seed,
            points: scores.map {
                CurvePoint(
                    update: $0.update, steps: 10 * $0.update, loss: nil, gradientNorm: nil, meanMaxQ: 0, exploration: 0,
                    learningRate: nil, score: $0.score)
            })
    }

    private func drawing(
        _ seeds: [LearningCurves.Seed], known: [LearningCurves.KnownScore] = [],
        along progress: LearningCurves.Progress = .updates
    ) throws -> SVGDrawing {
        let curves = LearningCurves(world: "mountain-car", agent: "dqn", seeds: seeds, known: known)
        return try SVGDrawing(#require(SeedCurvesChart(curves, along: progress).draw()))
    }

    private func line(_ name: String, in drawing: SVGDrawing) throws -> [(x: Double, y: Double)] {
        try SVGDrawing.points(
            #require(drawing.elements.first { $0.name?.hasPrefix("poly") == true && $0.stringValue == name }))
    }

    /// Heights in pixels are linear in scores, so three scores that are known give the scale.
    ///
    /// Seeds 1 to 3 score 0, 30, 60 at update 0 and 30, 60, 120 at update 100. Seed 2 also has 90 at 50, where 1 and 3 are
    /// halfway: 15 and 90. Means: 30, (15 + 90 + 90)/3 = 65, 70. Of three numbers the quartiles lie halfway between the
    /// middle and the outer ones: 15 and 45; 52.5 and 90; 45 and 90. Seed 3 goes on to 150, where there is no mean.
    @Test func meanAndQuartilesAreThoseOfTheSeeds() throws {
        let drawing = try drawing(
            [
                curve(1, [(0, 0), (100, 30)]), curve(2, [(0, 30), (50, 90), (100, 60)]),
                curve(3, [(0, 60), (100, 120), (150, 60)]),
            ], known: [.init("zero", 0), .init("hundred", 100)])
        let zero = try line("zero", in: drawing)[0].y
        let hundred = try line("hundred", in: drawing)[0].y
        func scores(_ name: String) throws -> [Double] {
            try line(name, in: drawing).map { ($0.y - zero) / (hundred - zero) * 100 }
        }
        func expect(_ found: [Double], _ expected: [Double]) {
            #expect(found.count == expected.count)
            // Pixels are written with two decimals, some 250 of them for 100.
            for (one, other) in zip(found, expected) { #expect(abs(one - other) < 0.02, "\(found), not \(expected)") }
        }
        expect(try scores("mean"), [30, 65, 70])
        expect(try scores("quartiles"), [45, 90, 90, 45, 52.5, 15])
        expect(try scores("seed 2"), [30, 90, 60])
        expect(try scores("seed 3"), [60, 120, 60])
        let ends = try [line("mean", in: drawing)[2].x, line("seed 3", in: drawing)[2].x]
        let start = try line("mean", in: drawing)[0].x
        #expect(abs((ends[0] - start) / (ends[1] - start) - 100.0 / 150) < 1e-3)
        try drawing.expectSound("three seeds")
    }

    @Test func eachSeedAndEachKnownScoreIsDrawn() throws {
        var stream = RandomKey(seed: 5).stream("curves")
        let seeds = (1...20).map { seed in
            curve(seed, (0..<3_000).map { ($0 * 20, 100 * (1 - exp(-Double($0) / 500)) + 5 * stream.normal()) })
        }
        // Some of these are one above the other, and some labels need two lines.
        let known: [LearningCurves.KnownScore] = [
            .init("hindsight optimum", 261.7), .init("best of Gao, a recurrent network of one layer", 116.1),
            .init("optimum", 116.2), .init("random actions", -12.345), .init("the same", 116.1), .init("never", -12.4),
        ]
        for progress in [LearningCurves.Progress.updates, .environmentSteps] {
            let curves = LearningCurves(world: "gao-univariate", agent: "drqn", seeds: seeds, known: known)
            let contents = try #require(SeedCurvesChart(curves, along: progress).draw())
            let drawing = try SVGDrawing(contents)
            try drawing.expectSound("\(progress)")
            let names = Set(drawing.names(of: "polyline", "polygon"))
            #expect(names == Set((1...20).map { "seed \($0)" } + known.map(\.label) + ["mean", "quartiles"]))
            #expect(contents.count < 150_000)
            let texts = drawing.names(of: "text")
            #expect(texts.contains("optimum 116.2") && texts.contains("random actions −12.35"))
        }
    }

    /// Scores from 0 to 10 share the axis with what leaves them a quarter of it: up to 40, and not −31 as well.
    @Test func knownScoresFarAwayLeaveTheCurvesTheirHeight() throws {
        let seeds = [curve(1, [(0, 0), (100, 10)])]
        let far = try drawing(seeds, known: [.init("near", 40), .init("below", -31), .init("far", 1e6)])
        try far.expectSound("far")
        let texts = far.names(of: "text")
        #expect(texts.contains("near 40") && texts.contains("↓ below −31") && texts.contains("↑ far 1,000,000"))
        let heights = try line("seed 1", in: far).map(\.y)
        let near = try line("near", in: far)[0].y
        #expect(abs((heights[0] - heights[1]) / (heights[0] - near) - 0.25) < 1e-3)

        // A flat curve has no height to be kept.
        let flat = try drawing([curve(1, [(0, -200), (100, -200)])], known: [.init("solved", -110)])
        #expect(flat.names(of: "text").contains("solved −110"))
        #expect(try line("solved", in: flat)[0].y < line("seed 1", in: flat)[0].y - 100)
    }

    @Test func oneSeedHasNoMeanAndNoPointNoChart() throws {
        let single = try drawing([curve(7, [(0, -200), (10, -150)])])
        #expect(single.names(of: "polyline", "polygon") == ["seed 7"])
        try single.expectSound("one seed")
        let none = LearningCurves(world: "grid", agent: "value-iteration", seeds: [curve(1, [])], known: [])
        #expect(SeedCurvesChart(none).draw() == nil)
    }

    @Test func theTableHoldsEveryPoint() {
        let first = CurvePoint(
            update: 0, steps: 8, loss: nil, gradientNorm: nil, meanMaxQ: 0.5, exploration: 1, learningRate: nil,
            score: -200)
        let point = CurvePoint(
            update: 5, steps: 20, loss: 0.25, gradientNorm: 2, meanMaxQ: .nan, exploration: 0.1, learningRate: 0.001,
            score: -110.5)
        let curves = [
            LearningCurves(
                world: "mountain-car", agent: "dqn, dueling",
                seeds: [.init(seed: 1, points: [first, point])], known: []),
            LearningCurves(
                world: "grid", agent: "q", seeds: [.init(seed: 2, points: [point])], known: [.init("optimum", 1)]),
        ]
        #expect(
            String(decoding: Evidence.curvesCSV(curves), as: UTF8.self) == """
                world,agent,seed,update,steps,score,loss,meanMaxQ,gradientNorm,exploration,learningRate
                mountain-car,"dqn, dueling",1,0,8,-200,,0.5,,1,
                mountain-car,"dqn, dueling",1,5,20,-110.5,0.25,,2,0.1,0.001
                grid,q,2,5,20,-110.5,0.25,,2,0.1,0.001

                """)
    }
}
