import Agents
import Brokerage
import Foundation
import NeuralNetworks
import RandomNumbers
import TensorCore

/// Prices of assets, as tables `[bars][assets]`; NaN where there are none.
struct AllocationTables {
    var closes: [[Double]]
    var highs: [[Double]]
    var lows: [[Double]]
    var relatives: [[Double]]

    /// Independent random walks, with relatives that are not those of the closes, as of another fill.
    init(bars: Int, assets: Int, volatility: Double = 0.1, seed: UInt64) {
        var stream = RandomKey(seed: seed).stream("prices")
        var logs = [Double](repeating: log(50), count: assets)
        (closes, highs, lows, relatives) = ([], [], [], [])
        for _ in 0..<bars {
            logs = logs.map { $0 + volatility * stream.normal() }
            closes.append(logs.map { exp($0) })
            highs.append(logs.map { exp($0 + volatility / 2 * stream.uniform()) })
            lows.append(logs.map { exp($0 - volatility / 2 * stream.uniform()) })
            relatives.append(logs.map { _ in exp(volatility * stream.normal()) })
        }
    }

    /// Takes the prices of an asset at some bars away, and the relatives into and out of them.
    mutating func remove(_ asset: Int, at bars: Range<Int>) {
        for bar in bars {
            closes[bar][asset] = .nan
            highs[bar][asset] = .nan
            lows[bar][asset] = .nan
        }
        for bar in bars.lowerBound..<min(bars.upperBound + 1, relatives.count) { relatives[bar][asset] = .nan }
    }

    func market(window: Int, features: Int, cashRelative: Double = 1) -> AllocationMarket {
        AllocationMarket(
            closes: closes, ranges: features == 3 ? (highs, lows) : nil, relatives: relatives, window: window,
            cashRelative: cashRelative)
    }

    /// The same assets in another order: asset *i* is the old asset `order[i]`.
    func permuted(_ order: [Int]) -> AllocationTables {
        var tables = self
        for keyPath in [\AllocationTables.closes, \.highs, \.lows, \.relatives] {
            tables[keyPath: keyPath] = self[keyPath: keyPath].map { row in order.map { row[$0] } }
        }
        return tables
    }
}

/// Four assets of which one comes in, one leaves and one misses a bar, within bars that a batch from bar 12 on covers.
func patchyTables(seed: UInt64) -> AllocationTables {
    var tables = AllocationTables(bars: 30, assets: 4, seed: seed)
    tables.remove(1, at: 0..<8)
    tables.remove(2, at: 18..<30)
    tables.remove(3, at: 9..<10)
    return tables
}

/// The encoders of gated-pg, lstm-pg and eiie, small.
func allocationEncoders(window: Int) -> [EncoderShape] {
    [.gru(hidden: [5]), .lstm(hidden: [4]), AllocationNetworkShape.eiie(window: window)]
}

/// Unequal, and large, so that costs have their share of a gradient.
let unequalCost = RebalancingCost(buying: 0.03, selling: 0.06)

/// Fresh parameters, and no bias that is zero.
func allocationParameters<Scalar: NumericScalar>(
    _ network: AllocationNetwork, seed: UInt64, as type: Scalar.Type = Scalar.self
) -> NumericBuffer<Scalar> {
    let parameters = NumericBuffer<Scalar>(count: network.layout.count)
    var stream = RandomKey(seed: seed).stream("parameters")
    network.initialise(ParameterVector(parameters), using: &stream)
    for index in 0..<parameters.count { parameters.base[index] += Scalar(0.2 * stream.normal()) }
    return parameters
}

/// Weights at random, of sum 1.
func randomWeights(_ count: Int, _ stream: inout RandomStream, zeros: Double = 0) -> [Double] {
    var weights = (0..<count).map { _ in stream.uniform() < zeros ? 0 : -log(1 - stream.uniform()) }
    if weights.allSatisfy({ $0 == 0 }) { weights[0] = 1 }
    let sum = weights.reduce(0, +)
    return weights.map { $0 / sum }
}
