import Configuration
import Foundation

/// An Ornstein–Uhlenbeck process of the log price: it is drawn back to the first price, so what has fallen tends to rise.
///
///     dx = −κ x dt + σ dW,   x(0) = 0
///
/// Stepped exactly: x(t + h) = x(t) exp(−κ h) + σ √((1 − exp(−2 κ h)) / (2 κ)) Z.
///
/// - SeeAlso: Uhlenbeck and Ornstein, “On the theory of the Brownian motion”, Physical Review 36 (1930); Glasserman (2003),
///   section 3.3.
package struct OrnsteinUhlenbeck: SyntheticMarket {
    package var reversion = 10.0
    package var volatility = 0.3

    package init() {}

    package mutating func describe(to fields: inout some FieldVisitor) {
        fields.field(
            "reversion", &reversion, "κ, a year: the distance from the first price halves in ln 2/κ years.",
            .in(1e-3...1e5))
        fields.field("volatility", &volatility, "σ, a year.", .in(0...5))
    }

    /// Var[x(t)] for t → ∞: σ²/(2 κ).
    package var stationaryVariance: Double { volatility * volatility / (2 * reversion) }

    /// The state is x.
    package func initialState(_ draws: inout MarketDraws) -> Double { 0 }

    package func advance(_ level: inout Double, by step: TimeStep, _ draws: inout MarketDraws) -> Movement {
        let deviation = deviation(years: step.years)
        let next = level * exp(-reversion * step.years) + deviation * draws.priceNormal()
        defer { level = next }
        return Movement(continuous: next - level, deviation: deviation)
    }

    package func logReturnLaw(bars: Int, yearsPerBar: Double) -> LogReturnLaw {
        let deviation = deviation(years: Double(bars) * yearsPerBar)
        return LogReturnLaw(mean: 0, variance: deviation * deviation)
    }

    private func deviation(years: Double) -> Double {
        (stationaryVariance * -expm1(-2 * reversion * years)).squareRoot()
    }
}
