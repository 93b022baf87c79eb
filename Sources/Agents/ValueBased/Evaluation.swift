import Environments
import Indicators

/// How well a policy does, apart from training: without exploration, where nothing is learned from.
package struct Evaluation<World: ReplayableWorld>: Sendable {
    /// Where the probes are; its table is read.
    package let world: World
    /// The moments at which values are watched: always the same ones, so that a rise is a rise of values and not of luck.
    package let probes: [World.Moment]
    /// The score of a policy in its own copy of the world; more is better.
    package let score: @Sendable (GreedyQPolicy) -> Double

    package init(world: World, probes: [World.Moment], score: @escaping @Sendable (GreedyQPolicy) -> Double) {
        self.world = world
        self.probes = probes
        self.score = score
    }

    /// Mean of the highest valid value at the probes, each looked at as if an episode began there; 0 without probes.
    func meanMaximalValue(_ policy: GreedyQPolicy) -> Double {
        var world = world
        let table = world.table
        var memory = EpisodeMemory(policy.network, windowLength: world.view.windowLength)
        var sum = 0.0
        table.withFeatures { features in
            for probe in probes {
                world.moment = probe
                memory.begin(windowEnd: world.state.windowEnd)
                let decision = policy.decide(world.state, &memory, features: features)
                sum += Double(decision.values[Int(decision.action)])
            }
        }
        return probes.isEmpty ? 0 : sum / Double(probes.count)
    }
}

extension ReplayableWorld {
    /// Lives the episode that begins at the present moment to its end as the policy says.
    /// - Returns: The sum of the rewards.
    package mutating func play(_ policy: GreedyQPolicy) -> Double {
        let table = table
        var memory = EpisodeMemory(policy.network, windowLength: view.windowLength)
        var sum = 0.0
        table.withFeatures { features in
            while true {
                let outcome = advance(policy.decide(state, &memory, features: features).action)
                sum += Double(outcome.reward)
                if outcome.ending != .none { break }
            }
        }
        return sum
    }
}

extension FeatureMatrix? {
    /// A view of the table while `body` runs; one without rows where the world has none.
    func withFeatures<Result>(_ body: (FeaturePointer) throws -> Result) rethrows -> Result {
        guard let self else {
            return try withUnsafeTemporaryAllocation(of: Float.self, capacity: 1) { buffer in
                guard let base = buffer.baseAddress else { preconditionFailure("no memory") }
                return try body(FeaturePointer(base, bars: 0, features: 0))
            }
        }
        return try self.withUnsafeBufferPointer { buffer in
            guard let base = buffer.baseAddress else { preconditionFailure("a table has rows") }
            return try body(FeaturePointer(base, bars: self.bars, features: self.features))
        }
    }
}
