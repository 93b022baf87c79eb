import Backtesting
import RandomNumbers
import Testing

private func expectOnSimplex(_ rule: some AllocationRule, _ relatives: [[Double]], _ name: String) {
    var rule = rule
    var worst = 0.0
    for weights in [rule.initial] + relatives.compactMap({ rule.update(with: $0) }) {
        #expect(weights.count == relatives[0].count)
        worst = max(worst, weights.reduce(-.infinity) { max($0, $1.isFinite ? -$1 : .infinity) })
        // Rounding of at most 500 terms below 1.
        worst = max(worst, abs(weights.reduce(0, +) - 1) - 1e-12)
    }
    #expect(worst <= 0, "\(name), \(relatives[0].count) assets: \(worst)")
}

@Test(arguments: [1, 2, 3, 8, 30])
func everyRuleStaysOnTheSimplex(assets: Int) {
    for (name, rule) in everyRule(assets: assets) {
        expectOnSimplex(rule, randomRelatives(bars: 1_000, assets: assets, seed: assets), name)
        expectOnSimplex(rule, extremeRelatives(bars: 1_000, assets: assets, seed: assets), name)
        expectOnSimplex(rule, [[Double]](repeating: [Double](repeating: 1, count: assets), count: 100), name)
        // The mean of such numbers is not one of them.
        expectOnSimplex(rule, [[Double]](repeating: [Double](repeating: 1.1, count: assets), count: 100), name)
    }
}

@Test func whatIsAloneGetsEverything() {
    for (name, rule) in everyRule(assets: 1) {
        #expect(
            weights(of: rule, over: randomRelatives(bars: 100, assets: 1, seed: 1)).allSatisfy { $0 == [1] }, "\(name)")
    }
}

/// Two assets that always do the same get the same. A step of some hundred along deviations of 0.02 turns a rounding into
/// 1e-11; ONS may divide what they have together in any way that its last rounding says, but for the identity in A.
@Test func identicalAssetsGetTheSame() {
    let relatives = randomRelatives(bars: 200, assets: 3, seed: 2).map { [$0[0], $0[1], $0[0], $0[2]] }
    for (name, rule) in orderlessRules(assets: 4) {
        let all = weights(of: rule, over: relatives)
        #expect(largestDifference(all.map { $0[0] }, all.map { $0[2] }) < 1e-8, "\(name)")
        #expect(all.allSatisfy { $0.allSatisfy(\.isFinite) }, "\(name)")
    }
    for (name, rule) in orderlessRules(assets: 2) {
        let all = weights(of: rule, over: relatives.map { [$0[0], $0[2]] })
        #expect(all.allSatisfy { largestDifference($0, [0.5, 0.5]) < 1e-9 }, "\(name)")
    }
}

/// The order in which assets are listed is nothing that a rule may learn from. Sums are rounded in another order; how far
/// that goes is argued as for identical assets.
@Test func anotherOrderOfAssetsGivesTheSameWeights() {
    let assets = 7
    for seed in 0..<10 {
        let relatives = randomRelatives(bars: 120, assets: assets, seed: seed)
        var stream = RandomKey(seed: 8).child(seed).stream("order")
        var order = Array(0..<assets)
        stream.shuffle(&order)
        for (name, rule) in orderlessRules(assets: assets) {
            let listed = weights(of: rule, over: relatives).map { weights in order.map { weights[$0] } }
            let reordered = weights(of: rule, over: relatives.map { relative in order.map { relative[$0] } })
            #expect(largestDifference(listed, reordered) < 1e-7, "\(name), seed \(seed)")
        }
        let best = BestConstantRebalanced(of: relatives).weights
        let reordered = BestConstantRebalanced(of: relatives.map { relative in order.map { relative[$0] } }).weights
        #expect(largestDifference(order.map { best[$0] }, reordered) < 1e-6, "seed \(seed)")
    }
}

/// A rule that is told one bar at a time cannot know a later one, and a copy that goes another way does not tell it.
@Test func laterBarsChangeNothing() {
    let relatives = randomRelatives(bars: 90, assets: 4, seed: 3)
    let others = relatives[..<60] + extremeRelatives(bars: 30, assets: 4, seed: 3)[...]
    for (name, rule) in everyRule(assets: 4) {
        let all = weights(of: rule, over: relatives)
        let changed = weights(of: rule, over: Array(others))
        #expect(all[...60] == changed[...60], "\(name)")
        if name != "UCRP" { #expect(all[90] != changed[90], "\(name)") }
    }
}
