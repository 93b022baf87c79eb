/// The arithmetic mean, corrected once for what the first sum lost: exact to the last digits for series of any length.
/// NaN for an empty array.
func mean(of values: [Double]) -> Double {
    let count = Double(values.count)
    let first = values.reduce(0, +) / count
    return first + values.reduce(0) { $0 + ($1 - first) } / count
}

/// The mean of (x − mean)^power, dividing by n − `degreesOfFreedom`.
func centralMoment(_ power: Int, of values: [Double], degreesOfFreedom: Int = 0) -> Double {
    let center = mean(of: values)
    var sum = 0.0
    for value in values {
        var term = value - center
        for _ in 1..<power { term *= value - center }
        sum += term
    }
    return sum / Double(values.count - degreesOfFreedom)
}

/// The sample standard deviation, dividing by n − 1, which every deviation of a report does. NaN below two values.
func standardDeviation(of values: [Double]) -> Double {
    values.count < 2 ? .nan : centralMoment(2, of: values, degreesOfFreedom: 1).squareRoot()
}

/// How lopsided returns are: negative where large losses are more common than gains of that size.
///
///     skewness = m₃ / m₂^{3/2}        mₖ = mean((r − mean(r))ᵏ)
///
/// The biased moments, as `scipy.stats.skew` and the empyrical family; pandas and quantstats print it times
/// √(n(n−1)) / (n−2). No unit. Undefined below two returns and where returns do not vary.
package func skewness(of returns: [Double]) -> MeasureValue {
    if let reason = obstacleToShape(of: returns) { return .undefined(reason) }
    let variance = centralMoment(2, of: returns)
    return .finite(centralMoment(3, of: returns) / (variance * variance.squareRoot()))
}

/// How heavy the tails of returns are: 0 for a normal distribution, positive where extremes are more common.
///
///     excess kurtosis = m₄ / m₂² − 3        mₖ = mean((r − mean(r))ᵏ)
///
/// The biased moments, as `scipy.stats.kurtosis` and the empyrical family; pandas and quantstats print an unbiased
/// one. No unit. Undefined below two returns and where returns do not vary.
package func excessKurtosis(of returns: [Double]) -> MeasureValue {
    if let reason = obstacleToShape(of: returns) { return .undefined(reason) }
    let variance = centralMoment(2, of: returns)
    return .finite(centralMoment(4, of: returns) / (variance * variance) - 3)
}

private func obstacleToShape(of returns: [Double]) -> String? {
    if let reason = obstacle(in: returns, atLeast: 2) { return reason }
    return isRounding(standardDeviation(of: returns), scale: scale(ofReturns: returns)) ? "returns do not vary" : nil
}
