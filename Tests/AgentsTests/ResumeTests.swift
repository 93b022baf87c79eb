import Agents
import Brokerage
import Environments
import Foundation
import Indicators
import MarketData
import RandomNumbers
import Testing
import TraderTestSupport

/// Keeps every state it is offered, and looks at each point.
private final class Recorder: TrainingObserver {
    typealias World = TradingEnvironment
    let every: Int
    var updates = 0
    var points: [CurvePoint] = []
    var states: [Data] = []

    init(every: Int) { self.every = every }

    func didUpdate(_ count: Int) { updates += count }
    func didEvaluate(_ point: CurvePoint) { points.append(point) }
    var wantsState: Bool { updates % every == 0 }
    func keep(_ state: TrainingState<TradingEnvironment>) throws {
        let encoder = PropertyListEncoder()
        encoder.outputFormat = .binary
        states.append(try encoder.encode(state))
    }
}

/// Prices, and a feature scaled on the bars that are trained on.
private func market() throws -> TradingMarket {
    let history = randomWalk(bars: 200, seed: 5)
    let raw = try FeatureSet(features: [Feature(parsing: "closeReturn")]).raw(from: history)
    let features = try FeatureScaler.fit(raw, bars: 1..<150).apply(to: raw)
    return TradingMarket(quotes: history.quotes(), features: features)
}

private func trainer(
    _ sequences: SequenceLearning? = nil, _ change: (inout ValueLearningConfiguration) -> Void
) throws
    -> ValueBasedTrainer<TradingEnvironment>
{
    let market = try market()
    func environment(_ span: Range<Int>) -> TradingEnvironment {
        TradingEnvironment(
            market: market, span: span, rules: TradingRules(),
            translator: TradingTranslator(windowLength: 6, positionSize: 1, allowsShorting: false), startingCash: 1000,
            reward: Reward(.differentialSharpe), episodeLength: span.count > 100 ? 40 : nil)
    }
    var configuration = ValueLearningConfiguration()
    configuration.updates = 60
    configuration.evaluateEvery = 25
    configuration.batchSize = 16
    configuration.warmUpSteps = 150
    configuration.replayCapacity = 170
    configuration.targetEvery = 7
    change(&configuration)
    return ValueBasedTrainer(
        encoder: .gru(hidden: [8]), sequences: sequences, configuration: configuration, world: environment(10..<150),
        evaluation: environment(150..<200).evaluation(key: RandomKey(seed: 1)), key: RandomKey(seed: 2))
}

/// Sequences with a burn-in as long as a window of six rows allows.
private func shortSequences(_ initialState: InitialState) -> SequenceLearning {
    SequenceLearning(length: 7, burnIn: 5, initialState: initialState)
}

/// Gone on with from any update, through bytes, a training ends as if nothing had happened: the dropout, the replay that
/// wraps around, the moments of a differential reward, Adam's moments, the chosen checkpoint, and what is carried.
@Test(arguments: ["counterfactual", "prioritised", "n-step", "last", "zero", "stored"])
func aResumedTrainingEndsInTheSameBits(kind: String) throws {
    let trainer = try trainer(InitialState(rawValue: kind).map(shortSequences)) { configuration in
        switch kind {
        case "prioritised":
            configuration.replay = .prioritised
            configuration.learningRateEnd = 1e-4
        case "n-step":
            configuration.experience = .sampled
            configuration.steps = 3
            configuration.targetRate = 0.05
        case "last": configuration.checkpoint = .last
        default: break
        }
    }
    let recorder = Recorder(every: 13)
    let whole = try trainer.train(observer: recorder)
    #expect(recorder.states.count == 4 && recorder.points == whole.curve)
    for (index, bytes) in recorder.states.enumerated() {
        let state = try PropertyListDecoder().decode(TrainingState<TradingEnvironment>.self, from: bytes)
        #expect(state.updates == 13 * (index + 1))
        let rest = Recorder(every: 1000)
        let resumed = try trainer.train(from: state, observer: rest)
        #expect(resumed.policy.parameters.map(\.bitPattern) == whole.policy.parameters.map(\.bitPattern))
        #expect(resumed.curve == whole.curve && resumed.chosenUpdate == whole.chosenUpdate)
        #expect(rest.updates == 60 - state.updates)
    }
}

@Test func aStateOfAnotherTrainingIsRefused() throws {
    let recorder = Recorder(every: 30)
    _ = try trainer { _ in }.train(observer: recorder)
    let bytes = try #require(recorder.states.first)
    let state = try PropertyListDecoder().decode(TrainingState<TradingEnvironment>.self, from: bytes)
    #expect(throws: TrainingStateError.self) {
        try trainer { $0.headUnits = [32] }.train(from: state, observer: UnwatchedTraining())
    }
    #expect(throws: TrainingStateError.self) {
        try trainer { $0.replayCapacity = 100 }.train(from: state, observer: UnwatchedTraining())
    }
    #expect(throws: TrainingStateError.self) {
        try trainer { $0.replay = .prioritised }.train(from: state, observer: UnwatchedTraining())
    }
}

@Test func aStateThatCarriesOtherNumbersIsRefused() throws {
    func recorded(_ sequences: SequenceLearning?) throws -> TrainingState<TradingEnvironment> {
        let recorder = Recorder(every: 30)
        _ = try trainer(sequences) { _ in }.train(observer: recorder)
        return try PropertyListDecoder().decode(
            TrainingState<TradingEnvironment>.self, from: try #require(recorder.states.first))
    }
    let kinds = [nil, shortSequences(.zero), shortSequences(.stored)]
    for (index, kind) in kinds.enumerated() {
        let state = try recorded(kind)
        for (other, sequences) in kinds.enumerated() {
            let trainer = try trainer(sequences) { _ in }
            if other == index {
                _ = try trainer.train(from: state, observer: UnwatchedTraining())
            } else {
                #expect(throws: TrainingStateError.self) {
                    try trainer.train(from: state, observer: UnwatchedTraining())
                }
            }
        }
    }
}

/// What a state says of the explorer.
private struct Kept: Decodable {
    struct Explorer: Decodable {
        struct Replay: Decodable {
            let experiences: Data
            let carried: Data
            let next: Int

            var steps: [ReplayBuffer<TradingEnvironment.Moment>.Experience] {
                experiences.withUnsafeBytes {
                    Array($0.bindMemory(to: ReplayBuffer<TradingEnvironment.Moment>.Experience.self))
                }
            }
        }
        struct Memory: Decodable {
            let carried: Data
            let next: Int
        }
        let replay: Replay
        let memory: Memory
    }
    let explorer: Explorer
}

extension Data {
    fileprivate var numbers: [Float] { withUnsafeBytes { Array($0.bindMemory(to: Float.self)) } }
}

/// What is kept beside an experience is what was carried five rows before it, from where its episode began: while nothing is
/// learned, a walk from there by the same parameters finds the same, to the bit, whatever was decided at random.
@Test func storedStatesAreWhatWasCarried() throws {
    let trainer = try trainer(shortSequences(.stored)) {
        $0.learningRate = 0
        $0.explorationStart = 0.5
    }
    let recorder = Recorder(every: 60)
    let policy = try trainer.train(observer: recorder).policy
    let replay = try PropertyListDecoder().decode(Kept.self, from: try #require(recorder.states.first)).explorer.replay
    let (experiences, carried) = (replay.steps, replay.carried.numbers)
    #expect(experiences.count == 170 && carried.count == 170 * 8 && replay.next == (150 + 60) % 170)
    let table = try market().features
    var compared = 0
    try table.withUnsafeBufferPointer { buffer in
        let features = FeaturePointer(try #require(buffer.baseAddress), bars: table.bars, features: table.features)
        // Of the oldest episode the beginning was overwritten.
        var begin: Int?
        for place in (0..<170).map({ ($0 + replay.next) % 170 }) {
            let now = experiences[place].moment.now
            if let first = begin == -1 ? now : begin {
                begin = first
                var state = policy.network.freshState
                for row in (first - 5)..<(now - 5) { policy.advance(&state, reading: row, of: features) }
                #expect(Array(carried[place * 8..<place * 8 + 8]) == state.values, "bar \(now)")
                compared += 1
            }
            if experiences[place].endsEpisode { begin = -1 }
        }
    }
    #expect(compared > 100)
}

/// Random steps at the beginning of an episode, which nobody asks the network about, belong to its past all the same.
@Test func whatIsCarriedBeginsWithTheEpisode() throws {
    let trainer = try trainer(shortSequences(.zero)) {
        $0.learningRate = 0
        $0.explorationStart = 0.5
    }
    let recorder = Recorder(every: 5)
    let policy = try trainer.train(observer: recorder).policy
    let table = try market().features
    var compared = 0
    try table.withUnsafeBufferPointer { buffer in
        let features = FeaturePointer(try #require(buffer.baseAddress), bars: table.bars, features: table.features)
        for bytes in recorder.states {
            let kept = try PropertyListDecoder().decode(Kept.self, from: bytes).explorer
            // Where the present episode began, of which an experience was remembered at least.
            let steps = kept.replay.steps
            let ordered = steps.count < 170 ? steps : Array(steps[kept.replay.next...] + steps[..<kept.replay.next])
            guard let last = ordered.lastIndex(where: { $0.endsEpisode }), last + 1 < ordered.count else { continue }
            let first = ordered[last + 1].moment.now - 5
            var state = policy.network.freshState
            for row in first..<kept.memory.next { policy.advance(&state, reading: row, of: features) }
            #expect(kept.memory.carried.numbers == state.values, "rows \(first)..<\(kept.memory.next)")
            compared += kept.memory.next > first ? 1 : 0
        }
    }
    #expect(compared >= 8, "of twelve states, two of them of the episode whose first thirty steps were random")
}

@Test func patienceEndsATrainingThatGetsNoBetter() throws {
    let trainer = try trainer {
        $0.updates = 10_000
        $0.evaluateEvery = 5
        $0.patience = 4
        $0.learningRate = 1e-8  // Too little to change a decision.
    }
    let outcome = try trainer.train(observer: UnwatchedTraining())
    #expect(outcome.chosenUpdate == 5 && outcome.curve.last?.update == 25)
}
