import Configuration

/// A strategy file of the kind that we ship, with every type that a key may have.
struct SampleStrategy: Configurable {
    var name = "gated-dqn"
    var seeds: [UInt64] = [1, 2, 3]
    var universe = SampleUniverse()
    var environment = SampleEnvironment()
    var agent = SampleAgent()

    mutating func describe(to fields: inout some FieldVisitor) {
        fields.field("name", &name, "The name in reports.", .nonEmpty)
        fields.field("seeds", &seeds, "One training for each.", .nonEmpty)
        fields.section("universe", &universe, "What is traded.")
        fields.section("environment", &environment, "The account and the rules of trading.")
        fields.section("agent", &agent, "Who trades.")
    }
}

struct SampleUniverse: Configurable {
    var symbols = ["AAPL", "NO", "ON"]
    var benchmark: String?
    var weights: [Double] = []

    mutating func describe(to fields: inout some FieldVisitor) {
        fields.field("symbols", &symbols, "Symbols, as in the price files.", .nonEmpty)
        fields.field("benchmark", &benchmark, "An index to compare with.", .nonEmpty)
        fields.field("weights", &weights, "Of the symbols, fractions of equity.")
        fields.check(weights.isEmpty || weights.count == symbols.count, "weights", "has not one number for each symbol")
    }
}

struct SampleEnvironment: Configurable {
    enum Fill: String, CaseIterable, ConfigurationValue { case nextOpen, nextClose, sameClose }

    var startingCash = 100_000.0
    var stopLoss: Double?
    var takeProfit: Double?
    var shorting = false
    var fill = Fill.nextOpen
    var maximumHolding: Int?

    mutating func describe(to fields: inout some FieldVisitor) {
        fields.field("startingCash", &startingCash, "Account currency at the start.", .positive)
        fields.field("stopLoss", &stopLoss, "Close a position at this loss, a fraction.", .in(0.0001...0.9999))
        fields.field("takeProfit", &takeProfit, "Close a position at this gain, a fraction.", .positive)
        fields.field("shorting", &shorting, "Whether a flat account may sell short.")
        fields.field("fill", &fill, "When an order decided at a close is filled.")
        fields.field("maximumHolding", &maximumHolding, "Bars after which a position is closed.", .atLeast(1))
    }
}

enum SampleAgent: ConfigurableChoice {
    case gatedDQN(SampleDQN)
    case crossover(SampleCrossover)
    case buyAndHold(SampleNothing)

    enum Kind: String, CaseIterable, ConfigurationValue {
        case gatedDQN = "gated-dqn"
        case crossover = "moving-average-crossover"
        case buyAndHold = "buy-and-hold"
    }

    init() { self.init(kind: .gatedDQN) }

    init(kind: Kind) {
        switch kind {
        case .gatedDQN: self = .gatedDQN(SampleDQN())
        case .crossover: self = .crossover(SampleCrossover())
        case .buyAndHold: self = .buyAndHold(SampleNothing())
        }
    }

    var kind: Kind {
        switch self {
        case .gatedDQN: .gatedDQN
        case .crossover: .crossover
        case .buyAndHold: .buyAndHold
        }
    }

    mutating func describeChosen(to fields: inout some FieldVisitor) {
        switch self {
        case .gatedDQN(var configuration):
            configuration.describe(to: &fields)
            self = .gatedDQN(configuration)
        case .crossover(var configuration):
            configuration.describe(to: &fields)
            self = .crossover(configuration)
        case .buyAndHold(var configuration):
            configuration.describe(to: &fields)
            self = .buyAndHold(configuration)
        }
    }
}

struct SampleDQN: Configurable {
    var window = 20
    var discount = 0.99
    var learningRate: Float = 5e-4
    var hiddenSizes = [64, 64]
    var replay = SampleReplay()

    mutating func describe(to fields: inout some FieldVisitor) {
        fields.field("window", &window, "Bars that the agent sees.", .in(1...500))
        fields.field("discount", &discount, "γ, what a reward one step ahead is worth today.", .in(0...1))
        fields.field("learningRate", &learningRate, "Step of the optimiser.", .positive)
        fields.field(
            "hiddenSizes", &hiddenSizes, "Units of the hidden layers.", .nonEmpty,
            .rule("must all be multiples of 8") { $0.allSatisfy { $0 % 8 == 0 } })
        fields.section("replay", &replay, "What the agent remembers.")
    }
}

struct SampleReplay: Configurable {
    var capacity = 100_000
    var batchSize = 64

    mutating func describe(to fields: inout some FieldVisitor) {
        fields.field("capacity", &capacity, "Transitions kept; the oldest is overwritten.", .positive)
        fields.field("batchSize", &batchSize, "Transitions per gradient step.", .positive)
        fields.check(batchSize <= capacity, "batchSize", "is \(batchSize), more than replay.capacity, \(capacity)")
    }
}

struct SampleCrossover: Configurable {
    var window = 20
    var slowWindow = 50

    mutating func describe(to fields: inout some FieldVisitor) {
        fields.field("window", &window, "Bars of the fast average.", .atLeast(1))
        fields.field("slowWindow", &slowWindow, "Bars of the slow average.", .atLeast(2))
    }
}

struct SampleNothing: Configurable {
    mutating func describe(to fields: inout some FieldVisitor) {}
}

/// The messages that reading gives; empty where it succeeds.
func messages(_ text: String, set overrides: String...) -> [String] {
    do throws(ConfigurationProblems) {
        _ = try ConfigurationFile.decode(SampleStrategy.self, text: text, name: "s.yaml", overrides: overrides)
        return []
    } catch { return error.messages }
}

func read(_ text: String, set overrides: String...) throws -> SampleStrategy {
    try ConfigurationFile.decode(SampleStrategy.self, text: text, name: "s.yaml", overrides: overrides)
}
