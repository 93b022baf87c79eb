/// States that a Q-network evaluates together. Several may share a window, which is then encoded once.
package struct StateBatch {
    /// The bar each window ends with; W windows.
    package private(set) var windowEnds: [Int32] = []
    /// The window of each state, an index into `windowEnds`; S states.
    package private(set) var windows: [Int32] = []
    /// The account of each state; the network's shape says how many lanes count.
    package private(set) var accounts: [SIMD8<Float>] = []
    /// The valid actions of each state, bit *a* for action *a*; never 0.
    package private(set) var valid: [UInt8] = []

    package init() {}

    /// Number of states, S.
    package var count: Int { windows.count }

    /// Empties the batch and keeps its memory.
    package mutating func removeAll() {
        windowEnds.removeAll(keepingCapacity: true)
        windows.removeAll(keepingCapacity: true)
        accounts.removeAll(keepingCapacity: true)
        valid.removeAll(keepingCapacity: true)
    }

    /// - Returns: The window's index.
    package mutating func appendWindow(endingAt bar: Int) -> Int32 {
        windowEnds.append(Int32(bar))
        return Int32(windowEnds.count - 1)
    }

    /// - Precondition: `window` was appended before, and an action is valid.
    /// - Returns: The state's index.
    package mutating func appendState(window: Int32, account: SIMD8<Float>, valid: UInt8) -> Int32 {
        precondition(window >= 0 && window < windowEnds.count, "window \(window) is not in the batch")
        precondition(valid != 0, "a state without valid actions")
        windows.append(window)
        accounts.append(account)
        self.valid.append(valid)
        return Int32(windows.count - 1)
    }
}

/// One thing to learn: what an action in a state was worth.
package struct ValuePair: Equatable, Sendable {
    /// Index into the batch's `states`.
    package var state: Int32
    package var action: UInt8
    /// Sum of the discounted rewards up to the successor.
    package var reward: Float
    /// γⁿ for a successor *n* steps later; 0 beyond termination.
    package var discount: Float
    /// Index into the batch's `successors`; not read where `discount` is 0.
    package var successor: Int32
    /// Factor of this pair's loss, such as an importance weight; 1 ordinarily.
    package var weight: Float

    package init(
        state: Int32, action: UInt8, reward: Float, discount: Float, successor: Int32, weight: Float = 1
    ) {
        self.state = state
        self.action = action
        self.reward = reward
        self.discount = discount
        self.successor = successor
        self.weight = weight
    }
}

/// Experience for one update, sampled or counterfactual.
///
/// Sampled: B windows, B states, B pairs, B successors. Counterfactual: B windows, a state per window and position, a pair
/// per state and valid action, whose successors share windows again. Fill, update, `removeAll`, and fill again:
/// the memory stays.
package struct ValueUpdateBatch {
    package var states = StateBatch()
    package var successors = StateBatch()
    package var pairs: [ValuePair] = []
    /// What was drawn from the replay to make the pairs; empty where they come from elsewhere.
    package var draws: [Draw] = []

    /// A place of the replay; its pairs reach up to those of the next draw.
    package struct Draw: Equatable, Sendable {
        package var place: Int
        package var firstPair: Int
    }

    package init() {}

    package mutating func removeAll() {
        draws.removeAll(keepingCapacity: true)
        states.removeAll()
        successors.removeAll()
        pairs.removeAll(keepingCapacity: true)
    }
}
