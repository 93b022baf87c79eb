import ArgumentParser
import Experiments
import Foundation
import Reporting

/// `trader backtest`: trains on the past, trades what came after, and writes a report.
package struct BacktestCommand: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "backtest", abstract: "Try a strategy on prices it has never seen, and write a report.",
        discussion: """
            Walks forward through time: trains on the bars before each test span, trades the span with every cost charged, \
            and joins the spans to one curve. Everything a strategy file says can be changed with --set; \
            'trader strategies --keys' explains the keys.

            With --model nothing is trained: the model trades the bars after those it has seen and an embargo, or from \
            the date of --from on. Costs, fills and other rules of trading can be changed, what it sees cannot.

            Exit code: 0 with a report, 2 for wrong usage or input, 1 for failure. A report that exists is complete.
            """)

    @Option(help: ArgumentHelp("A strategy by name, or a strategy file.", valueName: "name|file"))
    var strategy: String?

    @Option(
        help: ArgumentHelp(
            "A model, to be tried as it is on bars it has not seen; several are seeds of one strategy.",
            valueName: "file"))
    var model: [String] = []

    @Option(
        help: ArgumentHelp(
            "Go on with an interrupted run, as it was asked for; the result is as if nothing had happened.",
            valueName: "run.unfinished"))
    var resume: String?

    @OptionGroup var experiment: ExperimentOptions

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Bars a year, for annual figures. Default: inferred.", valueName: "number"))
    var periodsPerYear: Double?

    @Option(parsing: .unconditional, help: ArgumentHelp("Annual risk-free rate, a fraction.", valueName: "fraction"))
    var riskFree: Double?

    @Option(help: ArgumentHelp("The folder to write to. Default: Reports/<strategy>/<time>-<id>.", valueName: "folder"))
    var output: String?

    @Flag(help: "Print the result as JSON.")
    var json = false

    package init() {}

    package func validate() throws {
        switch (strategy == nil ? 0 : 1) + (model.isEmpty ? 0 : 1) + (resume == nil ? 0 : 1) {
        case 1: break
        case 0:
            throw ValidationError(
                "Name what to try: --strategy, --model for a model that is there, or --resume for an interrupted run.")
        default:
            throw ValidationError(
                resume == nil
                    ? "A model is tried with its own strategy: leave out --strategy or --model."
                    : "--resume goes on with a run as it was asked for: leave out \(model.isEmpty ? "--strategy" : "--model")."
            )
        }
        if resume != nil { try experiment.expectNothing(besides: changes, output: output) }
        if !model.isEmpty, experiment.seeds != nil {
            throw ValidationError("--seeds is for training. Each --model is one seed.")
        }
        if output == "" { throw ValidationError("--output is empty, expected a folder.") }
    }

    package func run() async throws {
        let run = try resume.map { try PreparedRun.resuming($0, command: "backtest") } ?? begun()
        let progress = RunProgress(name: run.experiment.name, result: "report", unfinished: run.unfinished)
        let workers = experiment.workerCount
        let (result, folder) = try await interruptible(progress, unfinished: run.unfinished) {
            let (result, trained) = try await run.experiment.run(
                workers: workers, startedAt: run.startedAt, observer: progress, store: run.unfinished)
            let extraFiles = try run.experiment.modelFiles(trained) + (run.unfinished?.log.eventFiles() ?? [])
            return (result, try RunFolder.write(result, extraFiles: extraFiles, to: run.destination))
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
        guard let strategy else { return try evaluation() }
        let configuration = try experiment.configuration(of: strategy, changes: changes)
        return try PreparedRun(
            beginning: configuration, name: configuration.name ?? "", database: experiment.database.path,
            output: output)
    }

    /// Models that are there, on bars that they have not seen.
    private func evaluation() throws -> PreparedRun {
        // What bounds training and test alike elsewhere can only be where the test begins here.
        let changes = changes.map { $0.option == "--from" ? ($0.option, "walkForward.testFrom", $0.value) : $0 }
        let files = try model.map { (path: $0, model: try ModelFile(reading: $0)) }
        var models: FrozenModels?
        let configuration = try experiment.changed(by: changes) { overrides in
            let frozen = try FrozenModels(files, overrides: overrides)
            models = frozen
            return try frozen.configuration()
        }
        guard let models else { preconditionFailure("the configuration is that of the models") }
        return try PreparedRun(
            beginning: configuration, name: configuration.name ?? "", database: experiment.database.path,
            output: output, purpose: .evaluation(models))
    }

    private var changes: [ExperimentOptions.Change] {
        experiment.changes + [
            ("--periods-per-year", "evaluation.periodsPerYear", periodsPerYear.map { "\($0)" }),
            ("--risk-free", "evaluation.riskFree", riskFree.map { "\($0)" }),
        ]
    }
}
