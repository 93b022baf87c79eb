import Foundation
import MarketData
import Testing

/// The bars that users get.
@Suite struct SyntheticBarTests {
    func maker(
        _ configuration: SyntheticConfiguration, _ interval: SyntheticCalendar.Interval = .day, seed: UInt64 = 1
    ) throws -> SyntheticHistory {
        SyntheticHistory(configuration: configuration, calendar: try syntheticCalendar(interval), seed: seed)
    }

    /// Low ≤ open, close ≤ high; finite and above zero; whole volumes.
    func isConsistent(_ bar: Bar) -> Bool {
        guard let open = bar.open, let high = bar.high, let low = bar.low, let volume = bar.volume else { return false }
        return low > 0 && low <= min(open, bar.close) && max(open, bar.close) <= high && high <= 1e9
            && volume >= 1 && volume <= 0x1p53 && volume == volume.rounded()
    }

    @Test(arguments: SyntheticModel.Kind.allCases) func barsAreConsistent(kind: SyntheticModel.Kind) throws {
        for seed in 0..<1_000 {
            let overnight = seed.isMultiple(of: 2) ? 0 : 0.4
            var configuration = synthetic(SyntheticModel(kind: kind), steps: 1 + seed % 3, overnight: overnight)
            configuration.decimals = seed % 7
            let bars = try maker(configuration, seed: UInt64(seed)).bars(of: "AAA", count: 20)
            #expect(bars.count == 20)
            #expect(bars.allSatisfy(isConsistent))
            if overnight == 0 {
                #expect(zip(bars, bars.dropFirst()).allSatisfy { $0.close == $1.open })
            }
        }
    }

    @Test(arguments: SyntheticModel.Kind.allCases) func aLongerHistoryBeginsWithTheShorter(
        kind: SyntheticModel.Kind
    ) throws {
        let maker = try maker(synthetic(SyntheticModel(kind: kind), steps: 2, correlation: 0.5))
        let long = try maker.bars(of: "AAA", count: 50)
        #expect(try maker.bars(of: "AAA", count: 20) == Array(long.prefix(20)))
        #expect(try maker.bars(of: "AAA", count: 0).isEmpty)
    }

    @Test func anotherSymbolLeavesTheOthersAsTheyWere() throws {
        let maker = try maker(synthetic(SyntheticModel(), correlation: 0.5))
        let alone = try maker.history(of: ["BBB"], count: 30)
        let among = try maker.history(of: ["AAA", "BBB", "CCC"], count: 30)
        #expect(among.restricted(to: "BBB")?.fingerprint == alone.fingerprint)
        #expect(among.symbols == ["AAA", "BBB", "CCC"] && among.count == 30)
    }

    @Test func theSeedDecides() throws {
        let configuration = synthetic(SyntheticModel())
        let first = try maker(configuration, seed: 7).history(of: ["AAA"], count: 30)
        #expect(try maker(configuration, seed: 7).history(of: ["AAA"], count: 30).fingerprint == first.fingerprint)
        #expect(try maker(configuration, seed: 8).history(of: ["AAA"], count: 30).fingerprint != first.fingerprint)
        #expect(
            try maker(configuration, seed: 7).bars(of: "BBB", count: 30).map(\.close) != first.column(.close, of: 0))
    }

    @Test func symbolsAreNumberedOrNamed() throws {
        #expect(SyntheticSymbols.numbered(3) == ["SYN1", "SYN2", "SYN3"])
        #expect(SyntheticSymbols.numbered(0).isEmpty)
        #expect(try SyntheticSymbols.named("AAA, ^B.C") == ["AAA", "^B.C"])
        #expect(throws: SyntheticMarketError.repeatedSymbol("AAA")) { try SyntheticSymbols.named("AAA,BBB,AAA") }
        for list in ["", "AAA,", "A B", "../A", "\0", "é", String(repeating: "A", count: 33)] {
            #expect(throws: SyntheticMarketError.self) { try SyntheticSymbols.named(list) }
        }
    }

    /// By hand: three bars at 100, three at 110, opened where they close, as the step comes in the night.
    @Test func aSquareWaveWithoutNoiseIsCertain() throws {
        var wave = SquareWave()
        (wave.halfPeriod, wave.height) = (3, log(1.1))
        let bars = try maker(synthetic(.squareWave(wave), overnight: 0.5)).bars(of: "WAVE", count: 9)
        #expect(bars.map(\.close) == [100, 100, 100, 110, 110, 110, 100, 100, 100])
        #expect(bars.allSatisfy { $0.open == $0.close && $0.high == $0.close && $0.low == $0.close })
        // Without a night the step is within the bar.
        let without = try maker(synthetic(.squareWave(wave))).bars(of: "WAVE", count: 9)
        #expect(without.map(\.open) == [100, 100, 100, 100, 110, 110, 110, 100, 100])
        #expect(without[3].low == 100 && without[3].high == 110)
    }

    /// By hand: with a period of four bars the closes are up, back, down, back; ln 1.1 up is 110.
    @Test func aSineWaveWithoutNoiseIsCertain() throws {
        var wave = SineWave()
        (wave.period, wave.amplitude) = (4, log(1.1))
        let bars = try maker(synthetic(.sineWave(wave), steps: 2)).bars(of: "WAVE", count: 5)
        #expect(bars.map(\.close) == [110, 100, 90.9091, 100, 110])
    }

    /// The logarithm of quiet volumes is normal round that of the level; a move of 1 % then trades half as much again.
    @Test func volumeRisesWithTheMove() throws {
        var wave = SquareWave()
        (wave.halfPeriod, wave.height) = (1, 0.01)
        let bars = try maker(synthetic(.squareWave(wave))).bars(of: "WAVE", count: 4_000)
        // Bar 0 stands still; all others move by 1 %.
        let logarithms = bars.dropFirst().compactMap(\.volume).map { log($0) - log(1.5e6) }
        #expect(Estimate(logarithms).agrees(with: 0))
        #expect(Estimate(logarithms.map { $0 * $0 }).agrees(with: 0.09))
    }

    @Test func daysAreWeekdays() throws {
        let bars = try maker(synthetic(SyntheticModel())).bars(of: "AAA", count: 600)
        #expect(bars[0].time == day("2000-01-03") && bars[5].time == day("2000-01-10"))
        #expect(bars.allSatisfy { $0.time.weekday <= 5 && $0.time.secondOfDay == 0 })
        #expect(
            zip(bars, bars.dropFirst()).allSatisfy { [1, 3].contains(($1.time.seconds - $0.time.seconds) / 86_400) })
        #expect(PeriodsPerYear.inferred(from: bars.map(\.time)).value == 252)
        // A start on a weekend waits for Monday; one in mid-week keeps its day.
        let saturday = try SyntheticCalendar(interval: .day, start: day("2000-01-01"))
        #expect(saturday.start == day("2000-01-03"))
        let thursday = try SyntheticCalendar(interval: .day, start: day("2000-01-06"))
        #expect(try (0..<4).map(thursday.time) == ["2000-01-06", "2000-01-07", "2000-01-10", "2000-01-11"].map(day))
        let early = try SyntheticCalendar(interval: .day, start: day("1899-12-29"))
        #expect(try (0..<2).map(early.time) == ["1899-12-29", "1900-01-01"].map(day))
    }

    @Test func hoursAndMinutesRunRoundTheClock() throws {
        let hours = try SyntheticCalendar(interval: .hour, start: day("2000-01-01T22:00"))
        #expect(try (0..<3).map(hours.time) == ["2000-01-01T22:00", "2000-01-01T23:00", "2000-01-02"].map(day))
        #expect(PeriodsPerYear.inferred(from: try (0..<9_000).map(hours.time)).value == 8_770)
        let minutes = try SyntheticCalendar(interval: .minute, start: day("2000-01-01T23:59"))
        #expect(try (0..<2).map(minutes.time) == ["2000-01-01T23:59", "2000-01-02"].map(day))
    }

    @Test func calendarsEnd() throws {
        #expect(throws: SyntheticMarketError.startsAtATimeOfDay(day("2000-01-03T10:00"))) {
            try SyntheticCalendar(interval: .day, start: day("2000-01-03T10:00"))
        }
        #expect(throws: SyntheticMarketError.startYear(day("1799-12-31"))) {
            try SyntheticCalendar(interval: .hour, start: day("1799-12-31"))
        }
        let last = try SyntheticCalendar(interval: .day, start: day("9999-12-31"))
        #expect(try last.time(of: 0) == day("9999-12-31"))
        for bar in [1, 4_999_999_999, .max - 1] {
            #expect(throws: SyntheticMarketError.tooManyBars(bar + 1)) { try last.time(of: bar) }
        }
        let maker = SyntheticHistory(configuration: synthetic(SyntheticModel()), calendar: last, seed: 1)
        #expect(throws: SyntheticMarketError.tooManyBars(2)) { try maker.bars(of: "AAA", count: 2) }
    }

    @Test func pricesThatCannotBeWrittenAreAnError() throws {
        var rising = SineWave()
        rising.growth = 5
        #expect(throws: SyntheticMarketError.self) {
            try maker(synthetic(.sineWave(rising))).bars(of: "UP", count: 1_000)
        }
        rising.growth = -5
        do {
            _ = try maker(synthetic(.sineWave(rising))).bars(of: "DOWN", count: 1_000)
            Issue.record("a price of 0 was made")
        } catch {
            // 100 exp(−5 t) is below 0.00005 after 2.9 years; the swing of 0.05 tells in which week.
            #expect("\(error)".hasPrefix("The price of DOWN falls so low at 2002-"))
            #expect("\(error)".contains("0 when rounded to 4 decimals. Set a higher price"))
        }
    }

    /// Every line read back by the standard library gives the bar.
    @Test func linesReadBackExactly() throws {
        for (decimals, price) in [(0, 100.0), (2, 0.05), (6, 0.01), (6, 1e6)] {
            for interval in SyntheticCalendar.Interval.allCases {
                var configuration = synthetic(.mertonJumpDiffusion(MertonJumpDiffusion()), overnight: 0.2)
                (configuration.decimals, configuration.price) = (decimals, price)
                configuration.volume.level = 50
                let bars = try maker(configuration, interval).bars(of: "A.B", count: 200)
                let text = String(
                    decoding: BarCSV.lines(bars, symbol: "A.B", withTimeOfDay: interval != .day), as: UTF8.self)
                let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
                #expect(lines.count == 201 && lines.last == "")
                for (line, bar) in zip(lines, bars) {
                    let cells = line.split(separator: ",", omittingEmptySubsequences: false)
                    #expect(cells.count == 7 && cells[1] == "A.B")
                    #expect(Timestamp(iso8601: cells[0]) == bar.time && cells[0].count == (interval == .day ? 10 : 20))
                    #expect(cells.dropFirst(2).map { Double($0) } == PriceField.allCases.map { bar[$0] })
                    #expect(cells.dropFirst(2).allSatisfy { $0.allSatisfy { "0123456789.".contains($0) } })
                    #expect(
                        cells.dropFirst(2).allSatisfy {
                            ($0.split(separator: ".").dropFirst().first?.count ?? 0) <= decimals
                        })
                }
            }
        }
    }

    @Test func linesAreTheExportsForm() {
        let bar = Bar(time: day("2000-01-03"), open: 100, high: 101.25, low: 99.000001, close: 100.5, volume: 1_234)
        let text = BarCSV.lines([bar], symbol: "AAA", withTimeOfDay: false)
        #expect(String(decoding: text, as: UTF8.self) == "2000-01-03,AAA,100,101.25,99.000001,100.5,1234\n")
        let hourly = BarCSV.lines([bar], symbol: "AAA", withTimeOfDay: true)
        #expect(String(decoding: hourly, as: UTF8.self).hasPrefix("2000-01-03T00:00:00Z,AAA,100,"))
        #expect(BarCSV.header == "time,symbol,open,high,low,close,volume\n")
    }
}
