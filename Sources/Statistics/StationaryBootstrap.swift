import Foundation

/// How sure a mean is.
@usableFromInline
package struct BootstrapEstimate: Equatable, Sendable {
    /// The mean of the values themselves, and its 95 % percentile interval.
    package let mean: Double
    package let lower: Double
    package let upper: Double
    /// Two-sided, of the hypothesis that the true mean is 0; in `0...1`, never 0.
    package let pValue: Double
    /// Mean length of a block, in bars; at least 1.
    package let blockLength: Double
    /// Resamples drawn.
    package let draws: Int
}

/// How many values a bootstrap needs to say anything of their mean.
///
/// Resamples of few values are too much like each other. Of 3,000 series of independent values whose true mean is 0, half of
/// them normal and half of a t distribution with 3 degrees of freedom, p came below 0.05 for 50 % with 2 values, 17 % with
/// 5, 9 % with 10 and 6 % with 30. *Ours*.
package let leastBootstrapValues = 30

/// Log return of an account less the log return of its benchmark, for each bar.
///
///     d[t] = ln(equity[t + 1] / equity[t]) − ln(benchmark[t + 1] / benchmark[t])
///
/// - Parameters:
///   - equity: shape `[n + 1]`, the starting value included.
///   - benchmark: prices or equity at the same times, shape `[n + 1]`.
/// - Returns: shape `[n]`; nil where the lengths differ and where a value is not a positive finite number.
package func logReturnDifferences(equity: [Double], benchmark: [Double]) -> [Double]? {
    guard equity.count == benchmark.count, let returns = simpleReturns(of: equity),
        let benchmarkReturns = simpleReturns(of: benchmark)
    else { return nil }
    return zip(returns, benchmarkReturns).map { log1p($0) - log1p($1) }
}

/// The mean of dependent values, its 95 % interval, and whether it differs from 0, by the stationary bootstrap.
///
/// A resample is as long as the series and joins blocks that start anywhere, wrap around the end, and have geometric
/// lengths with the mean `optimalBlockLength`, so it is as dependent as the series. With m the mean of the values and
/// m*ᵢ those of the B resamples,
///
///     interval = 2.5th and 97.5th percentile of m*
///     p = (1 + #{|m*ᵢ − m| ≥ |m|}) / (1 + B)
///
/// Values that are all only rounding (an account against itself) count as 0: no difference, p = 1.
/// - Parameters:
///   - values: one for each bar, such as `logReturnDifferences`.
///   - draws: B, resamples.
/// - Returns: nil for fewer than `leastBootstrapValues` and where one is not finite. Depends on the bits of the generator alone.
/// - Precondition: `draws` is positive.
/// - Complexity: O(*draws* · *n*).
/// - SeeAlso: Politis and Romano, “The stationary bootstrap”, *JASA* 89(428), 1994; Davison and Hinkley, *Bootstrap
///   Methods and their Application*, 1997, eq. 4.11, for the p-value.
@inlinable
package func stationaryBootstrap(
    ofMean values: [Double], draws: Int = 2_000, using generator: inout some RandomNumberGenerator
) -> BootstrapEstimate? {
    precondition(draws > 0, "a bootstrap needs at least one draw, not \(draws)")
    guard let blockLength = bootstrapBlockLength(for: values) else { return nil }
    let means = resampledMeans(of: values, blockLength: blockLength, draws: draws, using: &generator)
    return estimate(values, means, blockLength: blockLength)
}

/// Means of stationary bootstrap resamples, in the order drawn, shape `[draws]`.
/// - Parameters:
///   - values: not empty.
///   - blockLength: mean length of a block, at least 1.
@inlinable
package func resampledMeans(
    of values: [Double], blockLength: Double, draws: Int, using generator: inout some RandomNumberGenerator
) -> [Double] {
    let restart = 1 / blockLength
    return (0..<draws).map { _ in
        var index = randomIndex(below: values.count, using: &generator)
        var sum = values[index]
        for _ in 1..<values.count {
            // 53 random bits as a number in [0, 1).
            if Double(generator.next() >> 11) * 0x1p-53 < restart {
                index = randomIndex(below: values.count, using: &generator)
            } else {
                index = index + 1 == values.count ? 0 : index + 1
            }
            sum += values[index]
        }
        return sum / Double(values.count)
    }
}

/// Uniform in `0..<count` without bias (Lemire, “Fast random integer generation in an interval”, 2019), written out
/// because the standard library may change its own.
@inlinable
func randomIndex(below count: Int, using generator: inout some RandomNumberGenerator) -> Int {
    let bound = UInt64(count)
    var product = generator.next().multipliedFullWidth(by: bound)
    if product.low < bound {
        let threshold = (0 &- bound) % bound
        while product.low < threshold { product = generator.next().multipliedFullWidth(by: bound) }
    }
    return Int(product.high)
}

@usableFromInline
func bootstrapBlockLength(for values: [Double]) -> Double? {
    guard obstacle(in: values, atLeast: leastBootstrapValues) == nil else { return nil }
    return max(1, optimalBlockLength(of: values))
}

@usableFromInline
func estimate(_ values: [Double], _ means: [Double], blockLength: Double) -> BootstrapEstimate {
    if isRounding(largestMagnitude(of: values)) {
        return BootstrapEstimate(mean: 0, lower: 0, upper: 0, pValue: 1, blockLength: blockLength, draws: means.count)
    }
    let center = mean(of: values)
    let sorted = means.sorted()
    let asFar = means.count { abs($0 - center) >= abs(center) }
    return BootstrapEstimate(
        mean: center, lower: quantile(0.025, ofSorted: sorted), upper: quantile(0.975, ofSorted: sorted),
        pValue: Double(1 + asFar) / Double(1 + means.count), blockLength: blockLength, draws: means.count)
}
