import Configuration
import Foundation

/// Regime switching: a hidden Markov chain says which drift and which volatility hold.
///
///     dS = μ(k) S dt + σ(k) S dW,   k the regime of the bar
///
/// Between two bars of length h regime k ends with probability 1 − exp(−h/duration(k)); each of the others is then as
/// likely. The first regime is drawn from the chain's stationary law. Within a bar stepped exactly, as a geometric Brownian
/// motion. Regimes of different symbols are independent.
///
/// - SeeAlso: Hamilton, “A new approach to the economic analysis of nonstationary time series and the business cycle”,
///   Econometrica 57 (1989), section 2.
package struct RegimeSwitching: SyntheticMarket {
    package var drifts = [0.18, -0.25]
    package var volatilities = [0.12, 0.35]
    package var durations = [2.0, 0.5]

    package init() {}

    package mutating func describe(to fields: inout some FieldVisitor) {
        fields.field("drifts", &drifts, "μ of each regime, a year.", .each(in: driftRange))
        fields.field("volatilities", &volatilities, "σ of each regime, a year.", .each(in: 0...5))
        fields.field("durations", &durations, "Years that each regime lasts on average.", .each(in: 1e-6...1000))
        fields.check(
            volatilities.count == drifts.count, "volatilities",
            "has \(volatilities.count) values, but drifts has \(drifts.count); give one for each regime")
        fields.check(
            durations.count == drifts.count, "durations",
            "has \(durations.count) values, but drifts has \(drifts.count); give one for each regime")
    }

    /// The regime that holds, and whether it was just drawn.
    package struct State: Sendable {
        package var regime: Int
        var isFirstBar = true
    }

    package func initialState(_ draws: inout MarketDraws) -> State {
        State(regime: 0)
    }

    package func advance(_ state: inout State, by step: TimeStep, _ draws: inout MarketDraws) -> Movement {
        if step.beginsBar { beginBar(&state, step, &draws) }
        let volatility = volatilities[state.regime]
        let deviation = volatility * step.years.squareRoot()
        let change = (drifts[state.regime] - volatility * volatility / 2) * step.years
        return Movement(continuous: change + deviation * draws.priceNormal(), deviation: deviation)
    }

    /// One uniform decides; what is left of it, stretched to 0..<1, tells where the chain goes.
    private func beginBar(_ state: inout State, _ step: TimeStep, _ draws: inout MarketDraws) {
        let uniform = draws.regimeUniform()
        if state.isFirstBar {
            state = State(regime: index(at: uniform, of: occupancy(yearsPerBar: step.yearsPerBar)), isFirstBar: false)
            return
        }
        let leaving = leavingProbability(of: state.regime, yearsPerBar: step.yearsPerBar)
        guard drifts.count > 1, uniform < leaving else { return }
        let others = drifts.count - 1
        let other = min(Int(uniform / leaving * Double(others)), others - 1)
        state.regime = other < state.regime ? other : other + 1
    }

    private func index(at uniform: Double, of probabilities: [Double]) -> Int {
        var cumulative = 0.0
        for (index, probability) in probabilities.enumerated() {
            cumulative += probability
            if uniform < cumulative { return index }
        }
        return probabilities.count - 1
    }

    /// The probability that a regime ends between two bars.
    package func leavingProbability(of regime: Int, yearsPerBar: Double) -> Double {
        -expm1(-yearsPerBar / durations[regime])
    }

    /// The share of bars that each regime has in the long run.
    ///
    /// Which regime follows is uniform among the others, so in the long run all are entered equally often, and a regime's
    /// share is proportional to the bars that it lasts.
    package func occupancy(yearsPerBar: Double) -> [Double] {
        guard drifts.count > 1 else { return [1] }
        let bars = durations.indices.map { 1 / leavingProbability(of: $0, yearsPerBar: yearsPerBar) }
        let sum = bars.reduce(0, +)
        return bars.map { $0 / sum }
    }

    /// The variance adds what regimes contribute by their different means, bar with bar: with π the occupancy and *g* the
    /// mean of a bar, Σᵢⱼ Cov(g(kᵢ), g(kⱼ)) over the bars.
    /// - Complexity: O(*bars* × regimes).
    package func logReturnLaw(bars: Int, yearsPerBar: Double) -> LogReturnLaw {
        let occupancy = occupancy(yearsPerBar: yearsPerBar)
        let means = zip(drifts, volatilities).map { ($0 - $1 * $1 / 2) * yearsPerBar }
        let mean = zip(occupancy, means).map(*).reduce(0, +)
        var variance = Double(bars) * zip(occupancy, volatilities).map { $0 * $1 * $1 * yearsPerBar }.reduce(0, +)
        var ahead = means.map { $0 - mean }
        for distance in 0..<max(bars, 0) {
            var covariance = 0.0
            for regime in means.indices { covariance += occupancy[regime] * (means[regime] - mean) * ahead[regime] }
            variance += (distance == 0 ? 1 : 2) * Double(bars - distance) * covariance
            ahead = expectation(of: ahead, yearsPerBar: yearsPerBar)
        }
        return LogReturnLaw(mean: Double(bars) * mean, variance: variance)
    }

    /// E[f(next regime)] for each regime.
    private func expectation(of values: [Double], yearsPerBar: Double) -> [Double] {
        guard values.count > 1 else { return values }
        let sum = values.reduce(0, +)
        return values.indices.map { regime in
            let leaving = leavingProbability(of: regime, yearsPerBar: yearsPerBar)
            return (1 - leaving) * values[regime] + leaving * (sum - values[regime]) / Double(values.count - 1)
        }
    }
}

extension Rule where Value == [Double] {
    /// A list with a value for each regime.
    fileprivate static func each(in range: ClosedRange<Double>) -> Rule {
        .rule("must be 1 to 8 values, each in \(range.lowerBound.written)...\(range.upperBound.written)") { values in
            (1...8).contains(values.count) && values.allSatisfy(range.contains)
        }
    }
}
