import Brokerage
import Foundation
import TensorCore

/// What consecutive decisions earned, and how that changes with each of them.
///
///     R = 1/B Σₜ ln(μₜ · yₜ₊₁·wₜ)                           t = b … b + B − 1
///     μₜ = remainder factor from w'ₜ to wₜ                 w'ₜ = yₜ ⊙ wₜ₋₁ / (yₜ·wₜ₋₁)
///
/// (Jiang, Xu and Liang, arXiv 1706.10059, equations 10, 14 and 21.) A decision has three parts in R, and ∂R/∂wₜ is the sum
/// of their slopes:
///
///     (1)  growth of its own period       yₜ₊₁ / (yₜ₊₁·wₜ)
///     (2)  cost of going to it            ∂ ln μₜ/∂wₜ
///     (3)  cost of leaving it             (yₜ₊₁ ⊙ (h − Σ h ⊙ w'ₜ₊₁)) / (yₜ₊₁·wₜ)      h = ∂ ln μₜ₊₁/∂w'ₜ₊₁
///
/// (3) is absent for the last decision of a batch, and the weights before the first one are constants. Everything is in double
/// precision, whatever the network computes in: what a rebalance costs is a difference of numbers next to 1, in single
/// precision a ten-thousandth would keep three digits; and these are 1 + m numbers a period beside n·m windows' rows.
package struct AllocationObjective: Sendable {
    let cost: RebalancingCost
    /// y₀
    let cashRelative: Double

    package init(cost: RebalancingCost, cashRelative: Double = 1) {
        self.cost = cost
        self.cashRelative = cashRelative
    }

    /// Computes R, and ∂R/∂weights into `gradient`.
    ///
    /// - Parameters:
    ///   - weights: w, `[B, 1 + m]`, cash first, of sum 1.
    ///   - before: The weights of the period before the first, `1 + m`.
    ///   - relatives: y of the assets, rows b … b + B of `[B + 1, m]`; NaN where there is none.
    ///   - drifted: Memory for `1 + m` numbers.
    ///   - gradient: `[B, 1 + m]`, overwritten.
    package func evaluate(
        _ weights: Matrix<Double>, before: UnsafePointer<Double>, relatives: UnsafePointer<Double>,
        drifted: UnsafeMutablePointer<Double>, gradient: Matrix<Double>
    ) -> AllocationReturn {
        let (periods, columns) = (weights.rows, weights.columns)
        let share = 1 / Double(periods)
        var result = AllocationReturn(meanLogReturn: 0, turnover: 0)
        for period in 0..<periods {
            let target = weights.base + period * columns, slope = gradient.base + period * columns
            let previous = period == 0 ? before : UnsafePointer(target - columns)
            let (lately, next) = (relatives + period * (columns - 1), relatives + (period + 1) * (columns - 1))

            let before = growth(previous, lately, count: columns)
            drifted[0] = cashRelative * previous[0] / before
            for asset in 1..<columns {
                drifted[asset] = relative(lately[asset - 1], of: previous[asset]) * previous[asset] / before
            }
            let remainder = RemainderSlope(cost, from: drifted, to: target, count: columns)
            let grown = growth(target, next, count: columns)
            result.meanLogReturn += share * (log(remainder.factor) + log(grown))
            result.turnover += share * turnover(drifted, target, remainder.factor, count: columns)

            slope[0] = share * cashRelative / grown  // (1)
            for asset in 1..<columns {
                slope[asset] = share * relative(next[asset - 1], of: target[asset]) / grown
            }
            addCost(remainder, drifted, target, share: share, to: slope, count: columns)
            guard period > 0 else { continue }
            addLeaving(
                remainder, drifted, target, lately, share: share / before, to: slope - columns, count: columns)
        }
        return result
    }

    /// (2)
    private func addCost(
        _ remainder: RemainderSlope, _ drifted: UnsafePointer<Double>, _ target: UnsafePointer<Double>, share: Double,
        to slope: UnsafeMutablePointer<Double>, count: Int
    ) {
        slope[0] += share * cost.buying / remainder.denominator
        let sold = share * bothCosts / remainder.denominator
        for asset in 1..<count where drifted[asset] > remainder.threshold * target[asset] { slope[asset] += sold }
    }

    /// (3)
    /// - Parameter slope: That of the period before.
    private func addLeaving(
        _ remainder: RemainderSlope, _ drifted: UnsafePointer<Double>, _ target: UnsafePointer<Double>,
        _ relatives: UnsafePointer<Double>, share: Double, to slope: UnsafeMutablePointer<Double>, count: Int
    ) {
        let cash = -cost.buying / remainder.numerator, sold = -bothCosts / remainder.numerator
        var mean = cash * drifted[0]
        for asset in 1..<count where drifted[asset] > remainder.threshold * target[asset] {
            mean += sold * drifted[asset]
        }
        slope[0] += share * cashRelative * (cash - mean)
        for asset in 1..<count {
            // An asset that the period before could not decide on has weight 0 and no slope that anybody reads.
            let own = drifted[asset] > remainder.threshold * target[asset] ? sold : 0
            slope[asset] += share * relative(relatives[asset - 1], of: drifted[asset]) * (own - mean)
        }
    }

    private var bothCosts: Double { cost.selling + cost.buying - cost.selling * cost.buying }

    /// y·w
    private func growth(
        _ weights: UnsafePointer<Double>, _ relatives: UnsafePointer<Double>, count: Int
    ) -> Double {
        var sum = cashRelative * weights[0]
        for asset in 1..<count { sum += relative(relatives[asset - 1], of: weights[asset]) * weights[asset] }
        return sum
    }

    /// What an asset's value is multiplied with: where there is no relative it stays, and where nothing is held no relative is
    /// read.
    private func relative(_ value: Double, of weight: Double) -> Double { weight == 0 || value.isNaN ? 1 : value }

    /// Half of what was bought and sold, as a share of the wealth before.
    private func turnover(
        _ drifted: UnsafePointer<Double>, _ target: UnsafePointer<Double>, _ factor: Double, count: Int
    ) -> Double {
        var sum = 0.0
        for asset in 1..<count { sum += abs(factor * target[asset] - drifted[asset]) }
        return sum / 2
    }
}

/// What consecutive decisions came to.
package struct AllocationReturn: Equatable, Sendable {
    /// R: the mean over the periods of the logarithm of wealth after over wealth before, costs paid.
    package var meanLogReturn: Double
    /// The mean over the periods of half of what was bought and sold, as a share of wealth.
    package var turnover: Double
}
