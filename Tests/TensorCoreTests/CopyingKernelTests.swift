import RandomNumbers
import TensorCore
import Testing

private func normals(_ count: Int, _ stream: inout RandomStream) -> NumericBuffer<Float> {
    let buffer = NumericBuffer<Float>(count: count)
    for index in 0..<count { buffer.base[index] = Float(stream.normal()) }
    return buffer
}

/// One addition each, in one order: the same bits.
@Test func rowsThatAreGatheredAndScatteredMeetTheirDefinitions() {
    var stream = RandomKey(seed: 6).stream("rows")
    for (rows, columns, sources) in [(1, 1, 1), (5, 7, 3), (9, 16, 2), (4, 33, 9), (0, 4, 2), (64, 64, 32)] {
        let places = (0..<max(1, rows)).map { _ in Int32(stream.index(below: sources)) }
        let few = normals(sources * columns, &stream), many = normals(rows * columns, &stream)
        let gathered = many.values, scattered = few.values
        func result(_ start: [Float], _ work: (UnsafeMutablePointer<Float>) -> Void) -> [Float] {
            let buffer = NumericBuffer<Float>(count: start.count)
            buffer.assign(start)
            work(buffer.base)
            return buffer.values
        }
        #expect(
            result(gathered) { Float.addGatheredRows(of: few.base, at: places, to: $0, rows: rows, columns: columns) }
                == result(gathered) {
                    ReferenceKernels.addGatheredRows(of: few.base, at: places, to: $0, rows: rows, columns: columns)
                })
        #expect(
            result(scattered) {
                Float.addScatteredRows(of: many.base, to: $0, at: places, rows: rows, columns: columns)
            }
                == result(scattered) {
                    ReferenceKernels.addScatteredRows(of: many.base, to: $0, at: places, rows: rows, columns: columns)
                })
    }
}

@Test func exchangedAxesMeetTheirDefinition() {
    var stream = RandomKey(seed: 7).stream("axes")
    for (first, second, columns) in [(1, 1, 1), (3, 5, 7), (16, 2, 1), (7, 9, 16), (0, 3, 2), (18, 64, 5)] {
        let source = normals(first * second * columns, &stream)
        let fast = NumericBuffer<Float>(count: source.count), slow = NumericBuffer<Float>(count: source.count)
        let back = NumericBuffer<Float>(count: source.count)
        Float.exchangeAxes(source.base, first: first, second: second, columns: columns, into: fast.base)
        ReferenceKernels.exchangeAxes(source.base, first: first, second: second, columns: columns, into: slow.base)
        #expect(fast.values == slow.values)
        Float.exchangeAxes(fast.base, first: second, second: first, columns: columns, into: back.base)
        #expect(back.values == source.values)
    }
}

@Test func windowsMeetTheirDefinition() {
    var stream = RandomKey(seed: 8).stream("windows")
    for (windows, steps, columns) in [(1, 1, 1), (3, 4, 5), (5, 7, 1), (2, 20, 16), (0, 3, 2), (33, 5, 17)] {
        let rows = 40
        let table = normals(rows * columns, &stream)
        // Prices: far from zero, so that their mean is too.
        for index in 0..<table.count { table.base[index] += 100 }
        let ends = (0..<max(1, windows)).map { _ in Int32(steps - 1 + stream.index(below: rows - steps + 1)) }
        for timeMajor in [false, true] {
            let shape = WindowGathering(windows: windows, steps: steps, columns: columns, timeMajor: timeMajor)
            for relative in [false, true] {
                let count = windows * steps * columns
                let fast = NumericBuffer<Float>(count: count), slow = NumericBuffer<Float>(count: count)
                Float.gatherWindows(
                    of: table.base, endingAt: ends, shape: shape, relativeToMean: relative, into: fast.base)
                ReferenceKernels.gatherWindows(
                    of: table.base, endingAt: ends, shape: shape, relativeToMean: relative, into: slow.base)
                // Percentages of a few units; both are computed in double precision and rounded once.
                let distance = zip(fast.values, slow.values).map { abs($0 - $1) }.max() ?? 0
                #expect(distance <= (relative ? 1e-6 : 0), "\(windows)×\(steps)×\(columns)")
                if windows > 1, !relative {
                    let (window, step) = (windows - 1, steps - 1)
                    let place = (timeMajor ? step * windows + window : window * steps + step) * columns
                    #expect(fast.values[place] == table.values[Int(ends[window]) * columns])
                }
            }
        }
    }
}
