import Agents
import NeuralNetworks
import RandomNumbers
import TensorCore
import Testing

private func policy(_ encoder: EncoderShape, seed: UInt64) -> AllocationPolicy {
    let network = AllocationNetwork(AllocationNetworkShape(window: 6, features: 3, encoder: encoder))
    return AllocationPolicy(network: network, parameters: allocationParameters(network, seed: seed).values)
}

/// One set of parameters for 5 assets and for 300; assets without a complete window have no share.
@Test(arguments: allocationEncoders(window: 6))
func weightsAreSharesOfWhatIsThere(encoder: EncoderShape) {
    let policy = policy(encoder, seed: 31)
    var stream = RandomKey(seed: 32).stream("weights")
    for assets in [1, 5, 300] {
        var tables = AllocationTables(bars: 12, assets: assets, seed: 33)
        for asset in 0..<assets where asset % 3 == 2 { tables.remove(asset, at: asset % 12..<asset % 12 + 1) }
        let market = tables.market(window: 6, features: 3)
        for bar in 0..<12 {
            let view = market.view(at: bar)
            let weights = policy.weights(at: view, previous: randomWeights(1 + assets, &stream))
            #expect(weights.allSatisfy { (0...1).contains($0) })
            // A sum of 1 + m roundings of numbers whose sum is 1.
            #expect(abs(weights.reduce(0, +) - 1) < 1e-13)
            for asset in 0..<assets {
                let there = (bar - 5...bar).allSatisfy { $0 >= 0 && !tables.closes[$0][asset].isNaN }
                #expect(view.isAvailable(asset) == there && (weights[1 + asset] > 0) == there)
            }
        }
    }
}

/// The order of the assets means nothing: a permutation of them permutes the weights. Rows of a matrix product may be added
/// up in another order, hence the tolerance, some roundings of single precision.
@Test(arguments: allocationEncoders(window: 6))
func aPermutationOfAssetsPermutesTheWeights(encoder: EncoderShape) {
    let policy = policy(encoder, seed: 34)
    var stream = RandomKey(seed: 35).stream("order")
    var tables = AllocationTables(bars: 10, assets: 9, seed: 36)
    tables.remove(4, at: 8..<9)
    var order = Array(0..<9)
    stream.shuffle(&order)
    let previous = randomWeights(10, &stream)
    let weights = policy.weights(at: tables.market(window: 6, features: 3).view(at: 9), previous: previous)
    let permuted = policy.weights(
        at: tables.permuted(order).market(window: 6, features: 3).view(at: 9),
        previous: [previous[0]] + order.map { previous[1 + $0] })
    #expect(order != Array(0..<9))
    #expect(abs(permuted[0] - weights[0]) < 1e-6)
    for (place, asset) in order.enumerated() { #expect(abs(permuted[1 + place] - weights[1 + asset]) < 1e-6) }
}

/// A network that knows no unit: a split or another currency changes nothing. And the former weight is read.
@Test(arguments: allocationEncoders(window: 6))
func pricesAreReadRelativeToTheLatestClose(encoder: EncoderShape) {
    let policy = policy(encoder, seed: 37)
    let tables = AllocationTables(bars: 8, assets: 3, seed: 38)
    var doubled = tables
    for bar in 0..<8 {
        doubled.closes[bar][1] *= 8
        doubled.highs[bar][1] *= 8
        doubled.lows[bar][1] *= 8
    }
    let before = policy.weights(
        at: tables.market(window: 6, features: 3).view(at: 7), previous: [0.25, 0.25, 0.25, 0.25])
    #expect(
        policy.weights(at: doubled.market(window: 6, features: 3).view(at: 7), previous: [0.25, 0.25, 0.25, 0.25])
            == before)
    #expect(
        policy.weights(at: tables.market(window: 6, features: 3).view(at: 7), previous: [0, 0, 1, 0]) != before)
}

/// Prices after the bar of a decision do not reach it.
@Test(arguments: allocationEncoders(window: 6))
func noDecisionSeesALaterBar(encoder: EncoderShape) {
    let policy = policy(encoder, seed: 39)
    let tables = patchyTables(seed: 40), other = AllocationTables(bars: 30, assets: 4, seed: 41)
    for bar in 12..<29 {
        var changed = tables
        for later in bar + 1..<30 {
            changed.closes[later] = other.closes[later]
            changed.highs[later] = other.highs[later]
            changed.lows[later] = other.lows[later].map { _ in .infinity }
            changed.relatives[later] = other.relatives[later]
        }
        let previous = [0.2, 0.2, 0.2, 0.2, 0.2]
        #expect(
            policy.weights(at: tables.market(window: 6, features: 3).view(at: bar), previous: previous)
                == policy.weights(at: changed.market(window: 6, features: 3).view(at: bar), previous: previous))
    }
}

@Test func shapesThatCannotAllocateSayWhy() {
    func problem(_ change: (inout AllocationNetworkShape) -> Void) -> String? {
        var shape = AllocationNetworkShape(features: 3, encoder: AllocationNetworkShape.eiie(window: 50))
        change(&shape)
        return shape.problem
    }
    #expect(problem { _ in } == nil)
    #expect(problem { $0.window = 49 } == "kernels of 3, 48 rows leave nothing of windows of 49")
    #expect(
        problem { $0.encoder = .mlp(hidden: [3]) } == "only a GRU, an LSTM or convolutions read the windows of assets")
    #expect(problem { $0.features = 2 } == "a bar has 2 prices, expected 1 (close) or 3 (close, high, low)")
    #expect(problem { $0.inputScale = 0 } == "inputs are scaled by 0.0, expected more than 0")
}
