import Environments
import Foundation
import TensorCore

/// What a network remembers of the episode that it acts in: what it carries from row to row, or nothing where each state has
/// a window.
///
///     var memory = EpisodeMemory(policy.network, windowLength: world.view.windowLength)
///     let decision = policy.decide(world.state, &memory, features: features)       // at each step, or at some of them
///     memory.begin(windowEnd: world.state.windowEnd)                               // where another episode begins
///
/// Where an episode begins, the rows of its first window are read from a zero state; from there on each row is read once. A
/// decision reads all rows since the one before, so that with the same parameters it does not matter who was asked when: what
/// is carried depends on rows and on where the episode began. A memory that was told of no beginning takes what it reads
/// first for one.
package struct EpisodeMemory: Equatable, Sendable {
    /// T, rows that are read before the first decision.
    let windowLength: Int
    /// Rows for which it is kept what was carried into them, the last one that was read included; 0 keeps nothing.
    let reach: Int
    /// What is carried out of the last row that was read; no numbers where the network reads windows.
    private(set) var state: CarriedState
    /// The row to be read next; nil where it is not known yet where the episode begins.
    private var next: Int?
    /// What was carried into the last `reach` rows, `[reach, carriedWidth]`; that of row r stands in place r mod `reach`.
    private var past: [Float]

    /// - Parameters:
    ///   - windowLength: T of the world.
    ///   - reach: For how many rows, T at most, it is kept what was carried into them.
    package init(_ network: QNetwork, windowLength: Int, reach: Int = 0) {
        precondition(0...windowLength ~= reach, "a first window of \(windowLength) rows fills no \(reach)")
        self.windowLength = windowLength
        self.reach = reach
        state = network.shape.carriesState ? network.freshState : CarriedState(values: [])
        past = [Float](repeating: 0, count: reach * state.values.count)
    }

    /// Forgets, and begins an episode, whoever is asked first and when: reading begins with its first window.
    /// - Parameter row: The last row of the episode's first window.
    package mutating func begin(windowEnd row: Int) {
        guard !state.values.isEmpty else { return }
        next = row + 1 - windowLength
        for index in state.values.indices { state.values[index] = 0 }
    }

    /// Reads what has not been read of the episode, up to a row.
    /// - Parameter advance: Reads a row into what is carried.
    /// - Precondition: the row is not before one that was read.
    mutating func read(through row: Int, _ advance: (inout CarriedState, Int) -> Void) {
        guard !state.values.isEmpty else { return }
        let first = next ?? row + 1 - windowLength
        precondition(
            row + 1 >= first, "row \(row) lies before row \(first - 1), which was read: an episode goes forward")
        let width = state.values.count
        for unread in first..<row + 1 {
            if reach > 0 {
                let start = unread % reach * width
                for index in 0..<width { past[start + index] = state.values[index] }
            }
            advance(&state, unread)
        }
        next = row + 1
    }

    /// Numbers of `oldest`.
    var keptWidth: Int { reach > 0 ? state.values.count : 0 }

    /// What was carried into the oldest of the `reach` rows; no numbers where nothing is kept.
    /// - Precondition: the episode was read up to the present, or nothing is kept.
    var oldest: ArraySlice<Float> {
        guard keptWidth > 0 else { return [] }
        guard let next else { preconditionFailure("nothing of the episode was read") }
        let start = next % reach * keptWidth
        return past[start..<start + keptWidth]
    }
}

extension EpisodeMemory {
    /// All of it that changes.
    struct State: Codable, Sendable {
        var carried: Data
        var past: Data
        var next: Int?
    }

    var kept: State { State(carried: Data(bitsOf: state.values), past: Data(bitsOf: past), next: next) }

    /// - Throws: `TrainingStateError` where the state is of another network.
    mutating func restore(_ kept: State) throws {
        let carried = try kept.carried.elements(of: Float.self)
        let past = try kept.past.elements(of: Float.self)
        guard carried.count == state.values.count, past.count == self.past.count else {
            throw TrainingStateError("what is carried is of another network")
        }
        state.values = carried
        self.past = past
        next = kept.next
    }
}

extension QNetwork {
    /// Reads what `memory` has not read of the episode, up to a row; nothing where the network reads windows.
    /// - Parameters:
    ///   - firstRow: Which row of the episode's table the features begin with.
    ///   - scratch: `carryingMemory` numbers, overwritten.
    func read(
        _ memory: inout EpisodeMemory, through row: Int, of features: FeaturePointer, firstRow: Int,
        _ parameters: ParameterVector<Float>, in scratch: UnsafeMutablePointer<Float>
    ) {
        memory.read(through: row) { state, row in
            advance(&state, reading: row - firstRow, of: features, parameters, in: scratch)
        }
    }

    /// Evaluates a state of an episode, from its window or after what was carried to it, and picks its best valid action.
    /// - Parameters:
    ///   - firstRow: Which row of the episode's table the features begin with.
    ///   - scratch: `decisionMemory` numbers, overwritten.
    func decide(
        _ state: WorldState, _ memory: inout EpisodeMemory, features: FeaturePointer, firstRow: Int,
        _ parameters: ParameterVector<Float>, in scratch: UnsafeMutablePointer<Float>
    ) -> GreedyDecision {
        guard shape.carriesState else {
            return decide(
                parameters, windowEnd: state.windowEnd - firstRow, features: features, numbers: state.numbers,
                valid: state.valid, in: scratch)
        }
        read(&memory, through: state.windowEnd, of: features, firstRow: firstRow, parameters, in: scratch)
        return decide(memory.state, numbers: state.numbers, valid: state.valid, parameters, in: scratch)
    }
}
