import TensorCore

/// The gradient of a scalar function of numbers in a buffer, by central differences.
///
///     g[i] = (f(x + h eᵢ) − f(x − h eᵢ)) / 2h
///
/// With values of unit size, h = 1e-5 leaves an error of about h² = 1e-10 from the third derivative and 2⁻⁵³/h = 1e-11
/// from rounding. Where a kink such as a rectifier's lies within h, the differences at h and h/2 disagree: the step is
/// then shortened until they agree, which steps around the kink.
package func centralDifferences(_ variables: NumericBuffer<Double>, _ function: () -> Double) -> [Double] {
    func difference(_ index: Int, _ step: Double) -> Double {
        let value = variables.base[index]
        defer { variables.base[index] = value }
        variables.base[index] = value + step
        let above = function()
        variables.base[index] = value - step
        return (above - function()) / (2 * step)
    }
    return (0..<variables.count).map { index in
        var step = 1e-5
        var wide = difference(index, step)
        var narrow = difference(index, step / 2)
        while abs(wide - narrow) > 1e-7 * (1 + abs(narrow)), step > 1e-8 {
            step /= 4
            wide = difference(index, step)
            narrow = difference(index, step / 2)
        }
        return wide
    }
}

/// ‖actual − expected‖ / ‖expected‖.
package func relativeDistance(_ actual: [Double], _ expected: [Double]) -> Double {
    precondition(actual.count == expected.count, "\(actual.count) numbers beside \(expected.count)")
    func length(_ values: [Double]) -> Double { values.map { $0 * $0 }.reduce(0, +).squareRoot() }
    return length(zip(actual, expected).map { $0 - $1 }) / max(length(expected), .leastNormalMagnitude)
}
