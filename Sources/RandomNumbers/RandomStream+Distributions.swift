import Foundation

extension RandomStream {
    /// Uniform in `[0, 1)`, a multiple of 2⁻⁵³.
    @inlinable
    package mutating func uniform() -> Double { Double(next() >> 11) * 0x1p-53 }

    /// Uniform in `0..<count` without bias (Lemire, “Fast random integer generation in an interval”, 2019).
    /// - Precondition: `count` is positive.
    @inlinable
    package mutating func index(below count: Int) -> Int {
        precondition(count > 0, "no index below \(count)")
        let bound = UInt64(count)
        var product = next().multipliedFullWidth(by: bound)
        if product.low < bound {
            let threshold = (0 &- bound) % bound
            while product.low < threshold { product = next().multipliedFullWidth(by: bound) }
        }
        return Int(product.high)
    }

    /// Standard normal (Box and Muller 1958; one value a call, so a stream's position says how many were drawn).
    package mutating func normal() -> Double {
        let radius = (-2 * log(1 - uniform())).squareRoot()
        return radius * cos(2 * .pi * uniform())
    }

    /// Fisher and Yates' shuffle, last element first.
    package mutating func shuffle<Element>(_ array: inout [Element]) {
        guard array.count > 1 else { return }
        for last in stride(from: array.count - 1, to: 0, by: -1) {
            array.swapAt(last, index(below: last + 1))
        }
    }
}
