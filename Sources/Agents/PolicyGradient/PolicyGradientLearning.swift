import Brokerage
import Foundation
import NeuralNetworks
import RandomNumbers
import TensorCore

/// How an allocation network learns.
package struct PolicyGradientSettings: Equatable, Sendable {
    /// n_b, consecutive periods of a batch; positive. Fewer where the market is shorter.
    package var batch = 109
    /// β of `GeometricStarts`: how much rather batches are drawn from lately. In `0..<1`.
    package var sampleBias = 5e-5
    package var adam = AdamSettings()
    /// What rebalancing costs while learning: the rates; the law is the remainder's.
    package var cost: RebalancingCost

    /// Adam's ε is 1e-10 (*ours*): a parameter's share of a mean log return is some 1e-6 at daily bars and less at shorter ones,
    /// to which the usual 1e-8 would not be small.
    package init(cost: RebalancingCost) {
        self.cost = cost
        adam.epsilon = 1e-10
    }
}

/// What one update did.
package struct AllocationUpdate: Equatable, Sendable {
    /// The decisions that were learned from.
    package var bars: Range<Int>
    /// What they would have earned before the update; −R is the loss.
    package var outcome: AllocationReturn
    /// Length of the gradient of −R.
    package var gradientNorm: Double

    /// −R
    package var loss: Double { -outcome.meanLogReturn }
}

/// Policy-gradient learning of a portfolio (Jiang, Xu and Liang, arXiv 1706.10059): owns the parameters and the portfolio
/// vector memory, and improves them batch by batch.
///
///     var learning = PolicyGradientLearning(network: network, settings: settings, market: market, key: key)
///     let update = try learning.update(through: lastBar)
///     let weights = learning.weights(at: market.view(at: lastBar), previous: held)
///     let policy = learning.frozenPolicy()
///
/// The reward of a decision is known from prices and the decision before, so its gradient is exact: no critic, no sampled
/// actions, no exploration noise, and discount 1. <doc:PolicyGradient> has the equations. Not copyable, since copies would learn
/// in the same memory.
package struct PolicyGradientLearning: ~Copyable {
    package let network: AllocationNetwork
    package let settings: PolicyGradientSettings
    package let market: AllocationMarket
    /// Updates done.
    package private(set) var updates = 0
    private let parameters: NumericBuffer<Float>
    private let adam: Adam<Float>
    private let memory: PortfolioVectorMemory
    private let starts: GeometricStarts
    private var gradients: AllocationGradient<Float>
    private var batchStream: RandomStream
    private var latestGradientNorm: Double?

    /// Draws fresh parameters.
    /// - Parameters:
    ///   - market: What is learned from, of which each update says how far it may read.
    ///   - key: Initialisation and batches have streams of their own below it.
    /// - Precondition: windows and features of the market are the network's.
    package init(
        network: AllocationNetwork, settings: PolicyGradientSettings, market: AllocationMarket, key: RandomKey
    ) {
        precondition(settings.batch > 0, "a batch has periods")
        network.expect(window: market.window, features: market.features)
        self.network = network
        self.settings = settings
        self.market = market
        parameters = NumericBuffer(count: network.layout.count)
        adam = Adam(settings.adam, count: network.layout.count)
        memory = PortfolioVectorMemory(market)
        starts = GeometricStarts(bias: settings.sampleBias)
        gradients = AllocationGradient(
            network, AllocationObjective(cost: settings.cost, cashRelative: market.cashRelative))
        batchStream = key.stream("batches")
        var stream = key.stream("initialisation")
        network.initialise(ParameterVector(parameters), using: &stream)
    }

    /// Whether there is a decision to learn from: one at a bar with windows, whose outcome is known at bar `last`.
    package func canLearn(through last: Int) -> Bool { market.firstDecision.map { $0 < last } ?? false }

    /// One step up the gradient of the mean log return of a batch: draw, evaluate, Adam, remember.
    ///
    /// The decisions are at bars up to `last − 1`, and nothing later than bar `last` is read.
    /// - Throws: `AllocationNotFiniteError`, before any parameter or any weight in the memory changes.
    /// - Precondition: `canLearn(through: last)`, and the market has the bar.
    package mutating func update(through last: Int) throws -> AllocationUpdate {
        guard let first = market.firstDecision, first < last, last < market.bars else {
            preconditionFailure("there is nothing to learn from through bar \(last)")
        }
        let count = min(settings.batch, last - first)
        let start = starts.draw(from: first...last - count, using: &batchStream)
        let bars = start..<start + count
        let outcome = gradients.evaluate(market, bars, memory, parameters: parameters)
        guard outcome.meanLogReturn.isFinite else { throw failure(.loss, bars) }
        let gradient = gradients.gradient
        let norm = Float.sumOfSquares(gradient.base, count: gradient.count).squareRoot()
        guard norm.isFinite else { throw failure(.gradient, bars) }
        latestGradientNorm = norm
        adam.step(parameters, gradient: gradient, gradientNorm: norm, maximumNorm: .infinity)
        memory.write(gradients.weights(periods: count, columns: memory.columns), from: start)
        updates += 1
        return AllocationUpdate(bars: bars, outcome: outcome, gradientNorm: norm)
    }

    /// Adam's step size, which a schedule may change between updates.
    package var learningRate: Double {
        get { adam.settings.learningRate }
        set { adam.settings.learningRate = newValue }
    }

    /// What has been learned so far, as a value.
    package func frozenPolicy() -> AllocationPolicy {
        AllocationPolicy(network: network, parameters: parameters.values)
    }

    /// wₜ of the network as it is now, which the memory keeps; see `AllocationPolicy.weights`.
    package func weights(at view: AllocationView, previous: [Double]) -> [Double] {
        let weights = network.weights(at: view, previous: previous, ParameterVector(parameters))
        memory.write(weights, from: view.bar)
        return weights
    }

    /// The latest gradient of −R.
    package var gradient: [Float] { gradients.gradient.values }

    /// The weights in the memory at a bar, `[cash, assets…]`.
    package func remembered(at bar: Int) -> [Float] {
        (0..<memory.columns).map { memory.weights.base[bar * memory.columns + $0] }
    }

    private func failure(_ quantity: AllocationNotFiniteError.Quantity, _ bars: Range<Int>) -> AllocationNotFiniteError
    {
        AllocationNotFiniteError(
            quantity: quantity, update: updates + 1, bars: bars,
            cause: AllocationNotFiniteError.Cause(in: market, bars: bars), learningRate: learningRate,
            previousGradientNorm: latestGradientNorm)
    }
}

extension PolicyGradientLearning {
    /// Everything that the coming updates depend on, apart from network, settings and market.
    package struct State: Codable, Sendable {
        /// Updates done.
        package var updates: Int
        var parameters: Data
        var firstMoment: Data
        var secondMoment: Data
        var memory: Data
        var batchPosition: UInt64
        var latestGradientNorm: Double?
    }

    package var state: State {
        State(
            updates: updates, parameters: Data(bitsOf: parameters), firstMoment: Data(bitsOf: adam.firstMoment),
            secondMoment: Data(bitsOf: adam.secondMoment), memory: Data(bitsOf: memory.weights),
            batchPosition: batchStream.position, latestGradientNorm: latestGradientNorm)
    }

    /// Goes on from a state, and ends in the same bits as what was never interrupted.
    /// - Throws: `TrainingStateError` where the state is of another network or another market.
    package mutating func restore(_ state: State) throws {
        try parameters.restore(state.parameters)
        try adam.firstMoment.restore(state.firstMoment)
        try adam.secondMoment.restore(state.secondMoment)
        try memory.weights.restore(state.memory)
        adam.steps = state.updates
        updates = state.updates
        batchStream = batchStream.moved(to: state.batchPosition)
        latestGradientNorm = state.latestGradientNorm
    }
}
