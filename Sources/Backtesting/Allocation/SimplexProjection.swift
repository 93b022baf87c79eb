/// The point of the simplex (at least 0, sum 1) that lies next to a point, by Euclidean distance.
///
///     u = v in descending order        ρ = the last j with uⱼ − (u₁ + … + uⱼ − 1) / j > 0
///     θ = (u₁ + … + uρ − 1) / ρ        wᵢ = max(vᵢ − θ, 0)
///
/// - Parameter point: Finite numbers, one or more.
/// - Complexity: O(n log n).
/// - SeeAlso: Duchi, Shalev-Shwartz, Singer, Chandra, “Efficient projections onto the ℓ₁-ball for learning in high
///   dimensions”, ICML 2008, figure 1.
package func projectionOntoSimplex(of point: [Double]) -> [Double] {
    precondition(!point.isEmpty, "a simplex has one corner or more")
    // Adding a number to every coordinate changes nothing. With the largest at 0, those that count lie in −1...0, and a
    // long step does not cost them their digits.
    let highest = point.reduce(-Double.infinity, max)
    let shifted = point.map { $0 - highest }
    var sum = 0.0
    var threshold = -1.0
    for (index, value) in shifted.sorted(by: >).enumerated() {
        let candidate = (sum + value - 1) / Double(index + 1)
        guard value > candidate else { break }
        sum += value
        threshold = candidate
    }
    return normalized(shifted.map { max($0 - threshold, 0) })
}
