import Configuration
import Foundation

/// Heston's model: the variance wanders round a mean of its own, so calm and wild times cluster, and with a negative
/// leverage falls are wilder than rises.
///
///     dS = μ S dt + √v S dW₁
///     dv = κ (θ − v) dt + ξ √v dW₂,   dW₁ dW₂ = ρ dt
///
/// Stepped by the full-truncation Euler scheme with v⁺ = max(v, 0), once for each step of a bar:
///
///     v(t + h) = v(t) + κ (θ − v⁺) h + ξ √(v⁺ h) Z₂
///     x(t + h) = x(t) + (μ − v⁺/2) h + √(v⁺ h) Z₁
///
/// - SeeAlso: Heston, “A closed-form solution for options with stochastic volatility”, Review of Financial Studies 6
///   (1993), equations 1 and 4; Lord, Koekkoek and van Dijk, “A comparison of biased simulation schemes for stochastic
///   volatility models”, Quantitative Finance 10 (2010).
package struct HestonModel: SyntheticMarket {
    package var drift = 0.08
    package var reversion = 3.0
    package var longRunVolatility = 0.2
    package var initialVolatility: Double?
    package var volatilityOfVariance = 0.4
    package var leverage = -0.7

    package init() {}

    package mutating func describe(to fields: inout some FieldVisitor) {
        fields.field("drift", &drift, driftDocumentation, .in(driftRange))
        fields.field(
            "reversion", &reversion, "κ, a year: the variance's distance from its mean halves in ln 2/κ years.",
            .in(0.01...100))
        fields.field(
            "longRunVolatility", &longRunVolatility, "√θ, a year: root of the variance's mean.", .in(0.001...3))
        fields.field(
            "initialVolatility", &initialVolatility, "√v(0), a year. Without it: longRunVolatility.", .in(0.001...3))
        fields.field("volatilityOfVariance", &volatilityOfVariance, "ξ, a year.", .in(0...5))
        fields.field("leverage", &leverage, "ρ, correlation of the shocks to price and to variance.", .in(-1...1))
    }

    /// θ.
    package var longRunVariance: Double { longRunVolatility * longRunVolatility }

    /// v(0).
    package var initialVariance: Double { initialVolatility.map { $0 * $0 } ?? longRunVariance }

    /// The state is v, which may fall below zero between steps.
    package func initialState(_ draws: inout MarketDraws) -> Double { initialVariance }

    package func advance(_ variance: inout Double, by step: TimeStep, _ draws: inout MarketDraws) -> Movement {
        let positive = max(variance, 0)
        let deviation = (positive * step.years).squareRoot()
        let priceShock = draws.priceNormal()
        let varianceShock = leverage * priceShock + (1 - leverage * leverage).squareRoot() * draws.varianceNormal()
        variance +=
            reversion * (longRunVariance - positive) * step.years + volatilityOfVariance * deviation * varianceShock
        return Movement(continuous: (drift - positive / 2) * step.years + deviation * priceShock, deviation: deviation)
    }

    /// With V = ∫ v dt and M = ∫ √v dW₁ the log return is μ t − V/2 + M, so its variance is E[V] + Var[V]/4 − Cov[M, V].
    ///
    /// Both follow from V − E[V] = ξ/κ ∫ (1 − exp(−κ (t − u))) √v(u) dW₂(u) and E[v(u)] = θ + (v(0) − θ) exp(−κ u).
    package func logReturnLaw(bars: Int, yearsPerBar: Double) -> LogReturnLaw {
        let (t, κ, θ, ξ) = (Double(bars) * yearsPerBar, reversion, longRunVariance, volatilityOfVariance)
        let excess = initialVariance - θ
        let decay = exp(-κ * t)
        let variance = θ * t + excess * (1 - decay) / κ
        // ∫ (1 − exp(−κ (t − u))) E[v(u)] du, and the same with the square.
        let once = θ * (t - (1 - decay) / κ) + excess * ((1 - decay) / κ - t * decay)
        let twice =
            θ * (t - 2 * (1 - decay) / κ + (1 - decay * decay) / (2 * κ))
            + excess * ((1 - decay) / κ - 2 * t * decay + decay * (1 - decay) / κ)
        return LogReturnLaw(
            mean: drift * t - variance / 2, variance: variance + ξ * ξ / (κ * κ) * twice / 4 - leverage * ξ / κ * once)
    }
}
