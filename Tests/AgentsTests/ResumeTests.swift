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

private func trainer(
    _ change: (inout ValueLearningConfiguration) -> Void
) throws
    -> ValueBasedTrainer<TradingEnvironment>
{
    let history = randomWalk(bars: 200, seed: 5)
    let raw = try FeatureSet(features: [Feature(parsing: "closeReturn")]).raw(from: history)
    let features = try FeatureScaler.fit(raw, bars: 1..<150).apply(to: raw)
    func environment(_ span: Range<Int>) -> TradingEnvironment {
        TradingEnvironment(
            market: TradingMarket(quotes: history.quotes(), features: features), span: span, rules: TradingRules(),
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
        encoder: .gru(hidden: [8]), configuration: configuration, world: environment(10..<150),
        evaluation: environment(150..<200).evaluation(key: RandomKey(seed: 1)), key: RandomKey(seed: 2))
}

/// Gone on with from any update, through bytes, a training ends as if nothing had happened: the dropout, the replay that
/// wraps around, the moments of a differential reward, Adam's moments, the chosen checkpoint.
@Test(arguments: ["counterfactual", "prioritised", "n-step", "last"])
func aResumedTrainingEndsInTheSameBits(kind: String) throws {
    let trainer = try trainer { configuration in
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
