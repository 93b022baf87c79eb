import Configuration

/// How far value iteration goes.
package struct ValueIterationConfiguration: Configurable {
    package var tolerance = 1e-12
    package var maximumSweeps = 1_000_000

    package init() {}

    package mutating func describe(to fields: inout some FieldVisitor) {
        fields.field(
            "tolerance", &tolerance, "Stop where no value can be further than this from the exact one.", .in(0...1e6))
        fields.field(
            "maximumSweeps", &maximumSweeps, "Stop after so many sweeps at the latest.", .in(1...1_000_000_000))
    }
}

/// How tabular Q-learning learns.
package struct QLearningConfiguration: Configurable {
    package var steps = 5_000_000
    package var exploration = 0.2
    package var stepSizeHalving = 10.0
    package var initialValue = 0.0

    package init() {}

    package mutating func describe(to fields: inout some FieldVisitor) {
        fields.field("steps", &steps, "Steps in the world, each with one update.", .in(1...1_000_000_000_000))
        fields.field(
            "exploration", &exploration, "ε, how often a random valid action is taken instead of the best known.",
            .in(0...1))
        fields.field(
            "stepSizeHalving", &stepSizeHalving,
            "h: the n-th update of an action's value has the step size h / (h + n − 1); 1 averages all targets.",
            .in(1...1e12))
        fields.field(
            "initialValue", &initialValue, "What every action is believed to be worth at first.", .in(-1e12...1e12))
    }
}
