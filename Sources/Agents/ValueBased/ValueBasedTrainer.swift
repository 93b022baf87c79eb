import Environments
import RandomNumbers

/// What turns a window of bars into an encoding.
package typealias WindowEncoder = QNetworkShape.Encoder

/// Deep Q-learning in one world: the loop of Mnih et al. (Nature 518, 2015, algorithm 1) with the target of van Hasselt,
/// Guez & Silver (AAAI 2016), and with the checkpoint chosen where nothing is learned from.
///
///     repeat:  act ε-greedily, remember  →  draw a batch  →  one gradient step  →  now and then, evaluate
package struct ValueBasedTrainer<World: ReplayableWorld>: Sendable {
    let configuration: ValueLearningConfiguration
    let world: World
    let evaluation: Evaluation<World>
    let network: QNetwork
    /// nil where states have windows.
    let sequences: SequenceLearning?
    let key: RandomKey

    /// - Parameters:
    ///   - encoder: What turns a window into an encoding.
    ///   - sequences: How to learn from sequences, by an encoder that carries its state; nil for one that reads windows.
    ///   - configuration: How to learn.
    ///   - world: Where experience is gathered: all that is learned from.
    ///   - evaluation: Where checkpoints are compared.
    ///   - key: Initialisation, dropout, exploration and replay draw from streams of their own below it.
    /// - Precondition: what learns from sequences learns in a world with a table, has a burn-in that is shorter than the
    ///   world's window, and returns of one step from uniform replay.
    package init(
        encoder: WindowEncoder, sequences: SequenceLearning? = nil, configuration: ValueLearningConfiguration,
        world: World, evaluation: Evaluation<World>, key: RandomKey
    ) {
        if let sequences {
            precondition(
                sequences.burnIn < world.view.windowLength,
                "a burn-in of \(sequences.burnIn) rows is not shorter than a window of \(world.view.windowLength)")
            precondition(configuration.steps == 1, "a step of a sequence is followed by the next")
            precondition(configuration.replay == .uniform, "sequences are drawn uniformly")
        }
        self.sequences = sequences
        self.configuration = configuration
        self.world = world
        self.evaluation = evaluation
        self.key = key
        network = QNetwork(
            QNetworkShape(
                world.view, features: world.table?.features ?? 0, encoder: encoder, carriesState: sequences != nil,
                hidden: configuration.headUnits, dueling: configuration.dueling))
    }

    /// Of an episode of which nothing was read; reaches back to where a sequence from the present step would begin, where
    /// sequences begin with what was carried there.
    var freshMemory: EpisodeMemory {
        EpisodeMemory(
            network, windowLength: world.view.windowLength,
            reach: sequences.map { $0.initialState == .stored ? $0.burnIn + 1 : 0 } ?? 0)
    }

    package struct Outcome: Sendable {
        /// The checkpoint that was chosen; never that of update 0.
        package let policy: GreedyQPolicy
        /// The update after which it was taken.
        package let chosenUpdate: Int
        /// Its score in the evaluation.
        package let score: Double
        /// Update 0, every `evaluateEvery` updates, and the last one.
        package let curve: [CurvePoint]
    }

    /// Trains, from scratch or from where `state` left off. The same key, world and configuration give the same outcome, to
    /// the bit, on one kind of processor, however often the training was interrupted and gone on with.
    ///
    /// - Throws: `NotFiniteError`; `TrainingStateError` where the state is of another training; `CancellationError` when the
    ///   surrounding task is cancelled; whatever the observer throws.
    package func train(
        from state: TrainingState<World>? = nil, observer: some TrainingObserver<World>
    ) throws -> Outcome {
        try world.table.withFeatures { features in
            var course = TrainingCourse(self, features)
            if let state {
                try course.restore(state)
            } else {
                try course.warmUp()
                try observer.didEvaluate(course.evaluate())
            }
            while !course.isOver {
                if Task.isCancelled {
                    try observer.keep(course.state)
                    throw CancellationError()
                }
                let point = try course.update()
                observer.didUpdate(1)
                if let point { try observer.didEvaluate(point) }
                if observer.wantsState { try observer.keep(course.state) }
            }
            return course.outcome
        }
    }
}

/// Whoever watches a training, on the thread that trains.
package protocol TrainingObserver<World> {
    associatedtype World: ReplayableWorld

    /// So many more updates are done.
    func didUpdate(_ count: Int)

    /// A point of the learning curve.
    func didEvaluate(_ point: CurvePoint) throws

    /// Asked after every update: whether the state should be handed over, which costs about as much as copying it.
    var wantsState: Bool { get }

    /// Takes the state, for a training that may have to go on from it; also called when the training is cancelled.
    func keep(_ state: TrainingState<World>) throws
}

/// Nobody watches.
package struct UnwatchedTraining<World: ReplayableWorld>: TrainingObserver {
    package init() {}
    package func didUpdate(_ count: Int) {}
    package func didEvaluate(_ point: CurvePoint) {}
    package var wantsState: Bool { false }
    package func keep(_ state: TrainingState<World>) {}
}
