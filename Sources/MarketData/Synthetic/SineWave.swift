import Configuration
import Foundation

/// A sine wave of the log price with noise: a market whose turns are certain.
///
///     x(b) = g t + a sin(2 π b / period) + n(b)
///
/// *b* counts bars, *t* years; n(b) ~ N(0, noise²), independent at every close, and a straight line between closes.
package struct SineWave: SyntheticMarket {
    package var period = 20.0
    package var amplitude = 0.05
    package var growth = 0.0
    package var noise = 0.0

    package init() {}

    package mutating func describe(to fields: inout some FieldVisitor) {
        fields.field("period", &period, "Bars of a full swing.", .in(2...1e6))
        fields.field("amplitude", &amplitude, "a, how far the log price swings up and down.", .in(0...2))
        fields.field("growth", &growth, "g, a year: growth of the log price round which it swings.", .in(driftRange))
        fields.field("noise", &noise, waveNoiseDocumentation, .in(0...1))
    }

    package func initialState(_ draws: inout MarketDraws) -> WaveState { WaveState() }

    package func advance(_ state: inout WaveState, by step: TimeStep, _ draws: inout MarketDraws) -> Movement {
        let position = Double(step.bar) + step.end
        return state.move(
            to: growth * position * step.yearsPerBar + amplitude * sine(at: position), noise: noise, step, &draws)
    }

    package func logReturnLaw(bars: Int, yearsPerBar: Double) -> LogReturnLaw {
        // Before the first bar there is no noise.
        guard bars > 0 else { return LogReturnLaw(mean: 0, variance: 0) }
        let position = Double(bars)
        return LogReturnLaw(
            mean: growth * position * yearsPerBar + amplitude * sine(at: position), variance: noise * noise)
    }

    private func sine(at position: Double) -> Double {
        sin(2 * .pi * (position / period).truncatingRemainder(dividingBy: 1))
    }
}
