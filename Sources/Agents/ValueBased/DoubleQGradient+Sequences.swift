import NeuralNetworks
import RandomNumbers
import TensorCore

/// What the online network works in when it learns from sequences.
struct SequenceLearningPass<Scalar: NumericScalar> {
    let sequences: QSequencePass<Scalar>
    let states: QHeadPass<Scalar>
    let successors: QHeadPass<Scalar>
    /// The mask and the masked encodings of the states' steps, `[length·W, E]`; without rows where nothing is dropped.
    let mask: Matrix<Scalar>
    let masked: Matrix<Scalar>

    init(
        _ network: QNetwork, _ batch: ValueUpdateBatch, doubleQ: Bool, dropout: Bool, in arena: inout Arena<Scalar>
    ) {
        let (span, count) = (batch.sequences.span, batch.sequences.count)
        let rows = dropout ? span.length * count : 0, columns = network.encoder.outputs
        sequences = QSequencePass(network, batch.sequences, learning: true, in: &arena)
        states = QHeadPass(
            network, encodings: span.length * count, states: batch.states.count, learning: true, in: &arena)
        successors = QHeadPass(
            network, encodings: doubleQ ? (span.length + 1) * count : 0, states: doubleQ ? batch.successors.count : 0,
            learning: false, in: &arena)
        mask = arena.matrix(rows: rows, columns: columns)
        masked = arena.matrix(rows: rows, columns: columns)
    }
}

extension DoubleQGradient {
    /// As `evaluate`, for states that are steps of sequences. Each network reads the sequences once: the online network's
    /// choice for a successor comes from the same pass as the value of the state a step before.
    mutating func evaluateSequences(
        _ batch: ValueUpdateBatch, _ features: FeaturePointer, online: ParameterVector<Scalar>,
        target: ParameterVector<Scalar>, dropout stream: inout RandomStream
    ) -> ValueLoss {
        precondition(network.shape.carriesState, "a network that reads windows does not learn from sequences")
        let pass = layOutLearning(batch)
        network.gather(batch.sequences, features, pass.sequences)
        network.encode(batch.sequences, online, pass.sequences)
        let targets = batch.successors.withView {
            nextValues($0, batch.sequences, pass, online: online, target: target)
        }
        return batch.states.withView { states in
            let learned = batch.sequences.span.length * batch.sequences.count
            let encodings = pass.sequences.steps.output
            var encoding = encodings.rows(from: 0, count: learned)
            if dropoutRate > 0 {
                Dropout.draw(pass.mask, rate: dropoutRate, using: &stream)
                pass.masked.assign(encoding)
                pass.masked.scale(by: pass.mask)
                encoding = pass.masked
            }
            network.gatherNumbers(states, pass.states)
            network.evaluate(states, encoding, online, pass.states)
            let loss = doubleQLoss(
                batch, values: pass.states.values, targets: targets, choices: choices, huber: huber,
                valueGradient: pass.states.valueGradient, absoluteErrors: &absoluteErrors)
            gradient.fillWithZeros()
            let dEncodings = pass.sequences.steps.outputGradient
            let dEncoding = dEncodings.rows(from: 0, count: learned)
            network.evaluateBackward(
                states, encoding, online, ParameterVector(gradient), pass.states, into: dEncoding)
            if dropoutRate > 0 { dEncoding.scale(by: pass.mask) }
            // The last step is for successors alone, and through them nothing is learned.
            dEncodings.rows(from: learned, count: dEncodings.rows - learned).fill(with: 0)
            network.encoder.backward(online, ParameterVector(gradient), pass.sequences.steps)
            return loss
        }
    }

    /// Values of the successors by the target network; their chosen actions are left in `choices`.
    private mutating func nextValues(
        _ successors: StateView, _ sequences: SequenceBatch, _ pass: SequenceLearningPass<Scalar>,
        online: ParameterVector<Scalar>, target: ParameterVector<Scalar>
    ) -> Matrix<Scalar> {
        let (steps, head) = layOutTarget(successors, sequences, sharing: pass.sequences.input)
        network.encode(sequences, target, steps)
        network.gatherNumbers(successors, head)
        network.evaluate(successors, steps.steps.output, target, head)
        choices.removeAll(keepingCapacity: true)
        if doubleQ {
            network.gatherNumbers(successors, pass.successors)
            network.evaluate(successors, pass.sequences.steps.output, online, pass.successors)
            choose(successors, pass.successors.values)
        } else {
            choose(successors, head.values)
        }
        return head.values
    }

    private func layOutLearning(_ batch: ValueUpdateBatch) -> SequenceLearningPass<Scalar> {
        func layOut(_ arena: inout Arena<Scalar>) -> SequenceLearningPass<Scalar> {
            SequenceLearningPass(network, batch, doubleQ: doubleQ, dropout: dropoutRate > 0, in: &arena)
        }
        var counting = Arena<Scalar>()
        _ = layOut(&counting)
        current.reserve(counting.used)
        var arena = Arena(current.base)
        return layOut(&arena)
    }

    private func layOutTarget(
        _ successors: StateView, _ sequences: SequenceBatch, sharing input: Matrix<Scalar>
    ) -> (QSequencePass<Scalar>, QHeadPass<Scalar>) {
        let encodings = (sequences.span.length + 1) * sequences.count
        func layOut(_ arena: inout Arena<Scalar>) -> (QSequencePass<Scalar>, QHeadPass<Scalar>) {
            (
                QSequencePass(network, sequences, learning: false, input: input, in: &arena),
                QHeadPass(network, encodings: encodings, states: successors.count, learning: false, in: &arena)
            )
        }
        var counting = Arena<Scalar>()
        _ = layOut(&counting)
        next.reserve(counting.used)
        var arena = Arena(next.base)
        return layOut(&arena)
    }
}
