/// Wilder's average directional index (1978): how strongly prices trend, whichever way.
///
///     up   = high(t) − high(t − 1)        +DM = up   where up > down and up > 0, else 0
///     down = low(t − 1) − low(t)          −DM = down where down > up and down > 0, else 0
///     DX   = 100 · |P − M| / (P + M),     P, M = Wilder averages of +DM and −DM
///     ADX  = Wilder average of DX
///
/// The book divides P and M by the average true range first; it cancels in DX, so closes are not needed. Where nothing
/// moves, P + M = 0, there is no direction and DX is 0. All averages start with the mean of their first `period`
/// values. (TA-Lib seeds P and M with one value fewer; the difference fades as (1 − 1 / period)ᵏ.)
///
/// - Parameters: Shape `[bars]` each, NaN where absent; an absent value starts the warm-up anew.
/// - Returns: In `0...100`, shape `[bars]`; NaN for the first 2 · `period` − 1 bars.
/// - Complexity: O(*bars*).
package func averageDirectionalIndex(high: [Double], low: [Double], period: Int) -> [Double] {
    let ups = changes(of: high)
    let downs = changes(of: low).map { -$0 }
    let moves = zip(ups, downs)
    let plus = wilderAverage(of: moves.map { directionalMove($0, against: $1) }, period: period)
    let minus = wilderAverage(of: moves.map { directionalMove($1, against: $0) }, period: period)
    let index = zip(plus, minus).map { plus, minus in
        plus + minus == 0 ? 0 : 100 * (abs(plus - minus) / (plus + minus))
    }
    return wilderAverage(of: index, period: period)
}

private func directionalMove(_ move: Double, against other: Double) -> Double {
    if (move + other).isNaN { return .nan }
    return move > other && move > 0 ? move : 0
}
