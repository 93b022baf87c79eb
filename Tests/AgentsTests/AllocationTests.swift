import Agents
import RandomNumbers
import TensorCore
import Testing
import TraderTestSupport

@Test func theCounterCounts() {
    func buffer() { withExtendedLifetime(NumericBuffer<Float>(count: 100)) {} }
    func array() {
        var numbers = [1]
        for number in 0..<100 { numbers.append(number) }
        withExtendedLifetime(numbers) {}
    }
    buffer()  // The type's metadata are made once.
    #expect(allocations {} ?? 0 == 0)
    #expect(allocations(buffer) ?? 2 == 2)  // The object and its memory.
    #expect(allocations(array) ?? 9 > 4)
}

/// Updates on sampled and counterfactual batches in turn, and decisions between them.
@Test(arguments: everyEncoder, [true, false])
func nothingIsAllocatedOnceWarm(encoder: QNetworkShape.Encoder, doubleQ: Bool) throws {
    var fixture = QNetworkFixture(features: 3, seed: 51)
    let sampled = fixture.sampledBatch(70, window: 6), counterfactual = fixture.counterfactualBatch(20, window: 6)
    let features = fixture.pointer
    var settings = DoubleQSettings()
    settings.doubleQ = doubleQ
    settings.target = doubleQ ? .copy(every: 2) : .soft(rate: 0.1)
    var learning = DoubleQLearning(
        network: QNetwork(
            smallShape(encoder, window: 6, numbers: 2, hidden: doubleQ ? [8] : [8, 7], dueling: doubleQ)),
        settings: settings, key: RandomKey(seed: 52))
    var caught: (any Error)?
    func work() {
        do {
            for _ in 0..<3 {
                _ = try learning.update(sampled, features: features)
                _ = learning.act(windowEnd: 20, features: features, numbers: SIMD8(repeating: 1), valid: 0b101)
                _ = try learning.update(counterfactual, features: features)
                _ = learning.act(windowEnd: 21, features: features, numbers: SIMD8(repeating: 0), valid: 0b011)
            }
        } catch { caught = error }
    }
    work()
    #expect(allocations(work) ?? 0 == 0)
    #expect(caught == nil)
    withExtendedLifetime(fixture.features) {}
}
