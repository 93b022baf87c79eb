import Agents
import Backtesting
import Brokerage
import Environments
import Foundation
import MarketData
import RandomNumbers
import Statistics

extension Experiment {
    /// Everything that is measured on one symbol: the strategy, once for each seed if it learns; the baselines; the bound.
    ///
    /// - Throws: `CancellationError` when the surrounding task is cancelled.
    func entries(for plan: SymbolPlan, trained: [TrainedFold]) throws -> [ResultEntry] {
        let backtest = Backtest(
            history: plan.history, span: plan.testSpan, rules: plan.rules,
            startingCash: configuration.trading.startingCash)
        let key = root.child("backtest").child(plan.symbol)
        let optimum = try HindsightOptimum.outcome(of: backtest)
        let size = configuration.trading.positionSize
        // Who holds does not sell: stops and targets are for the others.
        var unprotected = plan.rules
        unprotected.stopLoss = nil
        unprotected.takeProfit = nil
        let holding = Backtest(
            history: plan.history, span: plan.testSpan, rules: unprotected,
            startingCash: configuration.trading.startingCash
        ).run(BuyAndHold(positionSize: size), using: key.stream("buy-and-hold"))
        let assembly = EntryAssembly(
            plan: plan, conventions: conventions, benchmark: holding, optimum: optimum,
            draws: configuration.evaluation.bootstrapDraws, key: root.child("bootstrap").child(plan.symbol))

        var entries: [ResultEntry] = []
        func add(_ name: String, _ outcome: BacktestOutcome, kind: ResultEntry.Kind = .rule, seed: Int? = nil) {
            // A strategy that is one of the baselines is not shown twice.
            guard !entries.contains(where: { $0.name == name && $0.seed == seed }) else { return }
            let own = kind == .learned ? trained.filter { $0.seed == seed } : []
            entries.append(assembly.entry(name: name, kind: kind, seed: seed, outcome: outcome, trained: own))
        }
        let crossover = MovingAverageCrossover(
            fast: configuration.evaluation.fastAverage, slow: configuration.evaluation.slowAverage, positionSize: size,
            allowsShorting: plan.rules.allowsShorting)
        var outcomes: [BacktestOutcome] = []
        switch configuration.agent {
        case .gatedDQN, .lstmDQN, .convolutionDQN, .dqn, .drqn:
            for seed in seeds {
                let strategy = PolicyStrategy(
                    tenures: zip(plan.folds, trained.filter { $0.seed == seed }).map { fold, trained in
                        PolicyStrategy.Tenure(
                            firstDecision: fold.test.lowerBound - 1, policy: trained.policy, features: trained.features)
                    }, translator: plan.translator(configuration))
                outcomes.append(backtest.run(strategy, using: key.child(seed).stream("policy")))
                add(name, outcomes[outcomes.count - 1], kind: .learned, seed: seed)
            }
        case .buyAndHold:
            outcomes = [holding]
            add(name, holding)
        case .movingAverageCrossover(let settings):
            let strategy = MovingAverageCrossover(
                fast: settings.fast, slow: settings.slow, positionSize: size, allowsShorting: plan.rules.allowsShorting)
            outcomes = [backtest.run(strategy, using: key.stream("rule"))]
            add(name, outcomes[0])
        case .allocation: preconditionFailure("an allocation rule trades all symbols in one account")
        }
        add("buy-and-hold", holding)
        add("moving-average-crossover", backtest.run(crossover, using: key.stream("crossover")))
        // Orders as often as the strategy's, in the median, so that the difference is in knowing when.
        let fills = median(of: outcomes.map { Double($0.fills.count { $0.reason == .order }) }) ?? 0
        let random = RandomTrading(
            probability: min(1, fills / Double(plan.testSpan.count)), positionSize: size,
            allowsShorting: plan.rules.allowsShorting)
        for seed in seeds {
            add("random", backtest.run(random, using: key.child(seed).stream("random")), seed: seed)
        }
        add("hindsight-optimum", optimum, kind: .bound)
        return entries
    }
}
