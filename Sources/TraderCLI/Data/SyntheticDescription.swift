import Configuration
import Foundation
import MarketData

/// What `trader data generate` made, and what is known of it.
struct SyntheticDescription: Encodable {
    /// The law of the log return from the first price to the last close.
    struct LogReturn: Encodable {
        let mean: Double
        let standardDeviation: Double
    }

    let file: String
    let model: String
    /// As they would be written after `--set`.
    let parameters: [String: String]
    let seed: UInt64
    let interval: String
    let symbols: [String]
    let barsPerSymbol: Int
    let from: Timestamp
    let to: Timestamp
    let expectedLogReturn: LogReturn

    init(file: String, symbols: [String], bars: Int, maker: SyntheticHistory) throws {
        let configuration = maker.configuration
        var collector = ParameterCollector()
        var described = configuration
        described.describe(to: &collector)
        let law = configuration.model.market.logReturnLaw(
            bars: bars, yearsPerBar: maker.calendar.interval.yearsPerBar)
        self.file = file
        model = configuration.model.kind.rawValue
        parameters = collector.parameters
        seed = maker.seed
        interval = maker.calendar.interval.rawValue
        self.symbols = symbols
        barsPerSymbol = bars
        from = maker.calendar.start
        to = try maker.calendar.time(of: bars - 1)
        expectedLogReturn = LogReturn(mean: law.mean, standardDeviation: max(0, law.variance).squareRoot())
    }

    /// For people.
    var text: String {
        func rounded(_ number: Double) -> String { String(format: "%.4g", number) }
        let names = symbols.prefix(5).joined(separator: ", ") + (symbols.count > 5 ? ", …" : "")
        return """
            \(file): \(model), seed \(seed)
              \(names): \(barsPerSymbol) bars of one \(interval) each, \(from) to \(to)
              Expected log return over all bars: \(rounded(expectedLogReturn.mean)), \
            standard deviation \(rounded(expectedLogReturn.standardDeviation))
            """
    }
}

/// The keys of a configuration with their values.
private struct ParameterCollector: FieldVisitor {
    var parameters: [String: String] = [:]

    mutating func field<Value: ConfigurationValue>(
        _ key: String, _ value: inout Value, _ documentation: String, _ rules: Rule<Value>...
    ) {
        parameters[key] = value.written
    }

    mutating func section<Section: Configurable>(_ key: String, _ section: inout Section, _ documentation: String) {
        section.describe(to: &self)
    }

    mutating func choice<Choice: ConfigurableChoice>(_ choice: inout Choice) { choice.describeChosen(to: &self) }
}

/// `trader data generate --list`: the models with their parameters.
struct SyntheticModelList: Encodable {
    struct Model: Encodable {
        let model: String
        let summary: String
        let parameters: [Parameter]
    }

    struct Parameter: Encodable {
        let key: String
        let `default`: String
        let type: String
        let rules: String
        let documentation: String

        init(_ reference: KeyReference) {
            key = reference.path
            `default` = reference.defaultValue
            type = reference.type
            rules = reference.rules
            documentation = reference.documentation
        }
    }

    let models: [Model]
    /// Parameters that every model has.
    let common: [Parameter]

    /// - Parameter model: the only one to list; nil for all.
    /// - Throws: `ConfigurationProblems` where no model has that name.
    init(model: String?) throws {
        let only = try model.map { try SyntheticConfiguration(model: $0, modelOption: "model").model.kind }
        let keys = keyReference(for: SyntheticConfiguration.self).filter { $0.path != "kind" }
        models = SyntheticModel.Kind.allCases.filter { only == nil || $0 == only }.map { kind in
            Model(
                model: kind.rawValue, summary: kind.summary,
                parameters: keys.filter { $0.condition == "kind is \(kind.rawValue)" }.map(Parameter.init))
        }
        common = keys.filter { $0.condition == nil }.map(Parameter.init)
    }

    func show(asJSON: Bool) throws {
        if asJSON { return try printJSON(self) }
        for model in models {
            try Console.put("\(model.model): \(model.summary)")
            try show(model.parameters)
        }
        try Console.put("Every model:")
        try show(common)
    }

    private func show(_ parameters: [Parameter]) throws {
        for parameter in parameters {
            let rules = parameter.rules.isEmpty ? "" : " (\(parameter.rules))"
            try Console.put("  \(parameter.key)=\(parameter.default)")
            try Console.put("      \(parameter.documentation)\(rules)")
        }
        try Console.put("")
    }
}
