import Brokerage
import Configuration

/// The rules of a portfolio, as a strategy file states them; they hold where `agent` divides one account among assets.
package struct PortfolioConfiguration: Configurable {
    package var maximumWeight = 1.0
    package var band = 0.0
    package var cashReturn = 0.0
    package var costLaw = RebalancingCost.Law.remainder

    package init() {}

    package mutating func describe(to fields: inout some FieldVisitor) {
        fields.field(
            "maximumWeight", &maximumWeight, "The largest share of wealth in one asset; what is cut off stays in cash.",
            .in(0.001...1))
        fields.field(
            "band", &band, "Nothing is traded where less than this share of wealth would change hands.", .in(0...0.99))
        fields.field("cashReturn", &cashReturn, "What cash earns in a year, a fraction.", .in(-0.5...1))
        fields.field(
            "costLaw", &costLaw,
            "remainder: the exact cost; toolbox: as academic toolboxes reckon it, for published tables only.")
    }
}
