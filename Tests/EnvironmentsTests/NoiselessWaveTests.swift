import Brokerage
import Environments
import Foundation
import MarketData
import RandomNumbers
import Testing

@Test func theWaveIsTheOneWrittenDown() throws {
    let wave = try NoiselessWave(cycles: 5)
    let closes = wave.history.column(.close, of: 0)
    let opens = wave.history.column(.open, of: 0)
    for bar in closes.indices {
        // Prices are rounded to six decimals.
        #expect(abs(closes[bar] - 100 * exp(0.05 * sin(2 * .pi * Double(bar + 1) / 20))) <= 0.5001e-6)
        if bar > 0 { #expect(opens[bar] == closes[bar - 1]) }
    }
    #expect(closes.count == NoiselessWave.span(0..<5).upperBound)
}

/// Buying what is filled at the bottom and selling what is filled at the top, by the number of the bar, through the
/// environment, broker and costs of real strategies.
@Test(arguments: [0..<1, 0..<7, 2..<5])
func whoTradesEachTurnEarnsTheBest(cycles: Range<Int>) throws {
    let wave = try NoiselessWave(cycles: 7)
    var environment = wave.environment(cycles)
    var stream = RandomKey(seed: 1).stream("episodes")
    _ = environment.reset(using: &stream)
    #expect(environment.now == NoiselessWave.span(cycles).lowerBound)
    var earned = 0.0
    var trades = 0
    while true {
        let phase = (environment.now + 1) % 20
        let isLong = environment.validActions.contains(.sell)
        let action: TradingAction = phase == 15 && !isLong ? .buy : phase == 5 && isLong ? .sell : .hold
        trades += action == .hold ? 0 : 1
        let step = environment.step(action)
        earned += Double(step.reward)
        if step.ending != .none { break }
    }
    #expect(trades == 2 * cycles.count)
    // 8 basis points a side, by hand. Each fill is right to 0.5e-6 / 95, each of 20 rewards a cycle to 2⁻²⁴ of 0.016.
    let expected = Double(cycles.count) * (0.1 + log(0.9992 / 1.0008))
    #expect(abs(wave.bestLogReturn(cycles: cycles.count) - expected) < 1e-12)
    #expect(abs(earned - expected) < Double(cycles.count) * 4e-8, "\(earned), expected \(expected)")
}
