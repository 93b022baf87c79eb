/// A price history as it was known at the close of bar `now`.
///
/// This is what strategies, features and observations are given. A later bar cannot be had from it: whoever asks traps. Making
/// one is O(1) and copies no price.
package struct MarketView: Sendable {
    @usableFromInline internal let history: PriceHistory
    /// The latest bar that is known, an index into the history's time axis.
    package let now: Int

    /// - Precondition: `now` is a bar of the history.
    @inlinable package init(_ history: PriceHistory, now: Int) {
        precondition(0 <= now && now < history.count, "bar \(now) is not one of the history's \(history.count)")
        self.history = history
        self.now = now
    }

    /// The symbols, in the order that `symbol` indices count.
    @inlinable package var symbols: [String] { history.symbols }

    /// The time of bar `now`.
    @inlinable package var time: Timestamp { history.times[now] }

    /// The times of all bars that are known.
    @inlinable package var times: ArraySlice<Timestamp> { history.times[...now] }

    /// The column of a field up to `now`, oldest first, **NaN where absent**; indices are those of the history.
    @inlinable package func column(_ field: PriceField, of symbol: Int = 0) -> ArraySlice<Double> {
        history.column(field, of: symbol)[...now]
    }

    /// The latest `count` values of a field, oldest first, ending with bar `now`; **NaN where absent**.
    /// - Precondition: no more are asked for than are known.
    @inlinable package func latest(_ count: Int, _ field: PriceField, of symbol: Int = 0) -> ArraySlice<Double> {
        precondition(1 <= count && count <= now + 1, "asked for \(count) bars; \(now + 1) are known")
        return history.column(field, of: symbol)[(now + 1 - count)...now]
    }

    /// The value of a field at a bar, nil where absent.
    /// - Precondition: the bar is not later than `now`.
    @inlinable package func value(_ field: PriceField, of symbol: Int = 0, at bar: Int) -> Double? {
        precondition(0 <= bar && bar <= now, "asked for bar \(bar) at the close of bar \(now)")
        return history.value(field, of: symbol, at: bar)
    }

    /// The close at a bar, or at `now`; nil where the symbol has no bar then.
    /// - Precondition: the bar is not later than `now`.
    @inlinable package func close(of symbol: Int = 0, at bar: Int? = nil) -> Double? {
        value(.close, of: symbol, at: bar ?? now)
    }

    /// One symbol's bar at an index, nil where it has none.
    /// - Precondition: the bar is not later than `now`.
    package func bar(of symbol: Int = 0, at bar: Int) -> Bar? {
        precondition(0 <= bar && bar <= now, "asked for bar \(bar) at the close of bar \(now)")
        return history.bar(of: symbol, at: bar)
    }
}
