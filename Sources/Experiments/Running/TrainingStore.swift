import Agents
import Environments
import Foundation

/// Where a run keeps what it has done, so that it can go on after an interruption at any moment.
///
/// What is read is what was last written completely, or nothing.
package protocol TrainingStore: Sendable {
    /// The live log of the run.
    var log: TrainingLog { get }
    func data(named name: String) throws -> Data?
    func keep(_ data: Data, named name: String) throws
    func remove(_ name: String) throws
}

extension TrainingStore {
    /// A value kept under that name; nil where none is.
    func value<Value: Decodable>(_ type: Value.Type, named name: String) throws -> Value? {
        try data(named: name).map { try PropertyListDecoder().decode(Value.self, from: $0) }
    }

    func keep(_ value: some Encodable, named name: String) throws {
        let encoder = PropertyListEncoder()
        encoder.outputFormat = .binary
        try keep(encoder.encode(value), named: name)
    }
}

/// What a finished training leaves behind, besides what can be computed again from the prices.
struct TrainingResult: Codable, Sendable {
    var parameters: Data
    var chosenUpdate: Int
    var score: Double
    var curve: [CurvePoint]
}

/// Hands the state of a training to the store now and then, its points to the log, and its progress to whoever watches the
/// run.
final class JobObserver<World: ReplayableWorld>: TrainingObserver {
    private let training: TrainingLog.Training
    private let run: any RunObserver
    private let store: (any TrainingStore)?
    private let log: TrainingLog?
    private var pending = 0
    private var nextKept = ContinuousClock.now + .milliseconds(100)

    init(
        _ training: TrainingLog.Training, run: any RunObserver, store: (any TrainingStore)?, log: TrainingLog?
    ) {
        self.training = training
        self.run = run
        self.store = store
        self.log = log
    }

    func didUpdate(_ count: Int) {
        pending += count
        if pending >= 10 { flush() }
    }

    func didEvaluate(_ point: CurvePoint) throws { try log?.add(point, to: training) }

    var wantsState: Bool { store != nil && ContinuousClock.now >= nextKept }

    func keep(_ state: TrainingState<World>) throws {
        guard let store else { return }
        let start = ContinuousClock.now
        try store.keep(state, named: training.stateName)
        // However large a state is, keeping it takes a twentieth of the time at most.
        let now = ContinuousClock.now
        nextKept = now + max(Duration.milliseconds(250), (now - start) * 20)
    }

    func flush() {
        run.didUpdate(pending)
        pending = 0
    }
}

extension TrainingLog.Training {
    fileprivate var stateName: String { "\(name).state" }
    fileprivate var resultName: String { "\(name).result" }
}

extension ValueBasedTrainer {
    /// Trains, going on where the store says an earlier run was interrupted. The log is brought to what the store knows.
    func train(
        _ training: TrainingLog.Training, observer: any RunObserver, store: (any TrainingStore)?, log: TrainingLog?
    ) throws -> Outcome {
        if let kept = try store?.value(TrainingResult.self, named: training.resultName) {
            let updates = kept.curve.last?.update ?? 0
            observer.didResume(updates)
            try log?.reopen(training, at: updates, after: kept.curve)
            return try outcome(
                parameters: kept.parameters, chosenUpdate: kept.chosenUpdate, score: kept.score, curve: kept.curve)
        }
        let state = try store?.value(TrainingState<World>.self, named: training.stateName)
        observer.didResume(state?.updates ?? 0)
        try log?.reopen(training, at: state?.updates ?? 0, after: state?.curve ?? [])
        let watcher = JobObserver<World>(training, run: observer, store: store, log: log)
        let outcome = try train(from: state, observer: watcher)
        watcher.flush()
        try store?.keep(
            TrainingResult(
                parameters: outcome.policy.parameterBytes, chosenUpdate: outcome.chosenUpdate, score: outcome.score,
                curve: outcome.curve), named: training.resultName)
        try store?.remove(training.stateName)
        return outcome
    }
}
