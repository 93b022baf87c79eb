import Agents
import Experiments
import Foundation
import Statistics

/// Makes runs of random walks that look like real ones, the same ones each time.
struct SyntheticRun {
    var strategy = "gated-dqn"
    var kind = ResultEntry.Kind.learned
    var symbols = ["AAPL", "IBM", "MSFT"]
    var seeds = [1, 2, 3, 4, 5]
    var folds = 3
    var bars = 750
    var fill = "nextOpen"
    var warnings: [String] = []
    /// Extra return per bar of the strategy while it holds, for each symbol.
    var edge: [Double] = [0, 0, 0]
    var stopLoss: Double? = 0.08
    var rootSeed: UInt64 = 42

    func result() -> RunResult {
        let times = Self.tradingDays(bars + 1)
        var entries: [[ResultEntry]] = [[], [], [], []]
        for (index, symbol) in symbols.enumerated() {
            var generator = SplitMix(state: UInt64(index + 1))
            var closes = [100.0]
            for _ in 0..<bars { closes.append(closes[closes.count - 1] * exp(0.0006 + 0.016 * generator.normal())) }
            let market = Market(run: self, symbol: symbol, times: times, closes: closes)
            for seed in kind == .learned ? seeds.map(Optional.some) : [nil] {
                entries[0].append(
                    market.entry(strategy, kind, seed: seed, edge: edge[index % edge.count], flip: 0.06, &generator))
            }
            if strategy != "buy-and-hold" {
                entries[1].append(market.entry("buy-and-hold", .rule, seed: nil, edge: 0, flip: 0, &generator))
            }
            entries[2].append(
                market.entry("moving-average-crossover", .rule, seed: nil, edge: 0, flip: 0.02, &generator))
            for seed in seeds {
                entries[2].append(market.entry("random", .rule, seed: seed, edge: 0, flip: 0.1, &generator))
            }
            entries[3].append(
                market.entry("hindsight-optimum", .bound, seed: nil, edge: 0.012, flip: 0.3, &generator))
        }
        return RunResult(
            strategy: strategy, description: "A GRU deep-Q agent that buys, holds and sells one stock.",
            configuration: "strategy: \(strategy)\nseeds: 5\n", configurationFingerprint: "77be02a4c19d",
            version: "0.1.0", linearAlgebra: "OpenBLAS Haswell",
            data: DataSummary(
                fingerprint: "3f9a1c5e0b7d4f2a8c6e1d3b5a7f9c0e2d4b6a8c0e1f3a5b7c9d1e3f5a7b9c1d", symbols: symbols,
                from: "2000-01-03", to: times[bars], bars: (bars + 2500) * symbols.count),
            conventions: Conventions(
                periodsPerYear: 252, periodsPerYearReason: "daily bars without weekends", riskFree: 0, fill: fill,
                costs: CostSummary(
                    commissionBasisPoints: 5, commissionPerShare: 0, minimumCommission: 0, spreadBasisPoints: 4,
                    slippageBasisPoints: 1, borrowBasisPointsPerYear: 0),
                startingCash: 100_000, positionSize: 1, lotSize: 1, shorting: false, stopLoss: stopLoss,
                takeProfit: nil),
            rootSeed: rootSeed, seeds: seeds, folds: symbols.flatMap { foldSummaries($0, times) },
            entries: entries.flatMap { $0 },
            // As an experiment warns of such fills.
            warnings: (fill == "sameClose" ? ["Fills at the same close could not have been traded."] : []) + warnings,
            timing: Timing(startedAt: "2024-05-06T07:08:09Z", seconds: 83.25, trainingSeconds: 71.5, workers: 2))
    }

    func foldRange(_ fold: Int) -> ClosedRange<Int> { (fold * bars / folds + 1)...((fold + 1) * bars / folds) }

    private func foldSummaries(_ symbol: String, _ times: [String]) -> [FoldSummary] {
        (0..<folds).map { fold in
            let range = foldRange(fold)
            let first = CivilDay(times[range.lowerBound])
            let span = { (from: Int, to: Int, bars: Int) in
                FoldSummary.Span(from: first.adding(from), to: first.adding(to), bars: bars)
            }
            return FoldSummary(
                symbol: symbol, fold: fold + 1, training: span(-1800, -30, 1200),
                validation: kind == .learned ? span(-400, -30, 250) : nil, embargoBars: kind == .learned ? 20 : 0,
                test: FoldSummary.Span(
                    from: times[range.lowerBound], to: times[range.upperBound], bars: range.count))
        }
    }

    /// Monday to Friday from 2011-01-03 on.
    static func tradingDays(_ count: Int) -> [String] {
        var day = CivilDay("2011-01-03")
        var days: [String] = []
        while days.count < count {
            if day.weekday < 5 { days.append(day.text) }
            day = CivilDay(day.adding(1))
        }
        return days
    }
}

/// One symbol's prices and what an account on it would have done.
private struct Market {
    let run: SyntheticRun
    let symbol: String
    let times: [String]
    let closes: [Double]

    func entry(
        _ name: String, _ kind: ResultEntry.Kind, seed: Int?, edge: Double, flip: Double,
        _ generator: inout SplitMix
    ) -> ResultEntry {
        var isLong = flip == 0
        var equity = [100_000.0]
        var exposure = [0.0]
        var trades: [TradeRecord] = []
        var entryBar = isLong ? 1 : 0
        var traded: [Double] = []
        func close(at bar: Int, _ exit: TradeRecord.Exit) {
            let profit = (closes[bar] / closes[entryBar] - 1) * 1_000 * closes[entryBar] - 160
            trades.append(
                TradeRecord(
                    entryTime: times[entryBar], exitTime: times[bar], shares: 1_000, entryPrice: closes[entryBar],
                    exitPrice: closes[bar], exit: exit, costs: 160, profit: profit,
                    return: profit / (1_000 * closes[entryBar])))
        }
        for bar in 1..<closes.count {
            let held = isLong
            if flip > 0, generator.uniform() < flip {
                isLong.toggle()
                if isLong { entryBar = bar } else { close(at: bar, generator.uniform() < 0.2 ? .stopLoss : .order) }
            }
            let change = closes[bar] / closes[bar - 1] - 1
            let cost = held == isLong ? 0 : 0.0008
            equity.append(equity[bar - 1] * (1 + (held ? change + edge : 0) - cost))
            exposure.append(isLong ? 1 : 0)
            traded.append(held == isLong ? 0 : equity[bar])
        }
        if isLong { close(at: closes.count - 1, .endOfData) }
        let paid = Double(trades.count) * 160
        let measures =
            PerformanceSummary.measures(
                equity: equity, benchmark: closes, periodsPerYear: 252, riskFree: 0,
                positions: Array(exposure.dropFirst()), tradedValue: traded, costs: traded.map { $0 * 0.0008 },
                tradeProfits: trades.map(\.profit), tradeReturns: trades.map(\.return))
            + [
                Measure(
                    name: "hindsightCapture", value: kind == .bound ? .undefined("is the optimum itself") : .value(0.08)
                )
            ]
        let spread = 0.12 + 0.1 * generator.uniform()
        let years = Double(run.bars) / 252
        let difference = (log(equity[run.bars] / 100_000) - log(closes[run.bars] / closes[0])) / years
        return ResultEntry(
            name: name, kind: kind, symbol: symbol, seed: seed, measures: measures, times: times, closes: closes,
            equity: equity, exposure: exposure, trades: trades,
            costs: CostsPaid(commission: paid * 0.625, spread: paid * 0.25, slippage: paid * 0.125, borrow: 0),
            foldOutcomes: (0..<run.folds).map { outcome($0, equity, kind, seed) },
            learningCurves: kind == .learned ? (0..<run.folds).map { curve($0, seed, &generator) } : [],
            unfilledOrders: name == "random" ? ["alreadyAtTarget": 3] : [:],
            difference: name == "buy-and-hold"
                ? nil
                : DifferenceSummary(
                    annualLogReturn: difference, lower: difference - spread, upper: difference + spread,
                    pValue: min(1, exp(-abs(difference) / spread * 2)), blockLength: 4.2, draws: 2_000))
    }

    private func outcome(_ fold: Int, _ equity: [Double], _ kind: ResultEntry.Kind, _ seed: Int?) -> FoldOutcome {
        let range = run.foldRange(fold)
        let part = Array(equity[(range.lowerBound - 1)...range.upperBound])
        return FoldOutcome(
            fold: fold + 1, from: times[range.lowerBound], to: times[range.upperBound],
            totalReturn: part[part.count - 1] / part[0] - 1, maxDrawdown: maximumDrawdown(of: part).number ?? 0,
            trades: 7, chosenUpdate: kind == .learned ? 400 * (1 + ((seed ?? 0) + fold) % 5) : nil,
            validationScore: kind == .learned ? 0.0004 : nil)
    }

    private func curve(_ fold: Int, _ seed: Int?, _ generator: inout SplitMix) -> LearningCurve {
        var value = -0.15
        let training = TrainingLog.Training(
            "\(fileSlug(symbol))-fold\(fold + 1)-seed\(seed ?? 0)",
            labels: [
                "name": .string(run.strategy), "symbol": .string(symbol), "fold": .integer(fold + 1),
                "seed": JSONValue(seed),
            ], scoreKey: "validationLogReturn")
        let points = (0...10).map { step in
            defer { value += 0.05 * generator.uniform() + 0.04 * generator.normal() }
            return CurvePoint(
                update: step * 200, steps: 1_000 + step * 800, loss: step == 0 ? nil : 0.5 / Double(step + 1),
                gradientNorm: step == 0 ? nil : 0.8, meanMaxQ: 0.02, exploration: max(0.05, 1 - Double(step) / 8),
                learningRate: 0.001, score: value)
        }
        return LearningCurve(training, points: points)
    }
}

/// A day that counts on.
struct CivilDay {
    let days: Int

    init(_ text: String) { days = Int((CivilTimeReader.seconds(text) / 86_400).rounded(.down)) }

    var weekday: Int { (days + 3) % 7 }
    var text: String { adding(0) }
    func adding(_ count: Int) -> String { CivilTimeReader.text(Double(days + count) * 86_400) }
}

/// Dates by Foundation, as a witness beside the product's own arithmetic.
enum CivilTimeReader {
    private static let style = Date.ISO8601FormatStyle().year().month().day()
    static func seconds(_ text: String) -> Double { (try? style.parse(text))?.timeIntervalSince1970 ?? .nan }
    static func text(_ seconds: Double) -> String { Date(timeIntervalSince1970: seconds).formatted(style) }
}

/// SplitMix64, with a normal by the sum of twelve uniforms.
struct SplitMix {
    var state: UInt64

    mutating func uniform() -> Double {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return Double((mixed ^ (mixed >> 31)) >> 11) * 0x1p-53
    }

    mutating func normal() -> Double { (0..<12).reduce(-6) { sum, _ in sum + uniform() } }
}
