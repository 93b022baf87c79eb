import Environments
import Foundation
import RandomNumbers
import Testing
import TraderTestSupport

private func generate(_ game: GaoEpisodes.Game, _ count: Int, seed: UInt64 = 1) -> GaoEpisodes {
    var stream = RandomKey(seed: seed).stream("episodes")
    return GaoEpisodes.generate(game, count: count, using: &stream)
}

extension GaoEpisodes {
    fileprivate func price(_ episode: Int) -> ArraySlice<Double> { prices[episode * 180..<(episode + 1) * 180] }
    fileprivate func signal(_ episode: Int) -> ArraySlice<Double> { signals[episode * 180..<(episode + 1) * 180] }

    /// How widely the signal scatters round the price that comes `lead` steps later.
    fileprivate func scatter(_ episode: Int, lead: Int) -> Double {
        var (least, most) = (Double.infinity, -Double.infinity)
        for row in episode * 180..<(episode + 1) * 180 - lead {
            let difference = signals[row] - prices[row + lead]
            (least, most) = (min(least, difference), max(most, difference))
        }
        return most - least
    }
}

@Test(arguments: GaoEpisodes.Game.allCases)
func episodesAreThoseOfTheirStream(game: GaoEpisodes.Game) {
    let episodes = generate(game, 12)
    #expect(episodes == generate(game, 12))
    #expect(episodes[0..<5] == generate(game, 5))
    #expect(episodes.prices != generate(game, 12, seed: 2).prices)
}

@Test func pricesKeepWithinTheirBounds() {
    let waves = generate(.univariate, 2_000)
    // 200 less two amplitudes of 79, and 200 more two amplitudes and half of one in noise.
    #expect(waves.prices.allSatisfy { (42...397.5).contains($0) })
    let jumps = generate(.bivariate, 2_000)
    for episode in 0..<jumps.count {
        #expect(jumps.price(episode).min() == 100 && jumps.signal(episode).min() == 100)
    }
}

/// The signal makes the same jumps h steps before the price, h in 10…29, but for noise whose range is at most 5.
@Test func theSignalRunsAheadOfThePrice() {
    let episodes = generate(.bivariate, 500)
    var leads = Set<Int>()
    for episode in 0..<episodes.count {
        let price = episodes.price(episode)
        let jumps = zip(price.dropFirst(), price).map { abs($0 - $1) }.filter { $0 > 1e-9 }
        #expect(jumps.count <= 29 && jumps.allSatisfy { $0 < 30 + 1e-9 })
        let fitting = (0..<60).filter { episodes.scatter(episode, lead: $0) <= 5 }
        #expect(fitting.contains { (10...29).contains($0) }, "episode \(episode): \(fitting)")
        if fitting.count == 1 { leads.formUnion(fitting) }
    }
    // Five hundred draws miss one of twenty values with probability 20·0.95⁵⁰⁰, 1e-10.
    #expect(leads == Set(10...29))
}

private let reference = ReferenceData.folder("gao2018")

/// What is compared between the paper's episodes and ours, a number for each episode.
private func statistics(of episodes: GaoEpisodes) -> [(name: String, values: [Double])] {
    func each(_ name: String, _ value: (Int) -> Double) -> (name: String, values: [Double]) {
        (name, (0..<episodes.count).map(value))
    }
    func mean(_ values: some Collection<Double>) -> Double { values.reduce(0, +) / Double(values.count) }
    func variance(_ values: some Collection<Double>) -> Double {
        let mean = mean(values)
        return values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
    }
    func changes(_ values: ArraySlice<Double>) -> [Double] { zip(values.dropFirst(), values).map { $0 - $1 } }
    var result = [
        each("hindsight optimum", episodes.hindsightOptimum),
        each("buy and hold", episodes.buyAndHold),
        each("first price") { episodes.prices[$0 * 180] },
        each("mean price") { mean(episodes.price($0)) },
        each("deviation of the price") { variance(episodes.price($0)).squareRoot() },
        each("deviation of its changes") { variance(changes(episodes.price($0))).squareRoot() },
        each("rises") { Double(changes(episodes.price($0)).count { $0 > 0 }) },
        each("falls") { Double(changes(episodes.price($0)).count { $0 < 0 }) },
    ]
    if episodes.game == .bivariate {
        result += [
            each("mean signal") { mean(episodes.signal($0)) },
            each("deviation of the signal's changes") { variance(changes(episodes.signal($0))).squareRoot() },
            // Most steps have no jump, so this is the noise.
            each("median change of the signal") { changes(episodes.signal($0)).map(abs).sorted()[89] },
            each("lead of the signal") { episode in
                let scatter = (0..<40).map { episodes.scatter(episode, lead: $0) }
                return Double(scatter.indices.min { scatter[$0] < scatter[$1] } ?? 0)
            },
            each("signal at the end less price") { episodes.signals[$0 * 180 + 179] - episodes.prices[$0 * 180 + 179] },
        ]
    }
    return result
}

/// Mean and spread of each statistic: those of n = 200 published episodes differ from those of N = 20,000 drawn ones by
/// chance with the standard error s·√(1/n + 1/N), s the deviation over our episodes of the number itself, and of its squared
/// distance from the mean. Four standard errors are exceeded once in 16,000; there are 42 comparisons.
@Test(
    .enabled(if: reference != nil, "the paper's episodes do not lie in ../shared/reference/gao2018"),
    arguments: GaoEpisodes.Game.allCases)
func episodesFollowThePapersLaw(game: GaoEpisodes.Game) throws {
    let folder = try #require(reference)
    let published = try GaoEpisodes.Part.allCases.map {
        statistics(of: try GaoEpisodes.read(game, $0, inFolder: folder))
    }
    for (index, ours) in statistics(of: generate(game, 20_000)).enumerated() {
        let theirs = published.flatMap { $0[index].values }
        let middle = ours.values.reduce(0, +) / Double(ours.values.count)
        for (moment, value) in [("mean", { $0 }), ("spread", { ($0 - middle) * ($0 - middle) })]
            as [(String, (Double) -> Double)]
        {
            let sample = ours.values.map(value)
            let mean = sample.reduce(0, +) / Double(sample.count)
            let variance = sample.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(sample.count - 1)
            let error = (variance * (1 / Double(theirs.count) + 1 / Double(sample.count))).squareRoot()
            let distance = (theirs.map(value).reduce(0, +) / Double(theirs.count) - mean) / error
            #expect(abs(distance) < 4, "\(ours.name), \(moment): \(distance) standard errors")
        }
    }
}
