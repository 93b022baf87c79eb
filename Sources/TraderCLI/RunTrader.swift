import Agents
import ArgumentParser
import Configuration
import Experiments
import Foundation
import MarketData
import Reporting
import TensorCore

/// Runs the command that the arguments name, and ends the process: 0 done, 1 failed, 2 wrong usage or input.
package func runTrader() async -> Never {
    // Parallelism is over trainings; a second thread inside BLAS would only get in their way.
    BLAS.useOneThread()
    do {
        let command = try TraderCommand.parseAsRoot()
        if var command = command as? any AsyncParsableCommand {
            try await command.run()
        } else {
            var command = command
            try command.run()
        }
        exit(0)
    } catch {
        exit(report(error))
    }
}

/// Says what is wrong, and returns the exit code.
private func report(_ error: any Error) -> Int32 {
    switch error {
    case let error as StoreError: return diagnose("\(error)", error.isWrongInput ? 2 : 1)
    case let error as ConfigurationProblems: return diagnose("\(error)", 2)
    case let error as ExperimentError: return diagnose("error: \(error)", 2)
    case let error as ModelFileError: return diagnose("\(error)", 2)
    case let error as RunFolderError: return diagnose("\(error)", error.isWrongInput ? 2 : 1)
    case let error as StoppedRun: return diagnose("\(error)", error.error.isWrongInput ? 2 : 1)
    case let error as PriceFileError: return diagnose("\(error)", 2)
    case let error as NotFiniteError: return diagnose("error: \(error)", 1)
    case let error as TrainingStateError: return diagnose("error: \(error)", 1)
    case let error as TrainingLogError: return diagnose("\(error)", 1)
    case let error as Interrupted: return diagnose("\(error)", 1)
    case let error as LostOutput: return diagnose("\(error)", 1)
    default: break
    }
    let code = TraderCommand.exitCode(for: error)
    let message = TraderCommand.fullMessage(for: error)
    if code.isSuccess {
        return (try? Console.put(message)) == nil ? diagnose("\(LostOutput())", 1) : 0
    }
    // An exit code that a command chose itself comes without a message: it has said what there was to say.
    return message.isEmpty
        ? code.rawValue : diagnose(message, code == .validationFailure ? 2 : code.rawValue)
}

private func diagnose(_ message: String, _ code: Int32) -> Int32 {
    Console.note(message)
    return code
}
