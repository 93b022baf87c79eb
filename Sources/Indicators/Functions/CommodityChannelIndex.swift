/// Lambert's commodity channel index (1980).
///
///     CCI = (p − mean) / (0.015 · mean |pᵢ − mean|),    p = (high + low + close) / 3, over the last `period` bars
///
/// In a flat window the typical price p is where it always is: CCI is 0.
///
/// - Parameters: Shape `[bars]` each, NaN where absent.
/// - Returns: Shape `[bars]`, most values within ±100; NaN for the first `period` − 1 bars and wherever the window holds
///   an absent value.
/// - Complexity: O(*bars* · *period*).
package func commodityChannelIndex(high: [Double], low: [Double], close: [Double], period: Int) -> [Double] {
    let typical = close.indices.map { (high[$0] + low[$0] + close[$0]) / 3 }
    return rolling(typical, period: period) { window in
        guard let value = window.last else { return .nan }
        let mean = window.mean
        var distance = 0.0
        for other in window { distance += abs(other - mean) }
        return distance == 0 ? 0 : (value - mean) / (0.015 * (distance / Double(period)))
    }
}
