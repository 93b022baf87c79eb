import Environments
import Indicators
import RandomNumbers

/// A frozen Q-network that trades: the valid action of highest value, no exploration, no dropout.
///
/// A copy that was asked nothing yet begins an episode; from then on it is asked at later and later bars, and no more than a
/// window of them is left out.
package struct QPolicy: Policy {
    package let greedy: GreedyQPolicy
    private var memory: EpisodeMemory

    /// - Parameter windowLength: T of the observations.
    package init(_ greedy: GreedyQPolicy, windowLength: Int) {
        self.greedy = greedy
        memory = EpisodeMemory(greedy.network, windowLength: windowLength)
    }

    package mutating func action(for observation: TradingObservation, using stream: inout RandomStream) -> TradingAction
    {
        TradingAction(decision(for: observation))
    }

    /// The values behind `action(for:using:)`: lane *a* is that of the action with raw value *a*.
    package mutating func decision(for observation: TradingObservation) -> GreedyDecision {
        let window = observation.window
        let state = WorldState(
            windowEnd: window.end, numbers: observation.account.values, valid: observation.validActions.rawValue)
        return window.withRows { greedy.decide(state, &memory, features: $0, firstRow: window.firstRow) }
    }

    /// Lives through a bar at which nobody asks.
    package mutating func read(_ window: FeatureWindow) {
        window.withRows { greedy.read(&memory, through: window.end, of: $0, firstRow: window.firstRow) }
    }
}

extension FeatureWindow {
    fileprivate var firstRow: Int { end + 1 - length }

    /// The network is handed the window's own rows, so there is no later bar it could read.
    fileprivate func withRows<Result>(_ body: (FeaturePointer) -> Result) -> Result {
        withUnsafeBufferPointer { rows in
            guard let base = rows.baseAddress else { preconditionFailure("a window has rows") }
            return body(FeaturePointer(base, bars: length, features: features))
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
