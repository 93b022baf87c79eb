import RandomNumbers
import TensorCore

/// Inverted dropout (Srivastava et al., JMLR 15, 2014): while learning, each element is kept with probability 1 − rate and
/// then divided by it, so that acting needs no change.
///
/// Forward and backward are the same product with the mask.
package enum Dropout {
    /// Draws a mask: 0 with probability `rate`, else 1 / (1 − rate).
    /// - Precondition: `rate` lies in `0..<1`.
    @_specialize(where Scalar == Float)  // The loop is over elements.
    package static func draw<Scalar>(_ mask: Matrix<Scalar>, rate: Float, using stream: inout RandomStream) {
        precondition((0..<1).contains(rate), "a dropout rate of \(rate) is not in 0..<1")
        // Sixteen bits decide an element, four elements a draw; the rate is exact to 1/65,536.
        let threshold = UInt64((rate * 65_536).rounded())
        let kept = Scalar(1 / (1 - rate))
        var bits: UInt64 = 0
        for index in 0..<mask.count {
            if index % 4 == 0 { bits = stream.next() }
            mask.base[index] = bits & 0xFFFF < threshold ? 0 : kept
            bits >>= 16
        }
    }
}
