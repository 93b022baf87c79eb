import Foundation
import MarketData

/// A calendar that starts on Monday, 3 January 2000.
func syntheticCalendar(_ interval: SyntheticCalendar.Interval = .day) throws -> SyntheticCalendar {
    try SyntheticCalendar(interval: interval, start: day("2000-01-03"))
}

func synthetic(
    _ model: SyntheticModel, steps: Int = 1, correlation: Double = 0, overnight: Double = 0
) -> SyntheticConfiguration {
    var configuration = SyntheticConfiguration()
    configuration.model = model
    configuration.stepsPerBar = steps
    configuration.symbolCorrelation = correlation
    configuration.overnightShare = overnight
    return configuration
}

/// The path of a symbol, in logarithms and without rounding.
func path<Market: SyntheticMarket>(
    _ market: Market, _ configuration: SyntheticConfiguration, seed: UInt64 = 1, symbol: String = "AAA"
) throws -> MarketPath<Market> {
    MarketPath(market, configuration: configuration, calendar: try syntheticCalendar(), seed: seed, symbol: symbol)
}

/// The log price after so many bars, once for each seed.
func endings(
    of market: some SyntheticMarket, _ configuration: SyntheticConfiguration, bars: Int, seeds: Range<UInt64>
) throws -> [Double] {
    try seeds.map { seed in
        var path = try path(market, configuration, seed: seed)
        for _ in 0..<bars { _ = path.nextBar() }
        return path.position
    }
}

/// The log returns from close to close of one long path.
func logReturns(
    of market: some SyntheticMarket, _ configuration: SyntheticConfiguration, bars: Int, symbol: String = "AAA"
) throws -> [Double] {
    var path = try path(market, configuration, symbol: symbol)
    return (0..<bars).map { _ in
        let before = path.position
        _ = path.nextBar()
        return path.position - before
    }
}

/// A sample mean with its standard error.
struct Estimate {
    let mean: Double
    let standardError: Double

    init(_ values: [Double]) {
        let count = Double(values.count)
        let mean = values.reduce(0, +) / count
        let variance = values.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / (count - 1)
        self.mean = mean
        standardError = (variance / count).squareRoot()
    }

    /// Whether a value lies within five standard errors: by chance it does not once in 1.7 million times. The slack
    /// is for what the scheme itself misses, and for rounding where nothing is random.
    func agrees(with expected: Double, slack: Double = 1e-12) -> Bool {
        abs(mean - expected) <= 5 * standardError + slack
    }
}

func correlation(_ left: [Double], _ right: [Double]) -> Double {
    let count = Double(left.count)
    let leftMean = left.reduce(0, +) / count
    let rightMean = right.reduce(0, +) / count
    var (both, first, second) = (0.0, 0.0, 0.0)
    for (a, b) in zip(left, right) {
        both += (a - leftMean) * (b - rightMean)
        first += (a - leftMean) * (a - leftMean)
        second += (b - rightMean) * (b - rightMean)
    }
    return both / (first * second).squareRoot()
}
