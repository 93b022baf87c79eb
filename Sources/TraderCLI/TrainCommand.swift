import ArgumentParser
import Experiments
import Foundation
import Reporting

/// `trader train --strategy S`: models without a backtest.
package struct TrainCommand: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "train", abstract: "Train a strategy on all bars, and write its models.",
        discussion: """
            One model for each symbol and seed. The last part of the bars (walkForward.validationFraction) is not learned \
            from: it chooses the checkpoint. Nothing is tested: how good such models are on unseen bars, 'trader backtest \
            --strategy' tells, or 'trader backtest --model' once there are newer bars. \
            'trader signal --model' says what a model would do now.

            Exit code: 0 with models, 2 for wrong usage or input, 1 for failure. A folder that exists is complete.
            """)

    @Option(help: ArgumentHelp("A strategy by name, or a strategy file.", valueName: "name|file"))
    var strategy: String?

    @Option(
        help: ArgumentHelp(
            "Go on with an interrupted run, as it was asked for; the models are as if nothing had happened.",
            valueName: "run.unfinished"))
    var resume: String?

    @OptionGroup var experiment: ExperimentOptions

    @Option(help: ArgumentHelp("The folder to write to. Default: Models/<strategy>/<time>-<id>.", valueName: "folder"))
    var output: String?

    @Flag(help: "Print the result as JSON.")
    var json = false

    package init() {}

    package func validate() throws {
        switch (strategy, resume) {
        case (nil, nil): throw ValidationError("Name what to train: --strategy, or --resume for an interrupted run.")
        case (_?, _?): throw ValidationError("--resume goes on with a run as it was asked for: leave out --strategy.")
        case (nil, _?): try experiment.expectNothing(besides: experiment.changes, output: output)
        case (_?, nil): break
        }
        if output == "" { throw ValidationError("--output is empty, expected a folder.") }
    }

    package func run() async throws {
        let run = try resume.map { try PreparedRun.resuming($0, command: "train") } ?? begun()
        let progress = RunProgress(name: run.experiment.name, result: "model", unfinished: run.unfinished)
        let workers = experiment.workerCount
        let (models, folder) = try await interruptible(progress, unfinished: run.unfinished) {
            let trained = try await run.experiment.train(
                workers: workers, observer: progress, store: run.unfinished)
            let models = TrainedModels(trained, of: run.experiment, startedAt: run.startedAt)
            let events = try run.unfinished?.log.eventFiles() ?? []
            return (models, try models.write(extraFiles: events, to: run.destination))
        }
        run.unfinished?.remove()
        progress.finish()
        let path = displayPath(folder.path)
        try Console.put(json ? models.json(folder: path) : models.text(folder: path), terminator: "")
    }

    private func begun() throws -> PreparedRun {
        guard let strategy else { preconditionFailure("validated: a strategy or a run to go on with") }
        let configuration = try experiment.configuration(of: strategy, changes: experiment.changes)
        return try PreparedRun(
            beginning: configuration, name: configuration.name ?? "", database: experiment.database.path,
            output: output, purpose: .training)
    }
}
