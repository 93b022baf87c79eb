import Foundation

/// The mean block length, in bars, with which the stationary bootstrap estimates the deviation of a mean best.
///
/// With R(k) the autocovariance at lag k and λ the flat-top window, 1 up to ½ and 2(1 − |x|) up to 1,
///
///     G = Σ λ(k/M)·|k|·R(k)        g = Σ λ(k/M)·R(k)        |k| ≤ M
///     length = (2G² / D)^{1/3} · n^{1/3}        D = 2g²
///
/// where D = 2g² is the correction of 2009. M is twice the smallest lag from which max(5, ⌊log₁₀ n⌋) autocorrelations in
/// a row lie within ±2·√(log₁₀ n / n). The length is at most ⌈min(3√n, n/3)⌉. Details that implementations settle
/// differently (autocorrelations over the overlapping parts, lags up to ⌈√n⌉ + max(5, ⌊log₁₀ n⌋)) follow the Python
/// package arch, so the numbers are those of its `optimal_block_length`.
///
/// - Returns: a length that may lie below 1, where blocks are of no use. 1 for fewer than nine values, too few to see
///   autocorrelation in, and for values that do not vary.
/// - Complexity: O(n^{3/2}).
/// - SeeAlso: Politis and White, “Automatic block-length selection for the dependent bootstrap”, *Econometric Reviews*
///   23(1), 2004; Patton, Politis and White, “Correction to …”, *Econometric Reviews* 28(4), 2009.
package func optimalBlockLength(of values: [Double]) -> Double {
    let count = values.count
    guard count >= 9 else { return 1 }
    let center = mean(of: values)
    let deviations = values.map { $0 - center }
    let run = max(5, Int(log10(Double(count))))
    let longestLag = Int(Double(count).squareRoot().rounded(.up)) + run
    let products = (0...longestLag).map { lag in product(of: deviations, lag: lag) }
    guard products[0] > 0 else { return 1 }

    let significance = 2 * (log10(Double(count)) / Double(count)).squareRoot()
    let isInsignificant = (0..<longestLag).map { lag in
        let later = deviations[(lag + 1)...].reduce(0) { $0 + $1 * $1 }
        let earlier = deviations[..<(count - lag - 1)].reduce(0) { $0 + $1 * $1 }
        return abs(products[lag]) < significance * (later * earlier).squareRoot()
    }
    let firstOfRun = (1...(longestLag - run)).first { lag in isInsignificant[lag..<(lag + run)].allSatisfy { $0 } }
    let bandwidth = min(firstOfRun.map { 2 * $0 } ?? longestLag, longestLag)

    var weighted = 0.0
    var spectral = products[0] / Double(count)
    for lag in 1...bandwidth {
        let position = Double(lag) / Double(bandwidth)
        let window = position <= 0.5 ? 1 : 2 * (1 - position)
        // Twice, for the lags of either sign.
        weighted += 2 * window * Double(lag) * products[lag] / Double(count)
        spectral += 2 * window * products[lag] / Double(count)
    }
    let length = cbrt(weighted * weighted / (spectral * spectral) * Double(count))
    let longest = min(3 * Double(count).squareRoot(), Double(count) / 3).rounded(.up)
    return min(length, longest)
}

/// Σ x[t]·x[t + lag].
private func product(of values: [Double], lag: Int) -> Double {
    zip(values, values[lag...]).reduce(0) { $0 + $1.0 * $1.1 }
}
