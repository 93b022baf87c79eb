/// The L₁ median, the point with the least sum of Euclidean distances to the given ones.
///
///     T(y) = Σ xᵢ/‖xᵢ − y‖ / Σ 1/‖xᵢ − y‖        R(y) = Σ (xᵢ − y)/‖xᵢ − y‖        over xᵢ ≠ y
///     y ← (1 − r)·T(y) + r·y,  r = min(1, η/‖R(y)‖),  η = how many xᵢ lie at y
///
/// from the median of each coordinate, until ‖Δy‖₁ ≤ tolerance·‖y‖₁. It converges from everywhere; without the second term,
/// Weiszfeld's iteration would stop at any point that it meets.
///
/// - Parameters:
///   - points: One or more, all of the same dimension.
///   - tolerance: Relative change that ends the iteration.
///   - iterations: The most that are made.
/// - Complexity: O(iterations·points·dimension).
/// - SeeAlso: Vardi and Zhang, “The multivariate L₁-median and associated data depth”, *PNAS* 97(4), 2000, equation 2.6.
package func geometricMedian(of points: [[Double]], tolerance: Double = 1e-9, iterations: Int = 200) -> [Double] {
    precondition(!points.isEmpty, "no points have no median")
    var median = coordinateMedian(of: points)
    for _ in 0..<iterations {
        var nearness = 0.0
        var coinciding = 0.0
        var attraction = [Double](repeating: 0, count: median.count)
        for point in points {
            var squares = 0.0
            for index in median.indices { squares += (point[index] - median[index]) * (point[index] - median[index]) }
            let distance = squares.squareRoot()
            if distance < 1e-15 {
                coinciding += 1
                continue
            }
            nearness += 1 / distance
            for index in median.indices { attraction[index] += (point[index] - median[index]) / distance }
        }
        // T(y) − y is R(y) over the sum of nearnesses.
        let strength = dotProduct(attraction, attraction).squareRoot()
        guard strength > coinciding else { break }
        let share = (1 - coinciding / strength) / nearness
        var change = 0.0
        var length = 0.0
        for index in median.indices {
            change += abs(share * attraction[index])
            length += abs(median[index])
            median[index] += share * attraction[index]
        }
        if change <= tolerance * length { break }
    }
    return median
}

private func coordinateMedian(of points: [[Double]]) -> [Double] {
    points[0].indices.map { index in
        let sorted = points.map { $0[index] }.sorted()
        let middle = sorted.count / 2
        return sorted.count.isMultiple(of: 2) ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
    }
}
