/// A number that networks can be computed in: `Float` to learn and act, `Double` to check gradients.
///
/// Layers are generic over it and hold no loop over elements: each element-wise pass is one of the static kernels below.
/// `Float` has them in C, compiled for several processors (`CKernels`); `Double` uses the plain loops of
/// `ReferenceKernels`, which are the definitions that the fast ones are tested against.
///
/// All pointers are to row-major memory that does not overlap unless a kernel says so. Shapes are checked by callers.
@usableFromInline
package protocol NumericScalar: BinaryFloatingPoint, SIMDScalar, Codable, Sendable {
    /// C ← α·op(A)·op(B) + β·C with op(A) of shape `[rows, inner]` and op(B) `[inner, columns]`; a transposed operand is
    /// stored the other way round. With β = 0 the old C is not read. Strides count elements from row to row.
    static func multiply(
        _ left: UnsafePointer<Self>, stride leftStride: Int, transposed leftTransposed: Bool,
        _ right: UnsafePointer<Self>, stride rightStride: Int, transposed rightTransposed: Bool,
        rows: Int, columns: Int, inner: Int, alpha: Self, beta: Self,
        into result: UnsafeMutablePointer<Self>, stride resultStride: Int)

    /// The gates of a GRU and its next state, for `rows` sequences of `units` units (`GatedRecurrentUnit` has the
    /// formulas).
    /// - Parameters:
    ///   - gates: `[rows, 4·units]`. Before: columns (–, r, z, n) hold the projected input without bias; after: the
    ///     candidate's recurrent term c, then r, z and n.
    ///   - recurrent: `[rows, 3·units]`, previous state times recurrent weights, without bias, columns (n, r, z).
    ///   - inputBias: `[3·units]` in the order r, z, n.
    ///   - recurrentBias: `[3·units]` in the order n, r, z.
    ///   - previous: `[rows, units]`; may be the same memory as no other argument.
    ///   - next: `[rows, units]`, overwritten.
    static func gatedRecurrentForward(
        rows: Int, units: Int, gates: UnsafeMutablePointer<Self>, recurrent: UnsafePointer<Self>,
        inputBias: UnsafePointer<Self>, recurrentBias: UnsafePointer<Self>,
        previous: UnsafePointer<Self>, next: UnsafeMutablePointer<Self>)

    /// The way back through `gatedRecurrentForward`.
    /// - Parameters:
    ///   - gates: `[rows, 4·units]`. Before: c, r, z, n as the forward pass left them; after: the gradients with respect
    ///     to c, and to the sums inside r, z and n.
    ///   - previous: `[rows, units]`, the state before the step.
    ///   - stateGradient: `[rows, units]`. Before: ∂L/∂h'; after: its part that reaches the previous state directly, z·∂L/∂h'.
    static func gatedRecurrentBackward(
        rows: Int, units: Int, gates: UnsafeMutablePointer<Self>, previous: UnsafePointer<Self>,
        stateGradient: UnsafeMutablePointer<Self>)

    /// The gates of an LSTM and its next cell and state, for `rows` sequences of `units` units (`LongShortTermMemory` has
    /// the formulas).
    /// - Parameters:
    ///   - gates: `[rows, 4·units]`, columns (i, f, g, o). Before: the sums without bias; after: the gates.
    ///   - bias: `[4·units]`.
    ///   - previous: `[rows, units]`, the cell before the step.
    ///   - next: `[rows, units]`, the cell after it, overwritten.
    ///   - state: `[rows, units]`, the state after it, overwritten.
    static func longShortTermForward(
        rows: Int, units: Int, gates: UnsafeMutablePointer<Self>, bias: UnsafePointer<Self>,
        previous: UnsafePointer<Self>, next: UnsafeMutablePointer<Self>, state: UnsafeMutablePointer<Self>)

    /// The way back through `longShortTermForward`.
    /// - Parameters:
    ///   - gates: `[rows, 4·units]`. Before: the gates; after: the gradients with respect to the sums inside them.
    ///   - previous: `[rows, units]`, the cell before the step.
    ///   - next: `[rows, units]`, the cell after it.
    ///   - stateGradient: `[rows, units]`, ∂L/∂h'.
    ///   - cellGradient: `[rows, units]`. Before: ∂L/∂c' without the share that goes through h'; after: ∂L/∂c.
    static func longShortTermBackward(
        rows: Int, units: Int, gates: UnsafeMutablePointer<Self>, previous: UnsafePointer<Self>,
        next: UnsafePointer<Self>, stateGradient: UnsafePointer<Self>, cellGradient: UnsafeMutablePointer<Self>)

    /// values[i, j] ← values[i, j] + bias[j].
    static func addBias(
        _ bias: UnsafePointer<Self>, to values: UnsafeMutablePointer<Self>, rows: Int, columns: Int)

    /// values[i, j] ← max(0, values[i, j] + bias[j]); NaN stays NaN.
    static func addBiasAndRectify(
        _ bias: UnsafePointer<Self>, to values: UnsafeMutablePointer<Self>, rows: Int, columns: Int)

    /// gradient[i] ← 0 where the rectified output is not positive.
    static func rectifyBackward(
        outputs: UnsafePointer<Self>, gradient: UnsafeMutablePointer<Self>, count: Int)

    /// destination[i] ← destination[i] + source[i].
    static func add(_ source: UnsafePointer<Self>, to destination: UnsafeMutablePointer<Self>, count: Int)

    /// destination[i, j] ← destination[i, j] + source[places[i], j], for `rows` rows of the destination.
    static func addGatheredRows(
        of source: UnsafePointer<Self>, at places: UnsafePointer<Int32>, to destination: UnsafeMutablePointer<Self>,
        rows: Int, columns: Int)

    /// destination[places[i], j] ← destination[places[i], j] + source[i, j], for `rows` rows of the source, in their order.
    static func addScatteredRows(
        of source: UnsafePointer<Self>, to destination: UnsafeMutablePointer<Self>, at places: UnsafePointer<Int32>,
        rows: Int, columns: Int)

    /// values[i] ← values[i]·factors[i].
    static func scale(_ values: UnsafeMutablePointer<Self>, by factors: UnsafePointer<Self>, count: Int)

    /// sums[j] ← sums[j] + Σᵢ values[i, j].
    static func addRowSums(
        of values: UnsafePointer<Self>, rows: Int, columns: Int, stride: Int, to sums: UnsafeMutablePointer<Self>)

    /// Σᵢ values[i]², summed in double precision.
    static func sumOfSquares(_ values: UnsafePointer<Self>, count: Int) -> Double

    /// One step of Adam (`Adam` has the formulas): moments and parameters in one pass, gradient times `scale` first.
    static func adamStep(
        _ step: AdamStep<Self>, gradient: UnsafePointer<Self>, firstMoment: UnsafeMutablePointer<Self>,
        secondMoment: UnsafeMutablePointer<Self>, parameters: UnsafeMutablePointer<Self>, count: Int)

    /// destination[i] ← destination[i] + rate·(source[i] − destination[i]).
    static func interpolate(
        _ destination: UnsafeMutablePointer<Self>, towards source: UnsafePointer<Self>, rate: Self, count: Int)

    /// destination `[columns, rows]` ← transposed source `[rows, columns]`.
    static func transpose(
        _ source: UnsafePointer<Self>, rows: Int, columns: Int, into destination: UnsafeMutablePointer<Self>)

    /// destination `[second, first, columns]` ← source `[first, second, columns]`.
    static func exchangeAxes(
        _ source: UnsafePointer<Self>, first: Int, second: Int, columns: Int,
        into destination: UnsafeMutablePointer<Self>)

    /// Copies windows out of a table of rows: result[w, t, j] ← table[endsʷ + 1 − T + t, j].
    ///
    /// With `relativeToMean`, 100 · (value / mean − 1) is written instead, where the mean is over the T values of window w
    /// and column j.
    /// - Parameters:
    ///   - table: Row-major, `shape.columns` wide.
    ///   - ends: The last row of each window.
    static func gatherWindows(
        of table: UnsafePointer<Float>, endingAt ends: UnsafePointer<Int32>, shape: WindowGathering,
        relativeToMean: Bool, into result: UnsafeMutablePointer<Self>)

    /// destination[i] ← source[i], converted.
    static func convert(_ source: UnsafePointer<Float>, into destination: UnsafeMutablePointer<Self>, count: Int)
}

/// How many windows there are to copy, and where in the result they go.
@usableFromInline
package struct WindowGathering: BitwiseCopyable, Sendable {
    package var windows: Int
    /// T, rows of a window.
    package var steps: Int
    /// Numbers in a row.
    package var columns: Int
    /// Whether all windows' rows of a step lie together, `[steps, windows, columns]`; otherwise all rows of a window do,
    /// `[windows, steps, columns]`.
    package var timeMajor: Bool

    package init(windows: Int, steps: Int, columns: Int, timeMajor: Bool) {
        self.windows = windows
        self.steps = steps
        self.columns = columns
        self.timeMajor = timeMajor
    }

    /// Elements from a window to the next.
    var windowStride: Int { timeMajor ? columns : steps * columns }
    /// Elements from a step to the next.
    var stepStride: Int { timeMajor ? windows * columns : columns }
}

/// The numbers that one step of Adam is made with.
@usableFromInline
package struct AdamStep<Scalar: NumericScalar>: Sendable {
    /// What the gradient is multiplied with first: 1, or less when it is clipped.
    package var gradientScale: Scalar
    /// β₁ and β₂.
    package var firstDecay: Scalar
    package var secondDecay: Scalar
    /// Learning rate over 1 − β₁ᵗ.
    package var stepSize: Scalar
    /// 1 / (1 − β₂ᵗ).
    package var secondCorrection: Scalar
    package var epsilon: Scalar

    package init(
        gradientScale: Scalar, firstDecay: Scalar, secondDecay: Scalar, stepSize: Scalar, secondCorrection: Scalar,
        epsilon: Scalar
    ) {
        self.gradientScale = gradientScale
        self.firstDecay = firstDecay
        self.secondDecay = secondDecay
        self.stepSize = stepSize
        self.secondCorrection = secondCorrection
        self.epsilon = epsilon
    }
}
