import Brokerage
import Testing

private func free(
    fill: FillRule = .nextOpen, shorting: Bool = false, stop: Double? = nil, target: Double? = nil, lot: Double = 0
) -> TradingRules {
    TradingRules(
        costs: .none, fill: fill, lotSize: lot, allowsShorting: shorting, stopLoss: stop, takeProfit: target)
}

@Test func marketOrdersFillAtTheNextOpen() {
    expectTimeline(
        bars: "  10→11    12→13    14→15    16→17",
        orders: "long     .        flat     .    ",
        fills: " .        +10@12   .        -10@16",
        rules: free(), cash: 120)
}

@Test func withoutOpensTheyFillAtTheNextClose() {
    expectTimeline(
        bars: "  10→11    12→13    14→15    16→17",
        orders: "long     .        flat     .    ",
        fills: " .        +10@13   .        -10@17",
        rules: free(fill: .nextClose), cash: 130)
}

@Test func theSameCloseIsForPublishedTables() {
    expectTimeline(
        bars: "  10→11    12→13    14→15    16→17",
        orders: "long     .        flat     .    ",
        fills: " +10@11   .        -10@15   .    ",
        rules: free(fill: .sameClose), cash: 110)
}

@Test func wholeSharesAreRoundedDown() {
    expectTimeline(
        bars: "  10→11    12→13    14→15",
        orders: "long     flat     .    ",
        fills: " .        +8@12    -8@14",
        rules: free(lot: 1), cash: 107)
}

@Test func aStopIsFilledAtItsLevelAndAtTheOpenBeyondIt() {
    // Bought at 100, stop at 90: the third bar trades through it, a gap opens below it.
    expectTimeline(
        bars: "  100→100  100/105/95/100  99/101/88/97",
        orders: "long     .               .           ",
        fills: " .        +1@100          -1@90s      ",
        rules: free(stop: 0.1), cash: 100)
    expectTimeline(
        bars: "  100→100  100/105/95/100  85/101/80/97",
        orders: "long     .               .           ",
        fills: " .        +1@100          -1@85s      ",
        rules: free(stop: 0.1), cash: 100)
}

@Test func aTargetIsFilledAtItsLevelAndAtTheOpenBeyondIt() {
    expectTimeline(
        bars: "  100→100  100/105/95/100  108/125/100/110",
        orders: "long     .               .              ",
        fills: " .        +1@100          -1@120t        ",
        rules: free(target: 0.2), cash: 100)
    expectTimeline(
        bars: "  100→100  100/105/95/100  130/135/100/110",
        orders: "long     .               .              ",
        fills: " .        +1@100          -1@130t        ",
        rules: free(target: 0.2), cash: 100)
}

@Test func whereOneBarTouchesBothTheWorseIsAssumed() {
    expectTimeline(
        bars: "  100→100  100/100/100/100  100/125/85/110",
        orders: "long     .                .             ",
        fills: " .        +1@100           -1@90s        ",
        rules: free(stop: 0.1, target: 0.2), cash: 100)
}

@Test func aStopGuardsTheVeryBarOfTheEntry() {
    expectTimeline(
        bars: "  100→100  100/101/80/95  95→96",
        orders: "long     .              .    ",
        fills: " .        +1@100&-1@90s  .    ",
        rules: free(stop: 0.1), cash: 100)
}

@Test func aShortPositionIsStoppedAbove() {
    expectTimeline(
        bars: "  100→100  100/105/95/100  104/112/100/108",
        orders: "short    .               .              ",
        fills: " .        -1@100          +1@110s        ",
        rules: free(shorting: true, stop: 0.1), cash: 100)
}

@Test func oneOrderTurnsALongPositionIntoAShortOne() {
    // 10 shares at 10; at 20 the account is worth 200: sell 10 to be flat and 10 to be short for 200.
    expectTimeline(
        bars: "  10→10    10→10    20→20  ",
        orders: "long     short    .      ",
        fills: " .        +10@10   -20@20 ",
        rules: free(shorting: true), cash: 100)
}

@Test func closeOnlyBarsAreStoppedAtTheirClose() {
    var broker = Broker(rules: free(fill: .nextClose, stop: 0.1), startingCash: 100)
    _ = broker.trade(Order(target: 1), previousClose: 10, through: QuotedBar(close: 10), index: 1)
    let session = broker.trade(nil, previousClose: 10, through: QuotedBar(close: 8), index: 2)
    #expect(session.protection == Fill(bar: 2, shares: -10, price: 8, charges: .none, reason: .stopLoss))
}

@Test func everyUnfilledOrderHasItsReason() {
    func outcome(_ order: Order, _ rules: TradingRules, cash: Double, open: Double = 100) -> OrderOutcome? {
        var broker = Broker(rules: rules, startingCash: cash)
        return broker.trade(
            order, previousClose: 100, through: QuotedBar(open: open, high: 100, low: 100, close: 100), index: 1
        ).outcome
    }
    #expect(outcome(.close, free(), cash: 100) == .ignored(.alreadyAtTarget))
    #expect(outcome(Order(target: -1), free(), cash: 100) == .rejected(.shortingNotAllowed))
    #expect(outcome(Order(target: 1), free(), cash: 100, open: .nan) == .rejected(.noPrice))
    #expect(
        outcome(Order(target: 1), free(lot: 1), cash: 99) == .rejected(.insufficientCash(needed: 100, available: 99)))
    var broker = Broker(rules: free(), startingCash: 100)
    let bar = QuotedBar(open: 100, high: 100, low: 100, close: 100)
    _ = broker.trade(Order(target: 1), previousClose: 100, through: bar, index: 1)
    let again = broker.trade(Order(target: 1), previousClose: 100, through: bar, index: 2)
    #expect(again.outcome == .ignored(.alreadyAtTarget))
}

@Test func aSaleNeverCostsMoreThanTheAccountHolds() {
    var rules = TradingRules(costs: .none)
    rules.costs.minimumCommission = 10
    var broker = Broker(rules: rules, startingCash: 100)
    _ = broker.trade(Order(target: 1), previousClose: 10, through: QuotedBar(open: 10, close: 10), index: 1)
    // The shares, bought for 90, are worth 9 now: less than the minimum commission of 10.
    _ = broker.trade(.close, previousClose: 10, through: QuotedBar(open: 1, close: 1), index: 2)
    #expect(broker.ledger.isFlat)
    #expect(broker.ledger.cash >= 0 && broker.ledger.cash < 1e-9)
}
