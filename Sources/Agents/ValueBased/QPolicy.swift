import Environments
import RandomNumbers

/// A frozen Q-network that trades: the valid action of highest value, no exploration, no dropout.
package struct QPolicy: Policy {
    package let greedy: GreedyQPolicy

    package init(_ greedy: GreedyQPolicy) { self.greedy = greedy }

    package func action(for observation: TradingObservation, using stream: inout RandomStream) -> TradingAction {
        TradingAction(decision(for: observation))
    }

    /// The values behind `action(for:using:)`: lane *a* is that of the action with raw value *a*.
    package func decision(for observation: TradingObservation) -> GreedyDecision {
        // The network is handed the window's own rows, so there is no later bar it could read.
        observation.window.withUnsafeBufferPointer { rows in
            guard let base = rows.baseAddress else { preconditionFailure("a window has rows") }
            let window = FeaturePointer(
                base, bars: observation.window.length, features: observation.window.features)
            return greedy.decide(
                windowEnd: observation.window.length - 1, features: window, numbers: observation.account.values,
                valid: observation.validActions.rawValue)
        }
    }
}

extension TradingAction {
    package init(_ decision: GreedyDecision) {
        guard let action = TradingAction(rawValue: decision.action) else {
            preconditionFailure("action \(decision.action) does not exist")
        }
        self = action
    }
}
