import Agents
import Environments
import RandomNumbers
import TensorCore
import Testing

/// A frozen network on the fixture's rows, and what it says of a row if all rows from `first` on were read before.
private struct Reader {
    var fixture = QNetworkFixture(features: 3, seed: 81)
    let policy: GreedyQPolicy

    init(_ encoder: QNetworkShape.Encoder) {
        let network = QNetwork(carryingShape(encoder))
        policy = GreedyQPolicy(network: network, parameters: freshParameters(network, seed: 3).values)
    }

    func state(_ row: Int) -> WorldState { WorldState(windowEnd: row, numbers: SIMD8(repeating: 0.5), valid: 0b111) }

    func expected(_ row: Int, from first: Int) -> GreedyDecision {
        var carried = policy.network.freshState
        for row in first...row { policy.advance(&carried, reading: row, of: fixture.pointer) }
        return policy.decide(carried, numbers: SIMD8(repeating: 0.5), valid: 0b111)
    }
}

/// The first decision reads a window of nine rows, later ones what has come since, however often they are taken, and reading
/// without deciding changes nothing.
@Test(arguments: carryingEncoders)
func anEpisodeIsReadOnceFromItsFirstWindow(encoder: QNetworkShape.Encoder) {
    let reader = Reader(encoder)
    var memory = EpisodeMemory(reader.policy.network, windowLength: 9)
    for row in [12, 13, 13, 14, 17, 25] {
        if row == 25 { reader.policy.read(&memory, through: 20, of: reader.fixture.pointer) }
        let decision = reader.policy.decide(reader.state(row), &memory, features: reader.fixture.pointer)
        #expect(decision == reader.expected(row, from: 4), "row \(row)")
        #expect(decision != reader.expected(row, from: 5), "row \(row)")
    }
    withExtendedLifetime(reader.fixture.features) {}
}

/// An episode that begins a row after the last one ended looks like its continuation, and is none.
@Test func anEpisodeBeginsWhereItIsSaidTo() {
    let reader = Reader(.gru(hidden: [5]))
    var memory = EpisodeMemory(reader.policy.network, windowLength: 9)
    _ = reader.policy.decide(reader.state(15), &memory, features: reader.fixture.pointer)
    var other = memory
    memory.begin(windowEnd: 16)
    let anew = reader.policy.decide(reader.state(16), &memory, features: reader.fixture.pointer)
    let continued = reader.policy.decide(reader.state(16), &other, features: reader.fixture.pointer)
    #expect(anew == reader.expected(16, from: 8) && continued == reader.expected(16, from: 7) && anew != continued)
    // Back to where it was: a beginning may lie anywhere.
    memory.begin(windowEnd: 15)
    let earlier = reader.policy.decide(reader.state(15), &memory, features: reader.fixture.pointer)
    #expect(earlier == reader.expected(15, from: 7))
    withExtendedLifetime(reader.fixture.features) {}
}

/// Who is not asked about the first steps, as where they are random, still reads from the episode's first window on.
@Test(arguments: carryingEncoders)
func anEpisodeBeginsWhoeverIsAskedFirst(encoder: QNetworkShape.Encoder) {
    let reader = Reader(encoder)
    var late = EpisodeMemory(reader.policy.network, windowLength: 9, reach: 5)
    late.begin(windowEnd: 12)
    var always = late
    for row in 12..<16 { reader.policy.read(&always, through: row, of: reader.fixture.pointer) }
    #expect(late != always)
    for row in [16, 17] {
        let decision = reader.policy.decide(reader.state(row), &late, features: reader.fixture.pointer)
        #expect(decision == reader.expected(row, from: 4), "row \(row)")
        #expect(reader.policy.decide(reader.state(row), &always, features: reader.fixture.pointer) == decision)
        #expect(late == always, "row \(row)")
    }
    withExtendedLifetime(reader.fixture.features) {}
}

/// Features that begin at a later row of the episode, as a window does, give the same; learner and frozen policy agree.
@Test func theLearnerReadsAsItsFrozenPolicyDoes() {
    let reader = Reader(.lstm(hidden: [4, 3]))
    let learning = DoubleQLearning(
        network: reader.policy.network, settings: DoubleQSettings(), key: RandomKey(seed: 1))
    learning.assign(parameters: reader.policy.parameters)
    let pointer = reader.fixture.pointer
    let later = FeaturePointer(pointer.base + 6 * 3, bars: pointer.bars - 6, features: 3)
    let network = reader.policy.network
    var memories = (0..<3).map { _ in EpisodeMemory(network, windowLength: 9) }
    for row in [14, 15, 18] {
        let state = reader.state(row)
        let decision = reader.policy.decide(state, &memories[0], features: pointer)
        #expect(reader.policy.decide(state, &memories[1], features: later, firstRow: 6) == decision)
        #expect(learning.act(state, &memories[2], features: pointer) == decision)
    }
    #expect(memories[1] == memories[0] && memories[2] == memories[0])
    withExtendedLifetime(reader.fixture.features) {}
}

/// A network that reads windows has nothing to remember, and decides as if it were asked directly.
@Test func whoReadsWindowsRemembersNothing() {
    let fixture = QNetworkFixture(features: 3, seed: 82)
    let network = QNetwork(smallShape(.gru(hidden: [5]), window: 9, numbers: 2, hidden: [6]))
    let policy = GreedyQPolicy(network: network, parameters: freshParameters(network, seed: 3).values)
    var memory = EpisodeMemory(network, windowLength: 9)
    let fresh = memory
    for row in [20, 10, 30] {
        let state = WorldState(windowEnd: row, numbers: SIMD8(repeating: 0.5), valid: 0b111)
        #expect(
            policy.decide(state, &memory, features: fixture.pointer)
                == policy.decide(
                    windowEnd: row, features: fixture.pointer, numbers: SIMD8(repeating: 0.5), valid: 0b111))
    }
    #expect(memory == fresh)
    withExtendedLifetime(fixture.features) {}
}
