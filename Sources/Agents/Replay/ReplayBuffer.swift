import Environments
import RandomNumbers

/// What was lived through, in order: where the account stood, and what was done.
///
/// The market is not copied and neither are results: stepping the environment again from a snapshot gives the same
/// successor and reward, so an experience is some hundred bytes however long the observation.
package struct ReplayBuffer: Sendable {
    /// One step.
    package struct Experience: Sendable {
        /// Before the action.
        package var snapshot: TradingEnvironment.Snapshot
        package var action: TradingAction
        /// Whether the next entry, in time, belongs to another episode.
        package var endsEpisode: Bool

        package init(snapshot: TradingEnvironment.Snapshot, action: TradingAction, endsEpisode: Bool) {
            self.snapshot = snapshot
            self.action = action
            self.endsEpisode = endsEpisode
        }
    }
    private var storage: [Experience] = []
    private var next = 0
    /// Experiences kept at most.
    package let capacity: Int

    /// - Parameter capacity: Experiences kept; the oldest is overwritten.
    package init(capacity: Int) {
        precondition(capacity > 0, "a replay buffer keeps something")
        self.capacity = capacity
        storage.reserveCapacity(capacity)
    }

    /// Experiences there are.
    package var count: Int { storage.count }

    /// Adds what was lived through last, in place of the oldest where the buffer is full.
    package mutating func append(_ experience: Experience) {
        if storage.count < capacity {
            storage.append(experience)
        } else {
            storage[next] = experience
            next = (next + 1) % capacity
        }
    }

    /// A place drawn uniformly from all experiences.
    /// - Precondition: the buffer is not empty.
    package func randomPlace(using stream: inout RandomStream) -> Int { stream.index(below: count) }

    package subscript(place: Int) -> Experience { storage[place] }

    /// The place of what happened right after, in the same episode; nil where that is not known.
    package func successor(of place: Int) -> Int? {
        guard !storage[place].endsEpisode else { return nil }
        let following = (place + 1) % max(capacity, 1)
        // `next` is the oldest entry once the buffer is full; before that, the end.
        guard following != next, following < storage.count else { return nil }
        return following
    }
}
