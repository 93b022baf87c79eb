import ArgumentParser
import Configuration
import Experiments
import Foundation

/// `trader strategies`: what can be named after `--strategy`.
package struct StrategiesCommand: ParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "strategies", abstract: "List the strategies, or the keys of a strategy file.",
        discussion: """
            Strategies are YAML files. Those in the folder Strategies below the current one go first; some are built in. \
            Start your own from a built-in one: 'trader strategies --show gated-dqn > Strategies/mine.yaml'.
            """)

    @Flag(help: "Explain every key of a strategy file, and those of agents that only 'trader solve' knows.")
    var keys = false

    @Option(help: ArgumentHelp("Print a strategy with all its keys, ready to be changed.", valueName: "name|file"))
    var show: String?

    // Every command takes the same common options, so that a program need not know which ones it may pass.
    @OptionGroup var database: DatabaseOptions

    @Flag(help: "Print the result as JSON.")
    var json = false

    package init() {}

    package func run() throws {
        if let show {
            let source = try StrategyCatalog().find(show)
            let text = ConfigurationFile.encode(try source.configuration())
            if json {
                try printJSON(Shown(name: source.name, origin: source.origin, text: text))
            } else {
                try Console.put(text, terminator: "")
            }
        } else if keys {
            try printKeys()
        } else {
            try printStrategies()
        }
    }

    private struct Shown: Encodable {
        let name: String
        let origin: String
        let text: String
    }

    private struct Listed: Encodable {
        let name: String
        let origin: String
        let kind: String
        let description: String
    }

    /// A file that cannot be read is listed with what is wrong, so that one mistake does not hide the others.
    private func printStrategies() throws {
        let listed = try StrategyCatalog().all().map { source in
            do {
                let configuration = try source.configuration()
                return Listed(
                    name: source.name, origin: source.origin, kind: configuration.agent.kind.rawValue,
                    description: configuration.description)
            } catch {
                return Listed(
                    name: source.name, origin: source.origin, kind: "—", description: "cannot be read: \(error)")
            }
        }
        if json { return try printJSON(listed) }
        let width = listed.map(\.name.count).max() ?? 0
        for strategy in listed {
            try Console.put("\(padded(strategy.name, width))  \(strategy.description)  [\(strategy.origin)]")
        }
    }

    private struct Key: Encodable {
        let key: String
        let type: String
        let `default`: String
        let rules: String
        let documentation: String
        /// When the key is legal; absent where it always is.
        let condition: String?
    }

    private func printKeys() throws {
        let strategyKeys = keyReference(for: StrategyConfiguration.self)
        let known = Set(strategyKeys.map { [$0.path, $0.condition ?? ""] })
        let references =
            strategyKeys
            + keyReference(for: SolveConfiguration.self).filter { !known.contains([$0.path, $0.condition ?? ""]) }.map {
                var key = $0
                key.condition = key.condition.map { "\($0), for 'trader solve' alone" }
                return key
            }
        if json {
            return try printJSON(
                references.map {
                    Key(
                        key: $0.path, type: $0.type, default: $0.defaultValue, rules: $0.rules,
                        documentation: $0.documentation, condition: $0.condition)
                })
        }
        for reference in references {
            let rules = reference.rules.isEmpty ? "" : ", \(reference.rules)"
            let condition = reference.condition.map { " (\($0))" } ?? ""
            try Console.put(
                "\(reference.path)\(condition): \(reference.type)\(rules); default \(reference.defaultValue)")
            try Console.put("    \(reference.documentation)")
        }
    }

    private func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }
}

/// Prints a value as JSON with stable bytes.
func printJSON(_ value: some Encodable) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    try Console.put(String(decoding: try encoder.encode(value), as: UTF8.self))
}
