import Foundation

/// The mean of independent results, such as those of several seeds, and how far it may be from the mean of all there could
/// be: Student's 95 % interval, mean ± t·sd/√n, with t for n − 1 degrees of freedom.
package struct MeanInterval: Codable, Equatable, Sendable {
    package let mean: Double
    /// nil for a single result, as is `upper`.
    package let lower: Double?
    package let upper: Double?

    /// - Precondition: there is a result, and all are finite.
    package init(_ results: [Double]) {
        precondition(!results.isEmpty && results.allSatisfy(\.isFinite), "a mean of finite results")
        let count = Double(results.count)
        let mean = results.reduce(0, +) / count
        self.mean = mean
        guard results.count > 1 else {
            (lower, upper) = (nil, nil)
            return
        }
        let squares = results.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        let error = (squares / (count - 1) / count).squareRoot()
        let reach = Self.quantile(degreesOfFreedom: results.count - 1) * error
        (lower, upper) = (mean - reach, mean + reach)
    }

    /// The 97.5 % quantile of Student's t, to about 1e-10, by bisection of the distribution function.
    ///
    /// With θ = arctan(t/√ν), P(|T| < t) is a finite sum of powers of cos θ (Abramowitz and Stegun 26.7.3 and 26.7.4).
    static func quantile(degreesOfFreedom freedom: Int) -> Double {
        var (low, high) = (0.0, 20.0)
        while high - low > 1e-11 {
            let middle = (low + high) / 2
            if twoSided(middle, freedom) < 0.95 { low = middle } else { high = middle }
        }
        return (low + high) / 2
    }

    private static func twoSided(_ value: Double, _ freedom: Int) -> Double {
        let angle = atan(value / Double(freedom).squareRoot())
        let square = cos(angle) * cos(angle)
        let isOdd = freedom % 2 == 1
        if freedom == 1 { return 2 * angle / .pi }
        var term = isOdd ? cos(angle) : 1
        var sum = term
        for k in stride(from: isOdd ? 3 : 2, to: freedom, by: 2) {
            term *= square * Double(k - 1) / Double(k)
            sum += term
        }
        return isOdd ? 2 / .pi * (angle + sin(angle) * sum) : sin(angle) * sum
    }
}
