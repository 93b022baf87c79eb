import CBLAS
import CKernels

/// Single precision: matrix products by OpenBLAS, everything else by `CKernels`.
extension Float: NumericScalar {
    @usableFromInline
    package static func multiply(
        _ left: UnsafePointer<Float>, stride leftStride: Int, transposed leftTransposed: Bool,
        _ right: UnsafePointer<Float>, stride rightStride: Int, transposed rightTransposed: Bool,
        rows: Int, columns: Int, inner: Int, alpha: Float, beta: Float,
        into result: UnsafeMutablePointer<Float>, stride resultStride: Int
    ) {
        guard rows > 0, columns > 0 else { return }
        if rows == 1, !leftTransposed {
            // A single row, as in acting: OpenBLAS spends more time on packing a matrix than on reading it once.
            let (storedRows, storedColumns) = rightTransposed ? (columns, inner) : (inner, columns)
            cblas_sgemv(
                CblasRowMajor, rightTransposed ? CblasNoTrans : CblasTrans, Int32(storedRows), Int32(storedColumns),
                alpha, right, Int32(max(1, rightStride)), left, 1, beta, result, 1)
            return
        }
        if columns <= 4, rightStride == columns, resultStride == columns, !rightTransposed, alpha == 1,
            beta == 0 || beta == 1
        {
            if !leftTransposed, rows >= 1024, (1...4).contains(inner), leftStride == inner {
                kernel_narrow_product(rows, inner, columns, beta == 1 ? 1 : 0, left, right, result)
                return
            }
            if leftTransposed, inner >= 1024, rows <= 4, leftStride == rows {
                if beta == 0 { result.update(repeating: 0, count: rows * columns) }
                kernel_narrow_sums(inner, rows, columns, left, right, result)
                return
            }
        }
        cblas_sgemm(
            CblasRowMajor, leftTransposed ? CblasTrans : CblasNoTrans, rightTransposed ? CblasTrans : CblasNoTrans,
            Int32(rows), Int32(columns), Int32(inner), alpha, left, Int32(max(1, leftStride)), right,
            Int32(max(1, rightStride)), beta, result, Int32(max(1, resultStride)))
    }

    @usableFromInline
    package static func gatedRecurrentForward(
        rows: Int, units: Int, gates: UnsafeMutablePointer<Float>, recurrent: UnsafePointer<Float>,
        inputBias: UnsafePointer<Float>, recurrentBias: UnsafePointer<Float>, previous: UnsafePointer<Float>,
        next: UnsafeMutablePointer<Float>
    ) {
        kernel_gru_forward(rows, units, gates, recurrent, inputBias, recurrentBias, previous, next)
    }

    @usableFromInline
    package static func gatedRecurrentBackward(
        rows: Int, units: Int, gates: UnsafeMutablePointer<Float>, previous: UnsafePointer<Float>,
        stateGradient: UnsafeMutablePointer<Float>
    ) {
        kernel_gru_backward(rows, units, gates, previous, stateGradient)
    }

    @usableFromInline
    package static func longShortTermForward(
        rows: Int, units: Int, gates: UnsafeMutablePointer<Float>, bias: UnsafePointer<Float>,
        previous: UnsafePointer<Float>, next: UnsafeMutablePointer<Float>, state: UnsafeMutablePointer<Float>
    ) {
        kernel_lstm_forward(rows, units, gates, bias, previous, next, state)
    }

    @usableFromInline
    package static func longShortTermBackward(
        rows: Int, units: Int, gates: UnsafeMutablePointer<Float>, previous: UnsafePointer<Float>,
        next: UnsafePointer<Float>, stateGradient: UnsafePointer<Float>, cellGradient: UnsafeMutablePointer<Float>
    ) {
        kernel_lstm_backward(rows, units, gates, previous, next, stateGradient, cellGradient)
    }

    @usableFromInline
    package static func addBias(
        _ bias: UnsafePointer<Float>, to values: UnsafeMutablePointer<Float>, rows: Int, columns: Int
    ) {
        kernel_add_bias(rows, columns, bias, values)
    }

    @usableFromInline
    package static func addBiasAndRectify(
        _ bias: UnsafePointer<Float>, to values: UnsafeMutablePointer<Float>, rows: Int, columns: Int
    ) {
        kernel_add_bias_rectify(rows, columns, bias, values)
    }

    @usableFromInline
    package static func rectifyBackward(
        outputs: UnsafePointer<Float>, gradient: UnsafeMutablePointer<Float>, count: Int
    ) {
        kernel_rectify_backward(count, outputs, gradient)
    }

    @usableFromInline
    package static func add(_ source: UnsafePointer<Float>, to destination: UnsafeMutablePointer<Float>, count: Int) {
        kernel_add(count, source, destination)
    }

    @usableFromInline
    package static func addGatheredRows(
        of source: UnsafePointer<Float>, at places: UnsafePointer<Int32>,
        to destination: UnsafeMutablePointer<Float>, rows: Int, columns: Int
    ) {
        kernel_add_gathered_rows(rows, columns, places, source, destination)
    }

    @usableFromInline
    package static func addScatteredRows(
        of source: UnsafePointer<Float>, to destination: UnsafeMutablePointer<Float>,
        at places: UnsafePointer<Int32>, rows: Int, columns: Int
    ) {
        kernel_add_scattered_rows(rows, columns, places, source, destination)
    }

    @usableFromInline
    package static func scale(_ values: UnsafeMutablePointer<Float>, by factors: UnsafePointer<Float>, count: Int) {
        kernel_multiply(count, factors, values)
    }

    @usableFromInline
    package static func addRowSums(
        of values: UnsafePointer<Float>, rows: Int, columns: Int, stride: Int, to sums: UnsafeMutablePointer<Float>
    ) {
        kernel_sum_rows(rows, columns, stride, values, sums)
    }

    @usableFromInline
    package static func sumOfSquares(_ values: UnsafePointer<Float>, count: Int) -> Double {
        kernel_sum_of_squares(count, values)
    }

    @usableFromInline
    package static func adamStep(
        _ step: AdamStep<Float>, gradient: UnsafePointer<Float>, firstMoment: UnsafeMutablePointer<Float>,
        secondMoment: UnsafeMutablePointer<Float>, parameters: UnsafeMutablePointer<Float>, count: Int
    ) {
        kernel_adam(
            count, gradient, step.gradientScale, step.firstDecay, step.secondDecay, step.stepSize,
            step.secondCorrection, step.epsilon, firstMoment, secondMoment, parameters)
    }

    @usableFromInline
    package static func interpolate(
        _ destination: UnsafeMutablePointer<Float>, towards source: UnsafePointer<Float>, rate: Float, count: Int
    ) {
        kernel_interpolate(count, rate, source, destination)
    }

    @usableFromInline
    package static func transpose(
        _ source: UnsafePointer<Float>, rows: Int, columns: Int, into destination: UnsafeMutablePointer<Float>
    ) {
        kernel_transpose(rows, columns, source, destination)
    }

    @usableFromInline
    package static func exchangeAxes(
        _ source: UnsafePointer<Float>, first: Int, second: Int, columns: Int,
        into destination: UnsafeMutablePointer<Float>
    ) {
        kernel_exchange_axes(first, second, columns, source, destination)
    }

    @usableFromInline
    package static func gatherWindows(
        of table: UnsafePointer<Float>, endingAt ends: UnsafePointer<Int32>, shape: WindowGathering,
        relativeToMean: Bool, into result: UnsafeMutablePointer<Float>
    ) {
        if relativeToMean {
            kernel_gather_relative_windows(
                shape.windows, shape.steps, shape.columns, table, ends, shape.windowStride, shape.stepStride, result)
        } else {
            kernel_gather_windows(
                shape.windows, shape.steps, shape.columns, table, ends, shape.windowStride, shape.stepStride, result)
        }
    }

    @usableFromInline
    package static func convert(
        _ source: UnsafePointer<Float>, into destination: UnsafeMutablePointer<Float>, count: Int
    ) {
        destination.update(from: source, count: count)
    }
}
