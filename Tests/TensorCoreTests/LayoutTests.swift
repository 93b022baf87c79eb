import TensorCore
import Testing

@Test func tensorsLieOneBehindTheOther() {
    var layout = ParameterLayout()
    let weight = layout.add("weight", rows: 2, columns: 3)
    let bias = layout.add("bias", columns: 3)
    #expect(weight.offset == 0)
    #expect(bias.offset == 6)
    #expect(layout.count == 9)
    let buffer = NumericBuffer<Float>(count: 9)
    buffer.assign([0, 1, 2, 3, 4, 5, 6, 7, 8])
    let vector = ParameterVector(buffer)
    #expect(vector[weight].rows(from: 1, count: 1).base[0] == 3)
    #expect(vector[bias].base[2] == 8)
    #expect(vector[weight].columns(from: 1, count: 2).stride == 3)
}

@Test func anArenaCountsWhatItHandsOut() {
    func layOut(_ arena: inout Arena<Double>) -> [Matrix<Double>] {
        [arena.matrix(rows: 3, columns: 5), arena.matrix(rows: 0, columns: 4), arena.matrix(rows: 16, columns: 1)]
    }
    var counting = Arena<Double>()
    _ = layOut(&counting)
    #expect(counting.used == 32)  // 15 elements rounded up to 16, none, and 16.
    let memory = NumericBuffer<Double>(count: counting.used)
    var arena = Arena(memory.base)
    let matrices = layOut(&arena)
    #expect(matrices[2].base == memory.base + 16)
}

@Test func buffersGrowAndForgetButDoNotShrink() {
    let buffer = NumericBuffer<Float>(count: 2)
    buffer.assign([1, 2])
    buffer.reserve(1)
    #expect(buffer.values == [1, 2])
    buffer.reserve(3)
    #expect(buffer.values == [0, 0, 0])
}
