import Agents
import Brokerage
import Environments
import Foundation
import Indicators
import MarketData

/// What a model would do after the last bar, and what that rests on.
package struct Signal: Sendable {
    package let symbol: String
    /// Of the last bar, ISO 8601.
    package let time: String
    package let close: Double
    package let position: AssumedPosition
    /// What the network read: scaled features of the last bars, shape `[rows, F]`, oldest first, and their names. T rows, or
    /// more where what is carried goes back further.
    package let window: [[Float]]
    package let features: [String]
    /// What it saw of the account, `AccountFeatures`.
    package let numbers: [Float]
    /// Valid actions in the order of the network's outputs, with their values in units of reward: the network's numbers
    /// over `ModelFile.rewardScale`.
    package let values: [(action: TradingAction, value: Double)]
    /// The valid action of highest value.
    package let action: TradingAction
    /// When an order would be filled.
    package let fill: FillRule
    /// Bars since the last one that the model has seen; 0 or less where it has seen the last bar.
    package let age: Int
    /// What makes the answer doubtful, in sentences.
    package let warnings: [String]

    /// Asks a model.
    ///
    /// - Parameters:
    ///   - history: One symbol's, from where the model's own began; the last bar is the one that is decided at.
    ///   - position: What is held.
    /// - Throws: `ExperimentError` where there are too few bars, or the position cannot be held.
    package init(of model: ModelFile, on history: PriceHistory, holding position: AssumedPosition) throws {
        precondition(history.symbols.count == 1 && history.count > 0, "a signal is about one symbol's last bar")
        let configuration = model.configuration
        let symbol = history.symbols[0]
        let allowsShorting = configuration.trading.shorting
        guard allowsShorting || position.direction != .short else {
            throw ExperimentError("the model has not learned to sell short (trading.shorting is no): no short position")
        }
        let raw = try SymbolPlan.features(configuration.features, of: history, canChange: false)
        let length = configuration.features.window
        let now = history.count - 1
        let scaled = model.scaler.apply(to: raw, clip: configuration.features.clip)
        guard scaled.firstUsableBar(windowLength: length) <= now else {
            throw ExperimentError(
                "\(symbol): \(history.count) \(history.count == 1 ? "bar is" : "bars are") too few: the model's window needs "
                    + "\(scaled.firstUsableBar(windowLength: length) + 1). Ingest more history.")
        }
        let translator = TradingTranslator(
            windowLength: length, positionSize: configuration.trading.positionSize, allowsShorting: allowsShorting)
        let close = history.column(.close, of: 0)[now]
        let ledger = position.ledger(close: close, now: now)
        let observation = TradingObservation(
            window: scaled.window(endingAt: now, length: length),
            account: translator.accountFeatures(of: ledger, close: close, now: now),
            validActions: translator.validActions(shares: ledger.shares))
        var policy = model.policy
        let seen = history.bars(before: Timestamp(seconds: model.seenThrough.seconds + 1))
        var first = now
        if configuration.agent.sequences != nil {
            // What is carried is what a backtest carries that begins as early as may be.
            first = min(now, max(scaled.firstUsableBar(windowLength: length), seen + configuration.embargo - 1))
        }
        for bar in first..<now { policy.read(scaled.window(endingAt: bar, length: length)) }
        let decision = policy.decision(for: observation)

        self.symbol = symbol
        self.position = position
        self.close = close
        time = history.times[now].text(withTimeOfDay: history.times.contains { $0.secondOfDay != 0 })
        window = (first + 1 - length...now).map { bar in
            Array(scaled.values[bar * scaled.features..<(bar + 1) * scaled.features])
        }
        features = scaled.names
        numbers = (0..<AccountFeatures.count).map { observation.account.values[$0] }
        values = TradingAction.allCases.filter(observation.validActions.contains).map {
            ($0, Double(decision.values[Int($0.rawValue)]) / model.rewardScale)
        }
        action = TradingAction(decision)
        fill =
            configuration.trading.fill == .nextOpen && !history.has(.open, of: 0)
            ? .nextClose : configuration.trading.fill
        age = history.count - seen
        warnings = Signal.warnings(model, symbol: symbol, window: window, isSeen: age <= 0)
    }

    private static func warnings(
        _ model: ModelFile, symbol: String, window: [[Float]], isSeen: Bool
    ) -> [String] {
        var warnings: [String] = []
        if symbol != model.symbol { warnings.append("The model was trained on \(model.symbol), not on \(symbol).") }
        if isSeen {
            warnings.append(
                "The model was trained on this bar: it has seen bars up to \(model.trainedThrough), and what it says of them "
                    + "shows what it has learned by heart.")
        }
        let clip = Float(model.configuration.features.clip)
        let clipped = model.scaler.names.indices.compactMap { feature in
            let bars = window.count { abs($0[feature]) >= clip }
            return bars == 0 ? nil : "\(model.scaler.names[feature]) (\(bars) of \(window.count) bars)"
        }
        if !clipped.isEmpty {
            warnings.append(
                "Unlike nearly all of the training, and cut at ±\(model.configuration.features.clip) deviations: "
                    + "\(clipped.joined(separator: ", ")).")
        }
        return warnings
    }

    /// How far the best value is ahead of the second, in units of reward; nil where there is no choice.
    package var lead: Double? {
        let sorted = values.map(\.value).sorted(by: >)
        return sorted.count > 1 ? sorted[0] - sorted[1] : nil
    }
}
