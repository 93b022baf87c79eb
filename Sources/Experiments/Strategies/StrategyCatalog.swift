import Configuration
import Foundation

/// Where strategies come from: the ones shipped inside the binary, and the user's own files, which go first.
package struct StrategyCatalog: Sendable {
    /// The folder of the user's files.
    package let folder: String

    /// - Parameter folder: Relative to the current folder, or absolute.
    package init(folder: String = "Strategies") { self.folder = folder }

    /// A strategy file: its name, where it lies, and its text.
    package struct Source: Equatable, Sendable {
        /// What `--strategy` calls it.
        package let name: String
        /// Path of the file, or "built in".
        package let origin: String
        package let text: String
    }

    /// All strategies that can be named, in alphabetical order; a folder that is missing has none.
    ///
    /// - Throws: `ExperimentError` where a file cannot be read or is not UTF-8.
    package func all() throws -> [Source] {
        var sources = Dictionary(uniqueKeysWithValues: StrategyCatalog.shipped.map { ($0.name, $0) })
        let files = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        for file in files where file.hasSuffix(".yaml") && !file.hasPrefix(".") {
            let source = try StrategyCatalog.read("\(folder)/\(file)")
            sources[source.name] = source
        }
        return sources.values.sorted { $0.name < $1.name }
    }

    /// The strategy of that name, or the one in the file at that path.
    ///
    /// Whatever has a slash or ends in `.yaml` is a path.
    /// - Throws: `ExperimentError` with the nearest name and all there are, or with the file that cannot be read.
    package func find(_ nameOrPath: String) throws -> Source {
        if nameOrPath.contains("/") || nameOrPath.hasSuffix(".yaml") || nameOrPath.hasSuffix(".yml") {
            return try StrategyCatalog.read(nameOrPath)
        }
        let path = "\(folder)/\(nameOrPath).yaml"
        if FileManager.default.fileExists(atPath: path) { return try StrategyCatalog.read(path) }
        if let shipped = StrategyCatalog.shipped.first(where: { $0.name == nameOrPath }) { return shipped }
        if FileManager.default.fileExists(atPath: nameOrPath) { return try StrategyCatalog.read(nameOrPath) }
        let names = try all().map(\.name)
        let guess = nearest(nameOrPath, among: names).map { " Did you mean '\($0)'?" } ?? ""
        throw ExperimentError(
            "there is no strategy '\(nameOrPath)'.\(guess) There are: \(names.joined(separator: ", ")). "
                + "A file in \(folder)/ is named like these, one elsewhere with its path.")
    }

    private static func read(_ path: String) throws -> Source {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), !isFolder.boolValue else {
            throw ExperimentError("\(path): there is no such strategy file")
        }
        guard let data = FileManager.default.contents(atPath: path) else {
            throw ExperimentError("\(path): the file cannot be read; check its permissions")
        }
        guard let text = String(validating: data, as: UTF8.self) else {
            throw ExperimentError("\(path): the file is not UTF-8 text")
        }
        let file = URL(fileURLWithPath: path)
        return Source(name: file.deletingPathExtension().lastPathComponent, origin: path, text: text)
    }

    /// The files of the folder `Strategies`, embedded when the program was built.
    package static let shipped: [Source] = [
        ("buy-and-hold", PackageResources.buy_and_hold_yaml),
        ("convolution-dqn", PackageResources.convolution_dqn_yaml),
        ("dqn", PackageResources.dqn_yaml),
        ("drqn", PackageResources.drqn_yaml),
        ("gated-dqn", PackageResources.gated_dqn_yaml),
        ("lstm-dqn", PackageResources.lstm_dqn_yaml),
        ("moving-average-crossover", PackageResources.moving_average_crossover_yaml),
    ].map { Source(name: $0.0, origin: "built in", text: String(decoding: $0.1, as: UTF8.self)) }
}

extension StrategyCatalog.Source {
    /// The whole experiment: the file over the defaults, and `overrides` over the file.
    ///
    /// - Parameter overrides: As in `--set key.path=value`.
    /// - Throws: `ConfigurationProblems`, all of them; `ExperimentError` where another kind of agent would go by the name of
    ///   this strategy.
    package func configuration(overrides: [String] = []) throws -> StrategyConfiguration {
        var configuration = try decoded(overrides)
        guard !overrides.isEmpty, let own = try? decoded([]), own.agent.kind != configuration.agent.kind else {
            return configuration
        }
        guard (configuration.name ?? name) != (own.name ?? name) else {
            let kind = configuration.agent.kind.rawValue
            throw ExperimentError(
                "agent.kind is \(kind), which makes this another strategy than \(own.name ?? name): give it a name of its own, "
                    + "such as --set name=my-\(kind)")
        }
        // What the file says of its strategy is not true of this one.
        if configuration.description == own.description { configuration.description = "" }
        return configuration
    }

    private func decoded(_ overrides: [String]) throws -> StrategyConfiguration {
        let isBuiltIn = origin == "built in"
        return try ConfigurationFile.decode(
            StrategyConfiguration.self, text: text, name: isBuiltIn ? "\(name).yaml (built in)" : origin,
            isAtHand: !isBuiltIn, overrides: overrides)
    }
}
