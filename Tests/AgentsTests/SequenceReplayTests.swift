import Agents
import Brokerage
import Environments
import Foundation
import Indicators
import MarketData
import RandomNumbers
import TensorCore
import Testing
import TraderTestSupport

/// The last row of the table can be lived through, so sequences go on beyond it.
private func environment(
    shorting: Bool = false, reward: RewardKind = .logReturn, episodeLength: Int? = 30, ruinous: Bool = false
) throws -> TradingEnvironment {
    var history = randomWalk(bars: 120, seed: 5)
    if ruinous { history = tripledInParts(history) }
    let names = ["openReturn", "closeReturn", "volumeChange"]
    let raw = try FeatureSet(features: names.map { try Feature(parsing: $0) }).raw(from: history)
    let features = try FeatureScaler.fit(raw, bars: 1..<120).apply(to: raw)
    return TradingEnvironment(
        market: TradingMarket(quotes: history.quotes(), features: features), span: 20..<120,
        rules: TradingRules(allowsShorting: shorting),
        translator: TradingTranslator(windowLength: 8, positionSize: 1, allowsShorting: shorting), startingCash: 1000,
        reward: Reward(reward), episodeLength: episodeLength)
}

/// Prices that triple overnight every 17 bars, which ruins whoever is short then, and fall back eight bars later.
private func tripledInParts(_ history: PriceHistory) -> PriceHistory {
    PriceHistory(
        symbol: "WALK",
        bars: (0..<history.count).compactMap { index in
            history.bar(of: 0, at: index).map { bar in
                var bar = bar
                guard index % 17 < 8 else { return bar }
                bar.open = bar.open.map { $0 * 3 }
                bar.high = bar.high.map { $0 * 3 }
                bar.low = bar.low.map { $0 * 3 }
                bar.close *= 3
                return bar
            }
        })
}

/// Random episodes in a replay that has forgotten the first of them, each step beside two numbers that only it has.
private func remembered(
    _ environment: TradingEnvironment, marked: Bool
) -> ReplayBuffer<TradingEnvironment.Moment> {
    var environment = environment
    var stream = RandomKey(seed: 3).stream("steps")
    _ = environment.reset(using: &stream)
    var replay = ReplayBuffer<TradingEnvironment.Moment>(capacity: 200, carriedWidth: marked ? 2 : 0)
    for step in 0..<310 {
        let moment = environment.moment
        let action = environment.validActions.action(at: stream.index(below: environment.validActions.count))
        let ending = environment.advance(action).ending
        replay.append(
            .init(moment: moment, action: action.rawValue, endsEpisode: ending != .none),
            carrying: marked ? [Float(step % 200), Float(step)] : [])
        if ending != .none { _ = environment.reset(using: &stream) }
    }
    return replay
}

private func sampler(
    _ environment: TradingEnvironment, _ kind: ExperienceKind, _ sequences: SequenceLearning
) -> ExperienceSampler<TradingEnvironment> {
    var configuration = ValueLearningConfiguration()
    configuration.experience = kind
    configuration.batchSize = 300
    configuration.rewardScale = 10
    configuration.discount = 0.9
    return ExperienceSampler(world: environment, configuration: configuration, sequences: sequences)
}

/// Every sequence against a walk by hand: which rows, which steps, what was done and what came of it, from the position that
/// was held and from the others, and what is carried. The walk draws the places and the other positions from the same random
/// numbers in the same order.
@Test(arguments: ExperienceKind.allCases, InitialState.allCases)
func aSequenceIsWhatWasLivedThrough(kind: ExperienceKind, initialState: InitialState) throws {
    let environment = try environment(shorting: true, reward: .differentialSharpe, ruinous: true)
    let replay = remembered(environment, marked: initialState == .stored)
    let settings = SequenceLearning(length: 6, burnIn: 3, initialState: initialState)
    var sampler = sampler(environment, kind, settings)
    var batch = ValueUpdateBatch()
    var stream = RandomKey(seed: 4).stream("replay")
    var twin = stream
    sampler.fill(&batch, from: replay, using: &stream)
    #expect(batch.draws.count == 300 && batch.sequences.count == 300 && batch.pairs.allSatisfy { $0.weight == 1 })
    #expect(batch.sequences.carried.count == (initialState == .stored ? 600 : 0))
    var lengths: [Int: Int] = [:]
    var ruined = (visited: 0, others: 0)
    for (sequence, draw) in batch.draws.enumerated() {
        var place = replay.draw(part: sequence, of: 300, correction: 1, using: &twin).place
        #expect(draw.place == place)
        let row = replay[draw.place].moment.now
        #expect(batch.sequences.lastRows[sequence] == Int32(row - 3 + 9), "three rows, six steps, one successor")
        if initialState == .stored {
            let carried = batch.sequences.carried[2 * sequence..<2 * sequence + 2]
            #expect(Int(carried[2 * sequence]) == draw.place && carried[2 * sequence + 1] >= 110)
        }
        let end = sequence + 1 < 300 ? batch.draws[sequence + 1].firstPair : batch.pairs.count
        var pairs = batch.pairs[draw.firstPair..<end]
        var world = environment
        var length = 0
        // The newest experience is at 109, for 310 steps went into 200 places.
        for step in 0..<6 {
            length += 1
            let visited = replay[place].moment
            var moments = [visited]
            if kind == .counterfactual { world.appendAlternatives(to: visited, using: &twin, into: &moments) }
            let before = pairs.count
            for (position, moment) in moments.enumerated() {
                world.moment = moment
                let now = world.state
                let actions =
                    kind == .sampled ? [replay[place].action] : (UInt8(0)..<3).filter { now.valid >> $0 & 1 == 1 }
                for action in actions {
                    let next = pairs.popFirst()
                    let pair = try #require(next)
                    world.moment = moment
                    let outcome = world.advance(action)
                    let isRuin = outcome.ending == .terminated
                    if isRuin, position == 0 { ruined.visited += 1 }
                    if isRuin, position > 0 { ruined.others += 1 }
                    let (state, successor) = (Int(pair.state), Int(pair.successor))
                    #expect(pair.action == action && pair.reward == 10 * outcome.reward)
                    #expect(pair.discount == (isRuin ? 0 : 0.9))
                    #expect(batch.states.windows[state] == batch.sequences.encoding(of: sequence, step: step))
                    #expect(batch.states.numbers[state] == now.numbers && batch.states.valid[state] == now.valid)
                    #expect(
                        batch.successors.windows[successor] == batch.sequences.encoding(of: sequence, step: step + 1))
                    #expect(batch.successors.numbers[successor] == world.state.numbers)
                    #expect(batch.successors.valid[successor] == world.state.valid)
                }
            }
            // Long and short may hold and close, who is flat has three choices.
            #expect(before - pairs.count == (kind == .sampled ? 1 : 7))
            if replay[place].endsEpisode || place == 109 { break }
            place = (place + 1) % 200
        }
        #expect(pairs.isEmpty, "nothing beyond the episode and what is known of it")
        lengths[length, default: 0] += 1
    }
    #expect(ruined.visited > 0 && (kind == .sampled || ruined.others > 0), "\(ruined)")
    // One of thirty steps is the last of its episode, another the one before, …: 300 draws have each of these, and whole ones.
    #expect((1...6).allSatisfy { lengths[$0, default: 0] > 0 }, "\(lengths)")
}

/// What stands behind the table is not read: a longer table with anything there gives the same loss and gradient.
@Test func whatLiesBeyondTheTableDoesNotMatter() throws {
    let environment = try environment(episodeLength: nil)
    let replay = remembered(environment, marked: false)
    var sampler = sampler(environment, .counterfactual, SequenceLearning(length: 12, burnIn: 7, initialState: .zero))
    var batch = ValueUpdateBatch()
    var stream = RandomKey(seed: 6).stream("replay")
    sampler.fill(&batch, from: replay, using: &stream)
    #expect(batch.sequences.lastRows.contains { $0 >= 125 }, "otherwise nothing is tried")
    let network = QNetwork(
        QNetworkShape(environment.view, features: 3, encoder: .gru(hidden: [5]), carriesState: true, hidden: [6]))
    let online = freshParameters(network, seed: 3, as: Double.self)
    let target = freshParameters(network, seed: 4, as: Double.self)
    let table = try #require(environment.table)
    func result(_ values: [Float]) -> (loss: ValueLoss, gradient: [Double], errors: [Float]) {
        values.withUnsafeBufferPointer { buffer in
            guard let base = buffer.baseAddress else { preconditionFailure("a table has rows") }
            return evaluate(
                batch, network, FeaturePointer(base, bars: values.count / 3, features: 3), online: online,
                target: target)
        }
    }
    let alone = result(table.values)
    let continued = result(table.values + (0..<60).map { Float($0 % 7) - 3 })
    #expect(alone.loss == continued.loss && alone.gradient == continued.gradient && alone.errors == continued.errors)
    let changed = result(Array(table.values.dropLast(3)) + [9, 9, 9])
    #expect(alone.gradient != changed.gradient, "the last row of the table is read")
}

@Test(arguments: InitialState.allCases)
func learningFromReplayedSequencesAllocatesNothingOnceWarm(initialState: InitialState) throws {
    let environment = try environment()
    let network = QNetwork(
        QNetworkShape(environment.view, features: 3, encoder: .gru(hidden: [2]), carriesState: true, hidden: [6]))
    var learning = DoubleQLearning(network: network, settings: DoubleQSettings(), key: RandomKey(seed: 7))
    let replay = remembered(environment, marked: initialState == .stored)
    var sampler = sampler(
        environment, .counterfactual, SequenceLearning(length: 6, burnIn: 3, initialState: initialState))
    var memory = EpisodeMemory(network, windowLength: 8, reach: initialState == .stored ? 4 : 0)
    var batch = ValueUpdateBatch()
    let table = try #require(environment.table)
    var caught: (any Error)?
    try table.withUnsafeBufferPointer { buffer in
        let features = FeaturePointer(try #require(buffer.baseAddress), bars: table.bars, features: 3)
        func work(_ rounds: Int) {
            do {
                for _ in 0..<rounds {
                    // The same draws each time, so that no batch is larger than those before.
                    var stream = RandomKey(seed: 8).stream("replay")
                    sampler.fill(&batch, from: replay, using: &stream)
                    _ = try learning.update(batch, features: features)
                    memory.begin(windowEnd: 30)
                    for row in 30..<40 {
                        let state = WorldState(windowEnd: row, numbers: SIMD8(), valid: 0b011)
                        _ = learning.act(state, &memory, features: features)
                    }
                }
            } catch { caught = error }
        }
        work(1)
        #expect(allocations { work(3) } ?? 0 == 0)
    }
    #expect(caught == nil)
}
