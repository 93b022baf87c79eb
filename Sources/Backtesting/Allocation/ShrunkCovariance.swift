/// The covariance of a few observations of many series, drawn towards a multiple of the identity.
///
/// For T observations of m series, centred to X (shape T × m), with ⟨A, B⟩ = tr(A·Bᵀ)/m and its norm:
///
///     S = XᵀX / T        μ = ⟨S, I⟩        d² = ‖S − μI‖²
///     b² = min( d², 1/T²·Σₜ ‖xₜxₜᵀ − S‖² )
///     Σ = b²/d²·μI + (1 − b²/d²)·S
///
/// b² estimates how far S lies from the truth. Σ is positive definite unless all series stand still, or one observation
/// says as much as all.
///
/// - SeeAlso: Ledoit and Wolf, “A well-conditioned estimator for large-dimensional covariance matrices”, *Journal of
///   Multivariate Analysis* 88(2), 2004, section 3.2.
package struct ShrunkCovariance: Equatable, Sendable {
    /// Σ, shape [series × series].
    package let matrix: SymmetricMatrix
    /// b²/d², in `0...1`; 1 where S is a multiple of the identity.
    package let intensity: Double

    /// - Parameter series: Shape [series][observations], one or more of each.
    /// - Complexity: O(observations·series²).
    package init(of series: [[Double]]) {
        precondition(series.first?.isEmpty == false, "a covariance is of one observation or more")
        let count = Double(series.count)
        let observations = Double(series[0].count)
        let centered = series.map { values in
            let mean = values.reduce(0, +) / observations
            return values.map { $0 - mean }
        }
        let sample = SymmetricMatrix(count: series.count) { dotProduct(centered[$0], centered[$1]) / observations }
        let mean = sample.trace / count
        let squares = dotProduct(sample.values, sample.values)
        // ‖S − μI‖² = ‖S‖² − μ², and Σₜ ‖xₜxₜᵀ − S‖² = Σₜ ‖xₜxₜᵀ‖² − T·‖S‖²; ‖xxᵀ‖² is |x|⁴/m.
        let dispersion = squares / count - mean * mean
        let fourth = series[0].indices.reduce(0) { sum, time in
            let length = centered.reduce(0) { $0 + $1[time] * $1[time] }
            return sum + length * length
        }
        let error = (fourth / observations - squares) / (count * observations)
        let intensity = dispersion > 0 ? min(1, max(0, error / dispersion)) : 1
        matrix = SymmetricMatrix(count: series.count) {
            (1 - intensity) * sample[$0, $1] + ($0 == $1 ? intensity * mean : 0)
        }
        self.intensity = intensity
    }
}
