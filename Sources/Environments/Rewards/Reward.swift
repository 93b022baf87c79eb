import Foundation

/// A reward with what it remembers of the episode.
///
/// The differential ratios are those of Moody & Saffell, “Reinforcement learning for trading” (NIPS 1998) and “Learning
/// to trade via direct reinforcement” (IEEE Transactions on Neural Networks 12, 2001). R is the simple return of
/// the account over the step, net of costs.
package struct Reward: BitwiseCopyable, Equatable, Sendable {
    /// η, how fast the moments follow: `1/252` looks back over about a year of daily bars.
    package let rate: Double
    /// A, the moving mean of R.
    package private(set) var mean = 0.0
    /// B, the moving mean of R²; for Sortino DD², that of min(R, 0)².
    package private(set) var square = 0.0
    /// Last, so that no bytes lie unused between the others.
    package let kind: RewardKind

    package init(_ kind: RewardKind, rate: Double = 1.0 / 252) {
        self.kind = kind
        self.rate = rate
    }

    /// The reward of one step; moments are those from before it, and move on afterwards.
    ///
    /// - Parameters:
    ///   - equity: At the close after the step. Ruin counts as having lost 99.99 % of `previous`, so that the reward
    ///     stays a number.
    ///   - previous: At the close before, positive.
    package mutating func callAsFunction(equity: Double, previous: Double) -> Double {
        let growth = max(equity / previous, 1e-4)
        switch kind {
        case .logReturn: return log(growth)
        case .differentialSharpe: return differentialSharpe(growth - 1)
        case .differentialSortino: return differentialSortino(growth - 1)
        }
    }

    /// D_t = (B_{t−1}·ΔA_t − ½A_{t−1}·ΔB_t) / (B_{t−1} − A_{t−1}²)^{3/2} with ΔA_t = R_t − A_{t−1} and
    /// ΔB_t = R_t² − B_{t−1}. Without a deviation so far there is no ratio to add to: the reward is 0.
    private mutating func differentialSharpe(_ value: Double) -> Double {
        let meanChange = value - mean
        let squareChange = value * value - square
        let variance = square - mean * mean
        let reward = variance > 1e-16 ? (square * meanChange - 0.5 * mean * squareChange) / pow(variance, 1.5) : 0
        mean += rate * meanChange
        square += rate * squareChange
        return reward
    }

    /// D_t = (R_t − ½A_{t−1}) / DD_{t−1} where R_t > 0, else (DD²_{t−1}(R_t − ½A_{t−1}) − ½A_{t−1}R_t²) / DD³_{t−1}.
    /// Without a loss so far the reward is 0.
    private mutating func differentialSortino(_ value: Double) -> Double {
        let loss = min(value, 0)
        var reward = 0.0
        if square > 1e-16 {
            let deviation = square.squareRoot()
            reward =
                value > 0
                ? (value - 0.5 * mean) / deviation
                : (square * (value - 0.5 * mean) - 0.5 * mean * value * value) / (square * deviation)
        }
        mean += rate * (value - mean)
        square += rate * (loss * loss - square)
        return reward
    }
}
