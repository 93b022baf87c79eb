import Environments
import Foundation
import RandomNumbers

/// Walks through the world, episode after episode, and remembers.
struct Explorer<World: ReplayableWorld> {
    private(set) var replay: ReplayBuffer<World.Moment>
    /// Of the present episode.
    var memory: EpisodeMemory
    /// Steps taken.
    private(set) var steps = 0
    private var world: World
    private var explorationStream: RandomStream
    private var episodeStream: RandomStream

    /// - Parameter memory: Of an episode of which nothing was read. What it keeps of the rows that an experience follows is
    ///   remembered with the experience.
    init(world: World, memory: EpisodeMemory, configuration: ValueLearningConfiguration, key: RandomKey) {
        self.world = world
        self.memory = memory
        replay = ReplayBuffer(
            capacity: configuration.replayCapacity,
            priorityExponent: configuration.replay == .prioritised ? configuration.priorityExponent : nil,
            carriedWidth: memory.keptWidth)
        explorationStream = key.stream("exploration")
        episodeStream = key.stream("episodes")
        self.world.begin(using: &episodeStream)
        self.memory.begin(windowEnd: self.world.state.windowEnd)
    }

    /// What the agent sees now.
    var worldState: WorldState { world.state }

    /// A random valid action, with the probability given; else nil: the agent is asked.
    mutating func randomAction(probability: Double) -> UInt8? {
        guard explorationStream.uniform() < probability else { return nil }
        var valid = world.state.valid
        for _ in 0..<explorationStream.index(below: valid.nonzeroBitCount) { valid &= valid - 1 }
        return UInt8(valid.trailingZeroBitCount)
    }

    /// Takes a step, and remembers it.
    mutating func take(_ action: UInt8) {
        let moment = world.moment
        let ending = world.advance(action).ending
        replay.append(
            .init(moment: moment, action: action, endsEpisode: ending != .none), carrying: memory.oldest)
        steps += 1
        guard ending != .none else { return }
        world.begin(using: &episodeStream)
        memory.begin(windowEnd: world.state.windowEnd)
    }

    /// Remembers how wrong the values of a batch were.
    mutating func setErrors(_ errors: [Float], of batch: ValueUpdateBatch) {
        for (index, draw) in batch.draws.enumerated() {
            let end = index + 1 < batch.draws.count ? batch.draws[index + 1].firstPair : batch.pairs.count
            var sum: Float = 0
            for pair in draw.firstPair..<end { sum += errors[pair] }
            replay.setError(Double(sum) / Double(end - draw.firstPair), at: draw.place)
        }
    }
}

extension Explorer {
    struct State: Codable, Sendable {
        var replay: ReplayBuffer<World.Moment>.State
        var steps: Int
        var moment: Data
        var memory: EpisodeMemory.State
        var explorationPosition: UInt64
        var episodePosition: UInt64
    }

    var state: State {
        State(
            replay: replay.state, steps: steps, moment: Data(bitsOf: [world.moment]), memory: memory.kept,
            explorationPosition: explorationStream.position, episodePosition: episodeStream.position)
    }

    mutating func restore(_ state: State) throws {
        try replay.restore(state.replay)
        steps = state.steps
        guard let moment = try state.moment.elements(of: World.Moment.self).first else {
            throw TrainingStateError("the world's moment is missing")
        }
        world.moment = moment
        try memory.restore(state.memory)
        explorationStream = explorationStream.moved(to: state.explorationPosition)
        episodeStream = episodeStream.moved(to: state.episodePosition)
    }
}
