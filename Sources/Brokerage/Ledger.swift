/// The account: cash and one position.
///
/// The invariant, checked by `Ledger+Invariants.swift`: equity is cash plus holdings, it changes by a fill only through
/// the charges, and cash is never negative while nothing is sold short.
package struct Ledger: BitwiseCopyable, Equatable, Sendable {
    /// In account currency.
    package private(set) var cash: Double
    /// Positive when long, negative when short.
    package private(set) var shares: Double
    /// Average price of the open position's entry, without charges; 0 when flat.
    package private(set) var entryPrice: Double
    /// The bar in which the position was opened; −1 when flat.
    package private(set) var entryBar: Int
    /// All charges so far.
    package private(set) var charges: Charges

    /// An account in cash, without a position.
    package init(cash: Double) {
        self.cash = cash
        shares = 0
        entryPrice = 0
        entryBar = -1
        charges = .none
    }

    /// An account that already holds a position, as it would stand without charges.
    package init(cash: Double, shares: Double, entryPrice: Double, entryBar: Int) {
        self.init(cash: cash)
        self.shares = shares
        self.entryPrice = entryPrice
        self.entryBar = entryBar
    }

    package var isFlat: Bool { shares == 0 }

    /// Cash plus holdings at `price`, in account currency.
    package func equity(at price: Double) -> Double { cash + shares * price }

    /// Books a trade.
    ///
    /// A position that grows averages its entry price over the shares; one that shrinks keeps it; one that changes sides is
    /// entered anew.
    package mutating func book(_ fill: Fill) {
        let before = shares
        cash -= fill.shares * fill.price + fill.charges.total
        charges += fill.charges
        shares += fill.shares
        if shares == 0 {
            entryPrice = 0
            entryBar = -1
        } else if before == 0 || (before > 0) != (shares > 0) {
            entryPrice = fill.price
            entryBar = fill.bar
        } else if abs(shares) > abs(before) {
            entryPrice += (fill.price - entryPrice) * (fill.shares / shares)
        }
    }

    /// Books the fee for borrowed shares, in account currency.
    package mutating func chargeBorrow(_ fee: Double) {
        cash -= fee
        charges.borrow += fee
    }
}
