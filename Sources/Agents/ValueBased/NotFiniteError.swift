import TensorCore

/// Learning came upon a number that is none, and stopped before it reached a parameter.
package struct NotFiniteError: Error, Equatable, CustomStringConvertible {
    package enum Quantity: String, Sendable { case loss, gradient, score }

    /// What is most likely behind it.
    package enum Cause: Equatable, Sendable {
        /// A feature that a window of the batch holds: the row and the column of the world's table.
        case feature(row: Int, column: Int)
        /// A number about the state beside the window, by its lane.
        case number(lane: Int)
        case reward(Float)
        /// All input is finite, so parameters have run away.
        case divergence
    }

    package let quantity: Quantity
    /// The update it happened in, counted from 1.
    package let update: Int
    package let cause: Cause
    /// The batch: its pairs, and the largest finite |reward| among them, in scaled reward.
    package let pairs: Int
    package let largestReward: Float
    /// Adam's step size.
    package let learningRate: Double
    /// Length of the gradient of the update before, before clipping; nil at the first.
    package let previousGradientNorm: Double?
    /// The columns of the table, where they have names.
    package var columnNames: [String] = []

    package var description: String {
        let before = previousGradientNorm.map { ", gradient of length \($0) at the update before" } ?? ""
        return """
            The \(quantity.rawValue) of update \(update) is not a finite number (\(pairs) pairs, rewards up to \
            ±\(largestReward), learning rate \(learningRate)\(before)). \(explanation)
            """
    }

    private var explanation: String {
        switch cause {
        case .feature(let row, let column):
            let name = column < columnNames.count ? "'\(columnNames[column])'" : "\(column + 1)"
            return "Feature \(name) of bar \(row) is not finite: look at the prices there, or leave the feature out."
        case .number(let lane): return "Number \(lane + 1) about the account is not finite."
        case .reward(let value):
            return "A reward is \(value): look at the prices, or choose another reward (trading.reward)."
        case .divergence where pairs == 0:
            return "Nothing was learned yet: the rewards themselves come to that. Look at the prices."
        case .divergence:
            return """
                All features and rewards are finite, so learning itself has diverged: lower agent.learningRate or \
                agent.gradientNorm, or update the target network less often.
                """
        }
    }
}

extension NotFiniteError.Cause {
    /// Looks for the first thing in the batch that is not finite.
    init(in batch: ValueUpdateBatch, features: FeaturePointer, window: Int, numbers: Int) {
        for states in [batch.states, batch.successors] {
            let (ends, rows) =
                batch.sequences.count > 0
                ? (batch.sequences.lastRows, batch.sequences.span.rows) : (states.windowEnds, window)
            for end in ends where rows > 0 {
                for row in max(0, Int(end) + 1 - rows)..<max(0, min(features.bars, Int(end) + 1)) {
                    for column in 0..<features.features
                    where !features.base[row * features.features + column].isFinite {
                        self = .feature(row: row, column: column)
                        return
                    }
                }
            }
            for values in states.numbers {
                for lane in 0..<numbers where !values[lane].isFinite {
                    self = .number(lane: lane)
                    return
                }
            }
        }
        if let pair = batch.pairs.first(where: { !$0.reward.isFinite }) {
            self = .reward(pair.reward)
        } else {
            self = .divergence
        }
    }
}
