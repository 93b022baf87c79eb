import Foundation

/// Turns a column of adjusted closes into adjustments: the fewest steps that explain its printed digits.
///
/// Between two events adjusted close / close is one constant, but printing rounds the adjusted close, so the quotients
/// scatter. Each bar leaves an interval for the constant, [(adjusted − *h*)/close, (adjusted + *h*)/close], where *h* is half a
/// unit of the last printed decimal, and a trifle for the arithmetic of the source. A run of bars shares a constant as long as their intervals have a point in common; where
/// none is left, a new run begins. Taking each run as far as it goes gives the fewest runs there can be (stabbing intervals,
/// which greed solves), and with any constant out of its interval each bar reads as printed.
///
/// Bars are added in order of time. O(1) a bar.
package struct AdjustedCloseSteps {
    /// Half a unit of the last printed decimal.
    private let rounding: Double
    /// Adjustments that are known already, latest last, with the product of each and all later ones.
    private let known: [(time: Timestamp, product: Double)]
    private var nextKnown = 0

    private var runs: [Run] = []
    private var last: Timestamp?

    private struct Run {
        let start: Timestamp
        var low: Double
        var high: Double

        /// A constant out of the interval: 1 if it can be, since then nothing is adjusted at all.
        var factor: Double { low <= 1 && 1 <= high ? 1 : low + (high - low) / 2 }
    }

    /// - Parameters:
    ///   - decimals: how many decimals the column of adjusted closes has where it has most.
    ///   - known: adjustments of the same file that the adjusted closes contain too and that are stored beside the steps, such
    ///     as the splits of a column of split ratios. The steps then hold only what is left, so that nothing counts twice.
    package init(decimals: Int, known: [Adjustment] = []) {
        rounding = decimals <= 0 ? 0.5 : decimals > 300 ? 0 : 0.5 * pow(10, -Double(decimals))
        var product = 1.0
        self.known = Array(
            known.sorted { $0.time > $1.time }.map { adjustment in
                product *= adjustment.priceFactor
                return (adjustment.time, product)
            }.reversed())
    }

    /// - Parameters:
    ///   - time: later than that of the bar added before.
    ///   - close: the raw close.
    ///   - adjustedClose: NaN where the file has none here; the bar then fits any constant, as does one whose numbers are not
    ///     positive and finite.
    package mutating func add(time: Timestamp, close: Double, adjustedClose: Double) {
        last = time
        while nextKnown < known.count, known[nextKnown].time <= time { nextKnown += 1 }
        let close = nextKnown < known.count ? close * known[nextKnown].product : close
        // Sources that print a dozen digits have computed with products of factors whose last digits are noise; one part in 10¹¹
        // covers it, and is far less than any dividend. It also covers the division here and the products on reading.
        let slack = 1e-11 * adjustedClose
        let low = max((adjustedClose - rounding - slack) / close, .leastNormalMagnitude)
        let high = (adjustedClose + rounding + slack) / close
        guard adjustedClose > 0, close > 0, high.isFinite, low < high else { return }
        if let run = runs.last, run.low <= high, low <= run.high {
            runs[runs.count - 1].low = max(run.low, low)
            runs[runs.count - 1].high = min(run.high, high)
        } else {
            runs.append(Run(start: time, low: low, high: high))
        }
    }

    /// The adjustments, in order of time: one at the first bar of every run but the first, and, if the last run's constant is
    /// not 1, one a second after the last bar. That last one stands for what happened after the end of the file.
    package func adjustments() -> [Adjustment] {
        guard let last, let final = runs.last?.factor else { return [] }
        var steps = zip(runs, runs.dropFirst()).map { run, next in
            Adjustment(time: next.start, kind: .adjustedClose, priceFactor: run.factor / next.factor)
        }
        if final != 1 {
            steps.append(
                Adjustment(
                    time: Timestamp(seconds: last.seconds &+ 1), kind: .adjustedClose, priceFactor: final))
        }
        return steps.filter { $0.isSound }
    }
}
