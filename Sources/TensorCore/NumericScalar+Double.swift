import CBLAS

/// Double precision, for checking: matrix products by OpenBLAS, everything else by the plain loops.
extension Double: NumericScalar {
    @usableFromInline
    package static func multiply(
        _ left: UnsafePointer<Double>, stride leftStride: Int, transposed leftTransposed: Bool,
        _ right: UnsafePointer<Double>, stride rightStride: Int, transposed rightTransposed: Bool,
        rows: Int, columns: Int, inner: Int, alpha: Double, beta: Double,
        into result: UnsafeMutablePointer<Double>, stride resultStride: Int
    ) {
        guard rows > 0, columns > 0 else { return }
        cblas_dgemm(
            CblasRowMajor, leftTransposed ? CblasTrans : CblasNoTrans, rightTransposed ? CblasTrans : CblasNoTrans,
            Int32(rows), Int32(columns), Int32(inner), alpha, left, Int32(max(1, leftStride)), right,
            Int32(max(1, rightStride)), beta, result, Int32(max(1, resultStride)))
    }

    @usableFromInline
    package static func gatedRecurrentForward(
        rows: Int, units: Int, gates: UnsafeMutablePointer<Double>, recurrent: UnsafePointer<Double>,
        inputBias: UnsafePointer<Double>, recurrentBias: UnsafePointer<Double>, previous: UnsafePointer<Double>,
        next: UnsafeMutablePointer<Double>
    ) {
        ReferenceKernels.gatedRecurrentForward(
            rows: rows, units: units, gates: gates, recurrent: recurrent, inputBias: inputBias,
            recurrentBias: recurrentBias, previous: previous, next: next)
    }

    @usableFromInline
    package static func gatedRecurrentBackward(
        rows: Int, units: Int, gates: UnsafeMutablePointer<Double>, previous: UnsafePointer<Double>,
        stateGradient: UnsafeMutablePointer<Double>
    ) {
        ReferenceKernels.gatedRecurrentBackward(
            rows: rows, units: units, gates: gates, previous: previous, stateGradient: stateGradient)
    }

    @usableFromInline
    package static func longShortTermForward(
        rows: Int, units: Int, gates: UnsafeMutablePointer<Double>, bias: UnsafePointer<Double>,
        previous: UnsafePointer<Double>, next: UnsafeMutablePointer<Double>, state: UnsafeMutablePointer<Double>
    ) {
        ReferenceKernels.longShortTermForward(
            rows: rows, units: units, gates: gates, bias: bias, previous: previous, next: next, state: state)
    }

    @usableFromInline
    package static func longShortTermBackward(
        rows: Int, units: Int, gates: UnsafeMutablePointer<Double>, previous: UnsafePointer<Double>,
        next: UnsafePointer<Double>, stateGradient: UnsafePointer<Double>, cellGradient: UnsafeMutablePointer<Double>
    ) {
        ReferenceKernels.longShortTermBackward(
            rows: rows, units: units, gates: gates, previous: previous, next: next, stateGradient: stateGradient,
            cellGradient: cellGradient)
    }

    @usableFromInline
    package static func addBias(
        _ bias: UnsafePointer<Double>, to values: UnsafeMutablePointer<Double>, rows: Int, columns: Int
    ) {
        ReferenceKernels.addBias(bias, to: values, rows: rows, columns: columns)
    }

    @usableFromInline
    package static func addBiasAndRectify(
        _ bias: UnsafePointer<Double>, to values: UnsafeMutablePointer<Double>, rows: Int, columns: Int
    ) {
        ReferenceKernels.addBiasAndRectify(bias, to: values, rows: rows, columns: columns)
    }

    @usableFromInline
    package static func rectifyBackward(
        outputs: UnsafePointer<Double>, gradient: UnsafeMutablePointer<Double>, count: Int
    ) {
        ReferenceKernels.rectifyBackward(outputs: outputs, gradient: gradient, count: count)
    }

    @usableFromInline
    package static func add(_ source: UnsafePointer<Double>, to destination: UnsafeMutablePointer<Double>, count: Int) {
        ReferenceKernels.add(source, to: destination, count: count)
    }

    @usableFromInline
    package static func addGatheredRows(
        of source: UnsafePointer<Double>, at places: UnsafePointer<Int32>,
        to destination: UnsafeMutablePointer<Double>, rows: Int, columns: Int
    ) {
        ReferenceKernels.addGatheredRows(of: source, at: places, to: destination, rows: rows, columns: columns)
    }

    @usableFromInline
    package static func addScatteredRows(
        of source: UnsafePointer<Double>, to destination: UnsafeMutablePointer<Double>,
        at places: UnsafePointer<Int32>, rows: Int, columns: Int
    ) {
        ReferenceKernels.addScatteredRows(of: source, to: destination, at: places, rows: rows, columns: columns)
    }

    @usableFromInline
    package static func scale(_ values: UnsafeMutablePointer<Double>, by factors: UnsafePointer<Double>, count: Int) {
        ReferenceKernels.scale(values, by: factors, count: count)
    }

    @usableFromInline
    package static func addRowSums(
        of values: UnsafePointer<Double>, rows: Int, columns: Int, stride: Int, to sums: UnsafeMutablePointer<Double>
    ) {
        ReferenceKernels.addRowSums(of: values, rows: rows, columns: columns, stride: stride, to: sums)
    }

    @usableFromInline
    package static func sumOfSquares(_ values: UnsafePointer<Double>, count: Int) -> Double {
        ReferenceKernels.sumOfSquares(values, count: count)
    }

    @usableFromInline
    package static func adamStep(
        _ step: AdamStep<Double>, gradient: UnsafePointer<Double>, firstMoment: UnsafeMutablePointer<Double>,
        secondMoment: UnsafeMutablePointer<Double>, parameters: UnsafeMutablePointer<Double>, count: Int
    ) {
        ReferenceKernels.adamStep(
            step, gradient: gradient, firstMoment: firstMoment, secondMoment: secondMoment, parameters: parameters,
            count: count)
    }

    @usableFromInline
    package static func interpolate(
        _ destination: UnsafeMutablePointer<Double>, towards source: UnsafePointer<Double>, rate: Double, count: Int
    ) {
        ReferenceKernels.interpolate(destination, towards: source, rate: rate, count: count)
    }

    @usableFromInline
    package static func transpose(
        _ source: UnsafePointer<Double>, rows: Int, columns: Int, into destination: UnsafeMutablePointer<Double>
    ) {
        ReferenceKernels.transpose(source, rows: rows, columns: columns, into: destination)
    }

    @usableFromInline
    package static func exchangeAxes(
        _ source: UnsafePointer<Double>, first: Int, second: Int, columns: Int,
        into destination: UnsafeMutablePointer<Double>
    ) {
        ReferenceKernels.exchangeAxes(source, first: first, second: second, columns: columns, into: destination)
    }

    @usableFromInline
    package static func gatherWindows(
        of table: UnsafePointer<Float>, endingAt ends: UnsafePointer<Int32>, shape: WindowGathering,
        relativeToMean: Bool, into result: UnsafeMutablePointer<Double>
    ) {
        ReferenceKernels.gatherWindows(
            of: table, endingAt: ends, shape: shape, relativeToMean: relativeToMean, into: result)
    }

    @usableFromInline
    package static func convert(
        _ source: UnsafePointer<Float>, into destination: UnsafeMutablePointer<Double>, count: Int
    ) {
        for i in 0..<count { destination[i] = Double(source[i]) }
    }
}
