import Agents
import Configuration
import Experiments
import MarketData
import TraderTestSupport

/// A short training on two folds: bars 0…299 are the past of the first, 300…399 its test, 400…499 the test of the second.
func modelConfiguration(_ kind: String = "gated-dqn", overrides: [String] = []) throws -> StrategyConfiguration {
    let network =
        switch kind {
        case "dqn": "hiddenUnits: [8]"
        case "convolution-dqn": "channels: [4]"
        case "drqn": "hiddenUnits: 4\n  burnIn: 4"
        default: "hiddenUnits: 4"
        }
    return try ConfigurationFile.decode(
        StrategyConfiguration.self,
        text: """
            universe:
              symbols: [WALK]
            features:
              window: 5
              columns: [openReturn, closeReturn, volumeChange, rsi(5), volatility(5)]
            agent:
              kind: \(kind)
              \(network)
              headUnits: [8]
              updates: 60
              evaluateEvery: 20
              warmUpSteps: 100
              batchSize: 8
            walkForward:
              folds: 2
              testFrom: \(weekday(300))
            seeds:
              count: 2
            evaluation:
              bootstrapDraws: 100
            """, name: "short.yaml", overrides: overrides)
}

struct Unwatched: RunObserver {
    func begin(trainings: Int, updates: Int) {}
    func didUpdate(_ count: Int) {}
    func didResume(_ count: Int) {}
    func didFinish(_ training: String) {}
}

/// Models of one strategy on one history, trained on all of its bars.
func models(
    of kind: String = "gated-dqn", on history: PriceHistory, overrides: [String] = []
) async throws -> [ModelFile] {
    let experiment = try Experiment(
        name: kind, configuration: modelConfiguration(kind, overrides: overrides), history: history,
        purpose: .training)
    return try await experiment.train(workers: 2, observer: Unwatched()).map(experiment.model)
}
