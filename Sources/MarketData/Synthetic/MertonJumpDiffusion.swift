import Configuration
import Foundation

/// Merton's jump diffusion: a geometric Brownian motion, and now and then a jump, so that tails are fat.
///
///     dS/S₋ = (μ − λ k) dt + σ dW + (J − 1) dN,   ln J ~ N(m, s²),   k = E[J] − 1 = exp(m + s²/2) − 1
///
/// *N* counts jumps, λ a year. Stepped exactly: x(t + h) = x(t) + (μ − λ k − σ²/2) h + σ √h Z + the sum of N(h) logarithms
/// of J. Within a step the jumps come last, which matters only for high and low. E[S(t)] = S(0) exp(μ t).
///
/// - SeeAlso: Merton, “Option pricing when underlying stock returns are discontinuous”, Journal of Financial Economics 3
///   (1976), section 2; Glasserman (2003), section 3.5.
package struct MertonJumpDiffusion: SyntheticMarket {
    package var drift = 0.08
    package var volatility = 0.15
    package var jumpsPerYear = 4.0
    package var jumpMean = -0.03
    package var jumpDeviation = 0.05

    package init() {}

    package mutating func describe(to fields: inout some FieldVisitor) {
        fields.field("drift", &drift, driftDocumentation, .in(driftRange))
        fields.field("volatility", &volatility, "σ, a year, between jumps.", .in(0...5))
        fields.field("jumpsPerYear", &jumpsPerYear, "λ, the expected number of jumps in a year.", .in(0...1000))
        fields.field("jumpMean", &jumpMean, "m, mean of a jump of the log price.", .in(-1...1))
        fields.field("jumpDeviation", &jumpDeviation, "s, standard deviation of a jump of the log price.", .in(0...1))
    }

    /// E[ln S(t)/S(0)] / t.
    package var logDrift: Double { diffusionDrift + jumpsPerYear * jumpMean }

    private var diffusionDrift: Double {
        let compensator = exp(jumpMean + jumpDeviation * jumpDeviation / 2) - 1
        return drift - jumpsPerYear * compensator - volatility * volatility / 2
    }

    package func initialState(_ draws: inout MarketDraws) {}

    package func advance(_ state: inout Void, by step: TimeStep, _ draws: inout MarketDraws) -> Movement {
        let deviation = volatility * step.years.squareRoot()
        let diffusion = diffusionDrift * step.years + deviation * draws.priceNormal()
        let count = Double(draws.jumpCount(mean: jumpsPerYear * step.years))
        // A sum of independent normals is a normal.
        let jump = count == 0 ? 0 : count * jumpMean + count.squareRoot() * jumpDeviation * draws.jumpNormal()
        return Movement(continuous: diffusion, deviation: deviation, jump: jump)
    }

    package func logReturnLaw(bars: Int, yearsPerBar: Double) -> LogReturnLaw {
        let years = Double(bars) * yearsPerBar
        return LogReturnLaw(mean: logDrift * years, variance: annualVariance * years)
    }

    /// σ² + λ (m² + s²).
    private var annualVariance: Double {
        volatility * volatility + jumpsPerYear * (jumpMean * jumpMean + jumpDeviation * jumpDeviation)
    }

    /// Kurtosis less 3 of the log return over some years: λ (m⁴ + 6 m² s² + 3 s⁴) / (σ² + λ (m² + s²))² / t.
    package func excessKurtosis(years: Double) -> Double {
        let (m2, s2) = (jumpMean * jumpMean, jumpDeviation * jumpDeviation)
        return jumpsPerYear * (m2 * m2 + 6 * m2 * s2 + 3 * s2 * s2) / (annualVariance * annualVariance * years)
    }
}
