/// Mean and deviation of every feature on the bars an agent is trained on, and nothing later.
///
/// Written into a model's metadata: a policy only understands features scaled as they were when it learned.
package struct FeatureScaler: Codable, Equatable, Sendable {
    /// One per column, as strategy files write them.
    package let names: [String]
    package let means: [Double]
    /// Sample deviations (divisor *n* − 1); 1 for a column that is constant on the training bars.
    package let deviations: [Double]

    /// Features are dimensionless and ordinary ones vary by far more than this, so less is rounding noise, which must not
    /// be blown up to deviation 1.
    private static let negligibleDeviation = 1e-12

    /// A scaler that was fitted before.
    /// - Precondition: a finite mean and a positive deviation for each name.
    package init(names: [String], means: [Double], deviations: [Double]) {
        precondition(names.count == means.count && names.count == deviations.count, "numbers for each feature")
        precondition(
            means.allSatisfy(\.isFinite) && deviations.allSatisfy { $0.isFinite && $0 > 0 }, "numbers to scale with")
        self.names = names
        self.means = means
        self.deviations = deviations
    }

    /// Measures the complete bars among `bars`: the training bars of a fold.
    ///
    /// - Throws: `FeatureError` if fewer than two bars of the range are past the warm-up.
    /// - Precondition: `bars` lie within `raw`.
    package static func fit(_ raw: RawFeatures, bars: Range<Int>) throws(FeatureError) -> FeatureScaler {
        precondition(
            0 <= bars.lowerBound && bars.upperBound <= raw.bars, "bars \(bars) lie within 0..<\(raw.bars)")
        let first = max(bars.lowerBound, raw.firstCompleteBar)
        guard bars.upperBound - first >= 2 else {
            throw FeatureError(
                "the training bars \(bars) hold \(max(0, bars.upperBound - first)) past the features' warm-up, which ends "
                    + "at bar \(raw.firstCompleteBar), but scaling needs at least 2; train on more bars or choose shorter "
                    + "periods")
        }
        let columns = raw.names.indices.map { feature in (first..<bars.upperBound).map { raw[$0, feature] }[...] }
        return FeatureScaler(
            names: raw.names, means: columns.map(\.mean),
            deviations: columns.map { column in
                let deviation = (column.squaredDeviations / Double(column.count - 1)).squareRoot()
                return deviation > negligibleDeviation ? deviation : 1
            })
    }

    /// (value − mean) / deviation, limited to ±`clip`.
    ///
    /// - Precondition: `raw` has the features that the scaler was fitted on, and `clip` is positive.
    /// - Complexity: O(*bars* · *features*).
    package func apply(to raw: RawFeatures, clip: Double = 5) -> FeatureMatrix {
        precondition(raw.names == names, "features \(raw.names) were not those the scaler was fitted on, \(names)")
        precondition(clip > 0, "features are clipped at a positive limit, not \(clip)")
        var values = [Float](repeating: 0, count: raw.values.count)
        for bar in raw.firstCompleteBar..<raw.bars {
            for feature in names.indices {
                let scaled = (raw[bar, feature] - means[feature]) / deviations[feature]
                values[bar * names.count + feature] = Float(min(max(scaled, -clip), clip))
            }
        }
        return FeatureMatrix(
            names: names, values: values, bars: raw.bars, firstCompleteBar: raw.firstCompleteBar)
    }
}
