import Agents

/// One point of a learning curve.
package struct TrainingPoint: Equatable, Sendable {
    /// Gradient steps so far.
    package var update: Int
    /// Steps of the environment so far.
    package var environmentSteps: Int
    /// What evaluation gave, greedy and apart from training: a return, or a log return.
    package var score: Double?
    /// Mean loss of the updates since the point before.
    package var loss: Double?
    /// Mean over a fixed set of states of the highest valid value.
    package var meanMaxQ: Double?
    /// Mean length of the same updates' gradients, before clipping.
    package var gradientNorm: Double?
    /// ε at this update.
    package var exploration: Double?
    package var learningRate: Double?

    package init(
        update: Int, environmentSteps: Int, score: Double? = nil, loss: Double? = nil, meanMaxQ: Double? = nil,
        gradientNorm: Double? = nil, exploration: Double? = nil, learningRate: Double? = nil
    ) {
        self.update = update
        self.environmentSteps = environmentSteps
        self.score = score
        self.loss = loss
        self.meanMaxQ = meanMaxQ
        self.gradientNorm = gradientNorm
        self.exploration = exploration
        self.learningRate = learningRate
    }
}

extension TrainingPoint {
    package init(_ point: CurvePoint) {
        self.init(
            update: point.update, environmentSteps: point.steps, score: point.score, loss: point.loss,
            meanMaxQ: point.meanMaxQ, gradientNorm: point.gradientNorm, exploration: point.exploration,
            learningRate: point.learningRate)
    }
}
