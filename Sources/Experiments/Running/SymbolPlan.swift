import Backtesting
import Brokerage
import Environments
import Foundation
import Indicators
import MarketData

/// One symbol, ready to be traded: its bars, the rules, the folds, and what agents may see.
package struct SymbolPlan: Sendable {
    package let symbol: String
    /// This symbol alone, on its own time axis.
    package let history: PriceHistory
    package let quotes: [QuotedBar]
    /// ISO 8601, one for each bar, all with a time of day or all without.
    package let times: [String]
    package let rules: TradingRules
    /// In order of time; in a training that tests nothing, one whose test span is empty.
    package let folds: [Fold]
    /// Unscaled features; nil for a strategy that does not learn.
    package let raw: RawFeatures?

    /// All bars that are traded out of sample.
    package var testSpan: Range<Int> { folds[0].test.lowerBound..<folds[folds.count - 1].test.upperBound }

    /// Some of the bars as results name them.
    /// - Precondition: there is one.
    func span(_ bars: Range<Int>) -> FoldSummary.Span {
        FoldSummary.Span(from: times[bars.lowerBound], to: times[bars.upperBound - 1], bars: bars.count)
    }

    /// - Throws: `ExperimentError` naming the symbol and what to change.
    package init(
        symbol: String, history: PriceHistory, configuration: StrategyConfiguration, rules: TradingRules,
        purpose: Experiment.Purpose
    ) throws {
        self.symbol = symbol
        self.history = history
        self.rules = rules
        quotes = history.quotes()
        let hasTimesOfDay = history.times.contains { $0.secondOfDay != 0 }
        times = history.times.map { $0.text(withTimeOfDay: hasTimesOfDay) }
        raw =
            configuration.agent.learns
            ? try SymbolPlan.features(configuration.features, of: history, canChange: purpose.models == nil) : nil
        do {
            switch purpose {
            case .backtest: folds = try SymbolPlan.split(history, raw: raw, configuration: configuration)
            case .training: folds = [try SymbolPlan.wholePast(of: history, raw: raw, configuration: configuration)]
            case .evaluation(let models):
                folds = [try models.fold(on: symbol, history, raw: raw, configuration: configuration)]
                return
            }
        } catch let error as TooFewBars {
            throw ExperimentError(
                "\(symbol): \(error.description). Ingest more history, widen --from/--to, or change "
                    + (purpose.isTraining
                        ? "features.window and the features."
                        : "the folds (walkForward.folds, walkForward.testBars, walkForward.trainingBars, walkForward.testFrom).")
            )
        } catch let error as TrainingTooShort {
            throw ExperimentError("\(error)")
        }
    }

    /// - Parameter canChange: Whether other features could be chosen.
    /// - Throws: `ExperimentError`.
    static func features(
        _ configuration: FeatureConfiguration, of history: PriceHistory, canChange: Bool
    ) throws -> RawFeatures {
        do {
            let features = try configuration.columns.map { try Feature(parsing: $0) }
            return try FeatureSet(features: features).raw(from: history)
        } catch let error as FeatureError {
            guard canChange else {
                throw ExperimentError(
                    "features.columns: \(error.problem). The features of a model are those it has learned with: ingest prices "
                        + "that they can be computed from, or train another model (trader train).")
            }
            let remedy =
                history.has(.open, of: 0)
                ? ""
                : " For series of closes: --set 'features.columns=[closeReturn, sma, macd, rsi, bollinger, volatility]'"
            throw ExperimentError("features.columns: \(error.description).\(remedy)")
        }
    }

    /// Least spans that deserve their names, for whoever learns: a training span of five windows and at least 100 bars, a
    /// validation and a test span of 20 bars, a month of days.
    private static func needs(_ configuration: StrategyConfiguration, raw: RawFeatures?) -> WalkForward.Needs {
        let window = configuration.features.window
        let learns = configuration.agent.learns
        return WalkForward.Needs(
            firstUsableBar: raw.map { $0.firstCompleteBar + window - 1 } ?? 0,
            trainingBars: learns ? max(100, 5 * window) : 1, validationBars: learns ? 20 : 0, testBars: learns ? 20 : 2)
    }

    /// The fold of a training that tests nothing.
    private static func wholePast(
        of history: PriceHistory, raw: RawFeatures?, configuration: StrategyConfiguration
    ) throws -> Fold {
        let settings = configuration.walkForward
        return try WalkForward(
            scheme: settings.scheme == .anchored ? .anchored : .rolling, folds: 1, firstTestBar: history.count,
            testBars: nil, trainingBars: settings.trainingBars, validationFraction: settings.validationFraction,
            embargo: 0
        ).wholePast(count: history.count, needs: needs(configuration, raw: raw))
    }

    /// The folds of a backtest.
    private static func split(
        _ history: PriceHistory, raw: RawFeatures?, configuration: StrategyConfiguration
    ) throws -> [Fold] {
        let settings = configuration.walkForward
        let embargo = configuration.embargo
        var firstTestBar: Int?
        if let date = settings.testFrom {
            guard let time = Timestamp(iso8601: date) else {
                throw ExperimentError("walkForward.testFrom is '\(date)', expected a date such as 2008-01-02")
            }
            firstTestBar = history.bars(before: time)
            if firstTestBar == history.count {
                throw ExperimentError(
                    "walkForward.testFrom is \(date), but the last bar is of \(history.times[history.count - 1])")
            }
        } else if let trainingBars = settings.trainingBars {
            firstTestBar = trainingBars + embargo
        }
        let scheme: WalkForward.Scheme = settings.scheme == .anchored ? .anchored : .rolling
        let needs = needs(configuration, raw: raw)
        if let testBars = settings.testBars, testBars < needs.testBars {
            throw ExperimentError(
                "walkForward.testBars is \(testBars), but a test span has at least \(needs.testBars) bars")
        }
        func split(of count: Int) -> WalkForward {
            WalkForward(
                scheme: scheme, folds: settings.folds, firstTestBar: firstTestBar ?? count / 2,
                testBars: settings.testBars, trainingBars: settings.trainingBars,
                validationFraction: settings.validationFraction, embargo: embargo)
        }
        func folds(of count: Int) throws -> [Fold] { try split(of: count).folds(count: count, needs: needs) }
        if settings.testFrom == nil, let trainingBars = settings.trainingBars {
            // Where it says where testing begins, no longer history makes up for too few.
            try split(of: history.count).check(trainingBars: trainingBars, warmUp: needs.firstUsableBar, needs: needs)
        }
        do {
            return try folds(of: history.count)
        } catch var tooFew as TooFewBars where firstTestBar == nil {
            // More bars move the middle, where testing begins, so that the number needed is found by trying.
            tooFew.needed = leastCount(above: history.count) { (try? folds(of: $0)) != nil }
            tooFew.why += "; testing begins in the middle"
            throw tooFew
        }
    }

    /// The first number of bars that is enough, where any larger one is enough too.
    private static func leastCount(above tooFew: Int, isEnough: (Int) -> Bool) -> Int {
        var least = tooFew
        var enough = max(2, 2 * tooFew)
        while !isEnough(enough) { (least, enough) = (enough, 2 * enough) }
        while enough - least > 1 {
            let middle = least + (enough - least) / 2
            if isEnough(middle) { enough = middle } else { least = middle }
        }
        return enough
    }

    /// What orders mean and agents see of the account, for training and backtest alike.
    package func translator(_ configuration: StrategyConfiguration) -> TradingTranslator {
        TradingTranslator(
            windowLength: configuration.features.window, positionSize: configuration.trading.positionSize,
            allowsShorting: rules.allowsShorting)
    }
}

extension StrategyConfiguration {
    /// Bars left out between what is learned from and what is tested.
    var embargo: Int { walkForward.embargoBars ?? features.window }
}

/// Why an experiment cannot be run as asked: a fault of the input, not of the program.
package struct ExperimentError: Error, Equatable, CustomStringConvertible {
    package let description: String

    package init(_ description: String) { self.description = description }
}
