import Brokerage
import Foundation
import RandomNumbers
import Testing

@Test func everyCostIsAddedUp() {
    var costs = CostModel()
    costs.commissionBasisPoints = 5
    costs.commissionPerShare = 0.01
    costs.spreadBasisPoints = 4
    costs.slippageBasisPoints = 1
    // 200 shares at 50: value 10,000. Commission 5 bp = 5.00 and 200 × 0.01 = 2.00; half of 4 bp = 2.00; 1 bp = 1.00.
    let charges = costs.charges(shares: 200, price: 50)
    #expect(charges == Charges(commission: 7, spread: 2, slippage: 1))
    #expect(charges.total == 10)
    // A sale of as many costs the same.
    #expect(costs.charges(shares: -200, price: 50) == charges)
}

@Test func theDefaultsCostEightBasisPointsASide() {
    #expect(abs(CostModel().charges(shares: 1, price: 10_000).total - 8) < 1e-12)
}

@Test func aMinimumCommissionIsALowerBoundOfTheCommissionAlone() {
    var costs = CostModel()
    costs.minimumCommission = 9
    // Value 1,000: 5 bp = 0.50 is below 9; spread 0.20 and slippage 0.10 are charged beside it.
    let charges = costs.charges(shares: 10, price: 100)
    #expect(charges.commission == 9)
    #expect(abs(charges.total - 9.3) < 1e-12)
    #expect(costs.charges(shares: 0, price: 100) == .none)
}

@Test func borrowingIsPaidByTheYear() {
    var costs = CostModel.none
    costs.borrowBasisPointsPerYear = 365
    // 100 shares short at 20: 2,000 × 3.65 % / 365 = 0.20 a day, and three times that over a weekend.
    #expect(abs(costs.borrowFee(shares: -100, price: 20, years: 1.0 / 365) - 0.2) < 1e-12)
    #expect(abs(costs.borrowFee(shares: -100, price: 20, years: 3.0 / 365) - 0.6) < 1e-12)
    #expect(costs.borrowFee(shares: 100, price: 20, years: 1) == 0)
}

@Test func whatIsAffordableLeavesRoomForTheCharges() {
    var costs = CostModel.none
    costs.commissionBasisPoints = 100
    // 1,010 at price 10 with 1 %: 100 shares cost 1,000 + 10.
    #expect(abs(costs.affordableShares(budget: 1010, price: 10, lotSize: 0) - 100) < 1e-9)
    #expect(costs.affordableShares(budget: 1010, price: 10, lotSize: 1) == 100)
    #expect(costs.affordableShares(budget: 1009.99, price: 10, lotSize: 1) == 99)
    #expect(costs.affordableShares(budget: 1010, price: 10, lotSize: 30) == 90)
    costs.minimumCommission = 60
    // The minimum takes 60 of 1,010: 95 shares for 950.
    #expect(abs(costs.affordableShares(budget: 1010, price: 10, lotSize: 0) - 95) < 1e-9)
    #expect(costs.affordableShares(budget: 59, price: 10, lotSize: 0) == 0)
}

@Test func whatIsAffordableIsNeverExceeded() {
    var stream = RandomKey(seed: 11).stream("affordable")
    for seed in 0..<20_000 {
        var costs = CostModel()
        costs.commissionBasisPoints = stream.uniform() * 50
        costs.commissionPerShare = stream.uniform() < 0.5 ? 0 : stream.uniform() * 0.1
        costs.minimumCommission = stream.uniform() < 0.5 ? 0 : stream.uniform() * 20
        costs.spreadBasisPoints = stream.uniform() * 50
        costs.slippageBasisPoints = stream.uniform() * 20
        let lot = [0.0, 1, 100][stream.index(below: 3)]
        let price = 0.01 + stream.uniform() * 500
        let budget = stream.uniform() * 100_000
        let shares = costs.affordableShares(budget: budget, price: price, lotSize: lot)
        func spent(_ shares: Double) -> Double { shares * price + costs.charges(shares: shares, price: price).total }
        #expect(shares >= 0 && (shares == 0 || spent(shares) <= budget), "case \(seed)")
        // One lot more, or a millionth more, is too much.
        let more = lot > 0 ? shares + lot : shares * (1 + 1e-6) + 1e-6
        #expect(spent(more) > budget, "case \(seed)")
        if lot > 0 { #expect((shares / lot).rounded() * lot == shares, "case \(seed)") }
    }
}

@Test func amountsTooSmallOrLargeToBeTradedEndAtNothing() {
    // Each of these once turned a step of one rounding into no step at all.
    var costs = CostModel()
    costs.commissionPerShare = 100
    for budget in [Double.leastNonzeroMagnitude, 1e-300, 1e-9, 1, 1e15] {
        for price in [1e-300, 1e-9, 1, 1e12] {
            for lot in [0, 1e-9, 1, 1e12] {
                let shares = costs.affordableShares(budget: budget, price: price, lotSize: lot)
                let spent = shares == 0 ? 0 : shares * price + costs.charges(shares: shares, price: price).total
                #expect(shares >= 0 && spent <= budget, "budget \(budget), price \(price), lot \(lot)")
            }
        }
    }
}

@Test func whatIsAffordableIsNotRefusedForRounding() {
    var stream = RandomKey(seed: 12).stream("large")
    for seed in 0..<20_000 {
        var costs = CostModel()
        if seed % 2 == 1 { costs.minimumCommission = stream.uniform() * 10 }
        let lot = [0, 1e-9, 1e-6, 1][stream.index(below: 4)]
        let price = 0.5 + stream.uniform() * 300
        // From a thousand to 10¹³, with far more lots in it than a Double has digits for one.
        let budget = 1000 * pow(10, 10 * stream.uniform())
        let shares = costs.affordableShares(budget: budget, price: price, lotSize: lot)
        let spent = shares * price + costs.charges(shares: shares, price: price).total
        #expect(spent <= budget, "case \(seed)")
        // Rounding is some ten units in the last place, and steps that double go past it by at most as much again: what
        // is left is a few lots where lots are coarse, and a rounding error of the budget where they are not.
        #expect(budget - spent <= 1.01 * (2 * lot + 64 * shares.ulp) * price + 64 * budget.ulp, "case \(seed)")
    }
}
