import Agents
import Backtesting
import Brokerage
import Environments
import Foundation
import Indicators
import MarketData
import RandomNumbers
import Testing
import TraderTestSupport

/// A noiseless square wave can be traded perfectly by whoever has seen half a period of it. The agent learns on its first
/// part, chooses its checkpoint on the next, and must earn, with the default costs, nearly all that hindsight could.
@Test(arguments: 1...5, ["gru", "mlp"])
func aSquareWaveIsLearned(seed: Int, encoder: String) throws {
    let history = squareWave(bars: 900, halfPeriod: 7)
    let raw = try FeatureSet(features: [Feature(parsing: "closeReturn")]).raw(from: history)
    let fold = Fold(number: 1, training: 20..<500, validation: 500..<640, test: 660..<900)
    let features = try FeatureScaler.fit(raw, bars: fold.training).apply(to: raw)
    let rules = TradingRules()
    let translator = TradingTranslator(windowLength: 10, positionSize: 1, allowsShorting: false)
    func environment(_ span: Range<Int>, episodeLength: Int?) -> TradingEnvironment {
        TradingEnvironment(
            market: TradingMarket(quotes: history.quotes(), features: features), span: span, rules: rules,
            translator: translator, startingCash: 1000, reward: Reward(.logReturn), episodeLength: episodeLength)
    }
    var configuration = ValueLearningConfiguration()
    configuration.updates = 2000
    configuration.evaluateEvery = 100
    configuration.headUnits = [32]
    configuration.batchSize = 32
    configuration.warmUpSteps = 500
    configuration.dropout = 0
    let outcome = try ValueBasedTrainer(
        encoder: encoder == "gru" ? .gru(hidden: [16]) : .mlp(hidden: [32]), configuration: configuration,
        world: environment(fold.training, episodeLength: 100),
        evaluation: environment(fold.validation, episodeLength: nil).evaluation(key: RandomKey(seed: 0)),
        key: RandomKey(seed: UInt64(seed))
    ).train(observer: UnwatchedTraining())

    let backtest = Backtest(history: history, span: fold.test, rules: rules, startingCash: 1000)
    let strategy = PolicyStrategy(
        tenures: [
            .init(
                firstDecision: fold.test.lowerBound - 1, policy: QPolicy(outcome.policy, windowLength: 10),
                features: features)
        ],
        translator: translator)
    let earned = try #require(
        backtest.run(strategy, using: RandomKey(seed: 0).stream("none")).equity.last)
    let best = try #require(HindsightOptimum.outcome(of: backtest).equity.last)
    let share = log(earned / 1000) / log(best / 1000)
    #expect(share >= 0.95, "seed \(seed), \(encoder): \(share) of the optimum")
}
