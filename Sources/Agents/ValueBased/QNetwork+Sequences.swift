import NeuralNetworks
import TensorCore

/// The memory of a pass over W sequences: the burn-in, which is not learned from, and the steps.
struct QSequencePass<Scalar: NumericScalar> {
    /// All rows of all sequences, `[rows·W, F]`, time-major.
    let input: Matrix<Scalar>
    /// What is carried into the sequences, then out of the burn-in, `[W, carriedWidth]`.
    let carried: Matrix<Scalar>
    let burnIn: SequenceEncoder.Workspace<Scalar>?
    let steps: SequenceEncoder.Workspace<Scalar>

    /// - Parameter input: Rows that another pass over the same sequences has gathered; nil makes room for them.
    init(
        _ network: QNetwork, _ sequences: SequenceBatch, learning: Bool, input shared: Matrix<Scalar>? = nil,
        in arena: inout Arena<Scalar>
    ) {
        let (span, count, encoder) = (sequences.span, sequences.count, network.encoder)
        let input = shared ?? arena.matrix(rows: span.rows * count, columns: encoder.features)
        let startsFromZero = sequences.carried.isEmpty
        self.input = input
        carried = arena.matrix(rows: count, columns: encoder.carriedWidth)
        burnIn =
            span.burnIn > 0
            ? SequenceEncoder.Workspace(
                encoder,
                SequenceExtent(steps: span.burnIn, batch: count, learning: false, startsFromZero: startsFromZero),
                input: input.rows(from: 0, count: span.burnIn * count), in: &arena) : nil
        steps = SequenceEncoder.Workspace(
            encoder,
            SequenceExtent(
                steps: span.length + 1, batch: count, learning: learning, everyStep: true,
                startsFromZero: startsFromZero && span.burnIn == 0),
            input: input.rows(from: span.burnIn * count, count: (span.length + 1) * count), in: &arena)
    }
}

extension QNetwork {
    /// Copies the sequences' rows to where the encoder reads them. Where a sequence goes on beyond the table, for want of
    /// states that could be learned from there, the last row stands in.
    /// - Precondition: each sequence begins within the features.
    func gather<Scalar>(_ sequences: SequenceBatch, _ features: FeaturePointer, _ pass: QSequencePass<Scalar>) {
        precondition(
            sequences.lastRows.count == sequences.count,
            "\(sequences.lastRows.count) sequences, \(sequences.count) were announced")
        precondition(features.features == shape.features, "\(features.features) features, expected \(shape.features)")
        let (rows, columns) = (sequences.span.rows, features.features)
        for (sequence, last) in sequences.lastRows.enumerated() {
            let first = Int(last) + 1 - rows
            precondition(0..<features.bars ~= first, "the sequence that begins with row \(first) leaves the data")
            for index in 0..<rows {
                let row = min(first + index, features.bars - 1)
                Scalar.convert(
                    features.base + row * columns,
                    into: pass.input.base + (index * sequences.count + sequence) * columns,
                    count: columns)
            }
        }
    }

    /// Reads the sequences that were gathered. The encodings of the steps, `[(length + 1)·W, E]`, are left in
    /// `pass.steps.output`.
    func encode<Scalar>(
        _ sequences: SequenceBatch, _ parameters: ParameterVector<Scalar>, _ pass: QSequencePass<Scalar>
    ) {
        let isGiven = !sequences.carried.isEmpty
        if isGiven {
            precondition(
                sequences.carried.count == pass.carried.count,
                "\(sequences.carried.count) carried numbers, expected \(pass.carried.count)")
            sequences.carried.withUnsafeBufferPointer {
                if let base = $0.baseAddress { Scalar.convert(base, into: pass.carried.base, count: $0.count) }
            }
        }
        if let burnIn = pass.burnIn {
            if isGiven { encoder.setFirst(pass.carried, of: burnIn) }
            encoder.forward(parameters, burnIn)
            encoder.getLast(of: burnIn, into: pass.carried)
        }
        if isGiven || pass.burnIn != nil { encoder.setFirst(pass.carried, of: pass.steps) }
        encoder.forward(parameters, pass.steps)
    }
}
