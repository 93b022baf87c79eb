import Configuration

/// What an agent is taught to want.
package enum RewardKind: String, BitwiseCopyable, CaseIterable, Codable, Sendable, ConfigurationValue {
    /// ln(equity / equity before), net of every cost.
    case logReturn
    /// What the step adds to the Sharpe ratio.
    case differentialSharpe
    /// What the step adds to the Sortino ratio.
    case differentialSortino
}
