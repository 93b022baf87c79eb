import Experiments
import Reporting
import Testing

/// The wording of what people take home, pinned; numbers are set by hand.
struct HeadlineTests {
    /// One symbol's entries with given total returns.
    private func entries(
        _ symbol: String, _ returns: [Double], benchmark: Double, p: Double? = 0.34, kind: ResultEntry.Kind = .learned,
        bars: Int = 500, name: String = "gated-dqn"
    ) -> [ResultEntry] {
        func entry(_ name: String, _ kind: ResultEntry.Kind, _ seed: Int?, _ total: Double) -> ResultEntry {
            let times = SyntheticRun.tradingDays(bars + 1)
            return ResultEntry(
                name: name, kind: kind, symbol: symbol, seed: seed,
                measures: [.init(name: "totalReturn", value: .value(total))], times: times,
                closes: times.map { _ in 100 }, equity: times.indices.map { $0 < bars ? 1 : 1 + total },
                exposure: times.map { _ in 0 }, trades: [],
                costs: CostsPaid(commission: 0, spread: 0, slippage: 0, borrow: 0), foldOutcomes: [],
                learningCurves: [], unfilledOrders: [:],
                difference: p.flatMap {
                    name == "buy-and-hold"
                        ? nil
                        : DifferenceSummary(
                            annualLogReturn: total - benchmark, lower: -0.12, upper: 0.043, pValue: $0, blockLength: 3,
                            draws: 2_000)
                })
        }
        let own = returns.enumerated().map { entry(name, kind, kind == .learned ? $0.offset + 1 : nil, $0.element) }
        return name == "buy-and-hold" ? own : own + [entry("buy-and-hold", .rule, nil, benchmark)]
    }

    private func headline(_ entries: [ResultEntry]) -> Headline { Headline(run(entries)) }

    private func run(_ entries: [ResultEntry]) -> RunResult {
        var result = SyntheticRun().result()
        result.strategy = entries[0].name
        result.entries = entries
        result.data.symbols = []
        return result
    }

    private let five = [0.517, 0.22, 0.381, 0.3, 0.4]

    @Test func losing() {
        let headline = headline(entries("SPY", five, benchmark: 0.568))
        #expect(
            headline.sentence
                == "Out of sample, gated-dqn ended below buy-and-hold on SPY: median total return over 5 seeds +38.1 % "
                + "against +56.8 %.")
        #expect(
            headline.certainty
                == "Chance alone could well have made this difference (p = 0.34; 95 % interval of the difference in annual "
                + "log return −12.0 % to +4.3 %, median seed). The 5 seeds ended between +22.0 % and +51.7 %, none of "
                + "them above buy-and-hold.")
    }

    /// p and interval are one seed's, also where the median lies between two.
    @Test func evenlyManySeeds() {
        let four = [0.517, 0.22, 0.382, 0.3]
        let one = headline(entries("SPY", four, benchmark: 0.568))
        #expect(one.sentence.hasSuffix("median total return over 4 seeds +34.1 % against +56.8 %."))
        #expect(one.certainty.contains(" to +4.3 %, seed 4, the lower of the two middle ones). The 4 seeds"))
        let two = headline(entries("SPY", four, benchmark: 0.568) + entries("QQQ", four, benchmark: 0.568))
        #expect(two.certainty.contains("on no symbol is p below 0.05 for the lower of the two middle seeds."))
    }

    @Test func winning() {
        let headline = headline(entries("SPY", five, benchmark: 0.25, p: 0.0004))
        #expect(headline.sentence.hasPrefix("Out of sample, gated-dqn ended above buy-and-hold on SPY: "))
        #expect(headline.certainty.hasPrefix("Chance alone would seldom make such a difference (p < 0.001; "))
        #expect(headline.certainty.hasSuffix("4 of them above buy-and-hold."))
    }

    @Test func level() {
        let headline = headline(entries("SPY", five, benchmark: 0.3811))
        #expect(headline.sentence.hasPrefix("Out of sample, gated-dqn ended level with buy-and-hold on SPY: "))
    }

    @Test func mixed() {
        let headline = headline(
            entries("AAPL", five, benchmark: 0.568) + entries("IBM", five, benchmark: 0.1, p: 0.01)
                + entries("MSFT", five, benchmark: 0.9))
        #expect(
            headline.sentence
                == "Out of sample, gated-dqn ended below buy-and-hold on 2 of 3 symbols and above it on 1: median total "
                + "return over 5 seeds +38.1 % against +56.8 % on AAPL, +38.1 % against +10.0 % on IBM and +38.1 % "
                + "against +90.0 % on MSFT.")
        #expect(
            headline.certainty
                == "On 1 of 3 symbols chance alone would seldom make such a difference (p below 0.05 for the median seed; "
                + "1 in favour of the strategy, 0 against it); of every 20 symbols one is to be expected by chance. "
                + "On every symbol all seeds ended on the same side of buy-and-hold.")
    }

    @Test func manySymbols() {
        let headline = headline((1...6).flatMap { entries("S\($0)", five, benchmark: 0.1 * Double($0) + 0.4) })
        #expect(
            headline.sentence
                == "Out of sample, gated-dqn ended below buy-and-hold on all 6 symbols: median total return over 5 seeds "
                + "differs from that of buy-and-hold by −36.9 points on the median symbol (−61.9 to −11.9).")
    }

    @Test func oneSeedAndFewBarsClaimLittle() {
        let certainty = headline(entries("SPY", [0.381], benchmark: 0.2, p: 0.03, bars: 120)).certainty
        #expect(certainty.contains("Only one seed was run, so how much the luck of training matters is not known"))
        #expect(certainty.hasSuffix("120 unseen bars, less than a year, are too few to tell skill from luck."))
    }

    @Test func aHandfulOfBarsHasNoP() {
        let few = entries("SPY", five, benchmark: 0.2, p: nil, bars: 2)
        let length =
            "2 unseen bars, less than a year, are too few to tell skill from luck; below 30 bars no p is given."
        #expect(
            headline(few).certainty
                == "The 5 seeds ended between +22.0 % and +51.7 %, all of them above buy-and-hold. " + length)
        let two = few + entries("IBM", five, benchmark: 0.2, p: nil, bars: 2)
        #expect(
            headline(two).certainty == "On every symbol all seeds ended on the same side of buy-and-hold. " + length)
        // Enough bars, and yet no estimate.
        let ruined = entries("SPY", five, benchmark: 0.2, p: nil, bars: 500)
        #expect(headline(ruined).certainty.hasPrefix("How much of the difference is chance was not measured. The 5"))
    }

    @Test func rulesSpeakOfNoSeeds() {
        let headline = headline(entries("SPY", [0.381], benchmark: 0.2, kind: .rule, name: "turtle"))
        #expect(
            headline.sentence
                == "Out of sample, turtle ended above buy-and-hold on SPY: total return +38.1 % against +20.0 %.")
        #expect(!headline.certainty.contains("seed"))
    }

    @Test func buyAndHoldItselfIsTheBenchmark() {
        let headline = headline(entries("SPY", [0.2], benchmark: 0, kind: .rule, name: "buy-and-hold"))
        #expect(
            headline.sentence
                == "Out of sample, buy-and-hold had a total return of +20.0 % on SPY; it is the benchmark that others are "
                + "held against.")
        #expect(headline.certainty.isEmpty)
    }

    @Test(arguments: [["AAPL"], ["AAPL", "IBM", "MSFT"]])
    func tableFitsTheTerminal(symbols: [String]) {
        var synthetic = SyntheticRun()
        synthetic.symbols = symbols
        synthetic.fill = "sameClose"
        let result = synthetic.result()
        for bars in [750, 6000] {
            synthetic.bars = bars
            let table = headlineTable(for: bars == 750 ? result : synthetic.result())
            #expect(table.split(separator: "\n").allSatisfy { $0.count <= 100 })
            #expect(table.contains("Warning: Fills at the same close could not have been traded."))
        }
        let flat = headlineTable(for: result).replacing("\n", with: " ")
        #expect(flat.contains(Headline(result).sentence))
        #expect(flat.contains("commission 5 bp, spread 4 bp, slippage 1 bp"))
    }
}
