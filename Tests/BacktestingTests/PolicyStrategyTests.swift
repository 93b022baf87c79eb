import Backtesting
import Brokerage
import Environments
import Indicators
import RandomNumbers
import Testing
import TraderTestSupport

/// Counts how often it was asked.
private struct CountingPolicy: Policy {
    private var count = 0

    mutating func action(for observation: TradingObservation, using stream: inout RandomStream) -> TradingAction {
        count += 1
        return count == 3 ? .buy : count == 5 ? .sell : .hold
    }
}

/// A policy that remembers is asked at each bar of its tenure once, remembers nothing of another tenure, and nothing of
/// another run.
@Test func whatAPolicyRemembersIsOfItsTenure() throws {
    let history = randomWalk(bars: 60, seed: 1)
    let features = FeatureMatrix(names: ["none"], values: [Float](repeating: 0, count: 60), bars: 60)
    let policy = CountingPolicy()
    let strategy = PolicyStrategy(
        tenures: [9, 29].map { .init(firstDecision: $0, policy: policy, features: features) },
        translator: TradingTranslator(windowLength: 1, positionSize: 1, allowsShorting: false))
    let backtest = Backtest(history: history, span: 10..<50, rules: TradingRules(), startingCash: 1000)
    for _ in 0..<2 {
        // Asked at 9, 10 and 11, filled at 12; asked at 12 and 13, filled at 14. Then the same from 29 on.
        let outcome = backtest.run(strategy, using: RandomKey(seed: 0).stream("none"))
        #expect(outcome.fills.map(\.bar) == [12, 14, 32, 34])
    }
}
