/// The latest rows of a feature matrix as they were known at the close of bar `end`.
///
/// A later row cannot be had from it: its indices count from the oldest row, 0, to `end`, `length` − 1.
package struct FeatureWindow: Sendable {
    @usableFromInline let matrix: FeatureMatrix
    /// The bar of the last row.
    package let end: Int
    /// Number of rows, T.
    package let length: Int

    /// Number of columns.
    @inlinable package var features: Int { matrix.features }

    @inlinable
    init(of matrix: FeatureMatrix, endingAt end: Int, length: Int) {
        precondition(length > 0, "a window has at least one row, not \(length)")
        precondition(
            matrix.firstUsableBar(windowLength: length) <= end && end < matrix.bars,
            "no window of \(length) bars ends at bar \(end): features begin at \(matrix.firstCompleteBar), end before \(matrix.bars)"
        )
        self.matrix = matrix
        self.end = end
        self.length = length
    }

    /// A feature in a row; row 0 is the oldest, `length` − 1 the bar `end`.
    @inlinable
    package subscript(row: Int, feature: Int) -> Float {
        precondition(0 <= row && row < length, "row \(row) is outside the window's \(length)")
        precondition(0 <= feature && feature < features, "feature \(feature) is outside the window's \(features)")
        return matrix.values[(end - length + 1 + row) * features + feature]
    }

    /// The window's values, oldest row first, row-major, shape `[length, features]`, contiguous.
    @inlinable
    package func withUnsafeBufferPointer<Result>(
        _ body: (UnsafeBufferPointer<Float>) throws -> Result
    ) rethrows -> Result {
        try matrix.values.withUnsafeBufferPointer { values in
            try body(UnsafeBufferPointer(rebasing: values[((end - length + 1) * features)..<((end + 1) * features)]))
        }
    }
}
