import Agents
import NeuralNetworks
import RandomNumbers
import TensorCore
import Testing
import TraderTestSupport

private let shape = QNetworkShape(
    window: 6, features: 3, numbers: 2, actions: 3, encoder: .gru(hidden: [8]), hidden: [8])

private func settings() -> DoubleQSettings {
    var settings = DoubleQSettings()
    settings.target = .copy(every: 3)
    return settings
}

@Test func aWholeUpdateMeetsPyTorch() throws {
    let golden = try GoldenFile("neural-networks/double-dqn-update.json")
    let account = try golden.integer("account")
    func states(_ ends: String, _ windows: String, _ accounts: String, _ valid: String) throws -> StateBatch {
        var batch = StateBatch()
        for end in try golden.integers(ends) { _ = batch.appendWindow(endingAt: end) }
        let numbers = try golden.tensor(accounts)
        let masks = try golden.integers(valid)
        for (state, window) in try golden.integers(windows).enumerated() {
            var values = SIMD8<Float>()
            for lane in 0..<account { values[lane] = Float(numbers[state * account + lane]) }
            _ = batch.appendState(window: Int32(window), numbers: values, valid: UInt8(masks[state]))
        }
        return batch
    }
    var batch = ValueUpdateBatch()
    batch.states = try states("windowEnds", "windows", "accounts", "valid")
    batch.successors = try states("nextWindowEnds", "nextWindows", "nextAccounts", "nextValid")
    batch.pairs = try golden.rows("pairs").map {
        ValuePair(
            state: Int32($0[0]), action: UInt8($0[1]), reward: Float($0[2]), discount: Float($0[3]),
            successor: Int32($0[4]), weight: Float($0[5]))
    }
    let network = QNetwork(
        QNetworkShape(
            window: try golden.integer("window"), features: try golden.integer("features"), numbers: account,
            actions: 3, encoder: .gru(hidden: [try golden.integer("units")]), hidden: [try golden.integer("hidden")]))
    try check(Double.self, tolerance: 1e-12)
    // Adam divides by the gradient's own size, which passes on its relative error of 1e-5 where it is small.
    try check(Float.self, tolerance: 2e-5)

    func check<Scalar: NumericScalar>(_ type: Scalar.Type, tolerance: Double) throws {
        func buffer<Number: NumericScalar>(_ key: String, as type: Number.Type) throws -> NumericBuffer<Number> {
            let values = try golden.tensor(key).map { Number($0) }
            let buffer = NumericBuffer<Number>(count: values.count)
            buffer.assign(values)
            return buffer
        }
        let features = try buffer("matrix", as: Float.self)
        let pointer = FeaturePointer(features.base, bars: try golden.integer("bars"), features: network.shape.features)
        let online = try buffer("online", as: type), target = try buffer("target", as: type)
        var update = DoubleQGradient<Scalar>(
            network, huberThreshold: Float(try golden.number("delta")), doubleQ: true, dropout: 0)
        var stream = RandomKey(seed: 1).stream("dropout")
        let loss = update.evaluate(batch, pointer, online: online, target: target, dropout: &stream)
        #expect(abs(loss.loss - (try golden.number("loss"))) < tolerance)
        #expect(abs(loss.meanMaximalValue - (try golden.number("meanMaximalValue"))) < tolerance)
        let gradient = update.gradient.values.map { Double($0) }
        #expect(relativeDistance(gradient, try golden.tensor("gradient")) < tolerance)
        let errors = update.absoluteErrors.map { Double($0) }
        #expect(relativeDistance(errors, try golden.tensor("absoluteErrors")) < 1e-5)

        var adamSettings = AdamSettings()
        adamSettings.learningRate = try golden.number("learningRate")
        let adam = Adam<Scalar>(adamSettings, count: online.count)
        let norm = Scalar.sumOfSquares(update.gradient.base, count: online.count).squareRoot()
        #expect(abs(norm / (try golden.number("gradientNorm")) - 1) < tolerance)
        adam.step(
            online, gradient: update.gradient, gradientNorm: norm, maximumNorm: try golden.number("maximumNorm"))
        #expect(relativeDistance(online.values.map { Double($0) }, try golden.tensor("after")) < tolerance)
        withExtendedLifetime(features) {}
    }
}

@Test func sameSeedSameBits() throws {
    func run(seed: UInt64) throws -> ([Float], [Double]) {
        var fixture = QNetworkFixture(features: 3, seed: 9)
        var learning = DoubleQLearning(network: QNetwork(shape), settings: settings(), key: RandomKey(seed: seed))
        var losses: [Double] = []
        for round in 0..<20 {
            let batch =
                round % 2 == 0
                ? fixture.sampledBatch(16, window: 6) : fixture.counterfactualBatch(9, window: 6)
            losses.append(try learning.update(batch, features: fixture.pointer).loss)
        }
        return (learning.online.values, losses)
    }
    let first = try run(seed: 1), second = try run(seed: 1), other = try run(seed: 2)
    #expect(first == second)
    #expect(first.0 != other.0)
}

@Test func theTargetFollowsAsToldAndThePolicyIsTheOnlineNetwork() throws {
    var fixture = QNetworkFixture(features: 3, seed: 10)
    let batch = fixture.sampledBatch(16, window: 6)
    var learning = DoubleQLearning(network: QNetwork(shape), settings: settings(), key: RandomKey(seed: 1))
    let start = learning.online.values
    for _ in 0..<2 { _ = try learning.update(batch, features: fixture.pointer) }
    #expect(learning.target.values == start)
    _ = try learning.update(batch, features: fixture.pointer)
    #expect(learning.target.values == learning.online.values)

    var soft = settings()
    soft.target = .soft(rate: 0.25)
    learning = DoubleQLearning(network: QNetwork(shape), settings: soft, key: RandomKey(seed: 1))
    _ = try learning.update(batch, features: fixture.pointer)
    for (target, (before, after)) in zip(learning.target.values, zip(start, learning.online.values)) {
        #expect(abs(target - (0.75 * before + 0.25 * after)) < 1e-6)
    }

    let policy = learning.frozenPolicy()
    let account = SIMD8<Float>(1, 0, 0, 0, 0, 0, 0, 0)
    let frozen = policy.decide(windowEnd: 20, features: fixture.pointer, numbers: account, valid: 0b101)
    #expect(frozen == learning.act(windowEnd: 20, features: fixture.pointer, numbers: account, valid: 0b101))
    #expect(frozen.action != 1 && frozen.values[1] == -.infinity)
    _ = try learning.update(batch, features: fixture.pointer)
    #expect(frozen == policy.decide(windowEnd: 20, features: fixture.pointer, numbers: account, valid: 0b101))
    #expect(frozen != learning.act(windowEnd: 20, features: fixture.pointer, numbers: account, valid: 0b101))
}

@Test(arguments: everyEncoder)
func actingAloneMeetsTheBatch(encoder: QNetworkShape.Encoder) {
    var fixture = QNetworkFixture(features: 3, seed: 12)
    let network = QNetwork(smallShape(encoder, window: 6, numbers: 5, hidden: [8, 7]))
    let parameters = freshParameters(network, seed: 13, as: Float.self)
    let states = fixture.sampledBatch(8, window: 6).states
    let trial = PassTrial<Float>(network, windows: 8, states: 8, learning: false)
    let pass = trial.pass
    states.withView { view in
        network.gather(view, fixture.pointer, pass)
        network.forward(view, ParameterVector(parameters), pass)
    }
    let policy = GreedyQPolicy(network: network, parameters: parameters.values)
    for state in 0..<8 {
        let decision = policy.decide(
            windowEnd: Int(states.windowEnds[state]), features: fixture.pointer, numbers: states.numbers[state],
            valid: states.valid[state])
        for action in 0..<3 where states.valid[state] >> UInt8(action) & 1 == 1 {
            // A matrix of one row takes another path through the linear algebra.
            #expect(abs(decision.values[action] - pass.values.base[state * 3 + action]) < 1e-5)
        }
        #expect(states.valid[state] >> decision.action & 1 == 1)
    }
    withExtendedLifetime((trial, fixture.features)) {}
}

@Test func greedyMeansTheFirstBestValidAction() {
    let values: [Float] = [1, 5, 5, 2]
    #expect(greedyAction(values, valid: 0b1111) == 1)
    #expect(greedyAction(values, valid: 0b1101) == 2)
    #expect(greedyAction(values, valid: 0b1000) == 3)
    #expect(greedyAction([0, 0, 0, 0, 0, 0, 0, 9] as [Float], valid: 0b1000_0001) == 7)
}

/// The message says where it happened, with which batch, and what is most likely behind it; no parameter has changed.
@Test(arguments: ["feature", "number", "reward", "divergence"])
func numbersThatAreNoneStopTheUpdate(plant: String) throws {
    var fixture = QNetworkFixture(features: 3, seed: 14)
    var batch = fixture.sampledBatch(16, window: 6)
    var learning = DoubleQLearning(network: QNetwork(shape), settings: settings(), key: RandomKey(seed: 1))
    _ = try learning.update(batch, features: fixture.pointer)
    let end = Int(batch.states.windowEnds[0])
    let expected: NotFiniteError.Cause
    switch plant {
    case "feature":
        fixture.features.base[end * 3 + 1] = .nan
        expected = .feature(row: end, column: 1)
    case "number":
        let window = batch.states.appendWindow(endingAt: 20)
        let state = batch.states.appendState(window: window, numbers: SIMD8(0, .nan, 0, 0, 0, 0, 0, 0), valid: 1)
        batch.pairs.append(ValuePair(state: state, action: 0, reward: 0, discount: 0, successor: 0))
        expected = .number(lane: 1)
    case "reward":
        batch.pairs[3].reward = .infinity
        expected = .reward(.infinity)
    default:
        for index in 0..<learning.online.count { learning.online.base[index] *= 1e37 }
        expected = .divergence
    }
    let before = learning.online.values
    let caught = #expect(throws: NotFiniteError.self) { try learning.update(batch, features: fixture.pointer) }
    #expect(caught?.cause == expected && caught?.update == 2)
    let isUnchanged = learning.online.values == before
    #expect(isUnchanged)
    #expect(caught?.description.contains("of update 2 is not a finite number (") == true)
}
