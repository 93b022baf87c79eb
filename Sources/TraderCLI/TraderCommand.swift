import ArgumentParser
import Experiments

/// The program: `trader <command>`.
package struct TraderCommand: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "trader",
        abstract: "Would this strategy have made money, after costs, on prices it had never seen?",
        discussion: """
            Put prices in with 'trader ingest prices.csv', then try a strategy with \
            'trader backtest --strategy gated-dqn'. Results go to standard output, progress to standard error.
            """,
        version: traderVersion,
        subcommands: [
            IngestCommand.self, DataCommand.self, BacktestCommand.self, TrainCommand.self, SignalCommand.self,
            SolveCommand.self, StrategiesCommand.self,
        ])

    package init() {}
}
