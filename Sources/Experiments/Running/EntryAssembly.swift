import Backtesting
import Brokerage
import Environments
import Foundation
import MarketData
import RandomNumbers
import Statistics

/// Turns what became of an account into an entry of the result.
struct EntryAssembly {
    let plan: SymbolPlan
    let conventions: Conventions
    let benchmark: BacktestOutcome
    let optimum: BacktestOutcome
    let draws: Int
    let key: RandomKey

    /// Times and closes from the bar before the first test bar on, shape `[bars + 1]`.
    private var times: [String] {
        Array(plan.times[(plan.testSpan.lowerBound - 1)..<plan.testSpan.upperBound])
    }
    private var closes: [Double] {
        plan.quotes[(plan.testSpan.lowerBound - 1)..<plan.testSpan.upperBound].map(\.close)
    }

    func entry(
        name: String, kind: ResultEntry.Kind, seed: Int?, outcome: BacktestOutcome, trained: [TrainedFold]
    ) -> ResultEntry {
        let trades = outcome.trades(lastClose: plan.quotes[plan.testSpan.upperBound - 1].close)
        var measures = PerformanceSummary.measures(
            equity: outcome.equity, benchmark: benchmark.equity, periodsPerYear: conventions.periodsPerYear,
            riskFree: conventions.riskFree, positions: Array(outcome.exposure.dropFirst()),
            tradedValue: outcome.tradedValue, costs: outcome.costs, tradeProfits: trades.map(\.profit),
            tradeReturns: trades.map(\.profitShare))
        measures.append(Measure(name: "hindsightCapture", value: capture(outcome.equity)))
        return ResultEntry(
            name: name, kind: kind, symbol: plan.symbol, seed: seed, measures: measures, times: times, closes: closes,
            equity: outcome.equity, exposure: outcome.exposure, trades: trades.map(record),
            costs: CostsPaid(outcome.charges), foldOutcomes: foldOutcomes(outcome.equity, trades, trained),
            learningCurves: trained.compactMap(\.curve), unfilledOrders: outcome.unfilled,
            difference: outcome == benchmark ? nil : difference(outcome.equity, label: name, seed: seed))
    }

    /// ln(final / start) as a share of the optimum's.
    private func capture(_ equity: [Double]) -> MeasureValue {
        let best = log(optimum.equity[optimum.equity.count - 1] / optimum.equity[0])
        guard best > 0 else { return .undefined("even in hindsight nothing could be earned") }
        let final = equity[equity.count - 1]
        guard final > 0 else { return .undefined("the account was ruined") }
        return .value(log(final / equity[0]) / best)
    }

    private func record(_ trade: Trade) -> TradeRecord {
        let exit: TradeRecord.Exit =
            switch trade.exit {
            case .order: .order
            case .stopLoss: .stopLoss
            case .takeProfit: .takeProfit
            case .ruin: .ruin
            case .endOfData: .endOfData
            }
        return TradeRecord(
            entryTime: plan.times[trade.entryBar],
            exitTime: plan.times[trade.exitBar], shares: trade.shares,
            entryPrice: trade.entryPrice, exitPrice: trade.exitPrice, exit: exit, costs: trade.costs,
            profit: trade.profit, return: trade.profitShare)
    }

    /// The joined curve cut at the borders of the test spans.
    private func foldOutcomes(_ equity: [Double], _ trades: [Trade], _ trained: [TrainedFold]) -> [FoldOutcome] {
        // A fill at the close that was decided on earns from the next bar on, and belongs to the fold of that bar.
        let lag = plan.rules.fill == .sameClose ? 1 : 0
        return plan.folds.map { fold in
            let first = fold.test.lowerBound - plan.testSpan.lowerBound
            let curve = Array(equity[first...(first + fold.test.count)])
            let training = trained.first { $0.fold == fold.number }
            return FoldOutcome(
                fold: fold.number, from: plan.times[fold.test.lowerBound],
                to: plan.times[fold.test.upperBound - 1],
                totalReturn: curve[curve.count - 1] / curve[0] - 1, maxDrawdown: drawdowns(of: curve).max() ?? 0,
                trades: trades.count { fold.test.contains($0.entryBar + lag) }, chosenUpdate: training?.chosenUpdate,
                validationScore: training?.validationScore)
        }
    }

    private func difference(_ equity: [Double], label: String, seed: Int?) -> DifferenceSummary? {
        DifferenceSummary(
            equity, benchmark: benchmark.equity, periodsPerYear: conventions.periodsPerYear, draws: draws,
            key: seed.map { key.child(label).child($0) } ?? key.child(label))
    }
}

extension DifferenceSummary {
    /// Stationary bootstrap of the difference in log return per bar to the benchmark, annualised; nil where an account was
    /// ruined.
    init?(_ equity: [Double], benchmark: [Double], periodsPerYear: Double, draws: Int, key: RandomKey) {
        guard let differences = logReturnDifferences(equity: equity, benchmark: benchmark) else { return nil }
        var stream = key.stream("draws")
        guard let estimate = stationaryBootstrap(ofMean: differences, draws: draws, using: &stream) else { return nil }
        self.init(
            annualLogReturn: estimate.mean * periodsPerYear, lower: estimate.lower * periodsPerYear,
            upper: estimate.upper * periodsPerYear, pValue: estimate.pValue, blockLength: estimate.blockLength,
            draws: estimate.draws)
    }
}

extension CostsPaid {
    init(_ charges: Charges) {
        self.init(
            commission: charges.commission, spread: charges.spread, slippage: charges.slippage, borrow: charges.borrow)
    }
}
