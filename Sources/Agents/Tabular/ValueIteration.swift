import Environments

/// Exact solution of a finite world by dynamic programming.
///
///     Q(s, a) = Σ p·(r + γ·V(s'))  over the outcomes (p, r, s') of a in s        V(s) = max over valid a of Q(s, a)
///
/// are applied to all states at once, from V = 0, sweep after sweep. Beyond the end of an episode V is 0. A sweep brings any
/// two guesses of V closer, by the factor ρ = `FiniteModel.contraction` at least in their largest difference, so with the
/// *residual* δ, the largest change of a value in the last sweep,
///
///     |V − V*| ≤ ρ / (1 − ρ)·δ
///
/// in every state; where no action ends an episode, that is the well-known γ / (1 − γ)·δ. The bound holds but for the
/// rounding of one sweep, about 1e-16 of the largest value over 1 − ρ.
///
/// - SeeAlso: Bellman, “Dynamic programming” (1957); Puterman, “Markov decision processes” (1994), theorem 6.3.1.
/// - Complexity: O(sweeps · outcomes), sweeps about ln(tolerance) / ln ρ.
package enum ValueIteration {
    package struct Solution: Sendable {
        /// V, one for each state.
        package let values: [Double]
        /// Q of those values, one for each pair of the model.
        package let pairValues: [Double]
        /// δ of each sweep.
        package let residuals: [Double]
        /// No value is further than this from the exact one; infinite where ρ is 1 and the values still move.
        package let errorBound: Double
    }

    /// Sweeps until the error bound is within the tolerance, or nothing changes any more, or the sweeps are used up.
    package static func solve(_ model: FiniteModel, configuration: ValueIterationConfiguration = .init()) -> Solution {
        let contraction = model.contraction
        var values = [Double](repeating: 0, count: model.states.count)
        var residuals: [Double] = []
        var errorBound = Double.infinity
        while errorBound > configuration.tolerance, residuals.count < configuration.maximumSweeps {
            let next = model.stateValues(of: pairValues(model, values))
            let residual = zip(next, values).reduce(0) { max($0, abs($1.0 - $1.1)) }
            values = next
            residuals.append(residual)
            errorBound = residual == 0 ? 0 : contraction / (1 - contraction) * residual
        }
        return Solution(
            values: values, pairValues: pairValues(model, values), residuals: residuals, errorBound: errorBound)
    }

    private static func pairValues(_ model: FiniteModel, _ values: [Double]) -> [Double] {
        model.pairActions.indices.map { pair in
            model.outcomes(of: pair).reduce(0) { sum, outcome in
                sum + outcome.probability * (outcome.reward + model.discount * (outcome.next.map { values[$0] } ?? 0))
            }
        }
    }
}
