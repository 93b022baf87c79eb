import Foundation

/// ln(value(t) / close(t − 1)): the log return from the previous close to this bar's open, high, low or close.
///
/// - Parameters: Prices of shape `[bars]` each, NaN where absent.
/// - Returns: Shape `[bars]`; NaN for the first bar, and where either price is absent or not positive.
/// - Complexity: O(*bars*).
package func logReturns(of values: [Double], sincePrevious closes: [Double]) -> [Double] {
    guard !values.isEmpty else { return [] }
    return [.nan]
        + zip(values.dropFirst(), closes).map { value, previous in
            value > 0 && previous > 0 ? log(value / previous) : .nan
        }
}

/// ln((volume(t) + 1) / (volume(t − 1) + 1)).
///
/// One unit is added so that a bar without trades has a value; it vanishes against any real volume. An unknown volume
/// has no value: none is invented.
///
/// - Parameter volumes: Shape `[bars]`, NaN where unknown, not negative.
/// - Returns: Shape `[bars]`; NaN for the first bar and beside an unknown volume.
/// - Complexity: O(*bars*).
package func logVolumeChanges(of volumes: [Double]) -> [Double] {
    guard !volumes.isEmpty else { return [] }
    return [.nan]
        + zip(volumes.dropFirst(), volumes).map { volume, previous in
            volume >= 0 && previous >= 0 ? log((volume + 1) / (previous + 1)) : .nan
        }
}

/// The sample deviation (divisor `period` − 1) of the last `period` log returns, per bar, not annualised.
///
/// - Parameter closes: Shape `[bars]`, NaN where absent.
/// - Returns: Shape `[bars]`; NaN for the first `period` bars, and where a close is absent or not positive.
/// - Complexity: O(*bars* · *period*).
package func rollingVolatility(of closes: [Double], period: Int) -> [Double] {
    precondition(period > 1, "a sample deviation needs two returns, not \(period)")
    return rolling(logReturns(of: closes, sincePrevious: closes), period: period) {
        ($0.squaredDeviations / Double(period - 1)).squareRoot()
    }
}
