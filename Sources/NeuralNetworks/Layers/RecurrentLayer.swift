import TensorCore

/// A layer that reads sequences step by step and carries a state along.
///
/// One is told from another by its equations and by what it needs to remember; the way through time is the same.
@usableFromInline
package protocol RecurrentLayer: Equatable, BitwiseCopyable, Sendable {
    /// Appends the layer's tensors, `name.inputWeight` and so on, to a network's parameters.
    init(_ name: String, inputs: Int, units: Int, layout: inout ParameterLayout)

    static var kind: RecurrentKind { get }
    /// F, numbers that a step reads.
    var inputs: Int { get }
    /// H, numbers that a step gives.
    var units: Int { get }

    /// Runs the sequences; what they give is `workspace.output`, and `workspace.outputs` where every step was asked for.
    ///
    /// The input is projected step by step, just before its gates are computed: a product of some dozens of rows runs at
    /// the rate of one over all steps, and its result is still in the cache.
    /// - Parameters:
    ///   - x: `[T·B, F]`, time-major: row t·B + b.
    ///   - workspace: Holds the state to start from, unless it starts from zero.
    func forward<Scalar>(
        _ x: Matrix<Scalar>, _ parameters: ParameterVector<Scalar>, _ workspace: RecurrentWorkspace<Scalar>)

    /// Accumulates the parameters' gradient.
    /// - Parameters:
    ///   - outputGradients: ∂L/∂(output of each step), `[T·B, H]`; nil where only the last state was used.
    ///   - workspace: As the forward pass left it, its `stateGradient` (and `cellGradient`) set to ∂L/∂(last state). Its gates
    ///     are overwritten; its state gradients become those of the first state, if that was not zero.
    ///   - dx: ∂L/∂x, `[T·B, F]`, overwritten where it is wanted.
    func backward<Scalar>(
        outputGradients: Matrix<Scalar>?, x: Matrix<Scalar>, _ parameters: ParameterVector<Scalar>,
        _ gradient: ParameterVector<Scalar>, _ workspace: RecurrentWorkspace<Scalar>, into dx: Matrix<Scalar>?)
}

/// What a recurrent layer carries from step to step and computes on the way.
@usableFromInline
package enum RecurrentKind: Equatable, Sendable {
    /// A state; recurrent products apart from the gates.
    case gated
    /// A state and a cell.
    case longShortTerm

    /// Column groups of the recurrent product, each as wide as the state.
    @inlinable
    package var recurrentGroups: Int { self == .gated ? 3 : 4 }
    /// Numbers that a sequence carries from step to step, for each unit.
    @inlinable
    package var carried: Int { self == .gated ? 1 : 2 }
}

/// What a pass over sequences is made for.
@usableFromInline
package struct SequenceExtent: Equatable, BitwiseCopyable, Sendable {
    /// T
    @usableFromInline package var steps: Int
    /// B, sequences.
    @usableFromInline package var batch: Int
    @usableFromInline package var learning: Bool
    /// Whether every step gives an output; otherwise only the last one does.
    @usableFromInline package var everyStep: Bool
    /// Otherwise the caller sets the states before the first step.
    @usableFromInline package var startsFromZero: Bool

    @inlinable
    package init(steps: Int, batch: Int, learning: Bool, everyStep: Bool = false, startsFromZero: Bool = true) {
        self.steps = steps
        self.batch = batch
        self.learning = learning
        self.everyStep = everyStep
        self.startsFromZero = startsFromZero
    }
}

/// What a recurrent layer's pass over T steps of B sequences works in.
///
/// Learning keeps gates and states of all steps for the way back; otherwise each step overwrites the one before, and
/// everything stays in the cache.
@usableFromInline
package struct RecurrentWorkspace<Scalar: NumericScalar> {
    @usableFromInline let extent: SequenceExtent
    /// `[T·B, 4H]`, or `[B, 4H]` without learning.
    @usableFromInline let gates: Matrix<Scalar>
    /// `[(T+1)·B, H]`, or `[2·B, H]` where steps are not kept.
    @usableFromInline let states: Matrix<Scalar>
    /// As `states`, where the layer has cells.
    @usableFromInline let cells: Matrix<Scalar>
    /// `[B, 3H]`: recurrent products of one step, where they are kept apart from the gates.
    @usableFromInline let products: Matrix<Scalar>
    /// `[B, H]`, while learning: ∂L/∂(last state) before the way back, ∂L/∂(first state) after it.
    @usableFromInline package let stateGradient: Matrix<Scalar>
    /// The same for cells.
    @usableFromInline package let cellGradient: Matrix<Scalar>
    /// The recurrent weights transposed, since the product with a matrix stored transposed is slow: made once an update,
    /// used at each step.
    @usableFromInline let transposedWeight: Matrix<Scalar>

    @inlinable
    package init<Layer: RecurrentLayer>(_ layer: Layer, _ extent: SequenceExtent, in arena: inout Arena<Scalar>) {
        let (units, batch) = (layer.units, extent.batch)
        let kind = Layer.kind
        let kept = extent.learning || extent.everyStep ? (extent.steps + 1) * batch : 2 * batch
        let learners = extent.learning ? batch : 0
        let groups = kind.recurrentGroups
        gates = arena.matrix(rows: extent.learning ? extent.steps * batch : batch, columns: 4 * units)
        states = arena.matrix(rows: kept, columns: units)
        cells = arena.matrix(rows: kind == .longShortTerm ? kept : 0, columns: units)
        products = arena.matrix(rows: kind == .gated ? batch : 0, columns: groups * units)
        stateGradient = arena.matrix(rows: learners, columns: units)
        cellGradient = arena.matrix(rows: kind == .longShortTerm ? learners : 0, columns: units)
        transposedWeight = arena.matrix(rows: extent.learning ? groups * units : 0, columns: units)
        self.extent = extent
    }

    @inlinable
    package var steps: Int { extent.steps }
    @inlinable
    package var batch: Int { extent.batch }
    @inlinable
    package var learning: Bool { extent.learning }
    @inlinable
    package var startsFromZero: Bool { extent.startsFromZero }

    /// Sequences that go through all steps together, so that their gates stay in the cache: the sequences of a batch do
    /// not touch each other. Narrow layers have room for more, and a product of more rows packs its weights less often.
    @inlinable
    var chunk: Int { max(64, 4096 / max(1, states.columns)) }

    /// Gates of a step for `count` sequences.
    @inlinable
    func gates(_ step: Int, from first: Int, count: Int) -> Matrix<Scalar> {
        gates.rows(from: (learning ? step * batch : 0) + first, count: count)
    }

    /// The state before a step, for `count` sequences.
    @inlinable
    func state(_ step: Int, from first: Int, count: Int) -> Matrix<Scalar> {
        states.rows(from: block(step) * batch + first, count: count)
    }

    /// The cell before a step, for `count` sequences.
    @inlinable
    func cell(_ step: Int, from first: Int, count: Int) -> Matrix<Scalar> {
        cells.rows(from: block(step) * batch + first, count: count)
    }

    @inlinable
    func block(_ step: Int) -> Int { learning || extent.everyStep ? step : step & 1 }

    /// The state before the first step, `[B, H]`; zeros are written by the layer itself where it starts from them.
    @inlinable
    package var firstState: Matrix<Scalar> { state(0, from: 0, count: batch) }
    @inlinable
    package var firstCell: Matrix<Scalar> { cell(0, from: 0, count: cells.rows == 0 ? 0 : batch) }

    /// The last state, `[B, H]`.
    @inlinable
    package var output: Matrix<Scalar> { state(steps, from: 0, count: batch) }
    @inlinable
    package var lastCell: Matrix<Scalar> { cell(steps, from: 0, count: cells.rows == 0 ? 0 : batch) }

    /// The states after all steps, `[T·B, H]`, time-major.
    /// - Precondition: they are kept.
    @inlinable
    package var outputs: Matrix<Scalar> {
        assert(learning || extent.everyStep, "steps that were not kept")
        return states.rows(from: batch, count: steps * batch)
    }
}
