import Backtesting
import Brokerage
import MarketData
import RandomNumbers

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
        func outcome(_ settings: AllocationConfiguration) throws -> PortfolioOutcome {
            try Task.checkCancellation()
            return plan.backtest(plan.rules, startingCash: configuration.trading.startingCash)
                .run(allocator(settings, plan), using: key.stream(settings.rule.rawValue))
        }
        let holding = try outcome(AllocationConfiguration(.uniformBuyAndHold))
        var entries: [ResultEntry] = []
        for (name, settings) in rules where !entries.contains(where: { $0.name == name }) {
            let own = try outcome(settings)
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
