import ArgumentParser
import Configuration
import Experiments
import Foundation

/// What backtests and trainings have in common: options that change keys of a strategy file, workers, the database.
package struct ExperimentOptions: ParsableArguments {
    /// The option as typed, the key it stands for, the value.
    typealias Change = (option: String, key: String, value: String?)

    @Option(help: ArgumentHelp("Symbols to trade, instead of the file's: AAPL,MSFT.", valueName: "symbols"))
    var symbols: String?

    @Option(help: ArgumentHelp("First date used, for training and test alike.", valueName: "date"))
    var from: String?

    @Option(help: ArgumentHelp("Last date used.", valueName: "date"))
    var to: String?

    @Option(
        parsing: .unconditional, help: ArgumentHelp("How often a learned strategy is trained anew.", valueName: "count")
    )
    var seeds: Int?

    @Option(parsing: .unconditional, help: ArgumentHelp("Root of all random numbers.", valueName: "number"))
    var seed: UInt64?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Trainings at a time; the result does not depend on it. Default: all cores."))
    var workers: Int?

    @Option(help: ArgumentHelp("nextOpen, nextClose, or sameClose (which nobody could trade).", valueName: "rule"))
    var fill: String?

    @OptionGroup(title: "Costs") var costs: CostOptions

    @Option(
        name: .customLong("set"),
        help: ArgumentHelp("Change any other key of the strategy file; may be repeated.", valueName: "key=value"))
    var settings: [String] = []

    @OptionGroup var database: DatabaseOptions

    package init() {}

    package func validate() throws {
        if let workers, !(1...1024).contains(workers) {
            throw ValidationError("--workers is \(workers), expected 1 to 1024.")
        }
    }

    var workerCount: Int { workers ?? ProcessInfo.processInfo.activeProcessorCount }

    var changes: [Change] {
        [
            ("--symbols", "universe.symbols", symbols.map { "[\($0)]" }), ("--from", "universe.from", from),
            ("--to", "universe.to", to), ("--seeds", "seeds.count", seeds.map(String.init)),
            ("--seed", "seeds.root", seed.map(String.init)), ("--fill", "trading.fill", fill),
        ] + costs.changes
    }

    /// For a run that goes on as it was asked for.
    func expectNothing(besides changes: [Change], output: String?) throws {
        let changed =
            changes.filter { $0.value != nil }.map(\.option)
            + (settings.isEmpty ? [] : ["--set"]) + (output == nil ? [] : ["--output"])
            + (database.stated == nil ? [] : ["--database"])
        guard changed.isEmpty else {
            throw ValidationError(
                "--resume goes on with a run as it was asked for: leave out \(changed.joined(separator: ", ")).")
        }
    }

    /// A strategy with the changes over its file, and its name written down with it, so that the strategy.yaml of a run gives
    /// the same run under any file name.
    func configuration(of strategy: String, changes: [Change]) throws -> StrategyConfiguration {
        let source = try StrategyCatalog().find(strategy)
        var configuration = try changed(by: changes) { try source.configuration(overrides: $0) }
        configuration.name = configuration.name ?? source.name
        return configuration
    }

    /// Reads a configuration with the changes as overrides; what `--set` says comes last and wins.
    func changed(
        by changes: [Change], _ read: ([String]) throws -> StrategyConfiguration
    ) throws -> StrategyConfiguration {
        let overrides = changes.compactMap { change in change.value.map { "\(change.key)=\($0)" } }
        do {
            return try read(overrides + settings)
        } catch var problems as ConfigurationProblems {
            problems.optionCount = overrides.count
            for change in changes where change.value != nil { problems.options[change.key] = change.option }
            throw problems
        }
    }
}
