/// One trial of a policy that is still learning, and what learning looked like since the trial before.
package struct CurvePoint: Codable, Equatable, Sendable {
    /// Updates so far.
    package var update: Int
    /// Steps in the world so far, those of the warm-up included.
    package var steps: Int
    /// Mean Huber loss of the updates since the point before, in scaled reward; nil at update 0, as the next.
    package var loss: Double?
    /// Mean length of the same updates' gradients, before clipping.
    package var gradientNorm: Double?
    /// Mean of the highest valid value at fixed moments of the evaluation, in scaled reward, without dropout.
    package var meanMaxQ: Double
    /// ε at this update.
    package var exploration: Double
    /// Adam's step size at this update.
    package var learningRate: Double
    /// What the evaluation says of the greedy policy; more is better.
    package var score: Double

    package init(
        update: Int, steps: Int, loss: Double?, gradientNorm: Double?, meanMaxQ: Double, exploration: Double,
        learningRate: Double, score: Double
    ) {
        self.update = update
        self.steps = steps
        self.loss = loss
        self.gradientNorm = gradientNorm
        self.meanMaxQ = meanMaxQ
        self.exploration = exploration
        self.learningRate = learningRate
        self.score = score
    }
}

/// Means of what updates report.
struct RunningMeans: Codable, Sendable {
    private var count = 0
    private var losses = 0.0
    private var gradientNorms = 0.0

    mutating func add(_ summary: UpdateSummary) {
        count += 1
        losses += summary.loss
        gradientNorms += summary.gradientNorm
    }

    var loss: Double? { count > 0 ? losses / Double(count) : nil }
    var gradientNorm: Double? { count > 0 ? gradientNorms / Double(count) : nil }
}
