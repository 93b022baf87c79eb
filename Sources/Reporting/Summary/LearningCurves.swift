import Agents
import Experiments
import Statistics

/// How an agent learned in one world: a curve for each seed, and what is known about the world.
package struct LearningCurves: Sendable {
    package struct Seed: Sendable {
        package let seed: Int
        /// In the order of updates.
        package let points: [CurvePoint]

        package init(seed: Int, points: [CurvePoint]) {
            self.seed = seed
            self.points = points
        }
    }

    /// A score that curves are held against, such as an optimum that was worked out or a figure of a paper.
    package struct KnownScore: Sendable {
        package let label: String
        package let score: Double

        package init(_ label: String, _ score: Double) {
            self.label = label
            self.score = score
        }
    }

    /// What a curve runs along.
    package enum Progress: Sendable {
        case updates, environmentSteps

        func value(_ point: CurvePoint) -> Double {
            switch self {
            case .updates: Double(point.update)
            case .environmentSteps: Double(point.steps)
            }
        }

        var name: String {
            switch self {
            case .updates: "gradient updates"
            case .environmentSteps: "environment steps"
            }
        }
    }

    package let world: String
    package let agent: String
    package let seeds: [Seed]
    package let known: [KnownScore]

    package init(world: String, agent: String, seeds: [Seed], known: [KnownScore]) {
        self.world = world
        self.agent = agent
        self.seeds = seeds
        self.known = known
    }

    /// The places and scores of each seed; places ascend.
    func scores(along progress: Progress) -> [[Point]] {
        seeds.map { seed in
            seed.points.map { Point(x: progress.value($0), y: $0.score) }
        }
    }
}

/// Mean and quartiles over curves, where all of them have come to.
///
/// Wherever one curve has a point the others are taken there too, linear between their neighbours. Where a curve has not begun
/// or has ended there is nothing: a mean over fewer curves would jump.
struct CurveSummary: Equatable {
    var mean: [Point] = []
    var lowerQuartile: [Point] = []
    var upperQuartile: [Point] = []

    /// - Parameter curves: Places ascend within a curve.
    /// - Complexity: O(*curves* · *points of all*).
    init(_ curves: [[Point]]) {
        guard !curves.isEmpty, curves.allSatisfy({ !$0.isEmpty }) else { return }
        let first = curves.compactMap(\.first?.x).max() ?? 0
        let last = curves.compactMap(\.last?.x).min() ?? 0
        var places = [Int](repeating: 0, count: curves.count)
        for x in Set(curves.flatMap { $0.map(\.x) }).sorted() where x >= first && x <= last {
            let values = curves.indices.map { index in
                let curve = curves[index]
                while places[index] + 1 < curve.count, curve[places[index] + 1].x <= x { places[index] += 1 }
                return Self.value(of: curve, after: places[index], at: x)
            }
            mean.append(Point(x: x, y: values.reduce(0, +) / Double(values.count)))
            lowerQuartile.append(Point(x: x, y: quantile(0.25, of: values) ?? .nan))
            upperQuartile.append(Point(x: x, y: quantile(0.75, of: values) ?? .nan))
        }
    }

    private static func value(of curve: [Point], after place: Int, at x: Double) -> Double {
        let point = curve[place]
        guard x > point.x, place + 1 < curve.count else { return point.y }
        let next = curve[place + 1]
        return point.y + (next.y - point.y) * (x - point.x) / (next.x - point.x)
    }
}
