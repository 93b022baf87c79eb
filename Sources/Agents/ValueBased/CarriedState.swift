import NeuralNetworks
import TensorCore

/// What a network with a carried state remembers of the rows that it has read.
///
///     var state = network.freshState                                                  // where an episode begins
///     network.advance(&state, reading: row, of: features, parameters, in: memory)     // once for each row
///     network.decide(state, numbers: …, valid: …, parameters, in: memory)             // as often as wanted
///
/// `EpisodeMemory` sees to the order. It depends on rows alone, not on actions: positions that could have been held share it.
package struct CarriedState: Equatable, Sendable {
    /// For each layer its state, then its cell if it has one.
    package var values: [Float]

    package init(values: [Float]) { self.values = values }
}

extension QNetwork {
    /// Numbers of a `CarriedState`; 0 where the encoder is not recurrent.
    package var carriedWidth: Int { encoder.carriedWidth }

    /// The state before the first row: zeros.
    package var freshState: CarriedState { CarriedState(values: [Float](repeating: 0, count: carriedWidth)) }

    /// One row, one state.
    private func layOut(
        _ arena: inout Arena<Float>
    ) -> (step: SequenceEncoder.Workspace<Float>, head: QHeadPass<Float>) {
        let input = arena.matrix(rows: 1, columns: shape.features)
        return (
            SequenceEncoder.Workspace(
                encoder, SequenceExtent(steps: 1, batch: 1, learning: false, startsFromZero: false), input: input,
                in: &arena),
            QHeadPass(self, encodings: 1, states: 1, learning: false, in: &arena)
        )
    }

    /// Numbers of memory that `advance` and `decide` work in.
    package var carryingMemory: Int {
        var counting = Arena<Float>()
        _ = layOut(&counting)
        return counting.used
    }

    /// Reads one row.
    /// - Parameter memory: `carryingMemory` numbers, overwritten.
    package func advance(
        _ state: inout CarriedState, reading row: Int, of features: FeaturePointer,
        _ parameters: ParameterVector<Float>, in memory: UnsafeMutablePointer<Float>
    ) {
        precondition(shape.carriesState, "a network that reads windows")
        precondition(state.values.count == carriedWidth, "the state of another network")
        var arena = Arena(memory)
        let step = layOut(&arena).step
        withUnsafePointer(to: Int32(row)) {
            gatherRows(endingAt: UnsafeBufferPointer(start: $0, count: 1), count: 1, features, into: step.input)
        }
        state.values.withUnsafeMutableBufferPointer { values in
            guard let base = values.baseAddress else { return }
            let carried = Matrix(base, rows: 1, columns: values.count)
            encoder.setFirst(carried, of: step)
            encoder.forward(parameters, step)
            encoder.getLast(of: step, into: carried)
        }
    }

    /// Evaluates one state after the rows that were read, and picks its best valid action.
    /// - Parameter memory: `carryingMemory` numbers, overwritten.
    package func decide(
        _ state: CarriedState, numbers: SIMD8<Float>, valid: UInt8, _ parameters: ParameterVector<Float>,
        in memory: UnsafeMutablePointer<Float>
    ) -> GreedyDecision {
        precondition(state.values.count == carriedWidth, "the state of another network")
        var arena = Arena(memory)
        let pass = layOut(&arena).head
        state.values.withUnsafeBufferPointer { values in
            guard let base = values.baseAddress else { return }
            let encoding = ParameterVector(reading: base + encoder.encodingOffset).base
            StateView.withOne(windowEnd: 0, numbers: numbers, valid: valid) { states in
                gatherNumbers(states, pass)
                evaluate(states, Matrix(encoding, rows: 1, columns: encoder.outputs), parameters, pass)
            }
        }
        return decision(pass.values, valid: valid)
    }
}
