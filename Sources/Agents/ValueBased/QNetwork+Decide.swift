import TensorCore

extension QNetwork {
    /// Numbers of memory that a decision works in.
    var decisionMemory: Int {
        guard !shape.carriesState else { return carryingMemory }
        var counting = Arena<Float>()
        _ = QNetworkPass(self, windows: 1, states: 1, learning: false, in: &counting)
        return counting.used
    }

    /// Evaluates one state without dropout and picks its best valid action.
    /// - Parameter memory: `decisionMemory` numbers, overwritten.
    func decide(
        _ parameters: ParameterVector<Float>, windowEnd: Int, features: FeaturePointer, numbers: SIMD8<Float>,
        valid: UInt8, in memory: UnsafeMutablePointer<Float>
    ) -> GreedyDecision {
        var arena = Arena(memory)
        let pass = QNetworkPass(self, windows: 1, states: 1, learning: false, in: &arena)
        StateView.withOne(windowEnd: Int32(windowEnd), numbers: numbers, valid: valid) { states in
            gather(states, features, pass)
            forward(states, parameters, pass)
        }
        return decision(pass.values, valid: valid)
    }

    /// The best valid action of a state whose values these are.
    func decision(_ row: Matrix<Float>, valid: UInt8) -> GreedyDecision {
        var values = SIMD8<Float>(repeating: -.infinity)
        for action in 0..<shape.actions where valid >> UInt8(action) & 1 == 1 { values[action] = row.base[action] }
        return GreedyDecision(action: greedyAction(row.base, valid: valid), values: values)
    }
}
