import Brokerage
import Environments
import Foundation
import Indicators
import MarketData
import RandomNumbers
import Testing
import TraderTestSupport

private func environment(
    _ history: PriceHistory, span: Range<Int>, rules: TradingRules = TradingRules(), window: Int = 4,
    episodeLength: Int? = nil
) throws -> TradingEnvironment {
    let raw = try FeatureSet(features: [Feature(parsing: "closeReturn")]).raw(from: history)
    let features = try FeatureScaler.fit(raw, bars: raw.firstCompleteBar..<history.count).apply(to: raw)
    return TradingEnvironment(
        market: TradingMarket(quotes: history.quotes(), features: features), span: span, rules: rules,
        translator: TradingTranslator(windowLength: window, positionSize: 1, allowsShorting: rules.allowsShorting),
        startingCash: 1000, reward: Reward(.logReturn), episodeLength: episodeLength)
}

@Test func masksFollowThePosition() {
    let plain = TradingTranslator(windowLength: 5, positionSize: 1, allowsShorting: false)
    #expect(plain.validActions(shares: 0) == [.hold, .buy])
    #expect(plain.validActions(shares: 3) == [.hold, .sell])
    let shorting = TradingTranslator(windowLength: 5, positionSize: 0.5, allowsShorting: true)
    #expect(shorting.validActions(shares: 0) == [.hold, .buy, .sell])
    #expect(shorting.validActions(shares: -3) == [.hold, .buy])
    #expect(shorting.order(for: .sell, shares: 0) == Order(target: -0.5))
    #expect(shorting.order(for: .buy, shares: -3) == .close)
    #expect(shorting.order(for: .hold, shares: 1) == nil)
    let both: ActionMask = [.hold, .sell]
    #expect(both.count == 2 && both.action(at: 0) == .hold && both.action(at: 1) == .sell)
}

@Test func theAccountIsSeenAsItStands() {
    let translator = TradingTranslator(windowLength: 10, positionSize: 1, allowsShorting: true)
    let long = Ledger(cash: 0, shares: 2, entryPrice: 100, entryBar: 6)
    // Bought in bar 6, seen at the close of bar 10: held over five bars of a window of ten; up 10 %.
    #expect(
        translator.accountFeatures(of: long, close: 110, now: 10).values == [0, 1, 0, 0.1, 0.5, 0, 0, 0])
    let short = Ledger(cash: 300, shares: -1, entryPrice: 100, entryBar: 10)
    #expect(
        translator.accountFeatures(of: short, close: 110, now: 10).values == [0, 0, 1, -0.1, 0.1, 0, 0, 0])
    #expect(
        translator.accountFeatures(of: Ledger(cash: 5), close: 110, now: 10).values == [1, 0, 0, 0, 0, 0, 0, 0])
}

@Test func anEpisodeEndsWithItsSpanAndTheAccountIsTruncatedNotTerminated() throws {
    var stream = RandomKey(seed: 1).stream("reset")
    var environment = try environment(randomWalk(bars: 60, seed: 1), span: 10..<30)
    _ = environment.reset(using: &stream)
    #expect(environment.now == 10)
    var endings: [Ending] = []
    repeat { endings.append(environment.step(.hold).ending) } while endings.last == Ending.none
    #expect(endings.count == 19 && endings.last == .truncated)
    #expect(environment.now == 29)
}

@Test func episodesOfGivenLengthBeginAnywhereInTheSpan() throws {
    var stream = RandomKey(seed: 2).stream("reset")
    var environment = try environment(randomWalk(bars: 60, seed: 1), span: 10..<30, episodeLength: 5)
    var starts = Set<Int>()
    for _ in 0..<500 {
        _ = environment.reset(using: &stream)
        starts.insert(environment.now)
    }
    #expect(starts == Set(10...24))
}

@Test func ruinTerminates() throws {
    let history = PriceHistory(
        symbol: "RUIN",
        bars: (0..<12).map { index in
            let price = index < 8 ? 10.0 + Double(index % 2) : 40
            return Bar(time: weekday(index), open: price, high: price, low: price, close: price)
        })
    var stream = RandomKey(seed: 3).stream("reset")
    var environment = try environment(
        history, span: 6..<12, rules: TradingRules(costs: .none, allowsShorting: true), window: 3)
    _ = environment.reset(using: &stream)
    #expect(environment.step(.sell).ending == .none)
    let step = environment.step(.hold)
    #expect(step.ending == .terminated && environment.equity < 0 && step.reward == Float(log(1e-4)))
}

@Test func theRewardsOfAnEpisodeAreTheGrowthOfTheAccount() throws {
    for seed in 0..<200 {
        var stream = RandomKey(seed: 4).child(seed).stream("episode")
        var environment = try environment(
            randomWalk(bars: 80, seed: UInt64(seed)), span: 10..<80, rules: TradingRules(allowsShorting: seed % 2 == 0))
        var observation = environment.reset(using: &stream)
        var sum = 0.0
        while true {
            let valid = observation.validActions
            let step = environment.step(valid.action(at: stream.index(below: valid.count)))
            sum += Double(step.reward)
            observation = step.observation
            if step.ending != .none { break }
        }
        // Rewards are rounded to Float: 70 times half a unit in the last place of about 0.02.
        #expect(abs(sum - log(environment.equity / 1000)) < 1e-6, "seed \(seed)")
    }
}

@Test func aMomentContinuesToTheBit() throws {
    var stream = RandomKey(seed: 5).stream("episode")
    var environment = try environment(randomWalk(bars: 60, seed: 9), span: 10..<60)
    _ = environment.reset(using: &stream)
    _ = environment.step(.buy)
    let moment = environment.moment
    let first = [TradingAction.hold, .sell, .hold, .buy].map { environment.advance($0).reward }
    environment.moment = moment
    #expect([TradingAction.hold, .sell, .hold, .buy].map { environment.advance($0).reward } == first)
}

@Test func anotherPositionIsWorthAsMuch() throws {
    var stream = RandomKey(seed: 6).stream("episode")
    var environment = try environment(randomWalk(bars: 60, seed: 9), span: 10..<60)
    _ = environment.reset(using: &stream)
    _ = environment.step(.buy)
    let moment = environment.moment
    let close = environment.market.quotes[environment.now].close
    for direction in [-1.0, 0, 1] {
        let other = moment.holding(
            direction: direction, size: 0.6, entryBar: 8, entryPrice: 50, close: close)
        #expect(abs(other.ledger.equity(at: close) - moment.ledger.equity(at: close)) < 1e-9)
        #expect(abs(other.ledger.shares * close - direction * 0.6 * environment.equity) < 1e-9)
        #expect(other.now == moment.now)
    }
}

@Test func observationsKnowNothingLater() throws {
    for seed in 0..<40 {
        var stream = RandomKey(seed: 7).child(seed).stream("episode")
        let history = randomWalk(bars: 90, seed: UInt64(seed))
        let cut = 40 + stream.index(below: 30)
        let other = changed(history, after: cut, seed: UInt64(seed))
        // The scaler is fitted on the same past in both, as in a fold.
        func trace(_ history: PriceHistory) throws -> [[Float]] {
            let raw = try FeatureSet(features: Feature.all).raw(from: history)
            let first = raw.firstCompleteBar + 3
            let features = try FeatureScaler.fit(raw, bars: first..<40).apply(to: raw)
            var environment = TradingEnvironment(
                market: TradingMarket(quotes: history.quotes(), features: features), span: first..<90,
                rules: TradingRules(),
                translator: TradingTranslator(windowLength: 4, positionSize: 1, allowsShorting: false),
                startingCash: 1000, reward: Reward(.differentialSharpe))
            var stream = stream
            var observation = environment.reset(using: &stream)
            var seen: [[Float]] = []
            while environment.now < cut {
                seen.append(observation.window.withUnsafeBufferPointer(Array.init))
                let valid = observation.validActions
                let step = environment.step(valid.action(at: stream.index(below: valid.count)))
                seen.append([step.reward, step.observation.account.values[3], Float(environment.equity)])
                observation = step.observation
            }
            return seen
        }
        #expect(try trace(history) == trace(other), "seed \(seed)")
    }
}
