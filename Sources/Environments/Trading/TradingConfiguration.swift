import Brokerage
import Configuration

/// The account and the rules of trading, as a strategy file states them.
package struct TradingConfiguration: Configurable {
    package var startingCash = 100_000.0
    package var positionSize = 1.0
    package var lotSize = 0.0
    package var shorting = false
    package var stopLoss: Double?
    package var takeProfit: Double?
    package var fill = FillRule.nextOpen
    package var reward = RewardKind.logReturn
    package var rewardRate = 1.0 / 252

    package init() {}

    package mutating func describe(to fields: inout some FieldVisitor) {
        fields.field(
            "startingCash", &startingCash, "Account currency at the start; all of it is in cash.", .in(1...1e15))
        fields.field(
            "positionSize", &positionSize, "Fraction of equity that an order to enter commits, costs included.",
            .in(0.001...1))
        fields.field(
            "lotSize", &lotSize, "Shares come in multiples of this: 1 for whole shares, 0 for fractions.",
            .rule("must be 0, or 1e-9 to 1e12") { $0 == 0 || (1e-9...1e12).contains($0) })
        fields.field("shorting", &shorting, "Whether a flat account may sell short.")
        fields.field(
            "stopLoss", &stopLoss, "Close a position inside the bar at this loss, a fraction of the entry price.",
            .in(0.0001...0.9999))
        fields.field(
            "takeProfit", &takeProfit, "Close a position inside the bar at this gain, a fraction of the entry price.",
            .in(0.0001...100))
        fields.field(
            "fill", &fill,
            "When an order decided at a close is filled. sameClose cannot be traded: it is for published tables only.")
        fields.field("reward", &reward, "What an agent is taught to want, net of every cost.")
        fields.field(
            "rewardRate", &rewardRate,
            "How fast the moments of a differential reward follow: about one over its memory.",
            .in(0.00001...1))
    }

    /// The broker's rules with these costs.
    package func rules(costs: CostModel, fill: FillRule) -> TradingRules {
        TradingRules(
            costs: costs, fill: fill, lotSize: lotSize, allowsShorting: shorting, stopLoss: stopLoss,
            takeProfit: takeProfit)
    }
}
