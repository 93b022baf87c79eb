/// Wilder's relative strength index (1978).
///
///     RSI = 100 · gain / (gain + loss),    gain, loss = Wilder averages of max(Δ, 0) and max(−Δ, 0)
///
/// A series that has not moved has neither strength nor weakness: it gets 50. (TA-Lib gives 0 there.)
///
/// - Parameter closes: Shape `[bars]`, NaN where absent; an absent value starts the warm-up anew.
/// - Returns: In `0...100`, shape `[bars]`; NaN for the first `period` bars.
/// - Complexity: O(*bars*).
package func relativeStrengthIndex(of closes: [Double], period: Int) -> [Double] {
    let moves = changes(of: closes)
    let gains = wilderAverage(of: moves.map { $0 < 0 ? 0 : $0 }, period: period)
    let losses = wilderAverage(of: moves.map { $0 > 0 ? 0 : -$0 }, period: period)
    return zip(gains, losses).map { gain, loss in
        gain + loss == 0 ? 50 : 100 * (gain / (gain + loss))
    }
}

/// x(t) − x(t − 1); NaN for the first bar.
func changes(of values: [Double]) -> [Double] {
    guard !values.isEmpty else { return [] }
    return [.nan] + zip(values.dropFirst(), values).map { $0 - $1 }
}
