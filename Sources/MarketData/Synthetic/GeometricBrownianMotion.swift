import Configuration
import Foundation

/// Geometric Brownian motion: log returns are independent and normal, and nothing in the past helps.
///
///     dS = μ S dt + σ S dW
///
/// Stepped exactly: x(t + h) = x(t) + (μ − σ²/2) h + σ √h Z. So E[S(t)] = S(0) exp(μ t).
///
/// - SeeAlso: Black and Scholes, “The pricing of options and corporate liabilities”, Journal of Political Economy 81
///   (1973); Glasserman, “Monte Carlo methods in financial engineering” (2003), section 3.2.
package struct GeometricBrownianMotion: SyntheticMarket {
    package var drift = 0.08
    package var volatility = 0.2

    package init() {}

    package mutating func describe(to fields: inout some FieldVisitor) {
        fields.field("drift", &drift, driftDocumentation, .in(driftRange))
        fields.field("volatility", &volatility, "σ, a year: standard deviation of log returns.", .in(0...5))
    }

    package func initialState(_ draws: inout MarketDraws) {}

    package func advance(_ state: inout Void, by step: TimeStep, _ draws: inout MarketDraws) -> Movement {
        let deviation = volatility * step.years.squareRoot()
        let change = (drift - volatility * volatility / 2) * step.years + deviation * draws.priceNormal()
        return Movement(continuous: change, deviation: deviation)
    }

    package func logReturnLaw(bars: Int, yearsPerBar: Double) -> LogReturnLaw {
        let years = Double(bars) * yearsPerBar
        return LogReturnLaw(
            mean: (drift - volatility * volatility / 2) * years, variance: volatility * volatility * years)
    }
}

/// The drift of every market that has one; a fraction a year.
let driftDocumentation = "μ, a year: the expected price grows by exp(μ) in a year."
let driftRange = -5.0...5
