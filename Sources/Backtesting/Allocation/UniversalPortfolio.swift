import Foundation
import RandomNumbers

/// Cover's universal portfolio: the mean of all constant portfolios, each counted by the wealth it would have now.
///
///     bₜ₊₁ = ∫ b·Sₜ(b) db / ∫ Sₜ(b) db,  Sₜ(b) = ∏ (b·x) over the bars so far,  b uniform on the simplex
///
/// The integrals are means over portfolios drawn from the Dirichlet law with all parameters 1.
///
/// - SeeAlso: Cover, “Universal portfolios”, *Mathematical Finance* 1(1), 1991, equation 1.3.
package struct UniversalPortfolio: AllocationRule {
    package let initial: [Double]
    /// Drawn portfolios, one after the other, shape [samples × assets].
    private let samples: [Double]
    /// ln Sₜ(b), shape [samples].
    private var logWealth: [Double]

    /// - Parameters:
    ///   - samples: How many portfolios are drawn. The error of a weight falls with the root of their number: it is about
    ///     the weight over √samples, more when few of them have most of the wealth.
    ///   - stream: Where they are drawn from.
    package init(assets: Int, samples count: Int = 10_000, using stream: inout RandomStream) {
        precondition(count > 0, "a mean is over one sample or more")
        initial = uniformWeights(assets: assets)
        var samples: [Double] = []
        samples.reserveCapacity(count * assets)
        for _ in 0..<count {
            // Exponential variables over their sum follow that law.
            samples += normalized((0..<assets).map { _ in -log(1 - stream.uniform()) })
        }
        self.samples = samples
        logWealth = [Double](repeating: 0, count: count)
    }

    /// - Complexity: O(samples·assets).
    package mutating func update(with relatives: [Double]) -> [Double]? {
        let assets = initial.count
        precondition(relatives.count == assets, "there is one relative for each asset")
        for sample in logWealth.indices {
            var growth = 0.0
            for asset in 0..<assets { growth += samples[sample * assets + asset] * relatives[asset] }
            logWealth[sample] += log(growth)
        }
        // The richest has wealth 1, so that none overflows.
        let highest = logWealth.reduce(-Double.infinity, max)
        var sums = [Double](repeating: 0, count: assets)
        for sample in logWealth.indices {
            let wealth = exp(logWealth[sample] - highest)
            for asset in 0..<assets { sums[asset] += wealth * samples[sample * assets + asset] }
        }
        return normalized(sums)
    }
}
