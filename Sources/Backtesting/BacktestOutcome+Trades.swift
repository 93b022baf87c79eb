import Brokerage

extension BacktestOutcome {
    /// The fills put together to trades, in order of entry. A fill that turns a long position into a short one closes one
    /// trade and opens the next; its charges are shared by the shares traded for each.
    ///
    /// The profits of all trades add up to the change of the account.
    ///
    /// - Parameter lastClose: Values a position that is still open at the end, without the costs of selling.
    /// - Complexity: O(*fills*), and O(*bars held*) for each short trade.
    package func trades(lastClose: Double) -> [Trade] {
        var trades: [Trade] = []
        var open: OpenTrade?
        for fill in fills {
            let held = open?.held ?? 0
            let after = held + fill.shares
            let closing = held == 0 || held * fill.shares > 0 ? 0 : min(abs(held), abs(fill.shares))
            let closingShare = closing / abs(fill.shares)
            if closing > 0, var trade = open {
                trade.reduce(by: closing, price: fill.price, charges: fill.charges.total * closingShare)
                open = trade
                if closing == abs(held) {
                    trades.append(close(trade, bar: fill.bar, exit: Trade.Exit(fill.reason)))
                    open = nil
                }
            }
            let opening = abs(fill.shares) - closing
            if opening > 0, after != 0 {
                var trade = open ?? OpenTrade(entryBar: fill.bar, direction: fill.shares > 0 ? 1 : -1)
                trade.add(opening, price: fill.price, charges: fill.charges.total * (1 - closingShare))
                open = trade
            }
        }
        if var trade = open {
            trade.reduce(by: abs(trade.held), price: lastClose, charges: 0)
            trades.append(close(trade, bar: span.upperBound - 1, exit: .endOfData))
        }
        return trades
    }

    /// A short position pays for all bars it touches in which anything was borrowed: no other can have been short in them.
    private func close(_ trade: OpenTrade, bar: Int, exit: Trade.Exit) -> Trade {
        var trade = trade
        if trade.direction < 0 {
            trade.pay(borrow[max(0, trade.entryBar - span.lowerBound)...(bar - span.lowerBound)].reduce(0, +))
        }
        return trade.closed(bar: bar, exit: exit)
    }
}

/// A trade that is not over yet.
private struct OpenTrade {
    let entryBar: Int
    let direction: Double
    private var bought = 0.0
    private var boughtValue = 0.0
    private var sold = 0.0
    private var soldValue = 0.0
    private var charges = 0.0

    init(entryBar: Int, direction: Double) {
        self.entryBar = entryBar
        self.direction = direction
    }

    var held: Double { direction * (bought - sold) }

    mutating func add(_ shares: Double, price: Double, charges: Double) {
        bought += shares
        boughtValue += shares * price
        self.charges += charges
    }

    mutating func reduce(by shares: Double, price: Double, charges: Double) {
        sold += shares
        soldValue += shares * price
        self.charges += charges
    }

    mutating func pay(_ fee: Double) { charges += fee }

    func closed(bar: Int, exit: Trade.Exit) -> Trade {
        Trade(
            entryBar: entryBar, exitBar: bar, shares: direction * bought, entryPrice: boughtValue / bought,
            exitPrice: soldValue / sold, exit: exit, costs: charges,
            profit: direction * (soldValue - boughtValue) - charges)
    }
}

extension Trade.Exit {
    fileprivate init(_ reason: Fill.Reason) {
        switch reason {
        case .order: self = .order
        case .stopLoss: self = .stopLoss
        case .takeProfit: self = .takeProfit
        case .ruin: self = .ruin
        }
    }
}
