import Foundation

/// The path of one symbol, bar after bar, in logarithms of price divided by first price.
///
/// A bar begins with the night, one step of `overnightShare` of its length, and goes on with `stepsPerBar` equal steps from
/// open to close. High and low are those of the whole continuous path, not only of its steps: between the ends *a* and *b* of
/// a step with deviation *s* the path is a Brownian bridge, whose maximum is (a + b + √((b − a)² − 2 s² ln U)) / 2.
/// The minimum is drawn with a uniform of its own: each of the two has its right law, both together only nearly.
///
/// - SeeAlso: Glasserman, “Monte Carlo methods in financial engineering” (2003), section 6.4.
package struct MarketPath<Market: SyntheticMarket> {
    package struct LogBar: Equatable, Sendable {
        package var open: Double
        package var high: Double
        package var low: Double
        package var close: Double
    }

    private let market: Market
    private let volume: VolumeModel
    private let yearsPerBar: Double
    private let overnight: Double
    private let steps: Int
    private var draws: MarketDraws
    private var bar = 0
    private var logReturn = 0.0
    /// What the market carries from step to step.
    package private(set) var state: Market.State
    /// Where the path is.
    package private(set) var position = 0.0

    package init(
        _ market: Market, configuration: SyntheticConfiguration, calendar: SyntheticCalendar, seed: UInt64,
        symbol: String
    ) {
        self.market = market
        volume = configuration.volume
        yearsPerBar = calendar.interval.yearsPerBar
        overnight = configuration.overnightShare
        steps = configuration.stepsPerBar
        draws = MarketDraws(seed: seed, symbol: symbol, correlation: configuration.symbolCorrelation)
        state = market.initialState(&draws)
    }

    /// Moves to the next close.
    package mutating func nextBar() -> LogBar {
        let lastClose = position
        if overnight > 0 {
            let night = move(share: overnight, beginsBar: true, end: overnight)
            position += night.continuous + night.jump
        }
        var result = LogBar(open: position, high: position, low: position, close: position)
        let share = (1 - overnight) / Double(steps)
        for step in 0..<steps {
            let isLast = step == steps - 1
            let movement = move(
                share: share, beginsBar: overnight == 0 && step == 0,
                end: isLast ? 1 : overnight + share * Double(step + 1))
            let before = position
            let after = before + movement.continuous
            if movement.deviation > 0 {
                result.high = max(result.high, (before + after + reach(movement)) / 2)
                result.low = min(result.low, (before + after - reach(movement)) / 2)
            }
            position = after + movement.jump
            result.high = max(result.high, after, position)
            result.low = min(result.low, after, position)
        }
        result.close = position
        logReturn = position - lastClose
        bar += 1
        return result
    }

    /// The volume of the bar that came last; to be asked for once.
    mutating func nextVolume() -> Double { volume.volume(logReturn: logReturn, &draws) }

    /// How far the extremes of a bridge lie apart if they are symmetric about its middle.
    private mutating func reach(_ movement: Movement) -> Double {
        let variance = movement.deviation * movement.deviation
        return (movement.continuous * movement.continuous - 2 * variance * log(draws.rangeUniform())).squareRoot()
    }

    private mutating func move(share: Double, beginsBar: Bool, end: Double) -> Movement {
        let step = TimeStep(
            years: share * yearsPerBar, yearsPerBar: yearsPerBar, bar: bar, beginsBar: beginsBar, end: end)
        return market.advance(&state, by: step, &draws)
    }
}
