import Brokerage

/// What became of an account: a value for each bar, and the fills that made it so.
package struct BacktestOutcome: Equatable, Sendable {
    /// The bars that were traded.
    package let span: Range<Int>
    /// In account currency at each close, shape `[bars + 1]`: index 0 is the starting cash.
    package private(set) var equity: [Double]
    /// Value of the position over equity at each close, shape `[bars + 1]`; 0 once the account is ruined.
    package private(set) var exposure: [Double]
    /// Absolute value traded in each bar, in account currency, shape `[bars]`.
    package private(set) var tradedValue: [Double]
    /// Charges of each bar, borrowing included, in account currency, shape `[bars]`.
    package private(set) var costs: [Double]
    /// Fees for borrowed shares in each bar, shape `[bars]`; part of `costs`.
    package private(set) var borrow: [Double]
    /// All fills, in order.
    package private(set) var fills: [Fill]
    /// All charges by kind.
    package private(set) var charges = Charges.none
    /// Orders that did not become fills, by reason.
    package private(set) var unfilled: [String: Int] = [:]

    init(span: Range<Int>, startingCash: Double) {
        self.span = span
        equity = [startingCash]
        exposure = [0]
        tradedValue = []
        costs = []
        borrow = []
        fills = []
        equity.reserveCapacity(span.count + 1)
        exposure.reserveCapacity(span.count + 1)
        tradedValue.reserveCapacity(span.count)
        costs.reserveCapacity(span.count)
    }

    mutating func record(_ session: Broker.Session, ledger: Ledger, before: Ledger, close: Double) {
        fills += session.fills
        if let reason = session.outcome?.unfilledReason { unfilled[reason, default: 0] += 1 }
        let value = ledger.equity(at: close)
        equity.append(value)
        exposure.append(value > 0 ? ledger.shares * close / value : 0)
        tradedValue.append(session.fills.reduce(0) { $0 + $1.tradedValue })
        costs.append(ledger.charges.total - before.charges.total)
        borrow.append(session.borrow)
        charges = ledger.charges
    }
}
