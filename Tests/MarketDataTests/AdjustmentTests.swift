import MarketData
import RandomNumbers
import Testing

@Suite struct AdjustmentTests {
    @Test(arguments: [
        ("4:1", 4.0, 1.0), ("1:10", 1, 10), ("3:2", 3, 2), ("1.05:1", 1.05, 1), (".5:1", 0.5, 1), ("0020:1", 20, 1),
    ])
    func readsRatios(text: String, new: Double, old: Double) throws {
        let ratio = try #require(SplitRatio(text))
        #expect(ratio.new == new && ratio.old == old)
        #expect(try #require(SplitRatio(ratio.description)) == ratio)
    }

    @Test(arguments: [
        "", ":", "4", "4:", ":1", "4:0", "0:1", "1:1", "-4:1", "4:1:1", "0x4:1", "1e400:1", "nan:1", "inf:1", "4 :1",
        "４:1", "4:1\0", "1000000:1", "1:1000000", "9999999999999999999999999999999999999:1", "1..5:1", "4/1",
    ])
    func refusesWhatIsNoRatio(text: String) {
        #expect(SplitRatio(text) == nil)
    }

    @Test func aSplitDividesPricesAndMultipliesVolume() throws {
        let ratio = try #require(SplitRatio(new: 4, old: 1))
        let split = Adjustment(split: ratio, at: day("2020-08-31"))
        #expect(split.priceFactor == 0.25 && split.volumeFactor == 4 && split.kind == .split)
    }
}

/// Adjusted closes as a vendor makes them: events at some bars, factors, numbers rounded to some decimals.
struct VendorColumn {
    var times: [Timestamp] = []
    var closes: [Double] = []
    var factors: [Double] = []
    var adjusted: [Double] = []
    var decimals = 6
    /// True changes of the factor between two bars, and one after the last if its factor is not 1.
    var events = 0

    /// Half a unit of the last decimal; one part in 10¹¹ that steps leave to the noise of a source's arithmetic; and the rounding
    /// of doubles on the way: each of the steps costs a unit in the last place, and so do a few products.
    func tolerance(at bar: Int, steps: Int) -> Double {
        0.5 * power(-decimals) + 1e-11 * adjusted[bar] + Double(steps + 8) * adjusted[bar].ulp
    }

    func power(_ exponent: Int) -> Double {
        (0..<abs(exponent)).reduce(1.0) { value, _ in exponent < 0 ? value / 10 : value * 10 }
    }

    init(seed: UInt64, bars: Int? = nil, endsAdjusted: Bool? = nil) {
        var stream = RandomKey(seed: seed).stream("vendor")
        let count = bars ?? 1 + stream.index(below: 300)
        decimals = 2 + stream.index(below: 5)
        let scale = power(decimals)
        var factor = endsAdjusted ?? (stream.index(below: 2) == 1) ? 0.5 + 0.45 * stream.uniform() : 1
        if factor != 1 { events += 1 }
        var price = 20 + 200 * stream.uniform()
        for bar in 0..<count {
            times.append(Timestamp(seconds: Int64(bar) * 86_400))
            price *= 0.97 + 0.06 * stream.uniform()
            closes.append((price * 100).rounded() / 100)
        }
        factors = [Double](repeating: 1, count: count)
        for bar in (0..<count).reversed() {
            factors[bar] = factor
            guard bar > 0, stream.index(below: 40) == 0 else { continue }
            // A dividend of up to 3 %, or now and then a split.
            factor *= stream.index(below: 6) == 0 ? 0.5 : 1 - 0.03 * stream.uniform()
            events += 1
        }
        adjusted = zip(closes, factors).map { ($0 * $1 * scale).rounded() / scale }
    }

    func steps(_ bars: Range<Int>? = nil) -> [Adjustment] {
        var steps = AdjustedCloseSteps(decimals: decimals)
        for bar in bars ?? closes.indices {
            steps.add(time: times[bar], close: closes[bar], adjustedClose: adjusted[bar])
        }
        return steps.adjustments()
    }

    func series(_ bars: Range<Int>? = nil) -> PriceSeries {
        let bars = bars ?? closes.indices
        return PriceSeries(
            symbol: "A", rows: bars.map { PriceRow(line: $0 + 2, time: times[$0], close: closes[$0]) },
            adjustments: steps(bars), hasAdjustedCloses: true)
    }
}

@Suite struct AdjustmentStepTests {
    /// What a reader makes of steps, in plain loops.
    private func read(_ close: Double, at time: Timestamp, _ steps: [Adjustment]) -> Double {
        steps.filter { $0.time > time }.reduce(close) { $0 * $1.priceFactor }
    }

    @Test func everyBarReadsAsPrintedWithNoMoreStepsThanEvents() {
        for seed in 0..<4_000 as Range<UInt64> {
            let column = VendorColumn(seed: seed)
            let steps = column.steps()
            #expect(steps.count <= column.events, "seed \(seed)")
            #expect(zip(steps, steps.dropFirst()).allSatisfy { $0.time < $1.time }, "seed \(seed)")
            #expect(steps.allSatisfy { $0.kind == .adjustedClose && $0.volumeFactor == 1 }, "seed \(seed)")
            for bar in column.closes.indices {
                let error = abs(read(column.closes[bar], at: column.times[bar], steps) - column.adjusted[bar])
                #expect(error <= column.tolerance(at: bar, steps: steps.count), "seed \(seed), bar \(bar)")
            }
        }
    }

    @Test func aConstantFactorIsOneStepAfterTheEnd() {
        var steps = AdjustedCloseSteps(decimals: 6)
        // The first rows of an export of Yahoo Finance, which knows of later dividends.
        for (index, (close, adjusted)) in [(143.45, 141.29825), (143.66, 141.5051), (141.2, 139.082)].enumerated() {
            steps.add(time: Timestamp(seconds: Int64(index) * 86_400), close: close, adjustedClose: adjusted)
        }
        let adjustments = steps.adjustments()
        #expect(adjustments.map(\.time) == [Timestamp(seconds: 2 * 86_400 + 1)])
        #expect(abs((adjustments.first?.priceFactor ?? 0) - 0.985) < 1e-8)
    }

    @Test func adjustedClosesEqualToTheClosesAreNoStep() {
        var steps = AdjustedCloseSteps(decimals: 2)
        for index in 0..<100 {
            steps.add(time: Timestamp(seconds: Int64(index)), close: 10.37, adjustedClose: 10.37)
        }
        #expect(steps.adjustments().isEmpty)
    }

    /// A file with a column of splits beside adjusted closes that contain the split and a dividend.
    @Test func whatIsKnownIsNotCountedTwice() throws {
        let split = Adjustment(split: try #require(SplitRatio("4:1")), at: Timestamp(seconds: 300))
        let rows: [(time: Int64, close: Double, adjusted: Double)] = [
            (100, 400, 99), (200, 404, 99.99), (300, 100, 99), (400, 101, 99.99), (500, 100, 100),
        ]
        var steps = AdjustedCloseSteps(decimals: 2, known: [split])
        for row in rows {
            steps.add(time: Timestamp(seconds: row.time), close: row.close, adjustedClose: row.adjusted)
        }
        let adjustments = steps.adjustments()
        #expect(adjustments.map(\.time) == [Timestamp(seconds: 500)])
        #expect(abs((adjustments.first?.priceFactor ?? 0) - 0.99) < 1e-4)
        for row in rows {
            let value = read(row.close, at: Timestamp(seconds: row.time), adjustments + [split])
            #expect(abs(value - row.adjusted) <= 0.005 + 1e-12)
        }
    }

    @Test func rowsWithoutAnAdjustedCloseFitAny() {
        var steps = AdjustedCloseSteps(decimals: 2)
        for (index, adjusted) in [Double.nan, 5, .nan, 5.01, .infinity, -1, 0].enumerated() {
            steps.add(time: Timestamp(seconds: Int64(index)), close: 10, adjustedClose: adjusted)
        }
        #expect(steps.adjustments().map(\.time.seconds) == [7])
    }

    @Test(arguments: [[], [Double.nan], [.infinity], [-1], [0], [1e-307], [1.7e308]])
    func nothingTraps(adjusted: [Double]) {
        for decimals in [Int.min, 0, 6, Int.max] {
            for close in [1e-307, 1, 1.7e308, .nan, 0] {
                var steps = AdjustedCloseSteps(decimals: decimals)
                for value in adjusted + [1] {
                    steps.add(time: Timestamp(seconds: .max), close: close, adjustedClose: value)
                }
                #expect(steps.adjustments().allSatisfy { $0.priceFactor > 0 && $0.priceFactor.isFinite })
            }
        }
    }
}
