import Foundation
import TensorCore

/// How Adam walks.
package struct AdamSettings: Equatable, Sendable {
    /// Step length; positive.
    package var learningRate = 1e-3
    /// β₁, the decay of the mean gradient. In `0..<1`.
    package var firstDecay = 0.9
    /// β₂, the decay of the mean squared gradient. In `0..<1`.
    package var secondDecay = 0.999
    /// ε, which keeps the step finite where gradients vanish; positive.
    package var epsilon = 1e-8
    /// λ, how fast parameters that no gradient holds fall towards 0, in shares of the step length; 0 lets them be.
    package var weightDecay = 0.0

    package init() {}
}

/// Adam (Kingma and Ba, arXiv 1412.6980, algorithm 1), with the gradient clipped by its global norm first.
///
///     m ← β₁ m + (1 − β₁) g          v ← β₂ v + (1 − β₂) g²
///     θ ← θ − α · m/(1 − β₁ᵗ) / (√(v/(1 − β₂ᵗ)) + ε)
///
/// where g is the gradient times min(1, limit/‖gradient‖). Moments and parameters are updated in one pass.
///
/// With weight decay, θ ← (1 − α λ) θ comes first: decoupled from the gradient, so that Adam's scaling does not touch it
/// (Loshchilov and Hutter, arXiv 1711.05101, algorithm 2).
package final class Adam<Scalar: NumericScalar> {
    package var settings: AdamSettings
    /// m and v, of the parameters' length.
    package let firstMoment: NumericBuffer<Scalar>
    package let secondMoment: NumericBuffer<Scalar>
    /// Steps taken; set where a run goes on from a kept state.
    package var steps: Int

    package init(_ settings: AdamSettings, count: Int) {
        self.settings = settings
        firstMoment = NumericBuffer(count: count)
        secondMoment = NumericBuffer(count: count)
        steps = 0
    }

    /// Goes one step down the gradient.
    /// - Parameters:
    ///   - gradientNorm: ‖gradient‖, which callers have checked to be finite.
    ///   - maximumNorm: Beyond it the gradient is shortened to this length; `.infinity` never shortens.
    package func step(
        _ parameters: NumericBuffer<Scalar>, gradient: NumericBuffer<Scalar>, gradientNorm: Double, maximumNorm: Double
    ) {
        steps += 1
        let scale = gradientNorm > maximumNorm ? maximumNorm / gradientNorm : 1
        let step = AdamStep(
            gradientScale: Scalar(scale), firstDecay: Scalar(settings.firstDecay),
            secondDecay: Scalar(settings.secondDecay),
            stepSize: Scalar(settings.learningRate / (1 - pow(settings.firstDecay, Double(steps)))),
            secondCorrection: Scalar(1 / (1 - pow(settings.secondDecay, Double(steps)))),
            epsilon: Scalar(settings.epsilon))
        if settings.weightDecay > 0 { shrink(parameters, to: Scalar(1 - settings.learningRate * settings.weightDecay)) }
        Scalar.adamStep(
            step, gradient: gradient.base, firstMoment: firstMoment.base, secondMoment: secondMoment.base,
            parameters: parameters.base, count: parameters.count)
    }

    @_specialize(where Scalar == Float)  // The loop is over elements.
    private func shrink(_ parameters: NumericBuffer<Scalar>, to share: Scalar) {
        let base = parameters.base
        for index in 0..<parameters.count { base[index] *= share }
    }
}
