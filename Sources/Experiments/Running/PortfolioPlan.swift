import Backtesting
import Brokerage
import Foundation
import MarketData

/// All symbols of a universe, ready to be traded as one portfolio.
package struct PortfolioPlan: Sendable {
    package let history: PriceHistory
    /// ISO 8601, one for each bar, all with a time of day or all without.
    package let times: [String]
    package let rules: PortfolioRules
    /// In order of time.
    package let folds: [Fold]

    /// All bars that are traded out of sample.
    package var testSpan: Range<Int> { folds[0].test.lowerBound..<folds[folds.count - 1].test.upperBound }

    /// - Throws: `ExperimentError` naming what to change.
    init(
        _ history: PriceHistory, configuration: StrategyConfiguration, fill: FillRule, periodsPerYear: Double
    ) throws {
        let costs = configuration.costs
        guard costs.commissionPerShare == 0, costs.minimumCommission == 0 else {
            throw ExperimentError(
                "costs.commissionPerShare and costs.minimumCommission depend on numbers of shares, which the weights of a "
                    + "portfolio do not have: set them to 0 and state what trading costs in basis points")
        }
        let trading = configuration.trading
        guard trading.stopLoss == nil, trading.takeProfit == nil, !trading.shorting, trading.lotSize == 0,
            trading.positionSize == 1
        else {
            throw ExperimentError(
                "trading.stopLoss, takeProfit, shorting, lotSize and positionSize are of accounts that trade one symbol: "
                    + "leave them out; a portfolio has portfolio.maximumWeight")
        }
        self.history = history
        let hasTimesOfDay = history.times.contains { $0.secondOfDay != 0 }
        times = history.times.map { $0.text(withTimeOfDay: hasTimesOfDay) }
        let settings = configuration.portfolio
        rules = PortfolioRules(
            cost: costs.rebalancing(settings.costLaw), fill: fill, cap: settings.maximumWeight,
            cashReturn: pow(1 + settings.cashReturn, 1 / periodsPerYear) - 1, band: settings.band)
        do {
            folds = try SymbolPlan.split(history, raw: nil, configuration: configuration)
        } catch let error as TooFewBars {
            throw ExperimentError(
                "\(error.description). Ingest more history, widen --from/--to, or change the folds (walkForward.folds, "
                    + "walkForward.testBars, walkForward.trainingBars, walkForward.testFrom).")
        }
    }

    /// What a reader of the report has to know of the data, and of a rule that knows too much.
    func warnings(of kind: AgentConfiguration.Kind) -> [String] {
        var warnings: [String] = []
        if kind == .bestConstantRebalanced {
            warnings.append(
                "bcrp was chosen with the very prices it is tested on: it is a bound that nobody could have known, and nothing "
                    + "of it is out of sample.")
        }
        let late = history.symbols.indices.filter { asset in
            !history.column(.close, of: asset)[..<testSpan.lowerBound].contains { !$0.isNaN }
        }
        if !late.isEmpty {
            let names = late.map { history.symbols[$0] }.joined(separator: ", ")
            warnings.append(
                "\(names) \(late.count == 1 ? "begins" : "begin") after the start of the test: ubah, which others are held "
                    + "against, never holds \(late.count == 1 ? "it" : "them").")
        }
        return warnings
    }

    /// A backtest of the test span.
    func backtest(_ rules: PortfolioRules, startingCash: Double) -> PortfolioBacktest {
        PortfolioBacktest(history: history, span: testSpan, rules: rules, startingCash: startingCash)
    }

    /// Price relatives of the test span, close over the close before, shape `[bars][assets]`; 1 where an asset has no bar.
    var testRelatives: [[Double]] {
        let columns = history.symbols.indices.map { asset in
            var latest = history.column(.close, of: asset)[..<testSpan.lowerBound].last { !$0.isNaN } ?? .nan
            return testSpan.map { bar in
                let close = history.column(.close, of: asset)[bar]
                guard !close.isNaN else { return 1.0 }
                defer { latest = close }
                return latest.isNaN ? 1 : close / latest
            }
        }
        return (0..<testSpan.count).map { bar in columns.map { $0[bar] } }
    }
}
