import Backtesting
import Brokerage
import Environments
import Foundation
import MarketData
import RandomNumbers
import Statistics

extension Experiment {
    /// The allocator of a rule.
    private func allocator(_ settings: AllocationConfiguration, _ plan: PortfolioPlan) -> any Allocator {
        switch settings.rule {
        case .uniformBuyAndHold: UniformBuyAndHold()
        default:
            RuleAllocator(
                settings.allocationRule(
                    assets: plan.history.symbols.count, hindsight: plan.testRelatives, key: root.child("allocation")),
                // What it knows of the future counts an absent symbol as cash.
                keepsAbsentInCash: settings.rule == .bestConstantRebalanced)
        }
    }

    /// Everything that is measured on a portfolio: the strategy, the baselines, the bound.
    ///
    /// - Throws: `CancellationError` when the surrounding task is cancelled.
    func portfolioEntries(_ plan: PortfolioPlan, _ own: AllocationConfiguration) throws -> [ResultEntry] {
        let key = root.child("backtest").child("portfolio")
        let rules: [(name: String, settings: AllocationConfiguration)] =
            [(name, own)] + Experiment.portfolioBaselines.map { ($0.rawValue, AllocationConfiguration($0)) }
        func outcome(_ settings: AllocationConfiguration, _ portfolioRules: PortfolioRules) throws -> PortfolioOutcome {
            try Task.checkCancellation()
            return plan.backtest(portfolioRules, startingCash: configuration.trading.startingCash)
                .run(allocator(settings, plan), using: key.stream(settings.rule.rawValue))
        }
        let holding = try outcome(AllocationConfiguration(.uniformBuyAndHold), plan.rules)
        var entries: [ResultEntry] = []
        for (name, settings) in rules where !entries.contains(where: { $0.name == name }) {
            let own = try outcome(settings, plan.rules)
            let sweep = try Experiment.sweptBasisPoints.map { basisPoints in
                var costs = CostModel.none
                costs.commissionBasisPoints = basisPoints
                var rules = plan.rules
                rules.cost = costs.rebalancing(rules.cost.law)
                try Task.checkCancellation()
                let swept = plan.backtest(rules, startingCash: configuration.trading.startingCash)
                    .run(RecordedAllocator(own), using: key.stream("sweep"))
                return CostSweepPoint(
                    basisPoints: basisPoints,
                    totalReturn: swept.equity[swept.equity.count - 1] / swept.equity[0] - 1)
            }
            entries.append(
                PortfolioAssembly(
                    plan: plan, conventions: conventions, costs: configuration.costs, benchmark: holding,
                    draws: configuration.evaluation.bootstrapDraws, key: root.child("bootstrap").child("portfolio")
                ).entry(
                    name: name, kind: settings.rule == .bestConstantRebalanced ? .bound : .rule, outcome: own,
                    sweep: sweep))
        }
        return entries
    }

    /// What every portfolio is held against.
    static let portfolioBaselines: [AllocationConfiguration.Rule] = [
        .uniformBuyAndHold, .uniformConstantRebalanced, .minimumVariance, .bestConstantRebalanced,
    ]

    /// Costs at which results are shown beside the run's own.
    static let sweptBasisPoints = [0.0, 5, 10, 25, 50]
}

/// Turns what became of a portfolio into an entry of the result.
struct PortfolioAssembly {
    let plan: PortfolioPlan
    let conventions: Conventions
    let costs: CostModel
    let benchmark: PortfolioOutcome
    let draws: Int
    let key: RandomKey

    func entry(
        name: String, kind: ResultEntry.Kind, outcome: PortfolioOutcome, sweep: [CostSweepPoint]
    ) -> ResultEntry {
        let measures = PerformanceSummary.measures(
            equity: outcome.equity, benchmark: benchmark.equity, periodsPerYear: conventions.periodsPerYear,
            riskFree: conventions.riskFree, positions: outcome.weights.dropFirst().map { 1 - $0[0] },
            tradedValue: outcome.tradedValue, costs: outcome.costs, tradeProfits: [], tradeReturns: []
        ).filter { !$0.name.hasSuffix("Trades") && $0.name != "trades" && $0.name != "averageTradeReturn" }
        let turnover = zip(outcome.tradedValue, outcome.equity).map { $0 / $1 / 2 }
        var entry = ResultEntry(
            name: name, kind: kind, symbol: nil, seed: nil, measures: measures,
            times: Array(plan.times[(plan.testSpan.lowerBound - 1)..<plan.testSpan.upperBound]), closes: [],
            equity: outcome.equity, exposure: outcome.weights.map { 1 - $0[0] }, trades: [],
            costs: paid(outcome.costs.reduce(0, +)), foldOutcomes: foldOutcomes(outcome.equity), learningCurves: [],
            unfilledOrders: outcome.refused == 0 ? [:] : ["noPrice": outcome.refused],
            difference: outcome == benchmark ? nil : difference(outcome.equity, label: name))
        entry.allocation = AllocationRecord(
            symbols: plan.history.symbols, weights: outcome.weights, gains: outcome.gains,
            turnoverPerBar: turnover.reduce(0, +) / Double(max(1, turnover.count)), costSweep: sweep)
        return entry
    }

    /// The sum by kind: all are shares of the value traded.
    private func paid(_ total: Double) -> CostsPaid {
        let rate = costs.commissionBasisPoints + costs.spreadBasisPoints / 2 + costs.slippageBasisPoints
        guard rate > 0 else { return CostsPaid(commission: 0, spread: 0, slippage: 0, borrow: 0) }
        return CostsPaid(
            commission: total * costs.commissionBasisPoints / rate, spread: total * costs.spreadBasisPoints / 2 / rate,
            slippage: total * costs.slippageBasisPoints / rate, borrow: 0)
    }

    private func foldOutcomes(_ equity: [Double]) -> [FoldOutcome] {
        plan.folds.map { fold in
            let first = fold.test.lowerBound - plan.testSpan.lowerBound
            let curve = Array(equity[first...(first + fold.test.count)])
            return FoldOutcome(
                fold: fold.number, from: plan.times[fold.test.lowerBound], to: plan.times[fold.test.upperBound - 1],
                totalReturn: curve[curve.count - 1] / curve[0] - 1, maxDrawdown: drawdowns(of: curve).max() ?? 0,
                trades: 0, chosenUpdate: nil, validationScore: nil)
        }
    }

    private func difference(_ equity: [Double], label: String) -> DifferenceSummary? {
        DifferenceSummary(
            equity, benchmark: benchmark.equity, periodsPerYear: conventions.periodsPerYear, draws: draws,
            key: key.child(label))
    }
}
