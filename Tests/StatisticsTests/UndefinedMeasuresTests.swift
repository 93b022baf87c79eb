import Foundation
import RandomNumbers
import Statistics
import Testing

/// The same growth in every bar but for rounding.
private let steady = (0..<500).map { 1_000 * pow(1.001, Double($0)) }
private let flat = [Double](repeating: 1_000, count: 50)

@Test func aFlatCurveHasNoRatios() {
    let values = measures(equity: flat, benchmark: flat)
    for name in ["totalReturn", "annualReturn", "volatility", "maxDrawdown", "maxDrawdownDuration"] {
        #expect(values[name] == .value(0), "\(name)")
    }
    #expect(values["sharpe"] == .undefined("returns do not vary"))
    #expect(values["sortino"] == .undefined("no return lies below the required one"))
    #expect(values["calmar"] == .undefined("equity never falls"))
    #expect(values["omega"] == .undefined("no return lies below the required one"))
    #expect(values["tailRatio"] == .undefined("the 5th percentile of returns is zero"))
    #expect(values["skewness"] == .undefined("returns do not vary"))
    #expect(values["beta"] == .undefined("the benchmark's returns do not vary"))
    #expect(values["alpha"] == .undefined("the benchmark's returns do not vary"))
    #expect(values["informationRatio"] == .undefined("the difference to the benchmark does not vary"))
    #expect(values["winRateBars"] == .undefined("no bar gained or lost"))
}

@Test func roundingIsNotDeviation() {
    let values = measures(equity: steady)
    #expect(Set(simpleReturns(of: steady) ?? []).count > 1, "the example must round")
    for name in ["sharpe", "excessKurtosis", "sortino", "omega", "calmar"] {
        #expect(values[name]?.number == nil, "\(name)")
    }
}

/// A thousandth of a basis point a bar is little, as an account that is nearly all cash may show, but it is not rounding.
@Test func smallReturnsAreMeasured() {
    var stream = RandomKey(seed: 2).stream("returns")
    let returns = (0..<300).map { _ in 0.01 * stream.normal() }
    let small = returns.map { 1e-5 * $0 }
    #expect(
        areClose(
            sharpeRatio(of: small, periodsPerYear: 252).number, sharpeRatio(of: returns, periodsPerYear: 252).number,
            1e-10))
    #expect(
        areClose(
            sortinoRatio(of: small, periodsPerYear: 1).number, sortinoRatio(of: returns, periodsPerYear: 1).number,
            1e-10))
    #expect(barWinRate(of: small) == barWinRate(of: returns))
}

@Test func aFollowerOfTheBenchmarkHasBetaOneAndNoInformationRatio() throws {
    var stream = RandomKey(seed: 1).stream("prices")
    var prices = [50.0]
    for _ in 0..<300 { prices.append(prices[prices.count - 1] * (1 + 0.02 * stream.normal())) }
    // 1,234.56 of currency in fractional shares: the same curve but for rounding.
    let equity = prices.map { $0 * (1_234.56 / 50) }
    let values = measures(equity: equity, benchmark: prices)
    #expect(areClose(values["beta"]?.number, 1, 1e-12))
    #expect(areClose(values["alpha"]?.number, 0, 1e-11))
    #expect(values["informationRatio"] == .undefined("the difference to the benchmark does not vary"))
}

@Test func tooFewBarsSaySo() {
    for equity: [Double] in [[], [100]] {
        let values = measures(equity: equity)
        #expect(values["totalReturn"] == .undefined("no bar"))
        #expect(values["maxDrawdown"] == .undefined("no bar"))
        #expect(values["valueAtRisk"] == .undefined("no return"))
        #expect(values["sharpe"] == .undefined("fewer than 2 returns"))
    }
    let values = measures(equity: [100, 90])
    #expect(areClose(values["totalReturn"]?.number, -0.1, 1e-12))
    #expect(values["volatility"] == .undefined("fewer than 2 returns"))
    #expect(areClose(values["valueAtRisk"]?.number, -0.1, 1e-12))
}

@Test func ruinLeavesWhatNeedsNoReturns() {
    let ruined = measures(equity: [100, 120, 0, 0], benchmark: [1, 2, 3, 4])
    #expect(ruined["totalReturn"] == .value(-1))
    #expect(ruined["annualReturn"] == .value(-1))
    #expect(ruined["maxDrawdown"] == .value(1))
    #expect(ruined["maxDrawdownDuration"] == .value(2))
    for name in ["volatility", "sharpe", "omega", "valueAtRisk", "skewness", "beta", "winRateBars", "worstBar"] {
        #expect(ruined[name] == .undefined("equity fell to zero or below"), "\(name)")
    }
    #expect(measures(equity: [100, -5])["annualReturn"] == .undefined("the account ends in debt"))
    #expect(measures(equity: [0, 5])["totalReturn"] == .undefined("the starting equity is not positive"))
}

@Test func benchmarksThatDoNotFit() {
    #expect(measures(equity: [1, 2, 3])["beta"] == .undefined("no benchmark"))
    #expect(
        measures(equity: [1, 2, 3], benchmark: [1, 2])["alpha"]
            == .undefined("the benchmark's returns (1) and the account's (2) differ in number"))
    #expect(
        measures(equity: [1, 2, 3], benchmark: [1, 0, 2])["beta"]
            == .undefined("a benchmark value is not a positive finite number"))
}

@Test func conventionsThatMakeNoSense() {
    let equity = [100.0, 110, 105, 120]
    #expect(measures(equity: equity, periodsPerYear: 0)["sharpe"]?.number == nil)
    #expect(
        measures(equity: equity, riskFree: -1)["sortino"]
            == .undefined("the risk-free rate is not a number above −1"))
    // 1 % in one bar, compounded over 10⁶ bars a year, is beyond a double.
    #expect(
        measures(equity: [100, 101], periodsPerYear: 1e6)["annualReturn"]
            == .undefined("the result is beyond the range of a number"))
}

@Test func tradesThatDoNotSuffice() {
    #expect(tradeWinRate(of: []) == .undefined("no trade"))
    #expect(tradeProfitFactor(of: []) == .undefined("no trade"))
    #expect(tradeProfitFactor(of: [5, 0]) == .undefined("no losing trade"))
    #expect(tradeProfitFactor(of: [-5, 0]) == .value(0))
    #expect(tradeExpectancy(of: []) == .undefined("no trade"))
    #expect(systemQualityNumber(of: [5]) == .undefined("fewer than 2 trades"))
    // Equal up to rounding: their computed deviation is not zero.
    #expect(systemQualityNumber(of: [0.3, 0.1 + 0.2, 0.3]) == .undefined("all trades earned the same"))
}
