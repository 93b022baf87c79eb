import Environments
import Foundation
import RandomNumbers

/// What was lived through, in order: at which moment, and what was done.
///
/// The world is not copied and neither are results: advancing it again from a moment gives the same successor and reward,
/// so an experience is some dozens of bytes however long the observation.
package struct ReplayBuffer<Moment: BitwiseCopyable & Sendable>: Sendable {
    /// One step.
    package struct Experience: BitwiseCopyable, Sendable {
        /// Before the action.
        package var moment: Moment
        package var action: UInt8
        /// Whether the next entry, in time, belongs to another episode.
        package var endsEpisode: Bool

        package init(moment: Moment, action: UInt8, endsEpisode: Bool) {
            self.moment = moment
            self.action = action
            self.endsEpisode = endsEpisode
        }
    }

    /// A place that was drawn to learn from.
    package struct Draw: Equatable, Sendable {
        package var place: Int
        /// What makes up for its having been drawn more often than others: (N · probability)^−β, 1 for a uniform draw.
        package var weight: Double
    }

    private var storage: [Experience] = []
    /// `[count, carriedWidth]`
    private var carried: [Float] = []
    private var next = 0
    private var priorities: Prioritization?
    /// Experiences kept at most.
    package let capacity: Int
    /// Numbers that are kept beside each experience: what a network carried when it was made.
    package let carriedWidth: Int

    /// - Parameters:
    ///   - capacity: Experiences kept; the oldest is overwritten.
    ///   - priorityExponent: α of prioritised replay; nil draws uniformly.
    ///   - carriedWidth: Numbers that are kept beside each experience.
    package init(capacity: Int, priorityExponent: Double? = nil, carriedWidth: Int = 0) {
        precondition(capacity > 0, "a replay buffer keeps something")
        self.capacity = capacity
        self.carriedWidth = carriedWidth
        // Far more than most runs fill is not asked for at once.
        storage.reserveCapacity(min(capacity, 1 << 20))
        priorities = priorityExponent.map { Prioritization(capacity: capacity, exponent: $0) }
    }

    /// Experiences there are.
    package var count: Int { storage.count }

    /// Adds what was lived through last, in place of the oldest where the buffer is full.
    /// - Parameter state: What is kept beside it, `carriedWidth` numbers.
    package mutating func append(
        _ experience: Experience, carrying state: some Collection<Float> = EmptyCollection<Float>()
    ) {
        precondition(state.count == carriedWidth, "\(state.count) numbers beside an experience, not \(carriedWidth)")
        priorities?.insert(at: storage.count < capacity ? storage.count : next)
        if storage.count < capacity {
            storage.append(experience)
            carried.append(contentsOf: state)
        } else {
            storage[next] = experience
            for (index, value) in state.enumerated() { carried[next * carriedWidth + index] = value }
            next = (next + 1) % capacity
        }
    }

    /// Draws a place, with replacement: uniformly, or by priority.
    ///
    /// By priority, each draw of a batch comes from a part of the whole of its own (Schaul et al., section 3.3).
    /// - Parameters:
    ///   - part: Which draw of the batch this is, in `0..<parts`.
    ///   - parts: Draws of a batch.
    ///   - correction: β of the weight.
    /// - Precondition: the buffer is not empty.
    package func draw(
        part: Int, of parts: Int, correction: Double, using stream: inout RandomStream
    ) -> Draw {
        guard let priorities else { return Draw(place: stream.index(below: count), weight: 1) }
        let (place, probability) = priorities.draw(part: part, of: parts, using: &stream)
        return Draw(place: place, weight: pow(Double(count) * probability, -correction))
    }

    /// Tells how wrong the values of a place were; without priorities nobody asks.
    package mutating func setError(_ error: Double, at place: Int) { priorities?.setError(error, at: place) }

    package subscript(place: Int) -> Experience { storage[place] }

    /// What is kept beside an experience.
    package func carried(at place: Int) -> ArraySlice<Float> {
        carried[place * carriedWidth..<(place + 1) * carriedWidth]
    }

    /// The place of what happened right after, in the same episode; nil where that is not known.
    package func successor(of place: Int) -> Int? {
        guard !storage[place].endsEpisode else { return nil }
        let following = (place + 1) % capacity
        // `next` is the oldest entry once the buffer is full; before that, the end.
        guard following != next, following < storage.count else { return nil }
        return following
    }
}

extension ReplayBuffer {
    /// Everything the buffer holds, as bytes that this program on this kind of machine reads again.
    package struct State: Codable, Sendable {
        var experiences: Data
        var carried: Data
        var next: Int
        var priorities: Prioritization.State?
    }

    package var state: State {
        State(
            experiences: Data(bitsOf: storage), carried: Data(bitsOf: carried), next: next,
            priorities: priorities?.state)
    }

    /// - Throws: `TrainingStateError` where the state is of another buffer.
    package mutating func restore(_ state: State) throws {
        storage = try state.experiences.elements(of: Experience.self)
        storage.reserveCapacity(min(capacity, 1 << 20))
        carried = try state.carried.elements(of: Float.self)
        guard storage.count <= capacity, carried.count == storage.count * carriedWidth,
            0..<max(1, capacity) ~= state.next,
            (priorities == nil) == (state.priorities == nil)
        else { throw TrainingStateError("the replay buffer is not of this configuration") }
        next = state.next
        if let kept = state.priorities { try priorities?.restore(kept) }
    }
}
