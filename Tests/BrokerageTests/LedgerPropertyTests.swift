import Brokerage
import RandomNumbers
import Testing

/// A random market and random orders, the same for the same seed.
private struct Scenario {
    var bars: [QuotedBar] = []
    var orders: [Order?] = []

    init(seed: Int, shorting: Bool, length: Int = 40) {
        var stream = RandomKey(seed: 99).child(seed).stream("scenario")
        var price = 5 + 200 * stream.uniform()
        for _ in 0..<length {
            let open = price * (0.9 + 0.2 * stream.uniform())
            let close = open * (0.9 + 0.2 * stream.uniform())
            let high = max(open, close) * (1 + 0.05 * stream.uniform())
            let low = min(open, close) * (1 - 0.05 * stream.uniform())
            bars.append(QuotedBar(open: open, high: high, low: low, close: close))
            price = close
            let draw = stream.uniform()
            orders.append(
                draw < 0.5
                    ? nil
                    : draw < 0.7
                        ? Order(target: stream.uniform())
                        : draw < 0.85 ? .close : Order(target: shorting ? -stream.uniform() : 1))
        }
    }

    /// Equity at each close, checking the books after every fill.
    func run(_ rules: TradingRules, cash: Double, label: String) throws -> [Double] {
        var broker = Broker(rules: rules, startingCash: cash)
        var equity = [cash]
        for index in 1..<bars.count {
            var checked = broker.ledger
            let session = broker.trade(
                orders[index - 1], previousClose: bars[index - 1].close, through: bars[index], index: index)
            for fill in session.fills {
                let before = checked
                checked.book(fill)
                try checked.checkInvariants(after: fill, from: before)
            }
            if session.borrow > 0 { checked.chargeBorrow(session.borrow) }
            // The fee for borrowing may have been paid between two fills: the sum is the same but for its rounding.
            #expect(checked.shares == broker.ledger.shares, "\(label), bar \(index)")
            #expect(abs(checked.cash - broker.ledger.cash) <= 1e-9, "\(label), bar \(index)")
            equity.append(broker.ledger.equity(at: bars[index].close))
        }
        return equity
    }
}

private func randomRules(seed: Int, shorting: Bool) -> TradingRules {
    var stream = RandomKey(seed: 5).child(seed).stream("rules")
    var costs = CostModel()
    costs.commissionBasisPoints = 30 * stream.uniform()
    costs.commissionPerShare = stream.uniform() < 0.5 ? 0 : 0.05 * stream.uniform()
    costs.minimumCommission = stream.uniform() < 0.5 ? 0 : 30 * stream.uniform()
    costs.borrowBasisPointsPerYear = shorting ? 500 * stream.uniform() : 0
    return TradingRules(
        costs: costs, fill: FillRule.allCases[stream.index(below: 3)],
        lotSize: [0, 1, 10][stream.index(below: 3)], allowsShorting: shorting,
        stopLoss: stream.uniform() < 0.5 ? nil : 0.02 + 0.2 * stream.uniform(),
        takeProfit: stream.uniform() < 0.5 ? nil : 0.02 + 0.2 * stream.uniform())
}

@Test func theBooksBalanceAfterEveryFillAndALongOnlyAccountStaysAboveZero() throws {
    for seed in 0..<3000 {
        let equity = try Scenario(seed: seed, shorting: false)
            .run(randomRules(seed: seed, shorting: false), cash: 1000, label: "seed \(seed)")
        #expect(equity.allSatisfy { $0 >= 0 }, "seed \(seed)")
    }
}

@Test func theBooksBalanceWithShortSales() throws {
    for seed in 0..<3000 {
        _ = try Scenario(seed: seed, shorting: true)
            .run(randomRules(seed: seed, shorting: true), cash: 1000, label: "seed \(seed)")
    }
}

@Test func aFreeRoundTripRestoresCash() {
    for seed in 0..<3000 {
        var stream = RandomKey(seed: 17).child(seed).stream("round trip")
        let price = 0.5 + 300 * stream.uniform()
        let bar = QuotedBar(open: price, high: price, low: price, close: price)
        let rules = TradingRules(costs: .none, lotSize: [0, 1][stream.index(below: 2)], allowsShorting: true)
        var broker = Broker(rules: rules, startingCash: 10_000)
        _ = broker.trade(
            Order(target: stream.uniform() * 2 - 1), previousClose: price, through: bar, index: 1)
        _ = broker.trade(.close, previousClose: price, through: bar, index: 2)
        #expect(broker.ledger.isFlat)
        // Two roundings of at most 10,000.
        #expect(abs(broker.ledger.cash - 10_000) <= 2 * 10_000.0.ulp, "seed \(seed)")
    }
}

@Test func aHigherCommissionNeverRaisesEquityForTheSameFills() throws {
    for seed in 0..<2000 {
        let scenario = Scenario(seed: seed, shorting: false)
        // Orders for everything or nothing, so that the same orders are filled under both rules.
        var simple = scenario
        simple.orders = scenario.orders.map { order in order.map { Order(target: $0.target > 0.5 ? 1 : 0) } }
        var rules = TradingRules(costs: .none)
        let cheap = try simple.run(rules, cash: 1000, label: "seed \(seed)")
        rules.costs.commissionBasisPoints = 20
        let dear = try simple.run(rules, cash: 1000, label: "seed \(seed)")
        for (low, high) in zip(dear, cheap) { #expect(low <= high * (1 + 1e-12), "seed \(seed)") }
    }
}
