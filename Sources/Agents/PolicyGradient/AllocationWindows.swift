/// The windows that a network scores together: those of all assets that can be decided on, of one bar or of several.
///
/// Fill, score, `removeAll`, and fill again: the memory stays.
struct AllocationWindows {
    /// B, decisions.
    private(set) var periods = 0
    /// The row of the market's table of prices that each window ends with; W windows, period by period.
    private(set) var ends: [Int32] = []
    /// The asset of each window.
    private(set) var assets: [Int32] = []
    /// The first window of each period, and W.
    private(set) var starts: [Int32] = [0]

    /// W
    var count: Int { ends.count }

    mutating func removeAll() {
        periods = 0
        ends.removeAll(keepingCapacity: true)
        assets.removeAll(keepingCapacity: true)
        starts.removeAll(keepingCapacity: true)
        starts.append(0)
    }

    /// One more period: the decision at the view's bar.
    mutating func append(_ view: AllocationView) {
        for asset in 0..<view.assets where view.isAvailable(asset) {
            ends.append(view.windowEnd(of: asset))
            assets.append(Int32(asset))
        }
        periods += 1
        starts.append(Int32(ends.count))
    }

    /// The windows of a period.
    func windows(of period: Int) -> Range<Int> { Int(starts[period])..<Int(starts[period + 1]) }
}
