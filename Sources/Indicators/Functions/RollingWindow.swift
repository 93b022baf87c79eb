/// One value for each window of `period` values, NaN until the first window is full.
///
/// Windows are walked afresh rather than updated, O(*bars* · *period*): a running sum carries the rounding of every bar
/// before it, so it could neither recognise a flat window nor forget a price that has left. A NaN makes exactly the
/// windows that contain it NaN, as long as `body` is arithmetic.
func rolling(_ values: [Double], period: Int, _ body: (ArraySlice<Double>) -> Double) -> [Double] {
    precondition(period > 0, "a window holds at least one bar, not \(period)")
    var result = [Double](repeating: .nan, count: values.count)
    for end in values.indices.dropFirst(period - 1) {
        result[end] = body(values[(end - period + 1)...end])
    }
    return result
}

extension ArraySlice<Double> {
    /// Mean, counted from the latest value so that equal values have exactly themselves as mean.
    var mean: Double {
        guard let base = last else { return .nan }
        var sum = 0.0
        for value in self { sum += value - base }
        return base + sum / Double(count)
    }

    /// Σ (xᵢ − mean)², exactly zero for equal values.
    var squaredDeviations: Double {
        let mean = mean
        var sum = 0.0
        for value in self { sum += (value - mean) * (value - mean) }
        return sum
    }

    var sum: Double { reduce(0, +) }
}
