import Agents
import Environments
import TensorCore

/// A frozen network asked about single rows, without the memory of an episode that the program asks it with.
extension GreedyQPolicy {
    /// Decides for one window.
    /// - Precondition: the network reads windows.
    func decide(
        windowEnd: Int, features: FeaturePointer, numbers: SIMD8<Float>, valid: UInt8
    ) -> GreedyDecision {
        var memory = EpisodeMemory(network, windowLength: network.shape.window)
        return decide(WorldState(windowEnd: windowEnd, numbers: numbers, valid: valid), &memory, features: features)
    }

    /// Reads one row into a carried state.
    func advance(_ state: inout CarriedState, reading row: Int, of features: FeaturePointer) {
        let vector = NumericBuffer<Float>(count: parameters.count)
        vector.assign(parameters)
        let memory = NumericBuffer<Float>(count: network.carryingMemory)
        network.advance(&state, reading: row, of: features, ParameterVector(vector), in: memory.base)
        withExtendedLifetime((vector, memory)) {}
    }

    /// Decides for one state after the rows that were read.
    func decide(_ state: CarriedState, numbers: SIMD8<Float>, valid: UInt8) -> GreedyDecision {
        let vector = NumericBuffer<Float>(count: parameters.count)
        vector.assign(parameters)
        let memory = NumericBuffer<Float>(count: network.carryingMemory)
        defer { withExtendedLifetime((vector, memory)) {} }
        return network.decide(state, numbers: numbers, valid: valid, ParameterVector(vector), in: memory.base)
    }
}
