import Backtesting
import Brokerage
import RandomNumbers
import Statistics

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
        // Of a ruined account nothing changes hands.
        let turnover = zip(outcome.tradedValue, outcome.equity).map { $1 > 0 ? $0 / $1 / 2 : 0 }
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
