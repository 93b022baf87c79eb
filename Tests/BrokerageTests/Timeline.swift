import Brokerage
import Testing

/// Draws a few bars, the orders given at their closes and the fills that follow as text, one column a bar.
///
///     bars:   "10→11    12→13    14→15"       open→close; or open/high/low/close
///     orders: "long     .        flat "       given at the close of the column's bar: long, short, flat, half, .
///     fills:  ".        +8@12    -8@.."       what is filled within the bar, shares@price, reason letter s or t
func expectTimeline(
    bars barText: String, orders orderText: String, fills fillText: String, rules: TradingRules, cash: Double,
    sourceLocation: SourceLocation = #_sourceLocation
) {
    func cells(_ text: String) -> [Substring] { text.split(separator: " ") }
    let bars = cells(barText).map { cell -> QuotedBar in
        let numbers = cell.split(whereSeparator: { "→/".contains($0) }).compactMap { Double($0) }
        if numbers.count == 4 {
            return QuotedBar(open: numbers[0], high: numbers[1], low: numbers[2], close: numbers[3])
        }
        return QuotedBar(
            open: numbers[0], high: max(numbers[0], numbers[1]), low: min(numbers[0], numbers[1]), close: numbers[1])
    }
    let orders = cells(orderText).map { cell -> Order? in
        switch cell {
        case "long": Order(target: 1)
        case "half": Order(target: 0.5)
        case "short": Order(target: -1)
        case "flat": .close
        default: nil
        }
    }
    var fills = [[Fill]](repeating: [], count: bars.count)
    var broker = Broker(rules: rules, startingCash: cash)
    for index in 1..<bars.count {
        let before = broker.ledger
        let session = broker.trade(
            orders[index - 1], previousClose: bars[index - 1].close, through: bars[index], index: index)
        for fill in session.fills { fills[fill.bar].append(fill) }
        if session.fills.count == 1, let fill = session.fills.first {
            #expect(throws: Never.self, sourceLocation: sourceLocation) {
                try broker.ledger.checkInvariants(after: fill, from: before)
            }
        }
    }
    let drawn = fills.map { fills -> String in
        fills.isEmpty ? "." : fills.map(\.drawing).joined(separator: "&")
    }
    #expect(drawn == cells(fillText).map(String.init), sourceLocation: sourceLocation)
}

extension Fill {
    /// `+8@12`, with `s` for a stop and `t` for a target.
    fileprivate var drawing: String {
        func short(_ number: Double) -> String {
            // Levels such as 100 × 1.1 carry a rounding error that the drawing leaves out.
            let rounded = (number * 1e9).rounded() / 1e9
            return rounded == rounded.rounded() ? String(Int(rounded)) : String(rounded)
        }
        let letter =
            switch reason {
            case .order: ""
            case .stopLoss: "s"
            case .takeProfit: "t"
            case .ruin: "r"
            }
        return (shares > 0 ? "+" : "") + short(shares) + "@" + short(price) + letter
    }
}
