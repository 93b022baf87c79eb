/// Huber's loss: a parabola within δ of the target, a line beyond, so that one wild target cannot dominate a batch.
///
///     loss(e)  = ½ e²            where |e| ≤ δ
///              = δ (|e| − ½ δ)   beyond
///     loss'(e) = e, cut at ±δ
///
/// - SeeAlso: Huber, “Robust estimation of a location parameter”, Annals of Mathematical Statistics 35(1), 1964.
@usableFromInline
package struct HuberLoss<Scalar: BinaryFloatingPoint & Sendable>: Sendable {
    /// δ, where the parabola turns into a line; positive.
    @usableFromInline package let threshold: Scalar

    package init(threshold: Scalar) {
        precondition(threshold > 0, "Huber's threshold is \(threshold), not positive")
        self.threshold = threshold
    }

    @inlinable
    package func value(_ error: Scalar) -> Scalar {
        let size = abs(error)
        return size <= threshold ? error * error / 2 : threshold * (size - threshold / 2)
    }

    /// A NaN stays a NaN.
    @inlinable
    package func derivative(_ error: Scalar) -> Scalar {
        error > threshold ? threshold : error < -threshold ? -threshold : error
    }
}
