import Agents
import Backtesting
import Brokerage
import Configuration
import Environments
import Foundation
import Indicators
import MarketData
import RandomNumbers
import Statistics

/// A strategy file and the prices it is tried on: trains where there is something to train, trades the unseen bars, and
/// gives back everything a report is made from.
package struct Experiment: Sendable {
    package let name: String
    package let configuration: StrategyConfiguration
    /// One for each symbol, in the order of the universe.
    package let plans: [SymbolPlan]
    /// Where one account is divided among all symbols; there are no plans of single symbols then.
    package let portfolio: PortfolioPlan?
    /// As the report will state them.
    package let conventions: Conventions
    package let purpose: Purpose
    let data: DataSummary
    /// Sentences for the reader of what comes of it.
    package let warnings: [String]

    /// Looks at everything that can be wrong before any work is done.
    ///
    /// - Parameters:
    ///   - name: Of the strategy.
    ///   - configuration: The strategy file.
    ///   - history: All symbols of the universe.
    /// - Throws: `ExperimentError` with what to change.
    package init(
        name: String, configuration: StrategyConfiguration, history: PriceHistory, purpose: Purpose = .backtest
    ) throws {
        self.name = name
        self.configuration = configuration
        self.purpose = purpose
        guard configuration.agent.learns || !purpose.isTraining else {
            throw ExperimentError(
                "\(name) is a rule (agent.kind: \(configuration.agent.kind.rawValue)) and has nothing to learn. Try it as it "
                    + "is with 'trader backtest --strategy \(name)', or train a strategy that learns, such as gated-dqn."
            )
        }
        try Experiment.checkName(name, of: configuration.agent.kind)
        if configuration.agent.kind == .buyAndHold,
            configuration.trading.stopLoss != nil || configuration.trading.takeProfit != nil
        {
            throw ExperimentError("buy-and-hold never sells: leave out trading.stopLoss and trading.takeProfit")
        }
        if configuration.agent.learns,
            let problem = configuration.agent.problem(
                windowLength: configuration.features.window, windowKey: "features.window")
        {
            throw ExperimentError("agent: \(problem)")
        }
        let series = try configuration.universe.symbols.map { symbol in
            guard let own = history.restricted(to: symbol), own.count > 0 else {
                throw ExperimentError("\(symbol) has no bars between the dates asked for")
            }
            return (symbol, own)
        }
        var warnings = purpose.models?.warnings(on: configuration.universe.symbols) ?? []
        let fill = Experiment.fillRule(configuration.trading.fill, series: series, warnings: &warnings)
        let isPortfolio = configuration.agent.isPortfolio
        guard isPortfolio || configuration.portfolio == PortfolioConfiguration() else {
            throw ExperimentError(
                "the keys of portfolio are for strategies that divide one account among all symbols, such as ucrp; "
                    + "\(configuration.agent.kind.rawValue) trades each by itself: leave them out")
        }
        let periods = try Experiment.periodsPerYear(
            configuration.evaluation, series: isPortfolio ? [("the portfolio", history)] : series,
            inOneReport: !purpose.isTraining)
        let rules = configuration.trading.rules(costs: configuration.costs, fill: fill)
        portfolio =
            isPortfolio
            ? try PortfolioPlan(history, configuration: configuration, fill: fill, periodsPerYear: periods.value) : nil
        plans =
            try configuration.agent.isPortfolio
            ? []
            : series.map { symbol, own in
                try SymbolPlan(
                    symbol: symbol, history: own, configuration: configuration, rules: rules, purpose: purpose)
            }
        conventions = Conventions(
            periodsPerYear: periods.value, periodsPerYearReason: periods.reason,
            riskFree: configuration.evaluation.riskFree, fill: fill.rawValue,
            costs: CostSummary(configuration.costs), startingCash: configuration.trading.startingCash,
            positionSize: configuration.trading.positionSize, lotSize: configuration.trading.lotSize,
            shorting: configuration.trading.shorting, stopLoss: configuration.trading.stopLoss,
            takeProfit: configuration.trading.takeProfit)
        data = DataSummary(
            fingerprint: history.fingerprint, symbols: configuration.universe.symbols,
            from: (plans.map { $0.times[0] } + [portfolio?.times.first].compactMap(\.self)).min() ?? "",
            to: (plans.map { $0.times[$0.times.count - 1] } + [portfolio?.times.last].compactMap(\.self)).max() ?? "",
            bars: series.reduce(0) { $0 + $1.1.count })
        self.warnings = warnings
    }

    /// Reports tell results apart by name, so what stands beside every strategy keeps its own.
    private static func checkName(_ name: String, of kind: AgentConfiguration.Kind) throws {
        let reserved =
            ["buy-and-hold", "moving-average-crossover", "random", "hindsight-optimum"]
            + portfolioBaselines.map(\.rawValue)
        guard !reserved.contains(name) || name == kind.rawValue else {
            throw ExperimentError(
                "'\(name)' is the name of what every strategy is compared with: give this one another (--set name=…, or "
                    + "rename its file)")
        }
    }

    /// Close-only series are filled at the next close, and a dubious open is named.
    private static func fillRule(
        _ asked: FillRule, series: [(String, PriceHistory)], warnings: inout [String]
    ) -> FillRule {
        if asked == .sameClose {
            warnings.append(
                "Fills at the same close (fill: sameClose) could not have been traded: a decision uses the very price it is "
                    + "filled at. Use these numbers only to compare with published tables.")
        }
        guard asked == .nextOpen else { return asked }
        let closeOnly = series.filter { !$0.1.has(.open, of: 0) }.map(\.0)
        if !closeOnly.isEmpty {
            warnings.append(
                "\(closeOnly.joined(separator: ", ")) \(closeOnly.count == 1 ? "has" : "have") no opening prices, so all "
                    + "orders of this run are filled at the next close (fill: nextClose).")
            return .nextClose
        }
        for (symbol, own) in series {
            let opens = own.column(.open, of: 0)
            let closes = own.column(.close, of: 0)
            let repeated = (1..<max(1, own.count)).count { opens[$0] == closes[$0 - 1] }
            // Where trade never pauses an open is the close before; where it pauses for the night that is rare.
            let pauses = (200...300).contains(PeriodsPerYear.inferred(from: own.times).value)
            if pauses, Double(repeated) > 0.2 * Double(own.count) {
                warnings.append(
                    "The open of \(symbol) equals the close before on \(repeated) of \(own.count) bars: the source seems "
                        + "to have no true open there, so fills at the open are doubtful. Consider --fill nextClose.")
            }
        }
        return .nextOpen
    }

    /// One factor for the whole report, so that its annual figures can be compared.
    ///
    /// - Throws: `ExperimentError` where symbols of one report differ by more than a tenth: bars of a day and of an hour, say.
    private static func periodsPerYear(
        _ evaluation: EvaluationConfiguration, series: [(String, PriceHistory)], inOneReport: Bool
    ) throws -> PeriodsPerYear {
        if let stated = evaluation.periodsPerYear { return PeriodsPerYear(value: stated, reason: "stated") }
        let inferred = series.map {
            (symbol: $0.0, periods: PeriodsPerYear.inferred(from: $0.1.times), bars: $0.1.count)
        }
        if inOneReport, let least = inferred.min(by: { $0.periods.value < $1.periods.value }),
            let most = inferred.max(by: { $0.periods.value < $1.periods.value }),
            most.periods.value > 1.1 * least.periods.value
        {
            throw ExperimentError(
                "\(least.symbol) has about \(Int(least.periods.value)) bars a year and \(most.symbol) about "
                    + "\(Int(most.periods.value)): annual figures of both cannot stand in one report. Run them apart, or "
                    + "state one number with --periods-per-year.")
        }
        return inferred.max { $0.bars < $1.bars }?.periods ?? PeriodsPerYear(value: 252, reason: "no bars")
    }

    /// Six hex digits that tell this configuration on these prices, with these models, from others: a part of the names of
    /// folders that the program chooses.
    package var identifier: String {
        let models = (purpose.models?.files ?? []).map {
            SHA256.hexadecimal(of: Array($0.policy.greedy.parameterBytes))
        }
        let text = ([ConfigurationFile.encode(configuration) + data.fingerprint] + models).joined(separator: "\n")
        return String(SHA256.hexadecimal(of: Array(text.utf8)).prefix(6))
    }

    /// The replicates a learned strategy is run with.
    package var seeds: [Int] { purpose.models?.files.map(\.seed) ?? Array(1...configuration.seeds.count) }

    var root: RandomKey { RandomKey(seed: configuration.seeds.root) }
}

extension CostSummary {
    init(_ costs: CostModel) {
        self.init(
            commissionBasisPoints: costs.commissionBasisPoints, commissionPerShare: costs.commissionPerShare,
            minimumCommission: costs.minimumCommission, spreadBasisPoints: costs.spreadBasisPoints,
            slippageBasisPoints: costs.slippageBasisPoints, borrowBasisPointsPerYear: costs.borrowBasisPointsPerYear)
    }
}
