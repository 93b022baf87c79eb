/// Features as computed, before scaling: one row a bar, one column a feature.
///
/// Rows before `firstCompleteBar` are in warm-up and hold NaN in at least one column; every later number is finite.
package struct RawFeatures: Equatable, Sendable {
    /// One per column, as strategy files write them.
    package let names: [String]
    /// Row-major, shape `[bars, features]`.
    package let values: [Double]
    /// Number of rows.
    package let bars: Int
    /// The first bar at which every feature has a value.
    package let firstCompleteBar: Int

    /// Number of columns.
    package var features: Int { names.count }

    /// - Parameter columns: One per name, each of shape `[bars]`, NaN during the warm-up.
    /// - Throws: `FeatureError` naming feature and bar if a value is not finite after the warm-up, or if there is no bar
    ///   at which every feature has a value.
    package init(names: [String], columns: [[Double]]) throws(FeatureError) {
        precondition(names.count == columns.count, "one name a column")
        let bars = columns.first?.count ?? 0
        precondition(columns.allSatisfy { $0.count == bars }, "columns have one length")
        var firstComplete = 0
        for (name, column) in zip(names, columns) {
            let start = column.firstIndex { !$0.isNaN } ?? bars
            if let bad = column[start...].firstIndex(where: { !$0.isFinite }) {
                throw FeatureError(
                    "\(name) is \(column[bad]) at bar \(bad), after its first value at bar \(start); "
                        + "look at the prices there")
            }
            firstComplete = max(firstComplete, start)
        }
        guard firstComplete < bars else {
            throw FeatureError(
                "in \(bars) bars there is none at which all of \(names.joined(lastBefore: "and")) have a value; "
                    + "use a longer history")
        }
        var values = [Double]()
        values.reserveCapacity(bars * columns.count)
        for bar in 0..<bars {
            for column in columns { values.append(column[bar]) }
        }
        self.names = names
        self.values = values
        self.bars = bars
        firstCompleteBar = firstComplete
    }

    /// A feature at a bar.
    package subscript(bar: Int, feature: Int) -> Double { values[bar * features + feature] }
}
