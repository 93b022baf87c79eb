import Agents
import Environments
import NeuralNetworks
import RandomNumbers
import TensorCore
import Testing
import TraderTestSupport

/// A whole update against central differences, from zero states and from given ones. There is no burn-in: no gradient goes
/// back into it, but the loss depends on it.
@Test(arguments: carryingEncoders, [false, true])
func sequenceGradientsMeetCentralDifferences(encoder: QNetworkShape.Encoder, isGiven: Bool) {
    var fixture = QNetworkFixture(features: 3, seed: 61)
    for (doubleQ, dropout) in [(true, 0), (false, 0.25)] as [(Bool, Float)] {
        let network = QNetwork(carryingShape(encoder, hidden: doubleQ ? [6] : [6, 4], dueling: doubleQ))
        let given = (0..<2).map { _ in (0..<network.carriedWidth).map { _ in Float(fixture.stream.normal()) } }
        let batch = fixture.sequenceBatch(
            SequenceSpan(burnIn: 0, length: 3), firstRows: [4, 20], carrying: isGiven ? given : [])
        let online = freshParameters(network, seed: 3, as: Double.self)
        let target = freshParameters(network, seed: 4, as: Double.self)
        func result() -> (loss: ValueLoss, gradient: [Double], errors: [Float]) {
            evaluate(
                batch, network, fixture.pointer, online: online, target: target, doubleQ: doubleQ, dropout: dropout)
        }
        let expected = centralDifferences(online) { result().loss.loss }
        #expect(relativeDistance(result().gradient, expected) < 1e-6, "double \(doubleQ)")
    }
}

/// What a burn-in leads to is a state, and a sequence that begins with this state gives the same loss and gradient: so
/// nothing of the gradient went back into the burn-in.
@Test(arguments: carryingEncoders, [false, true])
func aBurnInIsAStateToStartFrom(encoder: QNetworkShape.Encoder, isGiven: Bool) {
    var fixture = QNetworkFixture(features: 3, seed: 62)
    let network = QNetwork(carryingShape(encoder))
    let online = freshParameters(network, seed: 3, as: Double.self)
    let single = online.values.map { Float($0) }
    online.assign(single.map { Double($0) })
    let policy = GreedyQPolicy(network: network, parameters: single)
    let given = (0..<2).map { _ in (0..<network.carriedWidth).map { _ in Float(fixture.stream.normal()) } }
    let rows = [3, 17]
    var later = fixture
    let whole = fixture.sequenceBatch(
        SequenceSpan(burnIn: 4, length: 3), firstRows: rows, carrying: isGiven ? given : [])
    let states = rows.indices.map { sequence in
        var state = isGiven ? CarriedState(values: given[sequence]) : network.freshState
        for row in rows[sequence]..<rows[sequence] + 4 { policy.advance(&state, reading: row, of: fixture.pointer) }
        return state.values
    }
    let continued = later.sequenceBatch(
        SequenceSpan(burnIn: 0, length: 3), firstRows: rows.map { $0 + 4 }, carrying: states)
    let first = evaluate(whole, network, fixture.pointer, online: online, target: online)
    let second = evaluate(continued, network, fixture.pointer, online: online, target: online)
    // The state was computed in single precision, with a tanh that is off by 3e-7 a step.
    #expect(abs(first.loss.loss - second.loss.loss) < 1e-5)
    #expect(relativeDistance(second.gradient, first.gradient) < 1e-5)
    withExtendedLifetime(fixture.features) {}
}

/// Reading row by row while acting gives the values that learning sees. Rewards of −8 and no successors make errors of
/// Q + 8, which are positive.
@Test(arguments: carryingEncoders)
func actingStepByStepMeetsTheSequence(encoder: QNetworkShape.Encoder) {
    var fixture = QNetworkFixture(features: 3, seed: 63)
    let network = QNetwork(carryingShape(encoder, hidden: [6, 5]))
    let parameters = freshParameters(network, seed: 3, as: Float.self)
    let online = NumericBuffer<Double>(count: parameters.count)
    online.assign(parameters.values.map { Double($0) })
    let rows = [5, 19, 28]
    var batch = fixture.sequenceBatch(SequenceSpan(burnIn: 2, length: 6), firstRows: rows)
    for index in batch.pairs.indices {
        batch.pairs[index].reward = -8
        batch.pairs[index].discount = 0
    }
    let errors = evaluate(batch, network, fixture.pointer, online: online, target: online).errors
    let policy = GreedyQPolicy(network: network, parameters: parameters.values)
    for (sequence, first) in rows.enumerated() {
        var state = network.freshState
        for row in first..<first + 8 {
            policy.advance(&state, reading: row, of: fixture.pointer)
            guard row >= first + 2 else { continue }
            let encoding = batch.sequences.encoding(of: sequence, step: row - first - 2)
            for (index, pair) in batch.pairs.enumerated() where batch.states.windows[Int(pair.state)] == encoding {
                let (numbers, valid) = (batch.states.numbers[Int(pair.state)], batch.states.valid[Int(pair.state)])
                let decision = policy.decide(state, numbers: numbers, valid: valid)
                // Errors of size 8 are kept to 5e-7; the tanh of eight steps is off by 3e-7 each.
                #expect(abs(decision.values[Int(pair.action)] + 8 - errors[index]) < 1e-5)
            }
        }
    }
    withExtendedLifetime(fixture.features) {}
}

/// Without a burn-in, and where the window is the whole sequence, both kinds of network are one: the same tensors, values,
/// errors and gradient.
@Test(arguments: carryingEncoders)
func aWindowIsASequenceFromAZeroState(encoder: QNetworkShape.Encoder) {
    let length = 5
    var fixture = QNetworkFixture(features: 3, seed: 64)
    let carrying = QNetwork(carryingShape(encoder))
    let reading = QNetwork(smallShape(encoder, window: length, numbers: 2, hidden: [6]))
    #expect(carrying.layout == reading.layout)
    let online = freshParameters(carrying, seed: 3, as: Double.self)
    let target = freshParameters(carrying, seed: 4, as: Double.self)
    var sequences = ValueUpdateBatch()
    sequences.begin(SequenceSpan(burnIn: 0, length: length), count: 3)
    var windows = ValueUpdateBatch()
    for (sequence, row) in [2, 11, 30].enumerated() {
        sequences.sequences.append(firstRow: row)
        let numbers = fixture.numbers()
        _ = sequences.states.appendState(
            window: sequences.sequences.encoding(of: sequence, step: length - 1), numbers: numbers, valid: 0b111)
        _ = windows.states.appendState(
            window: windows.states.appendWindow(endingAt: row + length - 1), numbers: numbers, valid: 0b111)
        for action in 0..<3 as Range<UInt8> {
            let pair = ValuePair(
                state: Int32(sequence), action: action, reward: Float(fixture.stream.normal()), discount: 0,
                successor: -1)
            sequences.pairs.append(pair)
            windows.pairs.append(pair)
        }
    }
    let first = evaluate(sequences, carrying, fixture.pointer, online: online, target: target)
    let second = evaluate(windows, reading, fixture.pointer, online: online, target: target)
    #expect(abs(first.loss.loss - second.loss.loss) < 1e-13)
    #expect(relativeDistance(first.gradient, second.gradient) < 1e-12)
    withExtendedLifetime(fixture.features) {}
}

/// The target of a pair, put together from three window networks: the successor is one row longer than the state.
@Test(arguments: carryingEncoders, [true, false])
func targetsComeFromTheNextStep(encoder: QNetworkShape.Encoder, doubleQ: Bool) {
    let length = 4
    var fixture = QNetworkFixture(features: 3, seed: 65)
    let carrying = QNetwork(carryingShape(encoder))
    let online = freshParameters(carrying, seed: 3, as: Double.self)
    let target = freshParameters(carrying, seed: 4, as: Double.self)
    var batch = ValueUpdateBatch()
    batch.begin(SequenceSpan(burnIn: 0, length: length), count: 2)
    let rows = [7, 25]
    for row in rows { batch.sequences.append(firstRow: row) }
    let numbers = rows.map { _ in (fixture.numbers(), fixture.numbers()) }
    for sequence in rows.indices {
        let state = batch.states.appendState(
            window: batch.sequences.encoding(of: sequence, step: length - 1), numbers: numbers[sequence].0,
            valid: 0b111)
        let successor = batch.successors.appendState(
            window: batch.sequences.encoding(of: sequence, step: length), numbers: numbers[sequence].1, valid: 0b110)
        batch.pairs.append(
            ValuePair(state: state, action: 1, reward: -8, discount: 0.5, successor: successor))
    }
    let errors = evaluate(batch, carrying, fixture.pointer, online: online, target: target, doubleQ: doubleQ).errors
    func values(
        _ window: Int, _ parameters: NumericBuffer<Double>, row: Int, _ numbers: SIMD8<Float>, _ valid: UInt8
    ) -> GreedyDecision {
        let network = QNetwork(smallShape(encoder, window: window, numbers: 2, hidden: [6]))
        return GreedyQPolicy(network: network, parameters: parameters.values.map { Float($0) }).decide(
            windowEnd: row, features: fixture.pointer, numbers: numbers, valid: valid)
    }
    for (sequence, row) in rows.enumerated() {
        let (now, next) = numbers[sequence]
        let value = values(length, online, row: row + length - 1, now, 0b111).values[1]
        let theirs = values(length + 1, target, row: row + length, next, 0b110)
        let choice = doubleQ ? values(length + 1, online, row: row + length, next, 0b110).action : theirs.action
        #expect(abs(abs(value + 8 - 0.5 * theirs.values[Int(choice)]) - errors[sequence]) < 1e-5)
    }
    withExtendedLifetime(fixture.features) {}
}

/// The first row says which action pays at the ninth, and no row in between: only what is carried can tell.
@Test(arguments: [.gru(hidden: [8]), .lstm(hidden: [8])] as [QNetworkShape.Encoder])
func whatWasSeenEightRowsAgoIsRemembered(encoder: QNetworkShape.Encoder) throws {
    var fixture = QNetworkFixture(bars: 400, features: 3, seed: 66)
    for row in 0..<400 {
        fixture.features.base[row * 3] = row % 10 == 0 ? (fixture.stream.uniform() < 0.5 ? -1 : 1) : 0
    }
    var settings = DoubleQSettings()
    settings.adam.learningRate = 1e-2
    settings.dropout = 0
    var learning = DoubleQLearning(
        network: QNetwork(carryingShape(encoder, hidden: [8])), settings: settings, key: RandomKey(seed: 67))
    var batch = ValueUpdateBatch()
    for _ in 0..<400 {
        batch.begin(SequenceSpan(burnIn: 0, length: 9), count: 16)
        for sequence in 0..<16 {
            let row = 10 * fixture.stream.index(below: 39)
            batch.sequences.append(firstRow: row)
            let state = batch.states.appendState(
                window: batch.sequences.encoding(of: sequence, step: 8), numbers: SIMD8(), valid: 0b011)
            for action in 0..<2 as Range<UInt8> {
                batch.pairs.append(
                    ValuePair(
                        state: state, action: action,
                        reward: (fixture.features.base[row * 3] > 0) == (action == 1) ? 1 : -1, discount: 0,
                        successor: -1))
            }
        }
        _ = try learning.update(batch, features: fixture.pointer)
    }
    var memory = EpisodeMemory(learning.network, windowLength: 9)
    let right = (0..<39).filter { index in
        let state = WorldState(windowEnd: 10 * index + 8, numbers: SIMD8(), valid: 0b011)
        memory.begin(windowEnd: state.windowEnd)
        let decision = learning.act(state, &memory, features: fixture.pointer)
        return (decision.action == 1) == (fixture.features.base[index * 30] > 0)
    }
    // A network that cannot look back gets half of 39.
    #expect(right.count == 39)
}

@Test(arguments: carryingEncoders, [true, false])
func sequencesAllocateNothingOnceWarm(encoder: QNetworkShape.Encoder, doubleQ: Bool) throws {
    var fixture = QNetworkFixture(features: 3, seed: 68)
    let batch = fixture.sequenceBatch(SequenceSpan(burnIn: 3, length: 5), firstRows: [1, 8, 15])
    let features = fixture.pointer
    var settings = DoubleQSettings()
    settings.doubleQ = doubleQ
    var learning = DoubleQLearning(
        network: QNetwork(carryingShape(encoder)), settings: settings, key: RandomKey(seed: 69))
    var memory = EpisodeMemory(learning.network, windowLength: 4)
    var caught: (any Error)?
    func work() {
        do {
            memory.begin(windowEnd: 3)
            for row in 3..<6 {
                _ = try learning.update(batch, features: features)
                let state = WorldState(windowEnd: row, numbers: SIMD8(repeating: 1), valid: 0b101)
                _ = learning.act(state, &memory, features: features)
            }
        } catch { caught = error }
    }
    work()
    #expect(allocations(work) ?? 0 == 0)
    #expect(caught == nil)
    withExtendedLifetime(fixture.features) {}
}

/// Memory stays from update to update: what another batch left in it must not matter.
@Test(arguments: carryingEncoders)
func whatABatchLeavesBehindDoesNotMatter(encoder: QNetworkShape.Encoder) {
    var fixture = QNetworkFixture(features: 3, seed: 72)
    let network = QNetwork(carryingShape(encoder))
    let online = freshParameters(network, seed: 3, as: Double.self)
    let target = freshParameters(network, seed: 4, as: Double.self)
    let large = fixture.sequenceBatch(SequenceSpan(burnIn: 2, length: 6), firstRows: [1, 8, 15, 20])
    let small = fixture.sequenceBatch(SequenceSpan(burnIn: 1, length: 3), firstRows: [4, 11])
    var update = DoubleQGradient<Double>(network, huberThreshold: 0.8, doubleQ: true, dropout: 0.25)
    for batch in [large, small] {
        var stream = RandomKey(seed: 5).stream("dropout")
        let loss = update.evaluate(batch, fixture.pointer, online: online, target: target, dropout: &stream)
        let fresh = evaluate(batch, network, fixture.pointer, online: online, target: target, dropout: 0.25)
        #expect(loss == fresh.loss)
        #expect(update.gradient.values == fresh.gradient)
    }
    withExtendedLifetime(fixture.features) {}
}

@Test func aRowThatIsNoNumberIsNamedInSequencesToo() throws {
    var fixture = QNetworkFixture(features: 3, seed: 70)
    let batch = fixture.sequenceBatch(SequenceSpan(burnIn: 2, length: 4), firstRows: [10])
    var learning = DoubleQLearning(
        network: QNetwork(carryingShape(.gru(hidden: [4]))), settings: DoubleQSettings(), key: RandomKey(seed: 71))
    fixture.features.base[11 * 3 + 2] = .nan
    var caught: NotFiniteError?
    do { _ = try learning.update(batch, features: fixture.pointer) } catch { caught = error as? NotFiniteError }
    #expect(caught?.cause == .feature(row: 11, column: 2))
}
