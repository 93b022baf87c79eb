/// Nine cells, a treasure that is never used up, and a teleport at its door. γ is 0.9, and the walk has no end.
///
///     ┌───────────┬───────────┬───────────┐
///     │ 0         │ 1         │ 2 treasure│   2: one can only take 10, and wakes up in any of
///     ├───────────┼───────────┼───────────┤      the nine cells, each as likely
///     │ 3         │ 4 marsh   │ 5 gate    │   4: leaving it costs 3
///     ├───────────┼───────────┼───────────┤   5: leaving it costs 1
///     │ 6         │ 7         │ 8         │
///     └───────────┴───────────┴───────────┘
///
/// A move leads to the next cell for sure and is valid where there is one; other cells cost nothing. (After the 5×5 grid of
/// Sutton and Barto, “Reinforcement learning” (2018), example 3.5; cells, rewards and the chance are *ours*.)
///
/// The best way is along the left and the upper edge, for marsh and gate cost something; only from 7 and 8 is the gate worth
/// its price. In every cell one action is better than all others, by 0.729 at least, where 6 has the choice of going round
/// through the gate, three steps on: 0.9³·1.
package struct GridWorld: FiniteWorld {
    package enum Action: Int, CaseIterable {
        case north, east, south, west, take
    }

    package static let treasure = 2
    private static let side = 3

    package init() {}

    package var states: [String] { (0..<9).map(String.init) }
    package var actions: [String] { Action.allCases.map { "\($0)" } }
    package var discount: Double { 0.9 }
    package var start: Int { 6 }

    package func outcomes(of action: Int, in state: Int) -> [FiniteOutcome] {
        guard let action = Action(rawValue: action) else { return [] }
        if state == GridWorld.treasure || action == .take {
            guard state == GridWorld.treasure, action == .take else { return [] }
            return (0..<9).map { FiniteOutcome(probability: 1.0 / 9, reward: 10, next: $0) }
        }
        guard let next = neighbour(of: state, action) else { return [] }
        return [FiniteOutcome(probability: 1, reward: state == 4 ? -3 : state == 5 ? -1 : 0, next: next)]
    }

    private func neighbour(of state: Int, _ action: Action) -> Int? {
        let (row, column) = state.quotientAndRemainder(dividingBy: GridWorld.side)
        switch action {
        case .north: return row > 0 ? state - GridWorld.side : nil
        case .east: return column < GridWorld.side - 1 ? state + 1 : nil
        case .south: return row < GridWorld.side - 1 ? state + GridWorld.side : nil
        case .west: return column > 0 ? state - 1 : nil
        case .take: return nil
        }
    }
}
