import Brokerage

/// Cash and assets, by value: what drifts with prices, and is rebalanced at a cost.
package struct PortfolioAccount: Equatable, Sendable {
    /// In account currency, `[cash, assets…]`, each at least 0.
    package private(set) var values: [Double]
    /// What the latest rebalance left of wealth, a fraction.
    private var latestRemainder = 1.0

    /// All in cash.
    package init(cash: Double, assets: Int) {
        values = [cash] + [Double](repeating: 0, count: assets)
    }

    /// In account currency.
    package var wealth: Double { values.reduce(0, +) }

    /// Values over wealth; all in cash where nothing is left.
    package var weights: [Double] {
        let wealth = wealth
        return values.enumerated().map { index, value in wealth > 0 ? value / wealth : index == 0 ? 1 : 0 }
    }

    /// Multiplies one value by its price relative.
    /// - Parameter asset: An index into `values`: 0 is cash.
    mutating func drift(_ asset: Int, by relative: Double) { values[asset] *= relative }

    /// What a rebalance did, in account currency.
    package struct Rebalance: Equatable, Sendable {
        /// Bought and sold, both counted.
        package var tradedValue = 0.0
        package var cost = 0.0
        /// Assets that were wanted and could not be bought.
        package var refused = 0
    }

    /// Goes to a target, as far as there are prices to trade at.
    ///
    /// What is held without a price stays, and the rest is divided among itself as the target has it. What is wanted
    /// without a price and is not held is not bought; its share stays in cash. So does what lies above the cap.
    ///
    /// - Parameters:
    ///   - target: `[cash, assets…]`, each at least 0, with sum 1.
    ///   - isTradable: Of each asset: whether it has a price now; without cash.
    ///   - rules: Their cost, cap and band count.
    mutating func rebalance(to target: [Double], isTradable: [Bool], rules: PortfolioRules) -> Rebalance {
        var rebalance = Rebalance()
        var wanted = target
        let wealth = wealth
        var free = wealth
        var held = values
        for asset in 1..<target.count where !isTradable[asset - 1] {
            if values[asset] > 0 {
                free -= values[asset]
            } else if wanted[asset] > 0 {
                wanted[0] += wanted[asset]
                rebalance.refused += 1
            }
            wanted[asset] = 0
            held[asset] = 0
        }
        let sum = wanted.reduce(0, +)
        guard free > 0 else { return rebalance }
        if sum > 0 { for index in wanted.indices { wanted[index] /= sum } } else { wanted[0] = 1 }
        let most = rules.cap * wealth / free
        for asset in 1..<target.count where wanted[asset] > most {
            wanted[0] += wanted[asset] - most
            wanted[asset] = most
        }
        for index in held.indices { held[index] /= free }
        let distance = zip(wanted, held).reduce(0) { $0 + abs($1.0 - $1.1) } / 2
        guard distance * free / wealth > rules.band else { return rebalance }

        latestRemainder = rules.cost.remainder(from: held, to: wanted, after: latestRemainder)
        let after = free * latestRemainder
        rebalance.cost = free - after
        values[0] = after * wanted[0]
        for asset in 1..<target.count where isTradable[asset - 1] {
            let value = after * wanted[asset]
            rebalance.tradedValue += abs(value - values[asset])
            values[asset] = value
        }
        return rebalance
    }

    /// Sells all of an asset.
    mutating func sell(_ asset: Int, cost: RebalancingCost) -> Rebalance {
        let value = values[asset]
        guard value > 0 else { return Rebalance() }
        values[asset] = 0
        values[0] += value * (1 - cost.selling)
        return Rebalance(tradedValue: value, cost: value * cost.selling)
    }
}
