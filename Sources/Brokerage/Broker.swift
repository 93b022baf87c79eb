/// Turns orders into fills, bar after bar, and keeps the account.
///
/// Training and backtest settle through this one type. A bar is lived through in this order: an order decided at the
/// close before is filled (at that close, at the open, or at this close, by the fill rule); a stop or target inside the
/// bar is executed; borrowed shares are paid for; an account that is worth nothing at the close is closed there, and
/// trades no more.
package struct Broker: Equatable, Sendable {
    package let rules: TradingRules
    package var ledger: Ledger

    /// An account as it stands.
    package init(rules: TradingRules, ledger: Ledger) {
        self.rules = rules
        self.ledger = ledger
    }

    /// An account in cash, in account currency.
    package init(rules: TradingRules, startingCash: Double) {
        self.init(rules: rules, ledger: Ledger(cash: startingCash))
    }

    /// What happened between two closes.
    package struct Session: Equatable, Sendable {
        /// What became of the order, if there was one.
        package var outcome: OrderOutcome?
        /// The stop or target that was executed, if any.
        package var protection: Fill?
        /// Whether the protection came before the order, as it does where orders are filled at this bar's close.
        package var protectionCameFirst = false
        /// What closed a ruined account at the close, if it was.
        package var liquidation: Fill?
        /// The fee for shares that were sold short during the bar, in account currency.
        package var borrow = 0.0

        /// The trades, in the order in which they took place.
        package var fills: [Fill] {
            var fills: [Fill] = []
            if let protection, protectionCameFirst { fills.append(protection) }
            if case .filled(let fill)? = outcome { fills.append(fill) }
            if let protection, !protectionCameFirst { fills.append(protection) }
            if let liquidation { fills.append(liquidation) }
            return fills
        }
    }

    /// Lives through the bar after a decision.
    ///
    /// - Parameters:
    ///   - order: Decided at the close of the bar before; nil keeps what is held.
    ///   - previousClose: The close at which it was decided.
    ///   - bar: The bar lived through. A price that is NaN fills nothing.
    ///   - index: The number of that bar, for fills and entries.
    /// - Returns: What became of the order, and what else happened. An order that is not filled is not kept for later.
    package mutating func trade(_ order: Order?, previousClose: Double, through bar: QuotedBar, index: Int) -> Session {
        var session = Session()
        switch rules.fill {
        case .sameClose:
            session.outcome = order.map { execute($0, at: previousClose, bar: index - 1) }
            session.protection = protect(in: bar, index: index)
            session.borrow = payForBorrowing(through: bar)
        case .nextOpen:
            session.outcome = order.map { execute($0, at: bar.open, bar: index) }
            session.protection = protect(in: bar, index: index)
            session.borrow = payForBorrowing(through: bar)
        case .nextClose:
            session.protection = protect(in: bar, index: index)
            session.protectionCameFirst = true
            session.borrow = payForBorrowing(through: bar)
            session.outcome = order.map { execute($0, at: bar.close, bar: index) }
        }
        if !ledger.isFlat, ledger.equity(at: bar.close) <= 0 {
            session.liquidation = settle(shares: -ledger.shares, at: bar.close, bar: index, reason: .ruin)
        }
        return session
    }

    /// Pays for the shares that the account is short of, over one bar.
    private mutating func payForBorrowing(through bar: QuotedBar) -> Double {
        guard ledger.shares < 0 else { return 0 }
        let fee = rules.costs.borrowFee(shares: ledger.shares, price: bar.close, years: bar.years)
        ledger.chargeBorrow(fee)
        return fee
    }

    /// Fills an order at `price`, or says why not.
    private mutating func execute(_ order: Order, at price: Double, bar: Int) -> OrderOutcome {
        guard price.isFinite, price > 0 else { return .rejected(.noPrice) }
        guard order.target >= 0 || rules.allowsShorting else { return .rejected(.shortingNotAllowed) }
        let held = ledger.shares
        let shares: Double
        if order.target == 0 {
            guard held != 0 else { return .ignored(.alreadyAtTarget) }
            shares = -held
        } else {
            let equity = ledger.equity(at: price)
            guard equity > 0 else { return .rejected(.insufficientCash(needed: leastOutlay(at: price), available: 0)) }
            let missing = order.target * equity - held * price
            // Less than one lot, or a rounding error, away from the target.
            if held != 0, abs(missing) < max(rules.lotSize * price, 1e-9 * equity) { return .ignored(.alreadyAtTarget) }
            if missing > 0 {
                // Charges come out of the same budget, and all of it out of the cash there is.
                let budget = min(missing, ledger.cash)
                shares = rules.costs.affordableShares(budget: budget, price: price, lotSize: rules.lotSize)
            } else {
                shares = -wholeLots(-missing / price)
            }
            guard shares != 0 else {
                let available = min(abs(missing), ledger.cash)
                return .rejected(.insufficientCash(needed: leastOutlay(at: price), available: available))
            }
        }
        return .filled(settle(shares: shares, at: price, bar: bar, reason: .order))
    }

    /// Books a trade with its charges.
    ///
    /// Selling what is owned never costs more than the account holds: a minimum commission above the proceeds takes
    /// the proceeds, so that a long-only account cannot fall below zero.
    mutating func settle(shares: Double, at price: Double, bar: Int, reason: Fill.Reason) -> Fill {
        var charges = rules.costs.charges(shares: shares, price: price)
        if shares < 0, ledger.shares + shares >= 0 {
            let proceeds = ledger.cash - shares * price
            // Four roundings lie between this sum and the booked cash.
            let payable = proceeds - charges.spread - charges.slippage - 4 * proceeds.ulp
            charges.commission = min(charges.commission, max(0, payable))
        }
        let fill = Fill(bar: bar, shares: shares, price: price, charges: charges, reason: reason)
        ledger.book(fill)
        return fill
    }

    /// What the smallest purchase costs, in account currency.
    private func leastOutlay(at price: Double) -> Double {
        let lot = rules.lotSize
        return lot > 0
            ? lot * price + rules.costs.charges(shares: lot, price: price).total : rules.costs.minimumCommission
    }

    private func wholeLots(_ shares: Double) -> Double {
        let lot = rules.lotSize
        // A quotient one rounding below a whole number means that number.
        return lot > 0 ? (shares / lot * (1 + 4 * Double.ulpOfOne)).rounded(.down) * lot : shares
    }
}
