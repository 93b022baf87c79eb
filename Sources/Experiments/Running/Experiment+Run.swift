import Agents
import Backtesting
import Brokerage
import Configuration
import Environments
import Foundation
import MarketData
import RandomNumbers
import TensorCore

/// What has been done of a run, for whoever watches it.
package protocol RunObserver: Sendable {
    /// Work begins: so many trainings with so many updates in all.
    func begin(trainings: Int, updates: Int)
    /// So many updates were done before the run was interrupted.
    func didResume(_ count: Int)
    /// Some updates of one training are done.
    func didUpdate(_ count: Int)
    /// A training is done.
    func didFinish(_ training: String)
}

extension Experiment {
    /// Trains, trades and measures.
    ///
    /// - Parameters:
    ///   - workers: Trainings at a time, positive. The result does not depend on it.
    ///   - startedAt: When the run began, which may have been before an interruption.
    ///   - observer: Told of progress, from several threads.
    ///   - store: Keeps what is done, and knows what was done before an interruption; nil keeps nothing.
    /// - Returns: The result, and what was learned in the order symbol, fold, seed.
    /// - Throws: `CancellationError` when the surrounding task is cancelled; `NotFiniteError` where a training diverges;
    ///   `FeatureError` where features cannot be scaled; whatever the store and its log throw.
    /// - Precondition: the purpose is not training alone, which has nothing to measure.
    package func run(
        workers: Int, startedAt: Timestamp = .now, observer: any RunObserver, store: (any TrainingStore)? = nil
    ) async throws -> (result: RunResult, trained: [TrainedFold]) {
        precondition(!purpose.isTraining, "nothing is tested in a training")
        let clock = ContinuousClock()
        let start = clock.now
        let trained = try await train(workers: workers, observer: observer, store: store)
        let trainingTime = clock.now - start
        var entries = try await parallelMap(plans, workers: workers) { plan in
            try self.entries(for: plan, trained: trained.filter { $0.symbol == plan.symbol })
        }
        if let portfolio, case .allocation(let rule) = configuration.agent {
            entries.append(try portfolioEntries(portfolio, rule))
        }
        let text = ConfigurationFile.encode(configuration)
        var result = RunResult(
            strategy: name, description: configuration.description, configuration: text,
            configurationFingerprint: String(SHA256.hexadecimal(of: Array(text.utf8)).prefix(12)),
            version: traderVersion, linearAlgebra: Experiment.linearAlgebra, data: data,
            conventions: conventions, rootSeed: configuration.seeds.root,
            seeds: configuration.agent.learns ? seeds : [], folds: foldSummaries,
            entries: entries.flatMap { $0 }, warnings: warnings + entries.compactMap { unfilledWarning($0) },
            timing: Timing(
                startedAt: startedAt.description, seconds: (clock.now - start).seconds,
                trainingSeconds: trainingTime.seconds, workers: workers))
        if portfolio != nil { result.benchmark = AllocationConfiguration.Rule.uniformBuyAndHold.rawValue }
        if let models = purpose.models {
            result.models = models.files.map { "models/\($0.fileName).safetensors" }
            result.overrides = models.overrides
        }
        return (result, trained)
    }

    /// What is said where the strategy's orders were refused; `entries` are those of one symbol.
    private func unfilledWarning(_ entries: [ResultEntry]) -> String? {
        let own = entries.filter { $0.name == name }
        let reasons = own.reduce(into: [String: Int]()) { sum, entry in
            sum.merge(
                entry.unfilledOrders.filter { $0.key != OrderOutcome.Ignored.alreadyAtTarget.rawValue },
                uniquingKeysWith: +)
        }
        guard let first = own.first, !reasons.isEmpty else { return nil }
        let symbol = first.symbol ?? "the portfolio"
        let counts = reasons.sorted { $0.key < $1.key }.map { "\($0.value) for \($0.key)" }.joined(separator: ", ")
        return "Orders of \(name) on \(symbol) were not filled, all runs together: \(counts)."
    }

    private var foldSummaries: [FoldSummary] {
        plans.flatMap { summaries(of: $0.folds, symbol: $0.symbol, times: $0.times) }
            + (portfolio.map { summaries(of: $0.folds, symbol: nil, times: $0.times) } ?? [])
    }

    private func summaries(of folds: [Fold], symbol: String?, times: [String]) -> [FoldSummary] {
        func span(_ bars: Range<Int>) -> FoldSummary.Span { FoldSummary.Span(bars, of: times) }
        return folds.map { fold in
            // What models have seen may lie outside of what they are tried on.
            let seen = purpose.models?.latest
            return FoldSummary(
                symbol: symbol, fold: fold.number, training: seen?.training ?? span(fold.training),
                validation: seen?.validation ?? (fold.validation.isEmpty ? nil : span(fold.validation)),
                embargoBars: fold.embargo, test: span(fold.test))
        }
    }
}

extension Experiment {
    /// The kernels that training computes with.
    package static var linearAlgebra: String { "OpenBLAS \(BLAS.kernelName)" }

    /// The prices it is tried on.
    package var dataFingerprint: String { data.fingerprint }
}

extension Timestamp {
    /// The present second.
    package static var now: Timestamp { Timestamp(seconds: Int64(Date().timeIntervalSince1970)) }
}

/// The version of the program, as `trader --version` prints it.
package let traderVersion = "0.1.0"

extension Duration {
    var seconds: Double { Double(components.seconds) + Double(components.attoseconds) * 1e-18 }
}
