import NeuralNetworks
import RandomNumbers
import TensorCore

/// Loss and gradient of a batch: three forward passes, one backward pass, and the memory they work in.
///
/// Generic over the scalar, so that the same code is checked by central differences in `Double`.
package struct DoubleQGradient<Scalar: NumericScalar> {
    package let network: QNetwork
    package let gradient: NumericBuffer<Scalar>
    /// |Q(s, a) − y| of the latest batch's pairs.
    package internal(set) var absoluteErrors: [Float] = []
    let huber: HuberLoss<Scalar>
    let doubleQ: Bool
    let dropoutRate: Float
    let current = NumericBuffer<Scalar>(count: 0)
    let next = NumericBuffer<Scalar>(count: 0)
    var choices: [UInt8] = []

    /// - Parameters:
    ///   - doubleQ: Whether the online network chooses the successor's action; otherwise the target network does.
    ///   - dropout: Rate in `0..<1`.
    package init(_ network: QNetwork, huberThreshold: Float, doubleQ: Bool, dropout: Float) {
        BLAS.useOneThread()
        self.network = network
        self.doubleQ = doubleQ
        dropoutRate = dropout
        gradient = NumericBuffer(count: network.layout.count)
        huber = HuberLoss(threshold: Scalar(huberThreshold))
    }

    /// Computes the loss, and its gradient with respect to the online parameters into `gradient`.
    ///
    /// Dropout acts on the pass that is learned from, and not on the choice and the value of successors (*ours*: a target
    /// is a statement about the policy that will act, which acts without dropout).
    package mutating func evaluate(
        _ batch: ValueUpdateBatch, _ features: FeaturePointer, online: NumericBuffer<Scalar>,
        target: NumericBuffer<Scalar>, dropout stream: inout RandomStream
    ) -> ValueLoss {
        let onlineParameters = ParameterVector(online)
        if batch.sequences.count > 0 {
            return evaluateSequences(
                batch, features, online: onlineParameters, target: ParameterVector(target), dropout: &stream)
        }
        precondition(!network.shape.carriesState, "a network that carries its state learns from sequences")
        let targets = batch.successors.withView {
            nextValues($0, features, online: onlineParameters, target: ParameterVector(target))
        }
        return batch.states.withView { states in
            let (pass, mask) = currentPass(states)
            if let mask { Dropout.draw(mask, rate: dropoutRate, using: &stream) }
            network.gather(states, features, pass)
            network.forward(states, onlineParameters, pass, dropout: mask)
            let loss = doubleQLoss(
                batch, values: pass.values, targets: targets, choices: choices, huber: huber,
                valueGradient: pass.valueGradient, absoluteErrors: &absoluteErrors)
            gradient.fillWithZeros()
            network.backward(states, onlineParameters, ParameterVector(gradient), pass, dropout: mask)
            return loss
        }
    }

    /// Values of the successors by the target network; their chosen actions are left in `choices`.
    private mutating func nextValues(
        _ successors: StateView, _ features: FeaturePointer, online: ParameterVector<Scalar>,
        target: ParameterVector<Scalar>
    ) -> Matrix<Scalar> {
        let pass = network.makePass(for: successors, learning: false, in: next)
        network.gather(successors, features, pass)
        choices.removeAll(keepingCapacity: true)
        if doubleQ {
            network.forward(successors, online, pass)
            choose(successors, pass.values)
        }
        network.forward(successors, target, pass)
        if !doubleQ { choose(successors, pass.values) }
        return pass.values
    }

    mutating func choose(_ states: StateView, _ values: Matrix<Scalar>) {
        for (state, valid) in states.valid.enumerated() {
            choices.append(greedyAction(values.base + state * values.columns, valid: valid))
        }
    }

    private func currentPass(_ states: StateView) -> (QNetworkPass<Scalar>, mask: Matrix<Scalar>?) {
        var counting = Arena<Scalar>()
        _ = layOut(states, &counting)
        current.reserve(counting.used)
        var arena = Arena(current.base)
        return layOut(states, &arena)
    }

    private func layOut(
        _ states: StateView, _ arena: inout Arena<Scalar>
    ) -> (QNetworkPass<Scalar>, mask: Matrix<Scalar>?) {
        let pass = QNetworkPass(
            network, windows: states.windowEnds.count, states: states.count, learning: true, in: &arena)
        guard dropoutRate > 0, pass.encoding.columns > 0 else { return (pass, nil) }
        return (pass, arena.matrix(rows: states.windowEnds.count, columns: pass.encoding.columns))
    }
}

extension QNetwork {
    /// Lays a pass out in `memory`, which grows where it is too small.
    func makePass<Scalar>(
        for states: StateView, learning: Bool, in memory: NumericBuffer<Scalar>
    ) -> QNetworkPass<Scalar> {
        let (windows, count) = (states.windowEnds.count, states.count)
        var counting = Arena<Scalar>()
        _ = QNetworkPass(self, windows: windows, states: count, learning: learning, in: &counting)
        memory.reserve(counting.used)
        var arena = Arena(memory.base)
        return QNetworkPass(self, windows: windows, states: count, learning: learning, in: &arena)
    }
}
