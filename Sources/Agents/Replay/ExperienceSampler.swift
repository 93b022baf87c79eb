import Environments
import RandomNumbers

/// Turns remembered moments into batches to learn from, by living through them again.
///
/// Sampled experience repeats what was done. Counterfactual experience adds every other moment that the world could have
/// been in at that time, and every other valid action: where actions do not move the world, successors and rewards are
/// exact. All of them share the window of the moment, which is encoded once.
///
/// For a network that carries its state, a place that is drawn is the first step of a sequence, and the steps that followed
/// it are learned from too, as far as they are of the same episode and still remembered. Steps beyond are read and not
/// learned from.
package struct ExperienceSampler<World: ReplayableWorld> {
    private var world: World
    private let kind: ExperienceKind
    private let batchSize: Int
    private let discount: Double
    private let steps: Int
    private let rewardScale: Float
    /// nil where states have windows.
    private let sequences: SequenceLearning?
    private var alternatives: [World.Moment] = []

    /// - Parameter sequences: For a network that carries its state; the world then has a table and goes on by a row a step.
    package init(world: World, configuration: ValueLearningConfiguration, sequences: SequenceLearning? = nil) {
        self.world = world
        self.sequences = sequences
        kind = configuration.experience
        batchSize = configuration.batchSize
        discount = configuration.discount
        steps = configuration.steps
        rewardScale = Float(configuration.rewardScale)
    }

    /// Replaces the batch by one drawn from the replay, with replacement.
    ///
    /// Rewards come multiplied by `rewardScale`. Sampled experience gives `batchSize` pairs, counterfactual experience one
    /// for each valid action of each position, for each moment drawn; with sequences, for each of their steps.
    /// - Parameter correction: β, how far weights make up for priorities; they are divided by the largest of the batch.
    /// - Precondition: the replay is not empty.
    package mutating func fill(
        _ batch: inout ValueUpdateBatch, from replay: ReplayBuffer<World.Moment>, correction: Double = 1,
        using stream: inout RandomStream
    ) {
        if let sequences {
            batch.begin(SequenceSpan(burnIn: sequences.burnIn, length: sequences.length), count: batchSize)
        } else {
            batch.removeAll()
        }
        var heaviest = 0.0
        for part in 0..<batchSize {
            let draw = replay.draw(part: part, of: batchSize, correction: correction, using: &stream)
            heaviest = max(heaviest, draw.weight)
            batch.draws.append(ValueUpdateBatch.Draw(place: draw.place, firstPair: batch.pairs.count))
            if let sequences {
                addSequence(part, sequences, from: draw.place, of: replay, to: &batch, using: &stream)
            } else {
                add(draw.place, of: replay, Encodings(), to: &batch, using: &stream)
            }
            for pair in batch.draws[part].firstPair..<batch.pairs.count {
                batch.pairs[pair].weight = Float(draw.weight)
            }
        }
        guard heaviest != 1 else { return }
        for pair in batch.pairs.indices { batch.pairs[pair].weight /= Float(heaviest) }
    }

    /// What the states of a moment and their successors refer to; nil for windows of their own, to be made.
    private struct Encodings {
        var state: Int32?
        var successor: Int32?
    }

    /// The steps from a place on.
    private mutating func addSequence(
        _ sequence: Int, _ settings: SequenceLearning, from place: Int, of replay: ReplayBuffer<World.Moment>,
        to batch: inout ValueUpdateBatch, using stream: inout RandomStream
    ) {
        world.moment = replay[place].moment
        let row = world.state.windowEnd
        batch.sequences.append(firstRow: row - settings.burnIn, carrying: replay.carried(at: place))
        var current: Int? = place
        for step in 0..<settings.length {
            guard let now = current else { break }
            world.moment = replay[now].moment
            precondition(world.state.windowEnd == row + step, "a world goes on by a row a step")
            let encodings = Encodings(
                state: batch.sequences.encoding(of: sequence, step: step),
                successor: batch.sequences.encoding(of: sequence, step: step + 1))
            add(now, of: replay, encodings, to: &batch, using: &stream)
            current = replay.successor(of: now)
        }
    }

    private mutating func add(
        _ place: Int, of replay: ReplayBuffer<World.Moment>, _ encodings: Encodings, to batch: inout ValueUpdateBatch,
        using stream: inout RandomStream
    ) {
        switch kind {
        case .sampled: addSampled(place, of: replay, encodings, to: &batch)
        case .counterfactual: addCounterfactual(replay[place].moment, encodings, to: &batch, using: &stream)
        }
    }

    /// What was done, and up to *n* − 1 steps that followed: r₀ + γ·r₁ + … and γⁿ for what comes after.
    private mutating func addSampled(
        _ place: Int, of replay: ReplayBuffer<World.Moment>, _ encodings: Encodings, to batch: inout ValueUpdateBatch
    ) {
        var encodings = encodings
        let experience = replay[place]
        world.moment = experience.moment
        let state = batch.states.append(world.state, encoding: &encodings.state)
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
                discount: ending == .terminated ? 0 : Float(factor),
                successor: batch.successors.append(world.state, encoding: &encodings.successor)))
    }

    /// Every valid action from every position at this time.
    private mutating func addCounterfactual(
        _ moment: World.Moment, _ encodings: Encodings, to batch: inout ValueUpdateBatch,
        using stream: inout RandomStream
    ) {
        var encodings = encodings
        alternatives.removeAll(keepingCapacity: true)
        alternatives.append(moment)
        world.appendAlternatives(to: moment, using: &stream, into: &alternatives)
        for index in alternatives.indices {
            world.moment = alternatives[index]
            let now = world.state
            let state = batch.states.append(now, encoding: &encodings.state)
            for action in 0..<UInt8(8) where now.valid >> action & 1 == 1 {
                world.moment = alternatives[index]
                let outcome = world.advance(action)
                batch.pairs.append(
                    ValuePair(
                        state: state, action: action, reward: rewardScale * outcome.reward,
                        discount: outcome.ending == .terminated ? 0 : Float(discount),
                        successor: batch.successors.append(world.state, encoding: &encodings.successor)))
            }
        }
    }
}

extension StateBatch {
    /// Appends a state to the others of its time: they share `encoding`, a window that the first of them makes where there is
    /// none.
    fileprivate mutating func append(_ state: WorldState, encoding: inout Int32?) -> Int32 {
        let shared = encoding ?? appendWindow(endingAt: state.windowEnd)
        encoding = shared
        return appendState(window: shared, numbers: state.numbers, valid: state.valid)
    }
}
