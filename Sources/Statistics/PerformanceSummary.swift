/// All measures of one equity curve, in the order in which reports print them.
package struct PerformanceSummary {
    /// - Parameters:
    ///   - equity: account value, shape `[n + 1]`: index 0 is where the account starts, before the first bar.
    ///   - benchmark: prices or equity of the benchmark at the same times, shape `[n + 1]`; nil where there is none.
    ///   - periodsPerYear: A, bars a year.
    ///   - riskFree: annual rate, a fraction; used by Sharpe, Sortino, Omega and alpha.
    ///   - positions: value of the position over equity at each bar's close, negative when short; shape `[n]`.
    ///   - tradedValue: |shares| · price summed over the fills of each bar; shape `[n]`.
    ///   - costs: what each bar's fills and holdings cost, positive; shape `[n]`.
    ///   - tradeProfits: net profit of each trade, in account currency.
    ///   - tradeReturns: the same over the money committed at entry, fractions.
    /// - Returns: the same names in the same order for every input; what has no value says why. After ruin (an equity
    ///   of zero or below) there are no returns, so only what needs none has a value.
    package static func measures(
        equity: [Double], benchmark: [Double]?, periodsPerYear: Double, riskFree: Double, positions: [Double],
        tradedValue: [Double], costs: [Double], tradeProfits: [Double], tradeReturns: [Double]
    ) -> [Measure] {
        let returns = simpleReturns(of: equity)
        let benchmarkReturns = benchmark.flatMap(simpleReturns)

        func ofReturns(_ measure: ([Double]) -> MeasureValue) -> MeasureValue {
            returns.map(measure) ?? .undefined(obstacle(inEquity: equity) ?? "equity fell to zero or below")
        }
        func againstBenchmark(_ measure: ([Double], [Double]) -> MeasureValue) -> MeasureValue {
            guard benchmark != nil else { return .undefined("no benchmark") }
            guard let benchmarkReturns else { return .undefined("a benchmark value is not a positive finite number") }
            return ofReturns { measure($0, benchmarkReturns) }
        }

        let values: [(String, MeasureValue)] = [
            ("totalReturn", totalReturn(of: equity)),
            ("annualReturn", annualReturn(of: equity, periodsPerYear: periodsPerYear)),
            ("volatility", ofReturns { volatility(of: $0, periodsPerYear: periodsPerYear) }),
            ("sharpe", ofReturns { sharpeRatio(of: $0, periodsPerYear: periodsPerYear, riskFree: riskFree) }),
            ("sortino", ofReturns { sortinoRatio(of: $0, periodsPerYear: periodsPerYear, riskFree: riskFree) }),
            ("calmar", calmarRatio(of: equity, periodsPerYear: periodsPerYear)),
            ("maxDrawdown", maximumDrawdown(of: equity)),
            ("maxDrawdownDuration", maximumDrawdownDuration(of: equity)),
            ("omega", ofReturns { omegaRatio(of: $0, periodsPerYear: periodsPerYear, riskFree: riskFree) }),
            ("valueAtRisk", ofReturns(valueAtRisk)),
            ("conditionalValueAtRisk", ofReturns(conditionalValueAtRisk)),
            ("tailRatio", ofReturns(tailRatio)),
            ("skewness", ofReturns(skewness)),
            ("excessKurtosis", ofReturns(excessKurtosis)),
            (
                "alpha",
                againstBenchmark {
                    alpha(of: $0, benchmark: $1, periodsPerYear: periodsPerYear, riskFree: riskFree)
                }
            ),
            ("beta", againstBenchmark(beta)),
            ("informationRatio", againstBenchmark(informationRatio)),
            ("winRateBars", ofReturns(barWinRate)),
            ("bestBar", ofReturns(bestBar)),
            ("worstBar", ofReturns(worstBar)),
            ("exposure", exposure(of: positions)),
            ("turnover", turnover(tradedValue: tradedValue, equity: equity, periodsPerYear: periodsPerYear)),
            ("costsPaid", costsPaid(costs)),
            ("trades", .value(Double(tradeProfits.count))),
            ("winRateTrades", tradeWinRate(of: tradeProfits)),
            ("profitFactorTrades", tradeProfitFactor(of: tradeProfits)),
            ("expectancyTrades", tradeExpectancy(of: tradeProfits)),
            ("averageTradeReturn", averageTradeReturn(of: tradeReturns)),
            ("sqnTrades", systemQualityNumber(of: tradeProfits)),
        ]
        return values.map { Measure(name: $0.0, value: $0.1) }
    }
}
