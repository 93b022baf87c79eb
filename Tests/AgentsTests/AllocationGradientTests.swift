import Agents
import Brokerage
import NeuralNetworks
import RandomNumbers
import TensorCore
import Testing
import TraderTestSupport

/// The whole objective, through one, two and nine consecutive rebalances with unequal costs and assets that come and go,
/// against central differences. It is multiplied by 1000, since they expect gradients of about unit size.
@Test(arguments: allocationEncoders(window: 6), [1, 2, 9])
func allocationGradientsMeetCentralDifferences(encoder: EncoderShape, periods: Int) {
    for (features, cost) in [(3, unequalCost), (1, RebalancingCost(buying: 0, selling: 0.2)), (1, free)] {
        let market = patchyTables(seed: 11).market(window: 6, features: features, cashRelative: 1.01)
        let network = AllocationNetwork(
            AllocationNetworkShape(window: 6, features: features, encoder: encoder, inputScale: 3))
        let parameters = allocationParameters(network, seed: 12, as: Double.self)
        var evaluation = AllocationGradient<Double>(network, AllocationObjective(cost: cost, cashRelative: 1.01))
        let memory = PortfolioVectorMemory(market)
        let bars = 12..<12 + periods
        func loss() -> Double {
            -1000 * evaluation.evaluate(market, bars, memory, parameters: parameters).meanLogReturn
        }
        let expected = centralDifferences(parameters, loss)
        _ = loss()
        let distance = relativeDistance(evaluation.gradient.values.map { 1000 * $0 }, expected)
        #expect(distance < 1e-6, "\(encoder), \(periods) periods, \(features) features, \(cost)")
        // Otherwise there is nothing to compare.
        #expect(expected.contains { abs($0) > 0.1 })
    }
}

private let free = RebalancingCost(buying: 0, selling: 0)

/// PyTorch's automatic differentiation, through the fixed-point iteration itself.
@Test(arguments: ["gru", "lstm", "eiie"])
func allocationGradientsMeetPyTorch(kind: String) throws {
    let golden = try GoldenFile("agents/policy-gradient-\(kind).json")
    let (bars, assets) = (try golden.integer("bars"), try golden.integer("assets"))
    let (window, features) = (try golden.integer("window"), try golden.integer("features"))
    func table(_ values: [Double], _ width: Int, _ offset: Int) -> [[Double]] {
        (0..<bars).map { bar in
            (0..<assets).map { asset in
                let value = values[(bar * assets + asset) * width + offset]
                return value == 0 ? .nan : value
            }
        }
    }
    let prices = try golden.tensor("prices")
    let market = AllocationMarket(
        closes: table(prices, features, 0),
        ranges: features == 3 ? (table(prices, 3, 1), table(prices, 3, 2)) : nil,
        relatives: table(try golden.tensor("relatives"), 1, 0), window: window,
        cashRelative: try golden.number("cash"))
    let encoders: [String: EncoderShape] = [
        "gru": .gru(hidden: [5]), "lstm": .lstm(hidden: [5]), "eiie": AllocationNetworkShape.eiie(window: window),
    ]
    let network = AllocationNetwork(
        AllocationNetworkShape(
            window: window, features: features, encoder: try #require(encoders[kind]),
            inputScale: try golden.number("inputScale")))
    let cost = RebalancingCost(buying: try golden.number("buying"), selling: try golden.number("selling"))
    let periods = try golden.integer("periods"), first = try golden.integer("first")
    let memory = PortfolioVectorMemory(market)
    memory.weights.assign(try golden.tensor("memory").map { Float($0) })

    func check<Scalar: NumericScalar>(_ type: Scalar.Type, tolerance: Double) throws {
        let parameters = NumericBuffer<Scalar>(count: network.layout.count)
        parameters.assign(try golden.tensor("parameters").map { Scalar($0) })
        var evaluation = AllocationGradient<Scalar>(
            network, AllocationObjective(cost: cost, cashRelative: market.cashRelative))
        let outcome = evaluation.evaluate(market, first..<first + periods, memory, parameters: parameters)
        let weights = evaluation.weights(periods: periods, columns: 1 + assets)
        let chosen = (0..<weights.count).map { weights.base[$0] }
        #expect(relativeDistance(chosen, try golden.tensor("weights")) < tolerance)
        #expect(abs(outcome.meanLogReturn - (try golden.number("meanLogReturn"))) < tolerance)
        #expect(abs(outcome.turnover - (try golden.number("turnover"))) < tolerance)
        #expect(
            relativeDistance(evaluation.gradient.values.map { Double($0) }, try golden.tensor("gradient")) < tolerance)
    }
    try check(Double.self, tolerance: 1e-12)
    // Eight steps of single precision, whose tanh is off by 3e-7.
    try check(Float.self, tolerance: 3e-5)
}
