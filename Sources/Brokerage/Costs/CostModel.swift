import Configuration

/// What it costs to trade and to be short: every kind is optional, and all are added up.
///
/// Spread and slippage are charged beside the quoted price, in basis points (1/10,000) of the traded value, so the
/// defaults cost 5 + 4/2 + 1 = 8 basis points a side.
package struct CostModel: Configurable {
    /// Of the traded value, each side.
    package var commissionBasisPoints = 5.0
    /// In account currency.
    package var commissionPerShare = 0.0
    /// Least commission of a fill, in account currency.
    package var minimumCommission = 0.0
    /// Quoted spread; half of it is paid on each side.
    package var spreadBasisPoints = 4.0
    /// Of the traded value, each side.
    package var slippageBasisPoints = 1.0
    /// Of the short position's value, accrued per bar.
    package var borrowBasisPointsPerYear = 0.0

    package init() {}

    /// A market without friction.
    package static var none: CostModel {
        var model = CostModel()
        model.commissionBasisPoints = 0
        model.spreadBasisPoints = 0
        model.slippageBasisPoints = 0
        return model
    }

    package mutating func describe(to fields: inout some FieldVisitor) {
        fields.field(
            "commissionBasisPoints", &commissionBasisPoints, "Commission in 1/10,000 of the traded value, each side.",
            .in(0...1000))
        fields.field(
            "commissionPerShare", &commissionPerShare, "Commission for each share, in account currency.", .atLeast(0))
        fields.field(
            "minimumCommission", &minimumCommission, "Least commission of a fill, in account currency.", .atLeast(0))
        fields.field(
            "spreadBasisPoints", &spreadBasisPoints, "Quoted spread in 1/10,000; half of it is paid on each side.",
            .in(0...1000))
        fields.field(
            "slippageBasisPoints", &slippageBasisPoints, "Slippage in 1/10,000 of the traded value, each side.",
            .in(0...1000))
        fields.field(
            "borrowBasisPointsPerYear", &borrowBasisPointsPerYear,
            "Fee for borrowed shares in 1/10,000 of their value a year, accrued per bar.", .in(0...10_000))
    }

    /// The charges of one trade, in account currency.
    ///
    ///     commission = max(minimum, value · bp/10⁴ + shares · perShare)
    ///     spread = value · bp/2/10⁴          slippage = value · bp/10⁴
    ///
    /// - Parameters:
    ///   - shares: Number traded, sign ignored; none cost nothing.
    ///   - price: Quoted price, positive.
    package func charges(shares: Double, price: Double) -> Charges {
        guard shares != 0 else { return .none }
        let value = abs(shares) * price
        return Charges(
            commission: max(minimumCommission, value * commissionBasisPoints * 1e-4 + abs(shares) * commissionPerShare),
            spread: value * spreadBasisPoints * 0.5e-4,
            slippage: value * slippageBasisPoints * 1e-4)
    }

    /// The part of the traded value that every trade at `price` costs, leaving the minimum commission aside; a fraction.
    package func proportionalRate(at price: Double) -> Double {
        (commissionBasisPoints + spreadBasisPoints / 2 + slippageBasisPoints) * 1e-4 + commissionPerShare / price
    }

    /// The fee of holding `shares` sold short over one bar, in account currency; 0 for shares that are owned.
    ///
    ///     fee = |shares| · price · bp/10⁴ · years
    package func borrowFee(shares: Double, price: Double, years: Double) -> Double {
        shares < 0 ? -shares * price * borrowBasisPointsPerYear * 1e-4 * years : 0
    }
}
