/// Sequences of rows that a network with a carried state reads in one go, one sequence beside the other.
///
///     batch.begin(SequenceSpan(burnIn: 20, length: 40), count: 16)
///     batch.sequences.append(firstRow: row)                                    // from a zero state, or:
///     batch.sequences.append(firstRow: row, carrying: stored.values)           // from one that was kept
///     let now = batch.sequences.encoding(of: sequence, step: step)             // step 0 ..< length
///     let next = batch.sequences.encoding(of: sequence, step: step + 1)
///     let state = batch.states.appendState(window: now, numbers: …, valid: …)
///     let successor = batch.successors.appendState(window: next, numbers: …, valid: …)
///
/// Each sequence is `burnIn` rows that only bring the carried state up to date (Kapturowski et al., “Recurrent experience
/// replay in distributed reinforcement learning”, ICLR 2019), `length` rows whose states are learned from, and one more
/// row for the last successors. No gradient goes back into the burn-in.
package struct SequenceSpan: Equatable, Sendable {
    /// Rows before the first state.
    package var burnIn: Int
    /// Steps whose states are learned from.
    package var length: Int

    package init(burnIn: Int, length: Int) {
        precondition(burnIn >= 0 && length > 0, "a sequence without steps to learn from")
        self.burnIn = burnIn
        self.length = length
    }

    /// Rows of a sequence.
    package var rows: Int { burnIn + length + 1 }
}

/// The sequences of a batch; none where its states have windows.
package struct SequenceBatch {
    package fileprivate(set) var span = SequenceSpan(burnIn: 0, length: 1)
    /// W
    package fileprivate(set) var count = 0
    /// The last row of each sequence, which only successors see.
    package private(set) var lastRows: [Int32] = []
    /// What is carried into the first row of each sequence, `[W, carriedWidth]`; empty for zeros.
    package private(set) var carried: [Float] = []

    init() {}

    fileprivate mutating func begin(_ span: SequenceSpan, count: Int) {
        self.span = span
        self.count = count
        lastRows.removeAll(keepingCapacity: true)
        carried.removeAll(keepingCapacity: true)
    }

    /// Appends a sequence.
    /// - Parameters:
    ///   - firstRow: The first row of the burn-in, or of the steps where there is none.
    ///   - state: What is carried into that row: the values of a `CarriedState`, or nothing for zeros. All sequences of a batch
    ///     have a state, or none has.
    /// - Precondition: there are fewer than `count`.
    package mutating func append(firstRow: Int, carrying state: some Collection<Float> = EmptyCollection<Float>()) {
        precondition(lastRows.count < count, "more than the \(count) sequences that were announced")
        precondition(
            state.isEmpty == carried.isEmpty || lastRows.isEmpty, "some sequences have a state, some have none")
        lastRows.append(Int32(firstRow + span.rows - 1))
        carried.append(contentsOf: state)
    }

    /// The place of a step's encoding; steps are counted from the end of the burn-in, `0...length`.
    package func encoding(of sequence: Int, step: Int) -> Int32 {
        precondition(0..<count ~= sequence && 0...span.length ~= step, "step \(step) of sequence \(sequence)")
        return Int32(step * count + sequence)
    }
}

extension ValueUpdateBatch {
    /// Empties the batch for states of `count` sequences.
    package mutating func begin(_ span: SequenceSpan, count: Int) {
        removeAll()
        sequences.begin(span, count: count)
        states.removeAll(encodings: span.length * count)
        successors.removeAll(encodings: (span.length + 1) * count)
    }

    /// Empties the batch for states with windows.
    package mutating func removeAll() {
        draws.removeAll(keepingCapacity: true)
        sequences.begin(sequences.span, count: 0)
        states.removeAll()
        successors.removeAll()
        pairs.removeAll(keepingCapacity: true)
    }
}
