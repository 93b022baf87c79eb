import Backtesting
import Foundation
import RandomNumbers

/// The weights of each period, one more than there are bars; where a rule wants no trade, what it held drifts.
func weights(of rule: some AllocationRule, over relatives: [[Double]]) -> [[Double]] {
    var rule = rule
    var all = [rule.initial]
    for relative in relatives {
        all.append(rule.update(with: relative) ?? drifted(all[all.count - 1], by: relative))
    }
    return all
}

/// b ⊙ x / (b·x).
func drifted(_ weights: [Double], by relatives: [Double]) -> [Double] {
    let values = zip(weights, relatives).map { $0 * $1 }
    let sum = values.reduce(0, +)
    return values.map { $0 / sum }
}

/// Final wealth from 1 when weights are rebalanced after every bar.
///
/// A bar multiplies wealth by (b·x)·(1 − cost/2·Σ|b − b~|), where b~ is what was held before, nothing on the first day.
/// - Parameter isToolbox: What b ⊙ x is divided by to give b~. The toolbox of Li and Hoi takes the bar's growth *net of
///   costs*, so that its b~ add up to a little more than 1; otherwise it is b·x.
func finalWealth(of weights: [[Double]], over relatives: [[Double]], cost: Double, isToolbox: Bool) -> Double {
    var wealth = 1.0
    var held = [Double](repeating: 0, count: relatives[0].count)
    for (wanted, relative) in zip(weights, relatives) {
        let values = zip(wanted, relative).map { $0 * $1 }
        let gross = values.reduce(0, +)
        let traded = zip(wanted, held).reduce(0) { $0 + abs($1.0 - $1.1) }
        let net = gross * (1 - cost / 2 * traded)
        wealth *= net
        held = values.map { $0 / (isToolbox ? net : gross) }
    }
    return wealth
}

/// exp of normal numbers, some of which all assets share: shape [bars][assets].
func randomRelatives(bars: Int, assets: Int, volatility: Double = 0.02, seed: Int) -> [[Double]] {
    var stream = RandomKey(seed: 5).child(seed).stream("relatives")
    return (0..<bars).map { _ in
        let common = volatility * stream.normal()
        return (0..<assets).map { _ in exp(common / 2 + volatility * stream.normal()) }
    }
}

/// Between 0.01 and 100, each power of ten as often as another.
func extremeRelatives(bars: Int, assets: Int, seed: Int) -> [[Double]] {
    var stream = RandomKey(seed: 6).child(seed).stream("relatives")
    return (0..<bars).map { _ in (0..<assets).map { _ in pow(10, 4 * stream.uniform() - 2) } }
}

/// Every rule whose weights for an asset depend on the asset's relatives, and not on its place in the list.
func orderlessRules(assets: Int) -> [(name: String, rule: any AllocationRule)] {
    [
        ("UCRP", ConstantRebalanced(assets: assets)),
        ("EG", ExponentiatedGradient(assets: assets)),
        ("ONS", OnlineNewtonStep(assets: assets)),
        ("ONS, mixed", OnlineNewtonStep(assets: assets, mixing: 0.1, beta: 2, delta: 0.5)),
        ("PAMR", PassiveAggressiveMeanReversion(assets: assets)),
        ("PAMR-2", PassiveAggressiveMeanReversion(assets: assets, aggressiveness: 500)),
        ("CWMR", ConfidenceWeightedMeanReversion(assets: assets)),
        ("OLMAR-2", MovingAverageReversion(assets: assets)),
        ("RMR", RobustMedianReversion(assets: assets)),
        ("minimum variance", MinimumVariance(assets: assets, window: 30, every: 5)),
        ("risk parity", RiskParity(assets: assets, window: 30, every: 5)),
    ]
}

func everyRule(assets: Int) -> [(name: String, rule: any AllocationRule)] {
    var stream = RandomKey(seed: 7).stream("portfolios")
    return orderlessRules(assets: assets) + [
        ("universal", UniversalPortfolio(assets: assets, samples: 200, using: &stream))
    ]
}

func dot(_ first: [Double], _ second: [Double]) -> Double { zip(first, second).reduce(0) { $0 + $1.0 * $1.1 } }

/// The largest |aᵢ − bᵢ|; infinite where lengths differ or a number is none.
func largestDifference(_ first: [Double], _ second: [Double]) -> Double {
    guard first.count == second.count else { return .infinity }
    let differences = zip(first, second).map { abs($0 - $1) }
    return differences.contains(where: \.isNaN) ? .infinity : differences.reduce(0, max)
}

func largestDifference(_ first: [[Double]], _ second: [[Double]]) -> Double {
    first.count == second.count ? zip(first, second).reduce(0) { max($0, largestDifference($1.0, $1.1)) } : .infinity
}
