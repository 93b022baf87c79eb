import Configuration
import Foundation

/// All that a synthetic market is made of, apart from its symbols, its calendar and its seed.
///
/// The keys of the model stand beside the common ones: `kind`, `volatility`, …, `price`, `symbolCorrelation`, ….
package struct SyntheticConfiguration: Configurable {
    package var model = SyntheticModel()
    package var price = 100.0
    package var decimals = 4
    package var symbolCorrelation = 0.0
    package var overnightShare = 0.0
    package var stepsPerBar = 8
    package var volume = VolumeModel()

    package init() {}

    /// A model by name, with what shall differ from the defaults.
    /// - Parameters:
    ///   - model: such as `heston`.
    ///   - settings: each `key=value`, such as `volatility=0.3`.
    ///   - modelOption: what the user typed the model's name for, as messages shall name it.
    /// - Throws: `ConfigurationProblems` with all that is wrong.
    package init(
        model: String, settings: [String] = [], modelOption: String = "model"
    ) throws(ConfigurationProblems) {
        do {
            // Written as YAML would have it, so that any text is a name and nothing else.
            self = try ConfigurationFile.decode(
                SyntheticConfiguration.self, text: "{}", name: "settings",
                overrides: ["kind=\(model.written)"] + settings)
        } catch {
            var problems = error
            problems.options = ["kind": modelOption]
            problems.optionCount = 1
            throw problems
        }
    }

    package mutating func describe(to fields: inout some FieldVisitor) {
        fields.choice(&model)
        fields.field("price", &price, "The price before the first bar.", .in(0.01...1e6))
        fields.field("decimals", &decimals, "Prices are rounded to so many decimals.", .in(0...6))
        fields.field(
            "symbolCorrelation", &symbolCorrelation,
            "ρ of the shocks to the prices of any two symbols, by one common factor.", .in(0...1))
        fields.field(
            "overnightShare", &overnightShare,
            "Share of a bar's length that passes before it opens; with 0 a bar opens where the last one closed.",
            .in(0...0.95))
        fields.field(
            "stepsPerBar", &stepsPerBar,
            "Steps from open to close; more give a truer joint law of high and low, and of a wandering variance.",
            .in(1...1000))
        volume.describe(to: &fields)
    }
}

/// How much is traded in a bar.
///
///     ln V = ln volume + volumeDispersion · Z + ln(1 + volumeResponse · 100 |r|)
///
/// with *r* the bar's log return from close to close and Z normal: a log-normal round a level that large moves raise.
package struct VolumeModel: Configurable {
    package var level = 1_000_000.0
    package var dispersion = 0.3
    package var response = 0.5

    package init() {}

    package mutating func describe(to fields: inout some FieldVisitor) {
        fields.field("volume", &level, "Median volume of a bar without a move.", .in(1...1e9))
        fields.field("volumeDispersion", &dispersion, "Standard deviation of the volume's logarithm.", .in(0...2))
        fields.field(
            "volumeResponse", &response, "How much more is traded for each per cent of a move: 0.5 is 50 % more.",
            .in(0...10))
    }

    /// A whole number, at least 1.
    func volume(logReturn: Double, _ draws: inout MarketDraws) -> Double {
        let quiet = level * exp(dispersion * draws.volumeNormal())
        // Beyond 2⁵³ a double skips whole numbers; the keys' ranges keep far from it but for freaks of all three.
        return min(max(1, (quiet * (1 + response * 100 * abs(logReturn))).rounded()), 0x1p53)
    }
}
