import Agents
import Configuration
import Environments
import Foundation
import MarketData
import RandomNumbers
import Statistics

/// Tries an agent in a world whose answer is known, once for each seed.
package struct Solver: Sendable {
    /// Where the episodes of Gao's games come from.
    package struct Episodes: Equatable, Sendable {
        /// A folder with the published episodes; nil draws all anew.
        package var folder: String?
        /// Training episodes drawn for each seed; nil trains on those of the folder.
        package var fresh: Int?

        package init(folder: String? = nil, fresh: Int? = nil) {
            self.folder = folder
            self.fresh = fresh
        }
    }

    let world: SolveWorld
    let configuration: SolveConfiguration
    let episodes: Episodes
    let root: RandomKey
    let seeds: [Int]

    /// - Parameters:
    ///   - configuration: Its agent is one of the world's.
    ///   - rootSeed: All random numbers derive from it.
    ///   - seeds: How often, positive.
    /// - Throws: `ExperimentError` where agent and world do not fit.
    package init(
        _ world: SolveWorld, configuration: SolveConfiguration, episodes: Episodes, rootSeed: UInt64, seeds: Int
    ) throws {
        try world.check(configuration.agent.kind)
        guard world.game != nil || episodes == Episodes() else {
            throw ExperimentError("episodes are read or drawn for Gao's games, not for \(world.rawValue)")
        }
        if case .valueBased(.dqn(let dqn)) = configuration.agent, world == .mountainCar || world == .cartPole {
            let layers = dqn.hiddenUnits.count + dqn.learning.headUnits.count
            guard layers <= 8 else {
                throw ExperimentError(
                    "in \(world.rawValue) agent.hiddenUnits and agent.headUnits are layers of one network, which has 8 at most "
                        + "and not \(layers)")
            }
        }
        if case .valueBased(let agent) = configuration.agent, let steps = world.windowLength,
            let problem = agent.problem(windowLength: steps)
        {
            throw ExperimentError("agent: \(problem)")
        }
        self.world = world
        self.configuration = configuration
        self.episodes = episodes
        root = RandomKey(seed: rootSeed)
        self.seeds = Array(1...seeds)
    }

    /// Trains with every seed.
    ///
    /// - Parameters:
    ///   - workers: Seeds at a time, positive. The result does not depend on it, its times do.
    ///   - observer: Told of progress, from several threads.
    ///   - log: Where learning is logged.
    /// - Throws: `PriceFileError` where episodes cannot be read; `NotFiniteError`, `TrainingLogError`, `CancellationError`.
    package func run(workers: Int, observer: any RunObserver, log: TrainingLog) async throws -> SolveResult {
        observer.begin(trainings: seeds.count, updates: seeds.count * configuration.agent.updates)
        let (results, answers, source) = try await self.results(Course(workers: workers, observer: observer, log: log))
        return SolveResult(
            world: world.rawValue, agent: agent.rawValue, summary: world.summary, episodes: source,
            seeds: results, scores: MeanInterval(results.map(\.score)), answers: answers,
            configuration: ConfigurationFile.encode(configuration), version: traderVersion,
            linearAlgebra: Experiment.linearAlgebra)
    }

    /// How seeds are trained, and who is told.
    struct Course: Sendable {
        let workers: Int
        let observer: any RunObserver
        let log: TrainingLog
    }

    typealias Outcome = (seeds: [SolveResult.Seed], answers: [KnownAnswer], source: String)

    /// Who is tried.
    package var agent: SolveAgent.Kind { configuration.agent.kind }

    /// One seed's training, as its log calls it.
    func training(seed: Int) -> TrainingLog.Training {
        SolveResult.training(world: world.rawValue, agent: agent.rawValue, seed: seed)
    }

    private func results(_ course: Course) async throws -> Outcome {
        switch (world, configuration.agent) {
        case (.dice, let agent): return try tabular(FiniteModel(DiceGame()), agent, course)
        case (.grid, let agent): return try tabular(FiniteModel(GridWorld()), agent, course)
        case (.mountainCar, .valueBased(let agent)):
            return try await classic(
                MountainCar(), agent, [KnownAnswer("solved", -110), KnownAnswer("published, 120,000 steps", -136.75)],
                course)
        case (.cartPole, .valueBased(let agent)):
            return try await classic(
                CartPole(), agent, [KnownAnswer("solved", 475), KnownAnswer("the most", 500)], course)
        case (.gaoUnivariate, .valueBased(let agent)): return try await game(.univariate, agent, course)
        case (.gaoBivariate, .valueBased(let agent)): return try await game(.bivariate, agent, course)
        case (.wave, .valueBased(let agent)): return try await wave(agent, course)
        default: preconditionFailure("checked: the agent is one of the world's")
        }
    }

    /// Checkpoints are chosen on 20 episodes, and the one chosen is tried on 100 others.
    private func classic(
        _ world: some ReplayableWorld, _ agent: AgentConfiguration, _ answers: [KnownAnswer], _ course: Course
    ) async throws -> Outcome {
        let validation = Examination(world, episodes: 20, key: root.child("validation"))
        let test = Examination(world, episodes: 100, key: root.child("test"))
        let seeds = try await train(agent, course) { _ in (world, validation, test) }
        return (seeds, answers, "100 test episodes")
    }

    private func game(
        _ game: GaoEpisodes.Game, _ agent: AgentConfiguration, _ course: Course
    ) async throws -> Outcome {
        @Sendable func drawn(_ count: Int, _ key: RandomKey) -> GaoEpisodes {
            var stream = key.stream("episodes")
            return GaoEpisodes.generate(game, count: count, using: &stream)
        }
        let test =
            try episodes.folder.map { try GaoEpisodes.read(game, .test, inFolder: $0) }
            ?? drawn(100, root.child("test"))
        var published: GaoEpisodes?
        if let folder = episodes.folder, episodes.fresh == nil {
            published = try GaoEpisodes.read(game, .train, inFolder: folder)
        }
        let count = episodes.fresh ?? 20_000
        let scaling = agent.sequences == nil ? WindowScaling.relativeToMean : .none
        let examination = Examination(all: GaoGame(test, scaling: scaling))
        let seeds = try await train(agent, course) { [published] seed in
            let training = published ?? drawn(count, root.child("training").child(seed))
            // What is drawn is drawn without end, so checkpoints are chosen on more of it; what is published is all there is.
            let validation = published ?? drawn(100, root.child("validation"))
            return (
                GaoGame(training, scaling: scaling), Examination(all: GaoGame(validation, scaling: scaling)),
                examination
            )
        }
        var answers = [
            KnownAnswer("hindsight optimum", test.mean(test.hindsightOptimum)),
            KnownAnswer("buy and hold", test.mean(test.buyAndHold)),
        ]
        if episodes.folder != nil {
            answers.append(KnownAnswer("best of the paper", game == .univariate ? 116.1 : 43.8))
        }
        let training =
            published == nil ? "\(count) training episodes drawn for each seed" : "the folder's training episodes"
        return (
            seeds, answers,
            "\(training), \(episodes.folder == nil ? "100 test episodes drawn" : "the folder's test episodes")"
        )
    }

    /// Trained on 30 cycles, chosen on 10, tried on 10 later ones: scores of both compare with one answer.
    private func wave(_ agent: AgentConfiguration, _ course: Course) async throws -> Outcome {
        let wave = try NoiselessWave(cycles: 50)
        @Sendable func whole(_ cycles: Range<Int>) -> Examination<TradingEnvironment> {
            Examination(wave.environment(cycles), episodes: 1, key: root)
        }
        let length = agent.learning?.episodeLength
        let seeds = try await train(agent, course) { _ in
            (wave.environment(0..<30, episodeLength: length), whole(30..<40), whole(40..<50))
        }
        return (seeds, [KnownAnswer("hindsight optimum", wave.bestLogReturn(cycles: 10))], "cycles 41 to 50 of 50")
    }

    private func train<World: ReplayableWorld>(
        _ agent: AgentConfiguration, _ course: Course,
        _ task: @escaping @Sendable (Int) -> (World, Examination<World>, Examination<World>)
    ) async throws -> [SolveResult.Seed] {
        guard let learning = agent.learning else { preconditionFailure("the agent learns") }
        return try await parallelMap(seeds, workers: course.workers) { seed in
            let (world, validation, test) = task(seed)
            let start = ContinuousClock.now
            let trainer = ValueBasedTrainer(
                agent: agent, configuration: learning, world: world, evaluation: validation.evaluation,
                key: root.child("training").child(seed))
            let outcome = try trainer.train(
                training(seed: seed), observer: course.observer, store: nil, log: course.log)
            let seconds = (ContinuousClock.now - start).seconds
            course.observer.didFinish("seed\(seed)")
            return SolveResult.Seed(
                seed: seed, score: test.meanScore(of: outcome.policy), chosenUpdate: outcome.chosenUpdate,
                updates: outcome.curve.last?.update ?? 0, steps: outcome.curve.last?.steps ?? 0, seconds: seconds,
                curve: outcome.curve)
        }
    }
}

extension ValueBasedTrainer {
    /// A trainer for an agent as a file describes it. Where a world has no window, the layers that would read it read the
    /// numbers.
    init(
        agent: AgentConfiguration, configuration: ValueLearningConfiguration, world: World,
        evaluation: Evaluation<World>, key: RandomKey
    ) {
        var configuration = configuration
        var encoder = agent.encoder
        if world.table == nil {
            guard case .dqn(let dqn) = agent else { preconditionFailure("\(agent.kind.rawValue) reads a window") }
            configuration.headUnits = dqn.hiddenUnits + configuration.headUnits
            encoder = .none
        }
        self.init(
            encoder: encoder, sequences: agent.sequences, configuration: configuration, world: world,
            evaluation: evaluation, key: key)
    }
}
