import Configuration

/// A square wave of the log price with noise: it stands at the first price for half a period, as long above it, and so on.
///
///     x(b) = height · (⌊b / halfPeriod⌋ mod 2) + n(b)
///
/// for bars b = 0, 1, …; n as in `SineWave`. The step comes before all else in its bar: between close and open where an
/// overnight share is set, else within the bar.
package struct SquareWave: SyntheticMarket {
    package var halfPeriod = 10
    package var height = 0.1
    package var noise = 0.0

    package init() {}

    package mutating func describe(to fields: inout some FieldVisitor) {
        fields.field("halfPeriod", &halfPeriod, "Bars that the price stands low, and then high.", .in(1...1_000_000))
        fields.field("height", &height, "The step of the log price, up and down.", .in(-2...2))
        fields.field("noise", &noise, waveNoiseDocumentation, .in(0...1))
    }

    package func initialState(_ draws: inout MarketDraws) -> WaveState { WaveState() }

    package func advance(_ state: inout WaveState, by step: TimeStep, _ draws: inout MarketDraws) -> Movement {
        state.move(to: level(of: step.bar), noise: noise, step, &draws)
    }

    package func logReturnLaw(bars: Int, yearsPerBar: Double) -> LogReturnLaw {
        // Before the first bar there is no noise.
        guard bars > 0 else { return LogReturnLaw(mean: 0, variance: 0) }
        return LogReturnLaw(mean: level(of: bars - 1), variance: noise * noise)
    }

    private func level(of bar: Int) -> Double { (bar / halfPeriod).isMultiple(of: 2) ? 0 : height }
}
