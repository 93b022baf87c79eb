import Agents
import Backtesting
import Brokerage
import Configuration
import Environments
import MarketData

/// A strategy file: the whole experiment.
package struct StrategyConfiguration: Configurable {
    package var name: String?
    package var description = ""
    package var universe = UniverseConfiguration()
    package var features = FeatureConfiguration()
    package var trading = TradingConfiguration()
    package var portfolio = PortfolioConfiguration()
    package var costs = CostModel()
    package var agent = AgentConfiguration()
    package var walkForward = WalkForwardConfiguration()
    package var seeds = SeedConfiguration()
    package var evaluation = EvaluationConfiguration()

    package init() {}

    package mutating func describe(to fields: inout some FieldVisitor) {
        fields.field(
            "name", &name, "What reports and folders call it. Without it: the name of the file.",
            .rule("must have 1 to 80 characters") { name in name.map { (1...80).contains($0.count) } ?? true })
        fields.field("description", &description, "One sentence for lists and reports.")
        fields.section("universe", &universe, "What is traded.")
        fields.section("features", &features, "What a learning agent sees of the market.")
        fields.section("trading", &trading, "The account, and how orders become fills.")
        fields.section("portfolio", &portfolio, "Where agent divides one account among all symbols: its rules.")
        fields.section("costs", &costs, "What trading costs; all kinds are added up.")
        fields.section("agent", &agent, "Who decides.")
        fields.section("walkForward", &walkForward, "How the past is cut into folds of training and test.")
        fields.section("seeds", &seeds, "Random numbers, and how often a learned strategy is repeated with others.")
        fields.section("evaluation", &evaluation, "How results are measured.")
    }
}

/// What is traded, and over which dates.
package struct UniverseConfiguration: Configurable {
    package var symbols: [String] = []
    package var from: String?
    package var to: String?
    package var prices = PriceAdjustment.adjusted

    package init() {}

    package mutating func describe(to fields: inout some FieldVisitor) {
        fields.field(
            "symbols", &symbols,
            "Symbols in the database, or [\"*\"] for all; each is traded by an account of its own, unless agent divides one.",
            .nonEmpty,
            .rule("must name each symbol once") { Set($0).count == $0.count })
        fields.field("from", &from, "First date used, for training and test alike.", .date)
        fields.field("to", &to, "Last date used.", .date)
        fields.field("prices", &prices, "adjusted: for splits and dividends; raw: as quoted on the day.")
    }
}

/// What a learning agent sees of the market.
package struct FeatureConfiguration: Configurable {
    package var window = 20
    package var columns = [
        "openReturn", "highReturn", "lowReturn", "closeReturn", "volumeChange", "sma(20)", "macd", "rsi(14)", "atr(14)",
        "bollinger(20,2)", "volatility(20)",
    ]
    package var clip = 5.0

    package init() {}

    package mutating func describe(to fields: inout some FieldVisitor) {
        fields.field("window", &window, "T, the bars that an observation looks back over.", .in(1...1000))
        fields.field(
            "columns", &columns, "Features of each bar; each is scaled by its mean and deviation on training bars.",
            .nonEmpty)
        fields.field("clip", &clip, "Scaled features are cut at ± this.", .in(0.1...1e6))
    }
}

/// How the past is cut into folds.
package struct WalkForwardConfiguration: Configurable {
    package enum Scheme: String, CaseIterable, Codable, Sendable, ConfigurationValue { case anchored, rolling }
    package var scheme = Scheme.anchored
    package var folds = 3
    package var testFrom: String?
    package var testBars: Int?
    package var trainingBars: Int?
    package var validationFraction = 0.2
    package var embargoBars: Int?

    package init() {}

    package mutating func describe(to fields: inout some FieldVisitor) {
        fields.field(
            "scheme", &scheme, "anchored: training always begins with the first bar; rolling: it keeps its length.")
        fields.field(
            "folds", &folds, "Number of test spans; they follow each other and join to one curve.", .in(1...1000))
        fields.field(
            "testFrom", &testFrom, "Date of the first test bar. Without it: after trainingBars, or half of the bars.",
            .date)
        fields.field(
            "testBars", &testBars, "Bars of each test span. Without it: what there is, divided by folds.",
            .in(1...100_000_000))
        fields.field(
            "trainingBars", &trainingBars,
            "Bars of a training span, validation included: of each where rolling, of the first where anchored.",
            .in(1...100_000_000))
        fields.field(
            "validationFraction", &validationFraction,
            "Share of each training span, its last part, that is held out for choosing the checkpoint.", .in(0.01...0.9)
        )
        fields.field(
            "embargoBars", &embargoBars, "Bars left out between training and test. Without it: one window.",
            .in(0...100_000))
    }
}

/// Random numbers, and replication.
package struct SeedConfiguration: Configurable {
    package var root: UInt64 = 1
    package var count = 5

    package init() {}

    package mutating func describe(to fields: inout some FieldVisitor) {
        fields.field("root", &root, "All random numbers derive from it.")
        fields.field(
            "count", &count, "How often a learned strategy is trained anew, each time with other numbers.",
            .in(1...1000))
    }
}

/// How results are measured.
package struct EvaluationConfiguration: Configurable {
    package var periodsPerYear: Double?
    package var riskFree = 0.0
    package var fastAverage = 20
    package var slowAverage = 50
    package var bootstrapDraws = 2000

    package init() {}

    package mutating func describe(to fields: inout some FieldVisitor) {
        fields.field(
            "periodsPerYear", &periodsPerYear, "Bars a year, for annual figures. Without it: inferred from the dates.",
            .in(1...1e8))
        fields.field("riskFree", &riskFree, "Annual risk-free rate, a fraction.", .in(-0.5...1))
        fields.field(
            "fastAverage", &fastAverage, "Bars of the fast average of the crossover baseline.", .in(1...10_000))
        fields.field(
            "slowAverage", &slowAverage, "Bars of the slow average of the crossover baseline.", .in(2...10_000))
        fields.field(
            "bootstrapDraws", &bootstrapDraws, "Resamplings for the interval of the difference to buy-and-hold.",
            .in(100...1_000_000))
        fields.check(fastAverage < slowAverage, "fastAverage", "is not below slowAverage")
    }
}

extension Rule where Value == String? {
    /// A date or time in ISO 8601, or absent.
    static var date: Rule {
        .rule("must be a date such as 2008-01-02") { text in text.map { Timestamp(iso8601: $0) != nil } ?? true }
    }
}

extension PriceAdjustment: ConfigurationValue {}
