import Environments
import RandomNumbers

/// Walks through the training span, episode after episode, and remembers.
struct Explorer {
    private(set) var replay: ReplayBuffer
    private var environment: TradingEnvironment
    private var explorationStream: RandomStream
    private var episodeStream: RandomStream

    init(environment: TradingEnvironment, configuration: ValueLearningConfiguration, key: RandomKey) {
        self.environment = environment
        replay = ReplayBuffer(capacity: configuration.replayCapacity)
        explorationStream = key.stream("exploration")
        episodeStream = key.stream("episodes")
        _ = self.environment.reset(using: &episodeStream)
    }

    /// One step: a random valid action with probability `exploration`, else the greedy one.
    mutating func step(exploration: Double, greedy: (borrowing TradingEnvironment) -> TradingAction) {
        let snapshot = environment.snapshot
        let valid = environment.validActions
        let action =
            explorationStream.uniform() < exploration
            ? valid.action(at: explorationStream.index(below: valid.count)) : greedy(environment)
        let ending = environment.advance(action).ending
        replay.append(
            ReplayBuffer.Experience(snapshot: snapshot, action: action, endsEpisode: ending != .none))
        if ending != .none { _ = environment.reset(using: &episodeStream) }
    }
}
