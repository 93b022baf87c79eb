import Configuration

/// What rebalancing costs a portfolio.
///
///     let remainder = cost.remainder(from: drifted, to: target)       // wealth after = remainder · wealth before
///
/// Weights are `[cash, assets…]`, at least 0, with sum 1.
package struct RebalancingCost: Equatable, Sendable {
    /// How the cost is reckoned.
    package enum Law: String, CaseIterable, Codable, Sendable, ConfigurationValue {
        /// Exactly: what is bought and sold, so that the target is met after the costs are paid.
        case remainder
        /// As the toolbox of online portfolio selection has it, for its tables only: see `remainder(from:to:after:)`.
        case toolbox
    }

    package var law: Law
    /// c_p and c_s, shares of the money spent on buying and of the value sold, each in `0..<1`.
    package var buying: Double
    package var selling: Double

    package init(buying: Double, selling: Double, law: Law = .remainder) {
        precondition((0..<1).contains(buying) && (0..<1).contains(selling), "a rate of cost lies in 0..<1")
        self.buying = buying
        self.selling = selling
        self.law = law
    }

    /// The share of the wealth that is left after going from one set of weights to another, in `0...1`.
    ///
    /// The transaction remainder factor of Jiang, Xu and Liang, “A deep reinforcement learning framework for the financial
    /// portfolio management problem”, arXiv 1706.10059 (2017), eq. 14, with drifted weights w', target w, costs c_p to buy
    /// and c_s to sell, cash being 0:
    ///
    ///     μ = [1 − c_p·w'₀ − (c_s + c_p − c_s·c_p) · Σ_{i≥1} (w'_i − μ·w_i)⁺] / (1 − c_p·w₀)
    ///
    /// The right side is a contraction of modulus at most c_s + c_p − c_s·c_p < 1 in μ, so iterating it converges from
    /// anywhere; it stops where a step is below 10⁻¹⁵.
    ///
    /// The toolbox (Li, Sahoo and Hoi, “OLPS: a toolbox for on-line portfolio selection”, JMLR 17(35), 2016) charges to the first
    /// order, 1 − Σ_{i≥1} c·|w_i − w'_i/f|, c for the side. It divides drifted values by a return that is net of the cost
    /// before, so its drifted weights have the sum 1/f, f being the factor before: what was paid is, in effect, paid upon again.
    ///
    /// - Parameter before: f, the factor of the rebalance before, for the toolbox's law.
    /// - Complexity: O(*assets*) a step; at 10 basis points six steps or so.
    package func remainder(from drifted: [Double], to target: [Double], after before: Double = 1) -> Double {
        precondition(drifted.count == target.count && !target.isEmpty, "weights are of cash and the same assets")
        switch law {
        case .remainder: return exactRemainder(from: drifted, to: target)
        case .toolbox:
            var factor = 1.0
            for asset in 1..<target.count {
                let change = target[asset] - drifted[asset] / before
                factor -= change > 0 ? buying * change : -selling * change
            }
            return max(0, factor)
        }
    }

    private func exactRemainder(from drifted: [Double], to target: [Double]) -> Double {
        let both = selling + buying - selling * buying
        let numerator = 1 - buying * drifted[0]
        let denominator = 1 - buying * target[0]
        var factor = 1.0
        // The modulus may be next to 1 where costs are next to everything: each step then still gains a bit.
        for _ in 0..<10_000 {
            var sold = 0.0
            for asset in 1..<target.count { sold += max(0, drifted[asset] - factor * target[asset]) }
            let next = (numerator - both * sold) / denominator
            let change = next - factor
            factor = next
            if abs(change) < 1e-15 { break }
        }
        return min(1, max(0, factor))
    }
}

extension CostModel {
    /// The cost of rebalancing where trades are shares of wealth: commission, half of the spread and slippage on each side.
    ///
    /// These are shares of the value that changes hands. The remainder factor has shares of the money spent, so by that law
    /// buying costs rate / (1 + rate), and a portfolio pays what an account of shares would.
    ///
    /// Commissions per share and minimum commissions depend on numbers of shares, which weights do not have.
    package func rebalancing(_ law: RebalancingCost.Law) -> RebalancingCost {
        let rate = (commissionBasisPoints + spreadBasisPoints / 2 + slippageBasisPoints) * 1e-4
        return RebalancingCost(buying: law == .remainder ? rate / (1 + rate) : rate, selling: rate, law: law)
    }
}
