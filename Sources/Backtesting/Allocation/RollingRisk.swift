import Foundation

/// The latest log returns of all assets, and when weights are made of them.
///
/// *Ours*: Nothing is traded before `least` bars are known, then weights are made of what is known, of `window` bars at
/// most, every `every` bars. An asset that stood still in more than half of the bars takes no part: it has not been there
/// for long, and would look safe.
struct RollingRisk: Sendable {
    private let window: Int
    private let every: Int
    private let least: Int
    /// ln x, one array for each asset, in a ring of `window` places.
    private var returns: [[Double]]
    private var known = 0

    init(assets: Int, window: Int, every: Int) {
        precondition(
            window >= 2 && every >= 1, "a window has two bars or more, and weights are made every bar or less often")
        self.window = window
        self.every = every
        least = min(20, window)
        returns = [[Double]](repeating: [], count: assets)
    }

    /// Takes notice of a bar.
    ///
    /// - Parameter weights: Made of the covariance of the assets that take part, one or more; sum 1.
    /// - Returns: Weights of all assets, uniform where none takes part; nil between rebalancings.
    mutating func update(with relatives: [Double], weights: (SymmetricMatrix) -> [Double]) -> [Double]? {
        precondition(relatives.count == returns.count, "there is one relative for each asset")
        for asset in returns.indices {
            let value = log(relatives[asset])
            // The order of observations does not matter to a covariance.
            if known < window { returns[asset].append(value) } else { returns[asset][known % window] = value }
        }
        known += 1
        guard known >= least, (known - least).isMultiple(of: every) else { return nil }
        let moving = returns.indices.filter { asset in
            2 * returns[asset].count { $0 != 0 } >= returns[asset].count
        }
        guard !moving.isEmpty else { return uniformWeights(assets: returns.count) }
        let covariance = ShrunkCovariance(of: moving.map { returns[$0] }).matrix
        // The same weights come of returns of any unit.
        let scale = covariance.trace / Double(moving.count)
        guard scale > 0 else { return uniformWeights(assets: returns.count) }
        let chosen = weights(SymmetricMatrix(count: moving.count) { covariance[$0, $1] / scale })
        var all = [Double](repeating: 0, count: returns.count)
        for (position, asset) in moving.enumerated() { all[asset] = chosen[position] }
        return all
    }
}
