import Experiments

/// The rules of a run in words.
struct Rules {
    let conventions: Conventions

    init(_ conventions: Conventions) { self.conventions = conventions }

    var shortFill: String {
        switch conventions.fill {
        case "nextOpen": "fills at the next open"
        case "nextClose": "fills at the next close"
        case "sameClose": "fills at the close that was decided on"
        default: "fills: \(conventions.fill)"
        }
    }

    var fill: String {
        switch conventions.fill {
        case "nextOpen": "An order decided at the close of a bar is filled at the open of the next bar."
        case "nextClose": "An order decided at the close of a bar is filled at the close of the next bar."
        case "sameClose":
            "An order decided at the close of a bar is filled at that same close, **which nobody could have traded**."
        default: "Fill rule: \(conventions.fill)."
        }
    }

    var shortCosts: String {
        let items = costItems(short: true)
        return items.isEmpty ? "none" : items.joined(separator: ", ")
    }

    var costs: String {
        let items = costItems(short: false)
        return items.isEmpty ? "No costs were charged." : "Each fill pays " + Prose.list(items) + "."
    }

    var position: String {
        var text =
            "An order to enter commits \(NumberText.percent(conventions.positionSize, decimals: 0)) of the equity"
        switch conventions.lotSize {
        case 0: text += ", fractions of shares allowed"
        case 1: text += ", in whole shares"
        default: text += ", in multiples of \(NumberText.plain(conventions.lotSize)) shares"
        }
        text += "; selling short is \(conventions.shorting ? "allowed" : "not allowed")."
        if let stop = conventions.stopLoss { text += " Stop loss \(NumberText.percent(stop)) from the entry price." }
        if let target = conventions.takeProfit {
            text += " Take profit \(NumberText.percent(target)) from the entry price."
        }
        return text
    }

    private func costItems(short: Bool) -> [String] {
        let costs = conventions.costs
        func points(_ value: Double) -> String { short ? "bp" : value == 1 ? "basis point" : "basis points" }
        var items: [String] = []
        func add(_ value: Double, _ text: (String) -> String) {
            if value != 0 { items.append(text(NumberText.plain(value))) }
        }
        add(costs.commissionBasisPoints) {
            "commission \($0) \(points(costs.commissionBasisPoints))\(short ? "" : " of the traded value")"
        }
        add(costs.commissionPerShare) { "\(short ? "" : "commission ")\($0) a share" }
        add(costs.minimumCommission) { "\(short ? "" : "commission of ")at least \($0)\(short ? "" : " an order")" }
        add(costs.spreadBasisPoints) {
            short ? "spread \($0) bp" : "half of a spread of \($0) \(points(costs.spreadBasisPoints))"
        }
        add(costs.slippageBasisPoints) { "slippage \($0) \(points(costs.slippageBasisPoints))" }
        if conventions.shorting {
            add(costs.borrowBasisPointsPerYear) {
                "borrowing \($0) \(points(costs.borrowBasisPointsPerYear)) a year\(short ? "" : " on short positions")"
            }
        }
        return items
    }
}
