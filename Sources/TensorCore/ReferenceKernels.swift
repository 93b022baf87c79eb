import Foundation

/// The kernels as plain loops: what each one means, and what the fast ones are tested against.
package enum ReferenceKernels<Scalar: BinaryFloatingPoint> {
    package typealias Pointer = UnsafePointer<Scalar>
    package typealias MutablePointer = UnsafeMutablePointer<Scalar>

    package static func multiply(
        _ left: Pointer, stride leftStride: Int, transposed leftTransposed: Bool,
        _ right: Pointer, stride rightStride: Int, transposed rightTransposed: Bool,
        rows: Int, columns: Int, inner: Int, alpha: Scalar, beta: Scalar,
        into result: MutablePointer, stride resultStride: Int
    ) {
        for i in 0..<rows {
            for j in 0..<columns {
                var sum: Scalar = 0
                for k in 0..<inner {
                    let a = leftTransposed ? left[k * leftStride + i] : left[i * leftStride + k]
                    let b = rightTransposed ? right[j * rightStride + k] : right[k * rightStride + j]
                    sum += a * b
                }
                let old = beta == 0 ? 0 : beta * result[i * resultStride + j]
                result[i * resultStride + j] = alpha * sum + old
            }
        }
    }

    package static func gatedRecurrentForward(
        rows: Int, units: Int, gates: MutablePointer, recurrent: Pointer, inputBias: Pointer, recurrentBias: Pointer,
        previous: Pointer, next: MutablePointer
    ) {
        for row in 0..<rows {
            for j in 0..<units {
                let gate = gates + (row * 4 * units + j)
                let product = recurrent + (row * 3 * units + j)
                let c = product[0] + recurrentBias[j]
                let r = logistic(gate[units] + inputBias[j] + product[units] + recurrentBias[units + j])
                let z = logistic(
                    gate[2 * units] + inputBias[units + j] + product[2 * units] + recurrentBias[2 * units + j])
                let n = hyperbolicTangent(gate[3 * units] + inputBias[2 * units + j] + r * c)
                (gate[0], gate[units], gate[2 * units], gate[3 * units]) = (c, r, z, n)
                next[row * units + j] = (1 - z) * n + z * previous[row * units + j]
            }
        }
    }

    package static func gatedRecurrentBackward(
        rows: Int, units: Int, gates: MutablePointer, previous: Pointer, stateGradient: MutablePointer
    ) {
        for row in 0..<rows {
            for j in 0..<units {
                let gate = gates + (row * 4 * units + j)
                let (c, r, z, n) = (gate[0], gate[units], gate[2 * units], gate[3 * units])
                let gradient = stateGradient[row * units + j]
                let dn = gradient * (1 - z) * (1 - n * n)
                let dz = gradient * (previous[row * units + j] - n) * z * (1 - z)
                let dr = dn * c * r * (1 - r)
                (gate[0], gate[units], gate[2 * units], gate[3 * units]) = (dn * r, dr, dz, dn)
                stateGradient[row * units + j] = gradient * z
            }
        }
    }

    package static func longShortTermForward(
        rows: Int, units: Int, gates: MutablePointer, bias: Pointer, previous: Pointer, next: MutablePointer,
        state: MutablePointer
    ) {
        for row in 0..<rows {
            for j in 0..<units {
                let gate = gates + (row * 4 * units + j)
                let i = logistic(gate[0] + bias[j])
                let f = logistic(gate[units] + bias[units + j])
                let g = hyperbolicTangent(gate[2 * units] + bias[2 * units + j])
                let o = logistic(gate[3 * units] + bias[3 * units + j])
                (gate[0], gate[units], gate[2 * units], gate[3 * units]) = (i, f, g, o)
                let cell = f * previous[row * units + j] + i * g
                next[row * units + j] = cell
                state[row * units + j] = o * hyperbolicTangent(cell)
            }
        }
    }

    package static func longShortTermBackward(
        rows: Int, units: Int, gates: MutablePointer, previous: Pointer, next: Pointer, stateGradient: Pointer,
        cellGradient: MutablePointer
    ) {
        for row in 0..<rows {
            for j in 0..<units {
                let gate = gates + (row * 4 * units + j), place = row * units + j
                let (i, f, g, o) = (gate[0], gate[units], gate[2 * units], gate[3 * units])
                let t = hyperbolicTangent(next[place])
                let cell = cellGradient[place] + stateGradient[place] * o * (1 - t * t)
                gate[0] = cell * g * i * (1 - i)
                gate[units] = cell * previous[place] * f * (1 - f)
                gate[2 * units] = cell * i * (1 - g * g)
                gate[3 * units] = stateGradient[place] * t * o * (1 - o)
                cellGradient[place] = cell * f
            }
        }
    }

    package static func addBias(_ bias: Pointer, to values: MutablePointer, rows: Int, columns: Int) {
        for i in 0..<rows {
            for j in 0..<columns { values[i * columns + j] += bias[j] }
        }
    }

    package static func addBiasAndRectify(_ bias: Pointer, to values: MutablePointer, rows: Int, columns: Int) {
        for i in 0..<rows {
            for j in 0..<columns {
                let value = values[i * columns + j] + bias[j]
                values[i * columns + j] = value < 0 ? 0 : value
            }
        }
    }

    package static func rectifyBackward(outputs: Pointer, gradient: MutablePointer, count: Int) {
        for i in 0..<count where !(outputs[i] > 0) { gradient[i] = 0 }
    }

    package static func add(_ source: Pointer, to destination: MutablePointer, count: Int) {
        for i in 0..<count { destination[i] += source[i] }
    }

    package static func addGatheredRows(
        of source: Pointer, at places: UnsafePointer<Int32>, to destination: MutablePointer, rows: Int, columns: Int
    ) {
        for i in 0..<rows {
            for j in 0..<columns { destination[i * columns + j] += source[Int(places[i]) * columns + j] }
        }
    }

    package static func addScatteredRows(
        of source: Pointer, to destination: MutablePointer, at places: UnsafePointer<Int32>, rows: Int, columns: Int
    ) {
        for i in 0..<rows {
            for j in 0..<columns { destination[Int(places[i]) * columns + j] += source[i * columns + j] }
        }
    }

    package static func scale(_ values: MutablePointer, by factors: Pointer, count: Int) {
        for i in 0..<count { values[i] *= factors[i] }
    }

    package static func addRowSums(of values: Pointer, rows: Int, columns: Int, stride: Int, to sums: MutablePointer) {
        for i in 0..<rows {
            for j in 0..<columns { sums[j] += values[i * stride + j] }
        }
    }

    package static func sumOfSquares(_ values: Pointer, count: Int) -> Double {
        var sum = 0.0
        for i in 0..<count { sum += Double(values[i]) * Double(values[i]) }
        return sum
    }

    package static func interpolate(_ destination: MutablePointer, towards source: Pointer, rate: Scalar, count: Int) {
        for i in 0..<count { destination[i] += rate * (source[i] - destination[i]) }
    }

    package static func transpose(_ source: Pointer, rows: Int, columns: Int, into destination: MutablePointer) {
        for i in 0..<rows {
            for j in 0..<columns { destination[j * rows + i] = source[i * columns + j] }
        }
    }

    package static func exchangeAxes(
        _ source: Pointer, first: Int, second: Int, columns: Int, into destination: MutablePointer
    ) {
        for a in 0..<first {
            for b in 0..<second {
                for j in 0..<columns {
                    destination[(b * first + a) * columns + j] = source[(a * second + b) * columns + j]
                }
            }
        }
    }

    package static func gatherWindows(
        of table: UnsafePointer<Float>, endingAt ends: UnsafePointer<Int32>, shape: WindowGathering,
        relativeToMean: Bool, into result: MutablePointer
    ) {
        for window in 0..<shape.windows {
            for j in 0..<shape.columns {
                func value(_ step: Int) -> Double {
                    Double(table[(Int(ends[window]) + 1 - shape.steps + step) * shape.columns + j])
                }
                let mean = (0..<shape.steps).reduce(0) { $0 + value($1) } / Double(shape.steps)
                for step in 0..<shape.steps {
                    result[window * shape.windowStride + step * shape.stepStride + j] =
                        Scalar(relativeToMean ? 100 * (value(step) / mean - 1) : value(step))
                }
            }
        }
    }

    private static func logistic(_ x: Scalar) -> Scalar { Scalar(1 / (1 + exp(-Double(x)))) }
    private static func hyperbolicTangent(_ x: Scalar) -> Scalar { Scalar(tanh(Double(x))) }
}

extension ReferenceKernels where Scalar: NumericScalar {
    package static func adamStep(
        _ step: AdamStep<Scalar>, gradient: Pointer, firstMoment: MutablePointer, secondMoment: MutablePointer,
        parameters: MutablePointer, count: Int
    ) {
        for i in 0..<count {
            let g = gradient[i] * step.gradientScale
            firstMoment[i] = step.firstDecay * firstMoment[i] + (1 - step.firstDecay) * g
            secondMoment[i] = step.secondDecay * secondMoment[i] + (1 - step.secondDecay) * g * g
            parameters[i] -=
                step.stepSize * firstMoment[i]
                / ((secondMoment[i] * step.secondCorrection).squareRoot() + step.epsilon)
        }
    }
}
