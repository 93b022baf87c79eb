import TensorCore

extension QNetwork {
    /// Evaluates one state without dropout and picks its best valid action.
    ///
    /// The workspace lives on the stack or is given back at once, so that a frozen policy holds no memory that threads
    /// would have to share; that costs less than a hundredth of the network's own time.
    func decide(
        _ parameters: ParameterVector<Float>, windowEnd: Int, features: FeaturePointer, account: SIMD8<Float>,
        valid: UInt8
    ) -> GreedyDecision {
        var states = StateBatch()
        _ = states.appendState(window: states.appendWindow(endingAt: windowEnd), account: account, valid: valid)
        var counting = Arena<Float>()
        _ = QNetworkPass(self, windows: 1, states: 1, learning: false, in: &counting)
        return withUnsafeTemporaryAllocation(of: Float.self, capacity: counting.used) { memory in
            guard let base = memory.baseAddress else { preconditionFailure("a network of no extent") }
            var arena = Arena(base)
            let pass = QNetworkPass(self, windows: 1, states: 1, learning: false, in: &arena)
            forward(states, features, parameters, pass)
            var values = SIMD8<Float>(repeating: -.infinity)
            for action in 0..<shape.actions where valid >> UInt8(action) & 1 == 1 {
                values[action] = pass.values.base[action]
            }
            return GreedyDecision(action: greedyAction(pass.values.base, valid: valid), values: values)
        }
    }
}
