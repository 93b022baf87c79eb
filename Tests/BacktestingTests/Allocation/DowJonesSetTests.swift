import Backtesting
import Foundation
import RandomNumbers
import Testing
import TraderTestSupport

private let reference = ReferenceData.folder("olps")

/// Price relatives of the DJIA set, 507 days of 30 stocks, out of a file of cumulated relatives whose first row is all 1.
private func readRelatives() throws -> [[Double]] {
    let file = URL(fileURLWithPath: try #require(reference)).appendingPathComponent("djia_wide.csv")
    let rows = try String(contentsOf: file, encoding: .utf8).split(whereSeparator: \.isNewline).dropFirst()
        .map { $0.split(separator: ",").dropFirst().compactMap { Double($0) } }
    return zip(rows.dropFirst(), rows).map { zip($0, $1).map { $0 / $1 } }
}

/// The published final wealths of rules on the DJIA set, with costs of 0, 0.25 and 0.5 % for buying and selling together.
@Suite(.enabled(if: reference != nil, "the DJIA set does not lie in ../shared/reference/olps"))
struct DowJonesSetTests {
    let relatives: [[Double]]
    let assets: Int

    init() throws {
        relatives = try readRelatives()
        assets = try #require(relatives.first).count
        try #require(relatives.count == 507 && assets == 30)
    }

    /// To the three decimals that were published; nil where nothing was.
    private func expect(
        _ published: [Double?], _ weights: [[Double]], isToolbox: Bool = true,
        _ location: SourceLocation = #_sourceLocation
    ) {
        for (cost, figure) in zip([0, 0.0025, 0.005], published) {
            guard let figure else { continue }
            let wealth = finalWealth(of: weights, over: relatives, cost: cost, isToolbox: isToolbox)
            #expect(abs(wealth - figure) <= 0.0005, "cost \(cost): \(wealth)", sourceLocation: location)
        }
    }

    private func expect(
        _ published: [Double?], _ rule: some AllocationRule, isToolbox: Bool = true,
        _ location: SourceLocation = #_sourceLocation
    ) {
        expect(published, weights(of: rule, over: relatives), isToolbox: isToolbox, location)
    }

    @Test func holding() {
        var uniform = [[Double](repeating: 1 / Double(assets), count: assets)]
        for relative in relatives { uniform.append(drifted(uniform[uniform.count - 1], by: relative)) }
        expect([0.764, 0.763], uniform)
        var best = [Double](repeating: 0, count: assets)
        best[bestAsset(inHindsight: relatives)] = 1
        let wealth = finalWealth(
            of: [[Double]](repeating: best, count: relatives.count), over: relatives, cost: 0, isToolbox: true)
        // Two decimals were published.
        #expect(abs(wealth - 1.19) <= 0.005)
    }

    @Test func constantWeights() {
        expect([0.813, 0.804, 0.796], ConstantRebalanced(assets: assets))
        expect([1.240], ConstantRebalanced(weights: BestConstantRebalanced(of: relatives).weights))
    }

    @Test func followingTheWinner() {
        expect([0.810, 0.802], ExponentiatedGradient(assets: assets))
        expect([1.533, 1.404, 1.286], OnlineNewtonStep(assets: assets))
    }

    /// The toolbox hands PAMR the growth net of costs. Where b~ is what is really held, the published digits come out
    /// without that, which is how it is tested here.
    @Test func passiveAggressive() {
        expect([0.680, 0.243, 0.087], PassiveAggressiveMeanReversion(assets: assets), isToolbox: false)
        expect([0.680, 0.243], PassiveAggressiveMeanReversion(assets: assets))
        expect([0.705], PassiveAggressiveMeanReversion(assets: assets, aggressiveness: 500))
    }

    @Test func confidenceWeighted() {
        expect([0.687, 0.250], ConfidenceWeightedMeanReversion(assets: assets))
    }

    @Test func revertingToAverages() {
        expect([1.161, 0.449, 0.173], MovingAverageReversion(assets: assets))
        expect([2.668, 1.168, 0.509], RobustMedianReversion(assets: assets))
    }

    /// What the article states for weights that are really held, to its digits: the same rules as above, and those of
    /// which nothing was published. The universal portfolio has what 10,000 samples leave of chance.
    @Test func withDriftedWeightsThatAddUpToOne() {
        let best = BestConstantRebalanced(of: relatives).weights
        expect([1.240, 1.230, 1.219], ConstantRebalanced(weights: best), isToolbox: false)
        expect(
            [0.705, 0.255, 0.092], PassiveAggressiveMeanReversion(assets: 30, aggressiveness: 500), isToolbox: false)
        expect([0.687, 0.250, 0.091], ConfidenceWeightedMeanReversion(assets: assets), isToolbox: false)
        expect([1.161, 0.449, 0.174], MovingAverageReversion(assets: assets), isToolbox: false)
        expect([2.668, 1.169, 0.511], RobustMedianReversion(assets: assets), isToolbox: false)
        expect([0.751, 0.743, 0.734], MinimumVariance(assets: assets), isToolbox: false)
        expect([0.787, 0.784, 0.780], RiskParity(assets: assets), isToolbox: false)
        var stream = RandomKey(seed: 1).stream("portfolios")
        let universal = UniversalPortfolio(assets: assets, using: &stream)
        expect([0.811, 0.803, 0.795], universal, isToolbox: false)
    }
}
