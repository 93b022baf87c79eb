import ArgumentParser
import Configuration
import Experiments
import Foundation
import MarketData
import Reporting

/// `trader backtest --strategy S`: trains on the past, trades what came after, and writes a report.
package struct BacktestCommand: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "backtest", abstract: "Try a strategy on prices it has never seen, and write a report.",
        discussion: """
            Walks forward through time: trains on the bars before each test span, trades the span with every cost charged, \
            and joins the spans to one curve. Everything a strategy file says can be changed with --set; \
            'trader strategies --keys' explains the keys.

            Exit code: 0 with a report, 2 for wrong usage or input, 1 for failure. A report that exists is complete.
            """)

    @Option(help: ArgumentHelp("A strategy by name, or a strategy file.", valueName: "name|file"))
    var strategy: String?

    @Option(
        help: ArgumentHelp(
            "Go on with an interrupted run, as it was asked for; the result is as if nothing had happened.",
            valueName: "run.unfinished"))
    var resume: String?

    @Option(help: ArgumentHelp("Symbols to trade, instead of the file's: AAPL,MSFT.", valueName: "symbols"))
    var symbols: String?

    @Option(help: ArgumentHelp("First date used, for training and test alike.", valueName: "date"))
    var from: String?

    @Option(help: ArgumentHelp("Last date used.", valueName: "date"))
    var to: String?

    @Option(help: ArgumentHelp("How often a learned strategy is trained anew.", valueName: "count"))
    var seeds: Int?

    @Option(help: ArgumentHelp("Root of all random numbers.", valueName: "number"))
    var seed: UInt64?

    @Option(help: ArgumentHelp("Trainings at a time; the result does not depend on it. Default: all cores."))
    var workers: Int?

    @Option(help: ArgumentHelp("nextOpen, nextClose, or sameClose (which nobody could trade).", valueName: "rule"))
    var fill: String?

    @OptionGroup(title: "Costs") var costs: CostOptions

    @Option(help: ArgumentHelp("Bars a year, for annual figures. Default: inferred.", valueName: "number"))
    var periodsPerYear: Double?

    @Option(help: ArgumentHelp("Annual risk-free rate, a fraction.", valueName: "fraction"))
    var riskFree: Double?

    @Option(
        name: .customLong("set"),
        help: ArgumentHelp("Change any other key of the strategy file; may be repeated.", valueName: "key=value"))
    var settings: [String] = []

    @Option(help: ArgumentHelp("The folder to write to. Default: Reports/<strategy>/<time>-<id>.", valueName: "folder"))
    var output: String?

    @OptionGroup var database: DatabaseOptions

    @Flag(help: "Print the result as JSON.")
    var json = false

    package init() {}

    package func validate() throws {
        if let workers, !(1...1024).contains(workers) {
            throw ValidationError("--workers is \(workers), expected 1 to 1024.")
        }
        switch (strategy, resume) {
        case (nil, nil): throw ValidationError("Name what to try: --strategy, or --resume for an interrupted run.")
        case (_?, _?): throw ValidationError("--resume goes on with a run as it was asked for: leave out --strategy.")
        case (nil, _?):
            let changed =
                changes.filter { $0.value != nil }.map(\.option)
                + (settings.isEmpty ? [] : ["--set"]) + (output == nil ? [] : ["--output"])
            guard changed.isEmpty else {
                throw ValidationError(
                    "--resume goes on with a run as it was asked for: leave out \(changed.joined(separator: ", ")).")
            }
        case (_?, nil): break
        }
        if output == "" { throw ValidationError("--output is empty, expected a folder.") }
    }

    package func run() async throws {
        let run = try resume.map(PreparedRun.init(resuming:)) ?? begun()
        let progress = RunProgress(name: run.experiment.name, unfinished: run.unfinished)
        let workers = workers ?? ProcessInfo.processInfo.activeProcessorCount
        let (result, folder) = try await interruptible(progress) {
            let (result, trained) = try await run.experiment.run(
                workers: workers, startedAt: run.startedAt, observer: progress, store: run.unfinished)
            let models = try run.experiment.modelFiles(trained)
            return (result, try RunFolder.write(result, extraFiles: models, to: run.destination))
        }
        run.unfinished?.remove()
        progress.finish()
        let report = displayPath(folder.appendingPathComponent("report.md").path)
        if json {
            try Console.put(
                String(decoding: ReportJSON.data(for: result, report: report), as: UTF8.self), terminator: "")
        } else {
            try Console.put(headlineTable(for: result))
            try Console.put("Report: \(report)")
        }
    }

    private func begun() throws -> PreparedRun {
        guard let strategy else { preconditionFailure("validated: a strategy or a run to go on with") }
        let source = try StrategyCatalog().find(strategy)
        var configuration = try configuration(of: source)
        // Written down with the run, so that its strategy.yaml gives the same report under any file name.
        let name = configuration.name ?? source.name
        configuration.name = name
        return try PreparedRun(beginning: configuration, name: name, database: database.path, output: output)
    }

    /// What the options change: the option as typed, the key it stands for, the value.
    private var changes: [(option: String, key: String, value: String?)] {
        [
            ("--symbols", "universe.symbols", symbols.map { "[\($0)]" }), ("--from", "universe.from", from),
            ("--to", "universe.to", to), ("--seeds", "seeds.count", seeds.map(String.init)),
            ("--seed", "seeds.root", seed.map(String.init)), ("--fill", "trading.fill", fill),
            ("--periods-per-year", "evaluation.periodsPerYear", periodsPerYear.map { "\($0)" }),
            ("--risk-free", "evaluation.riskFree", riskFree.map { "\($0)" }),
        ] + costs.changes
    }

    /// The strategy file with the options over it; what `--set` says comes last and wins.
    private func configuration(of source: StrategyCatalog.Source) throws -> StrategyConfiguration {
        let overrides = changes.compactMap { change in change.value.map { "\(change.key)=\($0)" } }
        do {
            return try source.configuration(overrides: overrides + settings)
        } catch var problems as ConfigurationProblems {
            problems.optionCount = overrides.count
            for change in changes where change.value != nil { problems.options[change.key] = change.option }
            throw problems
        }
    }
}
