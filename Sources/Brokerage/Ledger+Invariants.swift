/// A broken promise of the account, in words.
package struct LedgerViolation: Error, Equatable, CustomStringConvertible {
    package let description: String
}

extension Ledger {
    /// Checks the books after `fill` against the account as it was `before`.
    ///
    /// - Throws: `LedgerViolation` when money appeared or vanished, when cash is negative on an account that is not
    ///   short, or when position and entry disagree. Sums are compared to 1e-12 of the money moved, some thousand
    ///   roundings of a Double.
    package func checkInvariants(after fill: Fill, from before: Ledger) throws {
        let scale = max(abs(before.cash), abs(cash), fill.tradedValue, 1)
        let lost = before.equity(at: fill.price) - equity(at: fill.price)
        guard abs(lost - fill.charges.total) <= 1e-12 * scale else {
            throw LedgerViolation(description: "equity fell by \(lost), the fill charges \(fill.charges.total)")
        }
        guard abs(before.shares + fill.shares - shares) <= 1e-12 * max(1, abs(shares)) else {
            throw LedgerViolation(description: "\(before.shares) shares and a fill of \(fill.shares) made \(shares)")
        }
        // Buying back a short position can ruin the account; nothing else can.
        guard shares < 0 || before.shares < 0 || cash >= 0 else {
            throw LedgerViolation(description: "cash is \(cash) on an account that is not short")
        }
        guard (shares == 0) == (entryBar < 0), shares == 0 || entryPrice > 0 else {
            throw LedgerViolation(description: "\(shares) shares with entry \(entryPrice) in bar \(entryBar)")
        }
    }
}
