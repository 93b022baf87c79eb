import Foundation
import RandomNumbers

/// Where batches of consecutive periods begin: lately rather than long ago.
///
///     P(b) ∝ (1 − β)^(last − b)        b = first … last
///
/// The law of Jiang, Xu and Liang (arXiv 1706.10059, section 5.3), P(b) ∝ β (1 − β)^(t − b − n_b), where last = t − n_b, cut off
/// where the data begin. With β = 0 all are as likely.
package struct GeometricStarts: Equatable, Sendable {
    /// β, in `0..<1`.
    package let bias: Double

    package init(bias: Double) {
        precondition((0..<1).contains(bias), "a bias lies in 0..<1")
        self.bias = bias
    }

    /// One number of the stream, turned into an age by the inverse of the distribution's sum:
    /// P(age < a) = (1 − q^a) / (1 − q^N), with q = 1 − β and N possible starts.
    /// - Precondition: the range is not empty.
    package func draw(from starts: ClosedRange<Int>, using stream: inout RandomStream) -> Int {
        let uniform = stream.uniform(), count = Double(starts.count)
        let age: Double
        if bias == 0 {
            age = uniform * count
        } else {
            let decay = log1p(-bias)
            age = log1p(uniform * expm1(count * decay)) / decay
        }
        // Rounding may reach the end of the range.
        return starts.upperBound - min(Int(age), starts.count - 1)
    }
}
