import RandomNumbers
import TensorCore
import Testing

/// Numbers for kernels, drawn around zero.
private func normals(_ count: Int, _ stream: inout RandomStream) -> NumericBuffer<Float> {
    let buffer = NumericBuffer<Float>(count: count)
    for index in 0..<count { buffer.base[index] = Float(stream.normal()) }
    return buffer
}

private func copy(_ buffer: NumericBuffer<Float>) -> NumericBuffer<Float> {
    let result = NumericBuffer<Float>(count: buffer.count)
    result.assign(buffer.values)
    return result
}

/// The largest difference, relative to values above 1.
private func distance(_ left: NumericBuffer<Float>, _ right: NumericBuffer<Float>) -> Float {
    zip(left.values, right.values).map { abs($0 - $1) / max(1, abs($1)) }.max() ?? 0
}

/// Rows and columns around the widths of registers: 1, odd numbers, powers of two and their neighbours.
private let shapes: [(rows: Int, columns: Int)] = [
    (1, 1), (1, 7), (2, 15), (3, 16), (5, 17), (7, 31), (1, 33), (4, 64), (3, 65), (9, 128), (0, 5), (6, 20),
]

/// Rounding of sums of up to 128 products of unit size: √128 · 2⁻²⁴ ≈ 7e-7 each way, and some room.
private let sumTolerance: Float = 5e-6

@Test func productsMeetTheThreeLoops() {
    var stream = RandomKey(seed: 1).stream("products")
    for (rows, columns, inner) in [
        (1, 1, 1), (1, 9, 5), (7, 1, 3), (4, 6, 0), (5, 3, 17), (64, 33, 16), (2, 192, 64), (1, 192, 64), (0, 3, 4),
    ] {
        for form in 0..<8 {
            let leftTransposed = form & 1 == 1, rightTransposed = form & 2 == 2
            let beta: Float = form & 4 == 4 ? 1 : 0
            // Rows further apart than they are long, as views of columns have them.
            let leftStride = (leftTransposed ? rows : inner) + 3, rightStride = (rightTransposed ? inner : columns) + 2
            let left = normals((leftTransposed ? inner : rows) * leftStride + 8, &stream)
            let right = normals((rightTransposed ? columns : inner) * rightStride + 8, &stream)
            let fast = normals(rows * (columns + 1) + 8, &stream)
            let slow = copy(fast)
            Float.multiply(
                left.base, stride: leftStride, transposed: leftTransposed, right.base, stride: rightStride,
                transposed: rightTransposed, rows: rows, columns: columns, inner: inner, alpha: 0.5, beta: beta,
                into: fast.base, stride: columns + 1)
            ReferenceKernels.multiply(
                left.base, stride: leftStride, transposed: leftTransposed, right.base, stride: rightStride,
                transposed: rightTransposed, rows: rows, columns: columns, inner: inner, alpha: 0.5, beta: beta,
                into: slow.base, stride: columns + 1)
            #expect(distance(fast, slow) < sumTolerance, "\(rows)×\(columns)×\(inner), form \(form)")
        }
    }
}

/// Tall matrices with one to four columns, which do not go to the library: their product, what one is transposed times the other,
/// and the sums of their rows. A sum of 1,031 products of unit size walks to about 32, and each of its roundings is up to
/// 2⁻²⁴ · 32: √1031 of them are 6e-5.
@Test func narrowProductsMeetTheThreeLoops() {
    var stream = RandomKey(seed: 9).stream("narrow")
    for (width, columns, rows) in (1...4).flatMap({ width in
        (1...5).flatMap { columns in [1024, 1031].map { (width, columns, $0) } }
    }) {
        let left = normals(rows * width, &stream)
        for (beta, isTransposed) in [(0, false), (1, false), (0, true), (1, true)] as [(Float, Bool)] {
            let right = normals((isTransposed ? rows : width) * columns, &stream)
            let fast = normals((isTransposed ? width : rows) * columns, &stream), slow = copy(fast)
            Float.multiply(
                left.base, stride: width, transposed: isTransposed, right.base, stride: columns, transposed: false,
                rows: isTransposed ? width : rows, columns: columns, inner: isTransposed ? rows : width, alpha: 1,
                beta: beta, into: fast.base, stride: columns)
            ReferenceKernels.multiply(
                left.base, stride: width, transposed: isTransposed, right.base, stride: columns, transposed: false,
                rows: isTransposed ? width : rows, columns: columns, inner: isTransposed ? rows : width, alpha: 1,
                beta: beta, into: slow.base, stride: columns)
            #expect(distance(fast, slow) < 6e-5, "\(rows)×\(width), \(columns) columns, \(isTransposed), \(beta)")
        }
        let fast = normals(width, &stream), slow = copy(fast)
        Float.addRowSums(of: left.base, rows: rows, columns: width, stride: width, to: fast.base)
        ReferenceKernels.addRowSums(of: left.base, rows: rows, columns: width, stride: width, to: slow.base)
        #expect(distance(fast, slow) < 6e-5)
    }
}

@Test func recurrentGatesMeetTheirDefinition() {
    var stream = RandomKey(seed: 2).stream("gates")
    for (rows, units) in shapes {
        let gates = normals(rows * 4 * units, &stream), recurrent = normals(rows * 3 * units, &stream)
        let inputBias = normals(3 * units, &stream), recurrentBias = normals(3 * units, &stream)
        let previous = normals(rows * units, &stream)
        let slowGates = copy(gates)
        let next = NumericBuffer<Float>(count: rows * units), slowNext = NumericBuffer<Float>(count: rows * units)
        Float.gatedRecurrentForward(
            rows: rows, units: units, gates: gates.base, recurrent: recurrent.base, inputBias: inputBias.base,
            recurrentBias: recurrentBias.base, previous: previous.base, next: next.base)
        ReferenceKernels.gatedRecurrentForward(
            rows: rows, units: units, gates: slowGates.base, recurrent: recurrent.base, inputBias: inputBias.base,
            recurrentBias: recurrentBias.base, previous: previous.base, next: slowNext.base)
        // The rational tanh is off by 3e-7; a candidate repeats that through r · c, with |c| up to 6.
        #expect(distance(gates, slowGates) < 2e-6, "\(rows)×\(units)")
        #expect(distance(next, slowNext) < 2e-6, "\(rows)×\(units)")

        let gradient = normals(rows * units, &stream), slowGradient = copy(gradient)
        gates.assign(slowGates.values)
        Float.gatedRecurrentBackward(
            rows: rows, units: units, gates: gates.base, previous: previous.base, stateGradient: gradient.base)
        ReferenceKernels.gatedRecurrentBackward(
            rows: rows, units: units, gates: slowGates.base, previous: previous.base, stateGradient: slowGradient.base)
        #expect(distance(gates, slowGates) < 1e-6, "\(rows)×\(units)")
        #expect(distance(gradient, slowGradient) < 1e-6, "\(rows)×\(units)")
    }
}

@Test func memoryGatesMeetTheirDefinition() {
    var stream = RandomKey(seed: 5).stream("gates")
    for (rows, units) in shapes {
        let count = rows * units
        let gates = normals(4 * count, &stream), bias = normals(4 * units, &stream)
        let previous = normals(count, &stream)
        let slowGates = copy(gates)
        let next = NumericBuffer<Float>(count: count), slowNext = NumericBuffer<Float>(count: count)
        let state = NumericBuffer<Float>(count: count), slowState = NumericBuffer<Float>(count: count)
        Float.longShortTermForward(
            rows: rows, units: units, gates: gates.base, bias: bias.base, previous: previous.base, next: next.base,
            state: state.base)
        ReferenceKernels.longShortTermForward(
            rows: rows, units: units, gates: slowGates.base, bias: bias.base, previous: previous.base,
            next: slowNext.base, state: slowState.base)
        // The rational tanh is off by 3e-7; a cell of size up to 4 adds two such products.
        #expect(distance(gates, slowGates) < 1e-6, "\(rows)×\(units)")
        #expect(distance(next, slowNext) < 2e-6, "\(rows)×\(units)")
        #expect(distance(state, slowState) < 2e-6, "\(rows)×\(units)")

        let stateGradient = normals(count, &stream)
        let cellGradient = normals(count, &stream), slowCellGradient = copy(cellGradient)
        gates.assign(slowGates.values)
        next.assign(slowNext.values)
        Float.longShortTermBackward(
            rows: rows, units: units, gates: gates.base, previous: previous.base, next: next.base,
            stateGradient: stateGradient.base, cellGradient: cellGradient.base)
        ReferenceKernels.longShortTermBackward(
            rows: rows, units: units, gates: slowGates.base, previous: previous.base, next: slowNext.base,
            stateGradient: stateGradient.base, cellGradient: slowCellGradient.base)
        #expect(distance(gates, slowGates) < 3e-6, "\(rows)×\(units)")
        #expect(distance(cellGradient, slowCellGradient) < 3e-6, "\(rows)×\(units)")
    }
}

@Test func gatesSaturateAndKeepWhatIsNoNumber() {
    // Large sums drive gates to their ends without overflow; NaN must arrive, so that an update can report it.
    let gates = NumericBuffer<Float>(count: 4), next = NumericBuffer<Float>(count: 1)
    let zeros = NumericBuffer<Float>(count: 3), previous = NumericBuffer<Float>(count: 1)
    func state(afterGate values: [Float]) -> [Float] {
        gates.assign([0] + values)
        Float.gatedRecurrentForward(
            rows: 1, units: 1, gates: gates.base, recurrent: zeros.base, inputBias: zeros.base,
            recurrentBias: zeros.base, previous: previous.base, next: next.base)
        return gates.values[1...] + next.values
    }
    let high = state(afterGate: [1e30, -1e30, 1e30])
    for (value, expected) in zip(high, [1, 0, 1, 1] as [Float]) { #expect(abs(value - expected) < 1e-6) }
    for place in 0..<3 {
        var values: [Float] = [0, 0, 0]
        values[place] = .nan
        let result = state(afterGate: values)
        #expect(result[3].isNaN || place == 0, "place \(place)")
        #expect(result[place].isNaN)
    }
}

@Test func passesMeetTheirDefinitions() {
    var stream = RandomKey(seed: 3).stream("passes")
    for (rows, columns) in shapes {
        let count = rows * columns
        let source = normals(count, &stream), bias = normals(columns, &stream)
        func expectSame(
            _ name: String, tolerance: Float, _ fast: (NumericBuffer<Float>) -> Void,
            _ slow: (NumericBuffer<Float>) -> Void
        ) {
            let values = normals(max(count, columns), &stream), expected = copy(values)
            fast(values)
            slow(expected)
            #expect(distance(values, expected) <= tolerance, "\(name), \(rows)×\(columns)")
        }
        // One addition or product each: fused or not, at most one rounding apart; the same bits where there is only one.
        expectSame("addBias", tolerance: 0) {
            Float.addBias(bias.base, to: $0.base, rows: rows, columns: columns)
        } _: {
            ReferenceKernels.addBias(bias.base, to: $0.base, rows: rows, columns: columns)
        }
        expectSame("addBiasAndRectify", tolerance: 0) {
            Float.addBiasAndRectify(bias.base, to: $0.base, rows: rows, columns: columns)
        } _: {
            ReferenceKernels.addBiasAndRectify(bias.base, to: $0.base, rows: rows, columns: columns)
        }
        expectSame("rectifyBackward", tolerance: 0) {
            Float.rectifyBackward(outputs: source.base, gradient: $0.base, count: count)
        } _: {
            ReferenceKernels.rectifyBackward(outputs: source.base, gradient: $0.base, count: count)
        }
        expectSame("add", tolerance: 0) {
            Float.add(source.base, to: $0.base, count: count)
        } _: {
            ReferenceKernels.add(source.base, to: $0.base, count: count)
        }
        expectSame("scale", tolerance: 0) {
            Float.scale($0.base, by: source.base, count: count)
        } _: {
            ReferenceKernels.scale($0.base, by: source.base, count: count)
        }
        expectSame("interpolate", tolerance: 2e-7) {
            Float.interpolate($0.base, towards: source.base, rate: 0.125, count: count)
        } _: {
            ReferenceKernels.interpolate($0.base, towards: source.base, rate: 0.125, count: count)
        }
        expectSame("transpose", tolerance: 0) {
            Float.transpose(source.base, rows: rows, columns: columns, into: $0.base)
        } _: {
            ReferenceKernels.transpose(source.base, rows: rows, columns: columns, into: $0.base)
        }
        // Every row is a window of `columns − 1` into rows of `columns`.
        expectSame("addRowSums", tolerance: sumTolerance) {
            Float.addRowSums(of: source.base, rows: rows, columns: columns - 1, stride: columns, to: $0.base)
        } _: {
            ReferenceKernels.addRowSums(of: source.base, rows: rows, columns: columns - 1, stride: columns, to: $0.base)
        }
        let fast = Float.sumOfSquares(source.base, count: count)
        let slow = ReferenceKernels.sumOfSquares(source.base, count: count)
        #expect(abs(fast - slow) <= 1e-13 * max(1, slow))
    }
}

@Test func adamStepsMeetTheirDefinition() {
    var stream = RandomKey(seed: 4).stream("adam")
    for count in [0, 1, 15, 16, 17, 100] {
        let gradient = normals(count, &stream), first = normals(count, &stream), parameters = normals(count, &stream)
        let second = NumericBuffer<Float>(count: count)
        for index in 0..<count { second.base[index] = Float(stream.uniform()) }
        let (slowFirst, slowSecond, slowParameters) = (copy(first), copy(second), copy(parameters))
        let step = AdamStep<Float>(
            gradientScale: 0.7, firstDecay: 0.9, secondDecay: 0.999, stepSize: 0.01, secondCorrection: 3, epsilon: 1e-8)
        Float.adamStep(
            step, gradient: gradient.base, firstMoment: first.base, secondMoment: second.base,
            parameters: parameters.base, count: count)
        ReferenceKernels.adamStep(
            step, gradient: gradient.base, firstMoment: slowFirst.base, secondMoment: slowSecond.base,
            parameters: slowParameters.base, count: count)
        // Two or three roundings of numbers of size 1.
        #expect(distance(first, slowFirst) < 5e-7)
        #expect(distance(second, slowSecond) < 5e-7)
        #expect(distance(parameters, slowParameters) < 5e-7)
    }
}

@Test func aNaNPassesTheRectifier() {
    let values = NumericBuffer<Float>(count: 20), bias = NumericBuffer<Float>(count: 20)
    values.base[3] = .nan
    values.base[17] = -1
    Float.addBiasAndRectify(bias.base, to: values.base, rows: 1, columns: 20)
    #expect(values.values[3].isNaN)
    #expect(values.values[17] == 0)
}

@Test func linearAlgebraRunsOnOneThread() {
    BLAS.useOneThread()  // Traps where OpenBLAS refuses.
    #expect(!BLAS.kernelName.isEmpty)
}
