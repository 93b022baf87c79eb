import Environments
import Foundation
import NeuralNetworks
import RandomNumbers
import TensorCore

/// How a Q-network learns.
package struct DoubleQSettings: Equatable, Sendable {
    /// How the target network follows the online one.
    package enum TargetUpdate: Equatable, Sendable {
        /// Copied after every so many updates; positive.
        case copy(every: Int)
        /// θ⁻ ← θ⁻ + τ (θ − θ⁻) after every update, τ in `0...1`.
        case soft(rate: Float)
    }

    package var adam = AdamSettings()
    package var target = TargetUpdate.copy(every: 500)
    /// Whether the online network chooses the successor's action (Double DQN) or the target network (DQN).
    package var doubleQ = true
    /// δ of Huber's loss; positive.
    package var huberThreshold: Float = 1
    /// The gradient is shortened to this length; positive, `.infinity` for never.
    package var maximumGradientNorm = 10.0
    /// Share of the encoding that is dropped while learning. In `0..<1`.
    package var dropout: Float = 0.2

    package init() {}
}

/// What one update did.
package struct UpdateSummary: Equatable, Sendable {
    /// Mean weighted Huber loss of the pairs, before the update.
    package var loss: Double
    /// Length of the gradient, before clipping.
    package var gradientNorm: Double
    /// Mean over the batch's states of the highest valid value, with dropout.
    package var meanMaximalValue: Double
}

/// Deep Q-learning with a target network: owns the parameters, and improves them batch by batch.
///
///     var learning = DoubleQLearning(network: QNetwork(shape), settings: settings, key: key)
///     let summary = try learning.update(batch, features: features)
///     let policy = learning.frozenPolicy()
///
/// Experience is sampled or counterfactual, as `ValueUpdateBatch` says. Not copyable, since copies would learn in the same
/// memory.
package struct DoubleQLearning: ~Copyable {
    package let network: QNetwork
    package let settings: DoubleQSettings
    package let online: NumericBuffer<Float>
    package let target: NumericBuffer<Float>
    package let adam: Adam<Float>
    /// Updates done.
    package private(set) var updates = 0
    private var gradients: DoubleQGradient<Float>
    private var dropoutStream: RandomStream
    private var latestGradientNorm: Double?
    private let decisionMemory: NumericBuffer<Float>

    /// Draws fresh parameters.
    /// - Parameter key: Initialisation and dropout have streams of their own below it.
    package init(network: QNetwork, settings: DoubleQSettings, key: RandomKey) {
        self.network = network
        self.settings = settings
        online = NumericBuffer(count: network.layout.count)
        target = NumericBuffer(count: network.layout.count)
        adam = Adam(settings.adam, count: network.layout.count)
        gradients = DoubleQGradient(
            network, huberThreshold: settings.huberThreshold, doubleQ: settings.doubleQ, dropout: settings.dropout)
        dropoutStream = key.stream("dropout")
        decisionMemory = NumericBuffer(count: network.decisionMemory)
        var stream = key.stream("initialisation")
        network.initialise(ParameterVector(online), using: &stream)
        copyToTarget()
    }

    /// |Q(s, a) − y| of the latest batch's pairs, in their order; what prioritised replay wants.
    package var absoluteErrors: [Float] { gradients.absoluteErrors }

    /// The latest gradient, before clipping.
    package var gradient: NumericBuffer<Float> { gradients.gradient }

    /// One step: loss, gradient, clipping, Adam, target network.
    /// - Throws: `NotFiniteError`, before any parameter changes.
    package mutating func update(_ batch: ValueUpdateBatch, features: FeaturePointer) throws -> UpdateSummary {
        let loss = gradients.evaluate(
            batch, features, online: online, target: target, dropout: &dropoutStream)
        guard loss.loss.isFinite else { throw failure(.loss, batch, features) }
        let norm = Float.sumOfSquares(gradient.base, count: gradient.count).squareRoot()
        guard norm.isFinite else { throw failure(.gradient, batch, features) }
        latestGradientNorm = norm
        adam.step(online, gradient: gradient, gradientNorm: norm, maximumNorm: settings.maximumGradientNorm)
        updates += 1
        switch settings.target {
        case .copy(let interval): if updates % interval == 0 { copyToTarget() }
        case .soft(let rate): Float.interpolate(target.base, towards: online.base, rate: rate, count: online.count)
        }
        return UpdateSummary(loss: loss.loss, gradientNorm: norm, meanMaximalValue: loss.meanMaximalValue)
    }

    /// Adam's step size, which a schedule may change between updates.
    package var learningRate: Double {
        get { adam.settings.learningRate }
        set { adam.settings.learningRate = newValue }
    }

    /// What is known of a quantity that is not finite.
    func failure(
        _ quantity: NotFiniteError.Quantity, _ batch: ValueUpdateBatch, _ features: FeaturePointer
    ) -> NotFiniteError {
        NotFiniteError(
            quantity: quantity, update: quantity == .score ? updates : updates + 1,
            cause: NotFiniteError.Cause(
                in: batch, features: features, window: network.shape.window, numbers: network.shape.numbers),
            pairs: batch.pairs.count,
            largestReward: batch.pairs.map { abs($0.reward) }.filter(\.isFinite).max() ?? 0,
            learningRate: learningRate, previousGradientNorm: latestGradientNorm)
    }

    /// Replaces the online parameters, and the target's with them.
    /// - Precondition: the number of values is the network's.
    package func assign(parameters: [Float]) {
        online.assign(parameters)
        copyToTarget()
    }

    /// What has been learned so far, as a value.
    package func frozenPolicy(_ source: PolicyNetwork = .online) -> GreedyQPolicy {
        GreedyQPolicy(network: network, parameters: source == .online ? online.values : target.values)
    }

    /// The greedy decision of a network that reads windows, as it is now; see `GreedyQPolicy.decide`.
    package func act(
        windowEnd: Int, features: FeaturePointer, numbers: SIMD8<Float>, valid: UInt8
    ) -> GreedyDecision {
        network.decide(
            ParameterVector(online), windowEnd: windowEnd, features: features, numbers: numbers, valid: valid,
            in: decisionMemory.base)
    }

    /// The greedy decision in a state of the episode that `memory` is of.
    package func act(_ state: WorldState, _ memory: inout EpisodeMemory, features: FeaturePointer) -> GreedyDecision {
        network.decide(
            state, &memory, features: features, firstRow: 0, ParameterVector(online), in: decisionMemory.base)
    }

    /// Reads what `memory` has not read of the episode, up to a row; nothing where the network reads windows.
    package func read(_ memory: inout EpisodeMemory, through row: Int, of features: FeaturePointer) {
        network.read(
            &memory, through: row, of: features, firstRow: 0, ParameterVector(online), in: decisionMemory.base)
    }

    private func copyToTarget() { target.base.update(from: online.base, count: online.count) }
}

extension DoubleQLearning {
    /// What the coming updates depend on.
    struct State: Codable, Sendable {
        var updates: Int
        var online: Data
        var target: Data
        var firstMoment: Data
        var secondMoment: Data
        var dropoutPosition: UInt64
    }

    var state: State {
        State(
            updates: updates, online: Data(bitsOf: online), target: Data(bitsOf: target),
            firstMoment: Data(bitsOf: adam.firstMoment), secondMoment: Data(bitsOf: adam.secondMoment),
            dropoutPosition: dropoutStream.position)
    }

    /// - Throws: `TrainingStateError` where the state is of another network.
    mutating func restore(_ state: State) throws {
        try online.restore(state.online)
        try target.restore(state.target)
        try adam.firstMoment.restore(state.firstMoment)
        try adam.secondMoment.restore(state.secondMoment)
        adam.steps = state.updates
        updates = state.updates
        dropoutStream = dropoutStream.moved(to: state.dropoutPosition)
    }
}
