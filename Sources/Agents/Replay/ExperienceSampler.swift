import Environments
import RandomNumbers

/// Turns remembered moments into batches to learn from, by living through them again.
///
/// Sampled experience repeats what was done. Counterfactual experience adds every other moment that the world could have
/// been in at that time, and every other valid action: where actions do not move the world, successors and rewards are
/// exact. All of them share the window of the moment, which is encoded once.
package struct ExperienceSampler<World: ReplayableWorld> {
    private var world: World
    private let kind: ExperienceKind
    private let batchSize: Int
    private let discount: Double
    private let steps: Int
    private let rewardScale: Float
    private var alternatives: [World.Moment] = []

    package init(world: World, configuration: ValueLearningConfiguration) {
        self.world = world
        kind = configuration.experience
        batchSize = configuration.batchSize
        discount = configuration.discount
        steps = configuration.steps
        rewardScale = Float(configuration.rewardScale)
    }

    /// Replaces the batch by one drawn from the replay, with replacement.
    ///
    /// Rewards come multiplied by `rewardScale`. Sampled experience gives `batchSize` pairs, counterfactual experience one
    /// for each valid action of each position, for each moment drawn.
    /// - Parameter correction: β, how far weights make up for priorities; they are divided by the largest of the batch.
    /// - Precondition: the replay is not empty.
    package mutating func fill(
        _ batch: inout ValueUpdateBatch, from replay: ReplayBuffer<World.Moment>, correction: Double = 1,
        using stream: inout RandomStream
    ) {
        batch.removeAll()
        var heaviest = 0.0
        for part in 0..<batchSize {
            let draw = replay.draw(part: part, of: batchSize, correction: correction, using: &stream)
            heaviest = max(heaviest, draw.weight)
            batch.draws.append(ValueUpdateBatch.Draw(place: draw.place, firstPair: batch.pairs.count))
            switch kind {
            case .sampled: addSampled(draw.place, of: replay, to: &batch)
            case .counterfactual: addCounterfactual(replay[draw.place].moment, to: &batch, using: &stream)
            }
            for pair in batch.draws[part].firstPair..<batch.pairs.count {
                batch.pairs[pair].weight = Float(draw.weight)
            }
        }
        guard heaviest != 1 else { return }
        for pair in batch.pairs.indices { batch.pairs[pair].weight /= Float(heaviest) }
    }

    /// What was done, and up to *n* − 1 steps that followed: r₀ + γ·r₁ + … and γⁿ for what comes after.
    private mutating func addSampled(
        _ place: Int, of replay: ReplayBuffer<World.Moment>, to batch: inout ValueUpdateBatch
    ) {
        let experience = replay[place]
        world.moment = experience.moment
        let state = batch.states.append(world.state)
        var sum = 0.0
        var factor = 1.0
        var ending = Ending.none
        var current: Int? = place
        for _ in 0..<steps {
            guard let now = current, ending == .none else { break }
            let outcome = world.advance(replay[now].action)
            sum += factor * Double(outcome.reward)
            factor *= discount
            ending = outcome.ending
            current = replay.successor(of: now)
        }
        batch.pairs.append(
            ValuePair(
                state: state, action: experience.action, reward: rewardScale * Float(sum),
                discount: ending == .terminated ? 0 : Float(factor), successor: batch.successors.append(world.state)))
    }

    /// Every valid action from every position at this time.
    private mutating func addCounterfactual(
        _ moment: World.Moment, to batch: inout ValueUpdateBatch, using stream: inout RandomStream
    ) {
        alternatives.removeAll(keepingCapacity: true)
        alternatives.append(moment)
        world.appendAlternatives(to: moment, using: &stream, into: &alternatives)
        var window: Int32?
        var nextWindow: Int32?
        for index in alternatives.indices {
            world.moment = alternatives[index]
            let now = world.state
            let state = batch.states.append(now, window: &window)
            for action in 0..<UInt8(8) where now.valid >> action & 1 == 1 {
                world.moment = alternatives[index]
                let outcome = world.advance(action)
                batch.pairs.append(
                    ValuePair(
                        state: state, action: action, reward: rewardScale * outcome.reward,
                        discount: outcome.ending == .terminated ? 0 : Float(discount),
                        successor: batch.successors.append(world.state, window: &nextWindow)))
            }
        }
    }
}

extension StateBatch {
    /// Appends a state with a window of its own.
    fileprivate mutating func append(_ state: WorldState) -> Int32 {
        var window: Int32?
        return append(state, window: &window)
    }

    /// Appends a state to the others of its time: they share `window`, which the first of them makes.
    fileprivate mutating func append(_ state: WorldState, window: inout Int32?) -> Int32 {
        let shared = window ?? appendWindow(endingAt: state.windowEnd)
        window = shared
        return appendState(window: shared, numbers: state.numbers, valid: state.valid)
    }
}
