import Agents
import Brokerage
import Environments
import Foundation
import Indicators
import MarketData
import RandomNumbers
import Testing
import TraderTestSupport

private func environment(
    shorting: Bool = false, reward: RewardKind = .logReturn, episodeLength: Int? = nil
) throws -> TradingEnvironment {
    let history = randomWalk(bars: 120, seed: 5)
    let raw = try FeatureSet(features: [Feature(parsing: "closeReturn")]).raw(from: history)
    let features = try FeatureScaler.fit(raw, bars: 1..<120).apply(to: raw)
    return TradingEnvironment(
        market: TradingMarket(quotes: history.quotes(), features: features), span: 20..<120,
        rules: TradingRules(allowsShorting: shorting),
        translator: TradingTranslator(windowLength: 8, positionSize: 1, allowsShorting: shorting),
        startingCash: 1000, reward: Reward(reward), episodeLength: episodeLength)
}

@Test func theOldestExperienceIsOverwritten() throws {
    var environment = try environment()
    var stream = RandomKey(seed: 1).stream("reset")
    _ = environment.reset(using: &stream)
    var replay = ReplayBuffer<TradingEnvironment.Moment>(capacity: 3)
    for step in 0..<5 {
        replay.append(
            .init(moment: environment.moment, action: 0, endsEpisode: step == 3))
        _ = environment.advance(TradingAction.hold)
    }
    #expect(replay.count == 3)
    // Bars 20, 21 were overwritten by 23, 24; the oldest is 22.
    #expect((0..<3).map { replay[$0].moment.now } == [23, 24, 22])
    #expect(replay.successor(of: 2) == 0, "23 follows 22")
    #expect(replay.successor(of: 0) == nil, "an episode ended with 23")
    #expect(replay.successor(of: 1) == nil, "what follows the newest is not known")
}

/// Bytes that hold a part of the value.
private func used(_ value: Any) -> Int {
    func size<Value>(of value: Value) -> Int { MemoryLayout<Value>.size }
    let parts = Mirror(reflecting: value).children.map { used($0.value) }
    return parts.isEmpty ? size(of: value) : parts.reduce(0, +)
}

/// Bytes between fields may hold anything: what is kept would differ between equal runs.
@Test func momentsLeaveNoBytesUnused() throws {
    func expectNone<Moment: BitwiseCopyable & Sendable>(_ moment: Moment) {
        #expect(used(moment) == MemoryLayout<Moment>.size, "\(Moment.self)")
        let experience = ReplayBuffer<Moment>.Experience(moment: moment, action: 1, endsEpisode: true)
        #expect(used(experience) == MemoryLayout.size(ofValue: experience), "\(Moment.self)")
    }
    expectNone(try environment().moment)
    expectNone(CartPole().moment)
    expectNone(MountainCar().moment)
    expectNone(GaoGame.Moment(row: 7, isOpen: true))
}

/// Nor does it matter what lay behind an experience in memory.
@Test func equalBuffersAreKeptInEqualBytes() throws {
    struct Kept: Codable {
        var experiences: Data
        var carried: Data
        var next: Int
    }
    let replay = remembered(try environment(), steps: 50).replay
    let bytes = try PropertyListEncoder().encode(replay.state)
    var kept = try PropertyListDecoder().decode(Kept.self, from: bytes)
    let layout = MemoryLayout<ReplayBuffer<TradingEnvironment.Moment>.Experience>.self
    try #require(kept.experiences.count == 50 * layout.stride && layout.size < layout.stride)
    for element in 0..<50 {
        for unused in layout.size..<layout.stride {
            #expect(kept.experiences[element * layout.stride + unused] == 0)
            kept.experiences[element * layout.stride + unused] = 0xA5
        }
    }
    var other = replay
    try other.restore(
        PropertyListDecoder().decode(
            ReplayBuffer<TradingEnvironment.Moment>.State.self, from: PropertyListEncoder().encode(kept)))
    #expect(try PropertyListEncoder().encode(other.state) == bytes)
}

@Test func everyPlaceIsDrawnAsOften() throws {
    var replay = ReplayBuffer<TradingEnvironment.Moment>(capacity: 8)
    let environment = try environment()
    for _ in 0..<8 {
        replay.append(.init(moment: environment.moment, action: 0, endsEpisode: false))
    }
    var stream = RandomKey(seed: 2).stream("replay")
    var counts = [Int](repeating: 0, count: 8)
    for _ in 0..<80_000 { counts[replay.draw(part: 0, of: 1, correction: 1, using: &stream).place] += 1 }
    // Binomial deviation √(80,000 · 1/8 · 7/8) = 93.5; five of them.
    for count in counts { #expect(abs(count - 10_000) < 468) }
}

/// Random episodes, remembered; with what really happened at each step beside them.
private func remembered(
    _ environment: TradingEnvironment, steps: Int
) -> (replay: ReplayBuffer<TradingEnvironment.Moment>, rewards: [Float], nows: [Int]) {
    var environment = environment
    var stream = RandomKey(seed: 3).stream("steps")
    _ = environment.reset(using: &stream)
    var replay = ReplayBuffer<TradingEnvironment.Moment>(capacity: steps)
    var rewards: [Float] = []
    var nows: [Int] = []
    for _ in 0..<steps {
        let moment = environment.moment
        let action = environment.validActions.action(at: stream.index(below: environment.validActions.count))
        let outcome = environment.advance(action)
        replay.append(
            .init(moment: moment, action: action.rawValue, endsEpisode: outcome.ending != .none))
        rewards.append(outcome.reward)
        nows.append(moment.now)
        if outcome.ending != .none { _ = environment.reset(using: &stream) }
    }
    return (replay, rewards, nows)
}

@Test(arguments: [1, 3])
func sampledExperienceIsWhatHappened(steps: Int) throws {
    let environment = try environment(reward: .differentialSharpe, episodeLength: 30)
    let (replay, rewards, nows) = remembered(environment, steps: 400)
    var configuration = ValueLearningConfiguration()
    configuration.experience = .sampled
    configuration.steps = steps
    configuration.batchSize = 200
    configuration.rewardScale = 10
    configuration.discount = 0.9
    var sampler = ExperienceSampler(world: environment, configuration: configuration)
    var batch = ValueUpdateBatch()
    var stream = RandomKey(seed: 4).stream("replay")
    sampler.fill(&batch, from: replay, using: &stream)
    // The same draws, to know which places they were.
    var again = RandomKey(seed: 4).stream("replay")
    let places = (0..<200).map { _ in replay.draw(part: 0, of: 1, correction: 1, using: &again).place }
    #expect(batch.pairs.count == 200 && batch.states.count == 200 && batch.successors.count == 200)
    for (pair, place) in zip(batch.pairs, places) {
        var end = place
        var sum = 0.0
        var factor = 1.0
        for step in 0..<steps {
            sum += factor * Double(rewards[place + step])
            factor *= 0.9
            end = place + step
            if replay[end].endsEpisode || end + 1 == 400 { break }
        }
        #expect(pair.reward == 10 * Float(sum))
        #expect(abs(pair.discount - Float(factor)) < 1e-6)
        #expect(batch.states.windowEnds[Int(batch.states.windows[Int(pair.state)])] == Int32(nows[place]))
        let successor = batch.successors.windows[Int(pair.successor)]
        #expect(batch.successors.windowEnds[Int(successor)] == Int32(nows[end] + 1))
    }
}

@Test(arguments: [false, true])
func counterfactualExperienceHoldsEveryActionFromEveryPosition(shorting: Bool) throws {
    let environment = try environment(shorting: shorting)
    let (replay, _, _) = remembered(environment, steps: 300)
    var configuration = ValueLearningConfiguration()
    configuration.batchSize = 50
    configuration.rewardScale = 1
    var sampler = ExperienceSampler(world: environment, configuration: configuration)
    var batch = ValueUpdateBatch()
    var stream = RandomKey(seed: 4).stream("replay")
    sampler.fill(&batch, from: replay, using: &stream)
    // Flat: hold, buy (and sell short); long: hold, sell; short: hold, buy.
    #expect(batch.states.windowEnds.count == 50 && batch.successors.windowEnds.count == 50)
    #expect(batch.states.count == 50 * (shorting ? 3 : 2) && batch.pairs.count == 50 * (shorting ? 7 : 4))
    let quotes = environment.market.quotes
    let cost = 0.0008
    for pair in batch.pairs {
        let now = Int(batch.states.windowEnds[Int(batch.states.windows[Int(pair.state)])])
        let account = batch.states.numbers[Int(pair.state)]
        let (before, next) = (quotes[now].close, quotes[now + 1])
        // Without stops and with the default costs of 8 basis points a side, rewards by hand.
        let expected: Double? =
            switch (account[0], account[1], pair.action) {
            case (1, _, 0): 0
            case (1, _, 1): log(next.close / next.open / (1 + cost))
            case (_, 1, 0): log(next.close / before)
            case (_, 1, 2): log(next.open * (1 - cost) / before)
            case (1, _, 2): log(1 + 1 - cost - next.close / next.open)
            default: nil
            }
        if let expected { #expect(abs(Double(pair.reward) - expected) < 1e-6, "bar \(now), action \(pair.action)") }
        let successor = batch.successors.numbers[Int(pair.successor)]
        #expect(Int(batch.successors.windowEnds[Int(batch.successors.windows[Int(pair.successor)])]) == now + 1)
        // Where the action leads: buying from cash to long, selling a long position to cash, holding nowhere else.
        if pair.action == 0 { #expect(successor[1] == account[1] && successor[2] == account[2]) }
        if pair.action == 1 { #expect(successor[1] == (account[0] == 1 ? 1 : 0)) }
        if pair.action == 2 { #expect(successor[2] == (account[0] == 1 ? 1 : 0)) }
        if account[0] == 0 {
            // Bars held, over a window of eight.
            #expect(successor[4] == 0 || abs(successor[4] - account[4] - 0.125) < 1e-6 || account[4] > 4)
        }
    }
}
