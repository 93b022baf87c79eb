import Agents
import Environments
import RandomNumbers

/// Episodes that an agent is tried on, always the same ones, without exploration.
struct Examination<World: ReplayableWorld>: Sendable {
    let world: World
    /// Where the episodes begin.
    let starts: [World.Moment]

    init(_ world: World, starts: [World.Moment]) {
        self.world = world
        self.starts = starts
    }

    /// Episodes that begin as the world draws them.
    init(_ world: World, episodes: Int, key: RandomKey) {
        var drawn = world
        var stream = key.stream("starts")
        self.init(
            world,
            starts: (0..<episodes).map { _ in
                drawn.begin(using: &stream)
                return drawn.moment
            })
    }

    /// The sum of the rewards of each episode.
    func scores(of policy: GreedyQPolicy) -> [Double] {
        var world = world
        return starts.map { start in
            world.moment = start
            return world.play(policy)
        }
    }

    func meanScore(of policy: GreedyQPolicy) -> Double {
        scores(of: policy).reduce(0, +) / Double(starts.count)
    }

    /// The same episodes as what chooses a checkpoint; values are watched where they begin.
    var evaluation: Evaluation<World> {
        Evaluation(world: world, probes: starts) { policy in meanScore(of: policy) }
    }
}

extension Examination<GaoGame> {
    /// Every episode once.
    init(all game: GaoGame) {
        var game = game
        self.init(
            game,
            starts: (0..<game.episodes.count).map { episode in
                game.begin(episode: episode)
                return game.moment
            })
    }
}
