/// Share of trades that earned more than they cost, a fraction: a trade that breaks even has not won.
///
/// Undefined without a trade. Not to be confused with `barWinRate`.
/// - Parameter profits: net profit of each trade, in account currency.
package func tradeWinRate(of profits: [Double]) -> MeasureValue {
    if let reason = obstacle(in: profits, atLeast: 1, "trade") { return .undefined(reason) }
    return .value(Double(profits.count { $0 > 0 }) / Double(profits.count))
}

/// Money that winning trades earned over money that losing trades lost.
///
///     profit factor = Σ max(profit, 0) / Σ max(−profit, 0)
///
/// By money of trades, as vectorbt; other tools sum the returns of bars or of trades under this name. No unit; above 1
/// where trading paid. Undefined without a trade and without a losing one.
/// - Parameter profits: net profit of each trade, in account currency.
package func tradeProfitFactor(of profits: [Double]) -> MeasureValue {
    if let reason = obstacle(in: profits, atLeast: 1, "trade") { return .undefined(reason) }
    let losses = profits.reduce(0) { $0 + max(-$1, 0) }
    guard losses > 0 else { return .undefined("no losing trade") }
    return .finite(profits.reduce(0) { $0 + max($1, 0) } / losses)
}

/// Mean net profit of a trade, in account currency. Undefined without a trade.
/// - Parameter profits: net profit of each trade, in account currency.
package func tradeExpectancy(of profits: [Double]) -> MeasureValue {
    if let reason = obstacle(in: profits, atLeast: 1, "trade") { return .undefined(reason) }
    return .finite(mean(of: profits))
}

/// Mean return of a trade, a fraction. Undefined without a trade.
/// - Parameter returns: net profit of each trade over the money committed at entry, fractions.
package func averageTradeReturn(of returns: [Double]) -> MeasureValue {
    if let reason = obstacle(in: returns, atLeast: 1, "trade") { return .undefined(reason) }
    return .finite(mean(of: returns))
}

/// System quality number: the t-statistic of the mean profit of a trade.
///
///     SQN = √N · mean(profit) / sd(profit)        sd divides by N − 1
///
/// No unit. Undefined below two trades and where all trades earned the same.
/// - Parameter profits: net profit of each of the N trades, in account currency.
/// - SeeAlso: Tharp, *The Definitive Guide to Position Sizing*, 2008.
package func systemQualityNumber(of profits: [Double]) -> MeasureValue {
    if let reason = obstacle(in: profits, atLeast: 2, "trade") { return .undefined(reason) }
    let deviation = standardDeviation(of: profits)
    // Money has no natural unit, so rounding is judged against the largest profit.
    if isRounding(deviation, scale: largestMagnitude(of: profits)) { return .undefined("all trades earned the same") }
    return .finite(Double(profits.count).squareRoot() * mean(of: profits) / deviation)
}
