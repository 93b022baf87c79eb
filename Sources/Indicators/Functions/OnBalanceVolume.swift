/// The change of Granville's on-balance volume (1963) over `period` bars, as a share of all that was traded in them.
///
///     OBV(t) = OBV(t − 1) + sign(close(t) − close(t − 1)) · volume(t)
///     result = (OBV(t) − OBV(t − period)) / Σ volume of the last `period` bars
///
/// The level of OBV means nothing, since it depends on where the series starts; this share does not: +1 where every bar
/// rose, −1 where every bar fell. Without any volume nothing was pushed either way: 0.
///
/// - Parameters: Shape `[bars]` each, NaN where absent; volumes not negative.
/// - Returns: In `-1...1`, shape `[bars]`; NaN for the first `period` bars and wherever a bar needed is absent.
/// - Complexity: O(*bars* · *period*).
package func onBalanceVolumeShare(close: [Double], volume: [Double], period: Int) -> [Double] {
    let signed = zip(changes(of: close), volume).map { change, volume in
        change.isNaN ? .nan : change > 0 ? volume : change < 0 ? -volume : 0 * volume
    }
    let pushed = rolling(signed, period: period) { $0.sum }
    let traded = rolling(volume, period: period) { $0.sum }
    return zip(pushed, traded).map { pushed, traded in traded == 0 ? 0 * pushed : pushed / traded }
}
