import NeuralNetworks
import RandomNumbers
import TensorCore
import Testing
import TraderTestSupport

/// One sequence and one step are the edges; 70 sequences cross the chunks that a batch is walked in.
private let extents = [(1, 1, 1, 1), (1, 3, 2, 4), (4, 1, 3, 2), (5, 3, 4, 6), (2, 70, 1, 2), (3, 33, 1, 3)]

/// Parameters, inputs and first states; with the last state alone in the loss and with the outputs of all steps.
@Test(arguments: extents, [(false, true), (true, true), (false, false), (true, false)])
func recurrentGradientsMeetCentralDifferences(
    extent: (steps: Int, batch: Int, inputs: Int, units: Int), form: (everyStep: Bool, fromZero: Bool)
) {
    func check<Layer: RecurrentLayer>(_ layer: Layer.Type) {
        var stream = RandomKey(seed: 21).child(extent.steps).child(extent.batch).stream("recurrent")
        let trial = RecurrentTrial<Layer, Double>(
            steps: extent.steps, batch: extent.batch, inputs: extent.inputs, units: extent.units,
            everyStep: form.everyStep, startsFromZero: form.fromZero)
        for buffer in trial.variables { buffer.assign(normals(buffer.count, &stream).values) }
        #expect(trial.worstDistance() < gradientTolerance, "\(layer)")
    }
    check(GatedRecurrentUnit.self)
    check(LongShortTermMemory.self)
}

/// Acting keeps one step, or the outputs alone: the same values as learning, which keeps everything.
@Test func passesThatForgetGiveTheSameValues() {
    func check<Layer: RecurrentLayer>(_ layer: Layer.Type) {
        var stream = RandomKey(seed: 24).stream("recurrent")
        let all = RecurrentTrial<Layer, Float>(steps: 7, batch: 5, inputs: 3, units: 9, startsFromZero: false)
        for buffer in all.variables { buffer.assign(normals(buffer.count, &stream).values.map { Float($0) }) }
        let last = all.forward()
        for everyStep in [false, true] {
            let some = RecurrentTrial<Layer, Float>(
                steps: 7, batch: 5, inputs: 3, units: 9, everyStep: everyStep, startsFromZero: false, learning: false)
            some.parameters.assign(all.parameters.values)
            some.x.assign(all.x.values)
            some.firstState.assign(all.firstState.values)
            let output = some.forward()
            #expect((0..<output.count).allSatisfy { output.base[$0] == last.base[$0] })
            if everyStep { #expect(some.outputs == all.outputs) }
        }
    }
    check(GatedRecurrentUnit.self)
    check(LongShortTermMemory.self)
}

/// Seven steps at once, or three and then four from where the three ended.
@Test func aSequenceMayBeContinued() {
    func check<Layer: RecurrentLayer>(_ layer: Layer.Type) {
        var stream = RandomKey(seed: 25).stream("recurrent")
        let (batch, inputs, units) = (4, 3, 5)
        let whole = RecurrentTrial<Layer, Double>(steps: 7, batch: batch, inputs: inputs, units: units, everyStep: true)
        for buffer in whole.variables { buffer.assign(normals(buffer.count, &stream).values) }
        _ = whole.forward()
        let first = RecurrentTrial<Layer, Double>(steps: 3, batch: batch, inputs: inputs, units: units)
        let second = RecurrentTrial<Layer, Double>(
            steps: 4, batch: batch, inputs: inputs, units: units, everyStep: true, startsFromZero: false)
        for trial in [first, second] { trial.parameters.assign(whole.parameters.values) }
        first.x.assign(Array(whole.x.values.prefix(3 * batch * inputs)))
        second.x.assign(Array(whole.x.values.suffix(4 * batch * inputs)))
        _ = first.forward()
        let carried = [first.workspace.output] + (Layer.kind == .longShortTerm ? [first.workspace.lastCell] : [])
        second.firstState.assign(carried.flatMap { matrix in (0..<matrix.count).map { matrix.base[$0] } })
        _ = second.forward()
        #expect(second.outputs == Array(whole.outputs.suffix(4 * batch * units)))
    }
    check(GatedRecurrentUnit.self)
    check(LongShortTermMemory.self)
}
