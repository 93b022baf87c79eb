/// What an agent may do at a close. The raw value is its index among a network's outputs.
package enum TradingAction: UInt8, CaseIterable, Sendable {
    case hold, buy, sell
}

/// The actions that are valid in a state; bit *a* belongs to the action with raw value *a*.
package struct ActionMask: OptionSet, Hashable, Sendable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) { self.rawValue = rawValue }

    package static let hold = ActionMask(.hold)
    package static let buy = ActionMask(.buy)
    package static let sell = ActionMask(.sell)

    package init(_ action: TradingAction) { rawValue = 1 << action.rawValue }

    package func contains(_ action: TradingAction) -> Bool { contains(ActionMask(action)) }

    package var count: Int { rawValue.nonzeroBitCount }

    /// The valid action with `position` valid ones before it.
    package func action(at position: Int) -> TradingAction {
        precondition(position < count, "only \(count) actions are valid")
        var left = position
        for action in TradingAction.allCases where contains(action) {
            if left == 0 { return action }
            left -= 1
        }
        preconditionFailure("the mask names an action that does not exist")
    }
}
