import ArgumentParser
import Configuration
import Experiments
import Foundation
import MarketData
import Reporting

/// `trader solve WORLD`: an agent in a world whose answer is known.
package struct SolveCommand: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "solve", abstract: "Try an agent in a world whose answer is known: does it learn?",
        discussion: """
            Trains once for each seed, tries what was learned on episodes it has not seen, and prints the scores beside the \
            known answer. Learning curves are written as CSV and SVG, and for TensorBoard. 'trader solve' without a world \
            lists them; 'trader strategies --keys' explains the keys of an agent.

            On two cores that do nothing else, a seed of mountain-car takes about 10 seconds, one of cart-pole 2, one of Gao's \
            games one to two minutes; the others take seconds. An interrupted solve is not kept: it begins anew.

            Exit code: 0 with a result, 2 for wrong usage or input, 1 for failure.
            """)

    @Argument(help: ArgumentHelp("The world, such as mountain-car.", valueName: "world"))
    var world: String?

    @Option(help: ArgumentHelp("Who learns; the world's list begins with the default.", valueName: "agent"))
    var agent: String?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("How often, each time with other random numbers.", valueName: "count"))
    var seeds = 5

    @Option(parsing: .unconditional, help: ArgumentHelp("Root of all random numbers.", valueName: "number"))
    var seed: UInt64 = 1

    @Option(
        help: ArgumentHelp(
            "Gao's games: a folder with the published episodes, univariate_train.csv and so on.", valueName: "folder"))
    var episodes: String?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Gao's games: train on so many episodes drawn anew. Default: 20,000, or those of --episodes.",
            valueName: "count"))
    var fresh: Int?

    @Option(
        name: .customLong("set"),
        help: ArgumentHelp("Change how the agent learns; may be repeated.", valueName: "agent.key=value"))
    var settings: [String] = []

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Seeds at a time; the scores do not depend on it. Default: all cores."))
    var workers: Int?

    @Option(
        help: ArgumentHelp(
            "The folder for learning curves. Default: Reports/solve/<world>-<agent>.",
            valueName: "folder"))
    var output: String?

    // Every command takes the same common options, so that a program need not know which ones it may pass.
    @OptionGroup var database: DatabaseOptions

    @Flag(help: "Print the result as JSON.")
    var json = false

    package init() {}

    package func validate() throws {
        if let workers, !(1...1024).contains(workers) {
            throw ValidationError("--workers is \(workers), expected 1 to 1024.")
        }
        guard (1...1000).contains(seeds) else { throw ValidationError("--seeds is \(seeds), expected 1 to 1000.") }
        if let fresh, !(1...1_000_000).contains(fresh) {
            throw ValidationError("--fresh is \(fresh), expected 1 to 1,000,000 episodes.")
        }
        if output == "" { throw ValidationError("--output is empty, expected a folder.") }
    }

    package func run() async throws {
        guard let name = world else { return try Console.put(json ? Self.worldList() : Self.worldTable) }
        guard let world = SolveWorld(rawValue: name) else {
            let names = SolveWorld.allCases.map(\.rawValue)
            let guess = nearest(name, among: names).map { " Did you mean '\($0)'?" } ?? ""
            throw ExperimentError("there is no world '\(name)'.\(guess) There are: \(names.joined(separator: ", "))")
        }
        let solver = try Solver(
            world, configuration: configuration(in: world), episodes: Solver.Episodes(folder: episodes, fresh: fresh),
            rootSeed: seed, seeds: seeds)
        let progress = RunProgress(name: name, result: "learning curve", unfinished: nil)
        let workers = workers ?? ProcessInfo.processInfo.activeProcessorCount
        let folder = try SolveFolder(
            output ?? "Reports/solve/\(world.rawValue)-\(solver.agent.rawValue)")
        defer { folder.close() }
        // Where no folder was named, it is told beforehand that the next run takes the place of the last.
        if let output { noteReplacement(by: .curves(output), in: output) }
        let (result, files) = try await interruptible(progress) {
            let result = try await solver.run(workers: workers, observer: progress, log: folder.log)
            return (result, try folder.write(result))
        }
        progress.finish()
        if json {
            try Console.put(String(decoding: solveJSON(result, files: files), as: UTF8.self))
        } else {
            try Console.put(solveTable(result))
            for file in files where file.split(separator: "/").last?.hasPrefix("curves.") == true {
                try Console.put("Curves: \(file)")
            }
        }
    }

    private func configuration(in world: SolveWorld) throws -> SolveConfiguration {
        var kind = world.agents[0]
        if let agent {
            guard let named = SolveAgent.Kind(rawValue: agent) else {
                let names = world.agents.map(\.rawValue)
                let guess = nearest(agent, among: names).map { " Did you mean '\($0)'?" } ?? ""
                throw ExperimentError(
                    "there is no agent '\(agent)'.\(guess) In \(world.rawValue) there are: "
                        + names.joined(separator: ", "))
            }
            // Before its keys are read, some of which would not fit either.
            try world.check(named)
            kind = named
        }
        if let setting = settings.last(where: { $0.hasPrefix("agent.kind=") }) {
            throw ExperimentError(
                "--set agent.kind cannot change who learns: choose with --agent \(setting.dropFirst("agent.kind=".count))"
            )
        }
        var configuration = SolveConfiguration()
        configuration.agent = world.agent(kind, isTrainedOnFew: episodes != nil && fresh == nil)
        return try ConfigurationFile.decode(
            SolveConfiguration.self, text: ConfigurationFile.encode(configuration), name: "\(kind.rawValue) (built in)",
            isAtHand: false, overrides: settings)
    }

    private static func worldList() throws -> String {
        struct World: Encodable {
            let world: String
            let agents: [String]
            let summary: String
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        let worlds = SolveWorld.allCases.map {
            World(world: $0.rawValue, agents: $0.agents.map(\.rawValue), summary: $0.summary)
        }
        return String(decoding: try encoder.encode(["worlds": worlds]), as: UTF8.self)
    }

    private static var worldTable: String {
        var table = TextTable(["World", "Agents", "Score"])
        for world in SolveWorld.allCases {
            table.add([world.rawValue, world.agents.map(\.rawValue).joined(separator: ", "), world.summary])
        }
        return "\(table)\nWhat --set can change of an agent: trader strategies --keys"
    }
}
