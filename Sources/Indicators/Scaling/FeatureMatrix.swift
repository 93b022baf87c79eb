/// Scaled features of one symbol: what policies observe and learners read.
///
/// A learner that gathers many windows hoists `withUnsafeBufferPointer` out of its loop; the rows of a window are
/// contiguous there. A policy is handed a `FeatureWindow`, which ends at the bar where it decides.
package struct FeatureMatrix: Equatable, Sendable {
    /// One per column, as strategy files write them.
    package let names: [String]
    /// Row-major, shape `[bars, features]`. Rows before `firstCompleteBar` hold 0 and belong to no window.
    package let values: [Float]
    /// Number of rows.
    package let bars: Int
    /// Number of columns.
    package let features: Int
    /// The first bar at which every feature has a value.
    package let firstCompleteBar: Int

    /// - Precondition: `values` has shape `[bars, names.count]`.
    package init(names: [String], values: [Float], bars: Int, firstCompleteBar: Int = 0) {
        precondition(values.count == bars * names.count, "a matrix of \(bars) rows has a value for each feature")
        self.names = names
        self.values = values
        self.bars = bars
        features = names.count
        self.firstCompleteBar = firstCompleteBar
    }

    /// The first bar at which a window of `length` bars is complete; `bars` or more if there is none.
    @inlinable
    package func firstUsableBar(windowLength length: Int) -> Int { firstCompleteBar + length - 1 }

    /// The `length` rows that end with `bar`. O(1), nothing is copied.
    /// - Precondition: `bar` is in `firstUsableBar(windowLength: length)..<bars`, and `length` is positive.
    @inlinable
    package func window(endingAt bar: Int, length: Int) -> FeatureWindow {
        FeatureWindow(of: self, endingAt: bar, length: length)
    }

    /// All values, row-major, shape `[bars, features]`.
    @inlinable
    package func withUnsafeBufferPointer<Result>(
        _ body: (UnsafeBufferPointer<Float>) throws -> Result
    ) rethrows -> Result {
        try values.withUnsafeBufferPointer(body)
    }
}
