import Brokerage
import Environments
import Experiments

/// What one model says, and which model it is.
package struct ModelSignal: Sendable {
    /// As the user named it.
    package let path: String
    package let model: ModelFile
    package let signal: Signal

    package init(path: String, model: ModelFile, signal: Signal) {
        self.path = path
        self.model = model
        self.signal = signal
    }

    /// What the action means for what is held.
    var decision: String {
        let place =
            switch signal.fill {
            case .nextOpen: "at the next open"
            case .nextClose: "at the next close"
            case .sameClose: "at this very close, which nobody can"
            }
        switch (signal.action, signal.position.direction) {
        case (.hold, .flat): return "stay out"
        case (.hold, .long), (.hold, .short): return "keep the position"
        case (.buy, .short): return "buy back \(place)"
        case (.buy, _): return "buy \(place)"
        case (.sell, .long): return "sell \(place)"
        case (.sell, _): return "sell short \(place)"
        }
    }

    /// One word for an action.
    static func name(_ action: TradingAction) -> String { "\(action)" }
}

/// What models would do, for people: one in full, several in a table.
/// - Precondition: there is one.
package func signalText(_ asked: [ModelSignal]) -> String {
    (asked.count == 1 ? fullText(asked[0]) : table(asked)).map { $0 + "\n" }.joined()
}

private func fullText(_ asked: ModelSignal) -> [String] {
    let signal = asked.signal
    let model = asked.model
    var lines = [
        "\(model.name) on \(signal.symbol) after the close of \(signal.time), \(NumberText.plain(signal.close)): "
            + "\(asked.decision)", "",
    ]
    for (action, value) in signal.values.sorted(by: { $0.value > $1.value }) {
        let name = ModelSignal.name(action)
        lines.append(
            "  \(name)\(String(repeating: " ", count: 5 - name.count))"
                + NumberText.decimal(value, decimals: 6, alwaysSigned: true))
    }
    lines.append("")
    if let lead = signal.lead {
        let share = NumberText.decimal(lead, decimals: 6)
        lines += Prose.wrapped(
            "The best is ahead of the second by \(share). A value is what the model expects of the coming bars: the sum of "
                + "\(model.rewardInWords), each bar ahead counted \(NumberText.plain(model.discount)) times the one before "
                + "it.", width: 96)
    }
    lines += Prose.wrapped("Position: \(position(signal)).", width: 96)
    let score = NumberText.signedPercent(model.validationScore, decimals: 3)
    lines += Prose.wrapped(
        "Model: trained on \(model.symbol), seed \(model.seed), has seen bars up to \(model.trainedThrough)"
            + (signal.age > 0 ? ", \(Prose.count(signal.age, "bar")) before this one" : "")
            + "; validation \(score) a bar at update \(NumberText.integer(model.update)).", width: 96)
    return lines + signal.warnings.flatMap { Prose.wrapped("Warning: \($0)", width: 96) }
}

private func position(_ signal: Signal) -> String {
    let position = signal.position
    guard position.direction != .flat else { return "flat (--position long or short for another)" }
    let price = position.entryPrice ?? signal.close
    let bars = position.barsHeld ?? 1
    var text = "\(position.direction) for \(Prose.count(bars, "bar")), entered at \(NumberText.plain(price))"
    let assumed =
        (position.entryPrice == nil ? ["--entry-price"] : []) + (position.barsHeld == nil ? ["--bars-held"] : [])
    if !assumed.isEmpty {
        text += ", assumed because \(Prose.list(assumed)) \(assumed.count == 1 ? "is" : "are") not given"
    }
    return text
}

private func table(_ asked: [ModelSignal]) -> [String] {
    var lines: [String] = []
    let width = asked.map(\.path.count).max() ?? 0
    for item in asked {
        let values = item.signal.values.map { action, value in
            "\(ModelSignal.name(action)) \(NumberText.decimal(value, decimals: 6, alwaysSigned: true))"
        }
        lines.append(
            item.path + String(repeating: " ", count: width - item.path.count)
                + "  \(item.signal.symbol)  \(item.signal.time)  \(item.decision)  (\(values.joined(separator: ", ")))")
    }
    let counts = asked.reduce(into: [String: Int]()) { $0[$1.decision, default: 0] += 1 }
    let ranking = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    lines += ["", ranking.map { "\($0.value) of \(asked.count): \($0.key)" }.joined(separator: "; ") + "."]
    lines += ["Position: \(position(asked[0].signal))."]
    var warnings: [String] = []
    for warning in asked.flatMap(\.signal.warnings) where !warnings.contains(warning) { warnings.append(warning) }
    return lines + warnings.flatMap { Prose.wrapped("Warning: \($0)", width: 96) }
}
