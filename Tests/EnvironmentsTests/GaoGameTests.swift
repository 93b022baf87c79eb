import Environments
import RandomNumbers
import Testing
import TraderTestSupport

/// Prices of one episode: level but for the given ones, which follow step 39.
private func episode(level: Double, after prices: [Double]) -> [Double] {
    [Double](repeating: level, count: 40) + prices
        + [Double](repeating: prices.last ?? level, count: 140 - prices.count)
}

@Test func aStepEarnsWhatThePriceDoesLessTheCostOfOpening() {
    // Prices count in hundredths of the first one, 200: +5, −10, +15 points.
    var game = GaoGame(GaoEpisodes(game: .univariate, prices: episode(level: 200, after: [210, 190, 220])))
    game.begin(episode: 0)
    #expect(game.state == WorldState(windowEnd: 39, numbers: SIMD8(repeating: 0), valid: 0b11))
    #expect(game.advance(1) == (5 - Float(3.3), .none))
    #expect(game.state == WorldState(windowEnd: 40, numbers: SIMD8(1, 0, 0, 0, 0, 0, 0, 0), valid: 0b11))
    #expect(game.advance(1) == (-10, .none))
    #expect(game.advance(0) == (0, .none))
    #expect(game.moment == GaoGame.Moment(row: 42, isOpen: false))
    #expect(game.advance(1) == (-Float(3.3), .none))
    for step in 43..<179 {
        let outcome = game.advance(1)
        #expect(outcome == (0, step == 178 ? .truncated : .none), "step \(step)")
    }
    #expect(game.moment == GaoGame.Moment(row: 179, isOpen: true))
}

@Test func episodesFollowEachOtherInTheTable() throws {
    let prices = episode(level: 200, after: [210]) + episode(level: 50, after: [49, 51])
    let signals = prices.indices.map { Double($0 + 1) }
    var game = GaoGame(GaoEpisodes(game: .bivariate, prices: prices, signals: signals))
    let table = try #require(game.table)
    #expect(table.names == ["price", "signal"] && table.bars == 360 && table.firstCompleteBar == 0)
    #expect(table.values.count == 720 && table.values[0] == 200 && table.values[441] == 221)
    #expect(
        game.view == WorldView(windowLength: 40, numbers: 1, actions: 2, scaling: .relativeToMean))
    game.begin(episode: 1)
    #expect(game.moment == GaoGame.Moment(row: 219, isOpen: false))
    // 49 after 50 are −2 points.
    #expect(game.advance(1) == (-2 - Float(3.3), .none))
    // The window of the first decision begins with the episode.
    #expect(game.state.windowEnd == 220 && 219 - GaoGame.windowLength + 1 == 180)

    let second = game.episodes[1..<2]
    #expect(second == GaoEpisodes(game: .bivariate, prices: Array(prices[180...]), signals: Array(signals[180...])))
}

@Test func everyEpisodeIsDrawnEquallyOften() {
    var stream = RandomKey(seed: 1).stream("episodes")
    var game = GaoGame(.generate(.univariate, count: 4, using: &stream))
    var drawn = [0, 0, 0, 0]
    for _ in 0..<10_000 {
        game.begin(using: &stream)
        #expect(game.moment.row % 180 == 39 && !game.moment.isOpen)
        drawn[Int(game.moment.row) / 180] += 1
    }
    // A binomial count of 10,000 draws with p = 1/4 has deviation 43; five of them are 217.
    #expect(drawn.allSatisfy { abs($0 - 2500) < 217 }, "\(drawn)")
}

/// For who reads one row at a time, a row says how far price and signal are from where the episode began; what is earned is
/// the same.
@Test func rowsCanBeScaledByTheBeginningOfTheirEpisode() throws {
    let prices = episode(level: 200, after: [210, 190]) + episode(level: 50, after: [51, 60])
    let signals = episode(level: 20, after: [25]) + episode(level: 80, after: [40, 20])
    let episodes = GaoEpisodes(game: .bivariate, prices: prices, signals: signals)
    var game = GaoGame(episodes, scaling: .none)
    var paper = GaoGame(episodes)
    #expect(game.view.scaling == .none && paper.view.scaling == .relativeToMean && paper.table == episodes.table)
    let table = try #require(game.table)
    #expect(table.names == ["price", "signal"] && table.bars == 360)
    for row in 0..<360 {
        let (price, signal) = row < 180 ? (200.0, 20.0) : (50, 80)
        // A division and a subtraction of numbers of 24 bits, times ten.
        #expect(abs(Double(table.values[2 * row]) - 10 * (prices[row] / price - 1)) < 1e-5, "row \(row)")
        #expect(abs(Double(table.values[2 * row + 1]) - 10 * (signals[row] / signal - 1)) < 1e-5, "row \(row)")
    }
    for action in [1, 1, 0, 1] as [UInt8] {
        #expect(game.advance(action).reward == paper.advance(action).reward)
        #expect(game.state == paper.state)
    }
}

@Test func theOtherPositionLeadsToTheSameAndDiffersByTheCost() {
    var stream = RandomKey(seed: 2).stream("episodes")
    var game = GaoGame(.generate(.bivariate, count: 5, using: &stream))
    for _ in 0..<2_000 {
        game.begin(using: &stream)
        game.moment.row += Int32(stream.index(below: 140))
        game.moment.isOpen = stream.index(below: 2) == 1
        let moment = game.moment
        var alternatives: [GaoGame.Moment] = []
        game.appendAlternatives(to: moment, using: &stream, into: &alternatives)
        #expect(alternatives == [GaoGame.Moment(row: moment.row, isOpen: !moment.isOpen)])
        for action in [UInt8(0), 1] {
            game.moment = GaoGame.Moment(row: moment.row, isOpen: true)
            let held = game.advance(action)
            let next = game.moment
            game.moment = GaoGame.Moment(row: moment.row, isOpen: false)
            let opened = game.advance(action)
            #expect(game.moment == next && opened.ending == held.ending)
            #expect(opened.reward == (action == 1 ? held.reward - Float(3.3) : 0))
        }
    }
}

/// Every sequence of actions over the twelve steps in which the price moves is played through the world itself.
@Test func theHindsightOptimumIsTheBestOfAllSequences() {
    for seed in 0..<25 {
        var stream = RandomKey(seed: 3).child(seed).stream("prices")
        // Moves of a few points, so that the cost matters.
        let moves = (0..<12).map { _ in 100 + 4 * stream.normal() }
        let episodes = GaoEpisodes(game: .univariate, prices: episode(level: 100, after: moves))
        var game = GaoGame(episodes)
        var best = 0.0
        for actions in 0..<(1 << 12) {
            game.begin(episode: 0)
            var score = 0.0
            for step in 0..<12 { score += Double(game.advance(UInt8(actions >> step & 1)).reward) }
            best = max(best, score)
        }
        // Rewards are `Float`s below 32: each is right to 1e-6.
        #expect(abs(episodes.hindsightOptimum(of: 0) - best) < 12 * 1e-6, "seed \(seed)")

        game.begin(episode: 0)
        var held = 0.0
        while true {
            let outcome = game.advance(1)
            held += Double(outcome.reward)
            if outcome.ending != .none { break }
        }
        #expect(abs(episodes.buyAndHold(of: 0) - held) < 140 * 1e-6, "seed \(seed)")
    }
}

private let reference = ReferenceData.folder("gao2018")

/// The paper's own test episodes have one optimum and one score of buy and hold, known to a tenth.
@Test(.enabled(if: reference != nil, "the paper's episodes do not lie in ../shared/reference/gao2018"))
func thePapersTestEpisodesHaveTheKnownBounds() throws {
    let folder = try #require(reference)
    let univariate = try GaoEpisodes.read(.univariate, .test, inFolder: folder)
    let bivariate = try GaoEpisodes.read(.bivariate, .test, inFolder: folder)
    #expect(univariate.count == 100 && bivariate.count == 100)
    #expect(abs(univariate.mean(univariate.hindsightOptimum) - 261.7) < 0.05)
    #expect(abs(bivariate.mean(bivariate.hindsightOptimum) - 67.1) < 0.05)
    #expect(abs(univariate.mean(univariate.buyAndHold) + 15.0) < 0.05)
    #expect(abs(bivariate.mean(bivariate.buyAndHold) - 3.0) < 0.05)
}
