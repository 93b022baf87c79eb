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
    /// What states with a carried state are steps of; none where states have windows.
    package var sequences = SequenceBatch()
    /// What was drawn from the replay to make the pairs; empty where they come from elsewhere.
    package var draws: [Draw] = []

    /// A place of the replay; its pairs reach up to those of the next draw.
    package struct Draw: Equatable, Sendable {
        package var place: Int
        package var firstPair: Int
    }

    package init() {}
}
