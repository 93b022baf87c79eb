import Configuration

/// A law by which a price moves: its parameters, in annual units, and how it gets from one moment to the next.
///
/// The law speaks of the logarithm of the price divided by the first price, *x*. It is a value without a memory; what
/// changes along a path is its `State`. Prices that follow a law which is known are there to test strategies on: what can
/// be earned, and what is only luck, is known beforehand.
///
///     let market = GeometricBrownianMotion()
///     let law = market.logReturnLaw(bars: 252, yearsPerBar: 1.0 / 252)  // what a year brings
package protocol SyntheticMarket: Configurable {
    /// What a path carries from step to step.
    associatedtype State: Sendable

    /// The state before the first bar, where *x* is 0.
    func initialState(_ draws: inout MarketDraws) -> State

    /// Moves the state one step on.
    ///
    /// A step asks for one `price` normal at most, so that paths of several symbols stay in step with their common factor.
    func advance(_ state: inout State, by step: TimeStep, _ draws: inout MarketDraws) -> Movement

    /// What is known of the log return from the beginning to the close of bar number `bars`, by a closed form.
    /// - Parameter yearsPerBar: length of a bar.
    func logReturnLaw(bars: Int, yearsPerBar: Double) -> LogReturnLaw
}

/// Mean and variance of a log return.
package struct LogReturnLaw: Equatable, Sendable {
    package let mean: Double
    package let variance: Double
}

/// A part of a bar over which a market moves.
package struct TimeStep: Equatable, Sendable {
    /// The length of the step.
    package let years: Double
    /// The length of the whole bar.
    package let yearsPerBar: Double
    /// The bar that the step is part of, counted from 0.
    package let bar: Int
    /// Whether it is the first step of the bar.
    package let beginsBar: Bool
    /// Where in the bar the step ends, in (0, 1].
    package let end: Double

    package init(years: Double, yearsPerBar: Double, bar: Int, beginsBar: Bool, end: Double) {
        self.years = years
        self.yearsPerBar = yearsPerBar
        self.bar = bar
        self.beginsBar = beginsBar
        self.end = end
    }
}

/// What a step does to the log price.
package struct Movement: Equatable, Sendable {
    /// The change along a continuous path.
    package var continuous: Double
    /// Standard deviation of the noise on that path; 0 for a straight line.
    package var deviation: Double
    /// The change at once that comes after it.
    package var jump = 0.0

    package init(continuous: Double, deviation: Double, jump: Double = 0) {
        self.continuous = continuous
        self.deviation = deviation
        self.jump = jump
    }
}
