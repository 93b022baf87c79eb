import Backtesting
import Brokerage
import Environments
import Foundation
import Testing

/// The closed form for the wave and the optimum that reports show are found in different ways. With 600 basis points a side
/// a cycle is not worth its costs.
@Test(arguments: [0, 5, 300, 600])
func theWavesBestReturnIsTheHindsightOptimum(commission: Double) throws {
    var costs = CostModel()
    costs.commissionBasisPoints = commission
    let wave = try NoiselessWave(cycles: 12, costs: costs)
    let span = NoiselessWave.span(2..<12)
    let backtest = Backtest(
        history: wave.history, span: span.lowerBound + 1..<span.upperBound, rules: wave.rules, startingCash: 1000)
    let final = try #require(HindsightOptimum.outcome(of: backtest).equity.last)
    // Prices are rounded to 0.5e-6 of about 95, twice a cycle.
    #expect(abs(log(final / 1000) - wave.bestLogReturn(cycles: 10)) < 20 * 0.6e-8)
    #expect((wave.bestLogReturn(cycles: 10) == 0) == (commission == 600))
}
