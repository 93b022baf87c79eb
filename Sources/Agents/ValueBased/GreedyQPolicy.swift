import Environments
import TensorCore

/// A decision and what it rests on.
package struct GreedyDecision: Equatable, Sendable {
    /// The valid action of highest value.
    package var action: UInt8
    /// Lane *a* is Q(s, a); lanes of invalid actions are −∞.
    package var values: SIMD8<Float>
}

/// A Q-network as it was when learning stopped: parameters and shape, nothing that changes.
///
/// A value that threads may share; copying it shares the parameters.
package struct GreedyQPolicy: Sendable {
    package let network: QNetwork
    /// The flat vector that `network.layout` describes.
    package let parameters: [Float]

    /// - Precondition: the number of parameters is the network's.
    package init(network: QNetwork, parameters: [Float]) {
        precondition(
            parameters.count == network.layout.count,
            "\(parameters.count) parameters for a network of \(network.layout.count)")
        BLAS.useOneThread()
        self.network = network
        self.parameters = parameters
    }

    /// Decides for a state of the episode that `memory` is of, without dropout.
    ///
    /// The workspace lives on the stack or is given back at once, so that a frozen policy holds no memory that threads
    /// would have to share.
    /// - Parameters:
    ///   - firstRow: Which row of the episode's table the features begin with.
    /// - Precondition: the features hold the state's window, and whatever rows the memory has not read since the last
    ///   decision; an action is valid.
    package func decide(
        _ state: WorldState, _ memory: inout EpisodeMemory, features: FeaturePointer, firstRow: Int = 0
    ) -> GreedyDecision {
        withWorkspace { parameters, scratch in
            network.decide(state, &memory, features: features, firstRow: firstRow, parameters, in: scratch)
        }
    }

    /// Reads what `memory` has not read of the episode, up to a row; nothing where the network reads windows.
    /// - Parameter firstRow: Which row of the episode's table the features begin with.
    package func read(
        _ memory: inout EpisodeMemory, through row: Int, of features: FeaturePointer, firstRow: Int = 0
    ) {
        withWorkspace { parameters, scratch in
            network.read(&memory, through: row, of: features, firstRow: firstRow, parameters, in: scratch)
        }
    }

    private func withWorkspace<Result>(
        _ body: (ParameterVector<Float>, UnsafeMutablePointer<Float>) -> Result
    ) -> Result {
        parameters.withUnsafeBufferPointer { buffer in
            guard let base = buffer.baseAddress else { preconditionFailure("a network without parameters") }
            return withUnsafeTemporaryAllocation(of: Float.self, capacity: network.decisionMemory) { memory in
                guard let memory = memory.baseAddress else { preconditionFailure("a network of no extent") }
                return body(ParameterVector(reading: base), memory)
            }
        }
    }
}
