import MarketData
import Testing

@Suite struct PriceHistoryTests {
    let history = PriceHistory(series: [
        ("A", closes([10, 11, 12])),
        ("B", closes([20, 21], from: "2024-01-03")),
    ])

    @Test func mergesOntoTheUnionOfTheTimesAndFillsNothingIn() {
        #expect(history.times.map(\.description) == ["2024-01-01", "2024-01-02", "2024-01-03", "2024-01-04"])
        let table = (0..<4).map { bar in (0..<2).map { history.value(.close, of: $0, at: bar) } }
        #expect(table == [[10, nil], [11, nil], [12, 20], [nil, 21]])
        #expect(history.column(.close, of: 0)[3].isNaN)
        #expect(history.bar(of: 0, at: 3) == nil)
        #expect(history.bar(of: 1, at: 3) == Bar(time: day("2024-01-04"), close: 21))
    }

    @Test func restrictsToTheBarsOfOneSymbol() throws {
        let restricted = try #require(history.restricted(to: "B"))
        #expect(restricted.symbols == ["B"])
        #expect(restricted.times == [day("2024-01-03"), day("2024-01-04")])
        #expect(restricted.column(.close, of: 0) == [20, 21])
        #expect(history.restricted(to: "C") == nil)
        // Merged or alone, the same bars are the same history.
        #expect(
            restricted.fingerprint == PriceHistory(symbol: "B", bars: closes([20, 21], from: "2024-01-03")).fingerprint)
    }

    @Test func slicesByBarsAndFindsThemByTime() {
        let slice = history[1..<3]
        #expect(slice.times == [day("2024-01-02"), day("2024-01-03")])
        #expect(slice.column(.close, of: 0) == [11, 12])
        let times = ["2023-12-31", "2024-01-01", "2024-01-01 00:00:01", "2024-01-04", "2024-01-05"]
        #expect(times.map { history.bars(before: day($0)) } == [0, 0, 1, 3, 4])
    }

    @Test func tellsWhetherAFieldIsKnownThroughout() {
        var bars = closes([10, 11])
        #expect(!PriceHistory(symbol: "A", bars: bars).has(.open, of: 0))
        bars[0].open = 9
        #expect(!PriceHistory(symbol: "A", bars: bars).has(.open, of: 0))
        bars[1].open = 10
        #expect(PriceHistory(symbol: "A", bars: bars).has(.open, of: 0))
        #expect(!PriceHistory(symbol: "A", bars: []).has(.close, of: 0))
    }

    /// The value is pinned: reports of different versions must agree on the same data. An independent witness:
    ///
    ///     python3 -c "import struct,hashlib; n=struct.pack('<d',float('nan')); d=lambda x:struct.pack('<d',x)
    ///     q=lambda x:struct.pack('<q',x); t=1704067200
    ///     print(hashlib.sha256(q(1)+q(1)+b'A'+q(2)+q(t)+q(t+86400)+n*6+d(10)+d(11)+n*2).hexdigest())"
    @Test func fingerprintIsStable() {
        let history = PriceHistory(symbol: "A", bars: closes([10, 11]))
        #expect(history.fingerprint == "bae64c7c2f9032a4dfa6b795700358242e55704d78fafb0d294ab89284bae200")
    }

    @Test func fingerprintFeelsEveryNumberAndName() {
        var bars = closes([10, 11])
        bars[0].volume = 5
        let original = PriceHistory(symbol: "A", bars: bars).fingerprint
        #expect(PriceHistory(symbol: "A", bars: bars).fingerprint == original)
        #expect(PriceHistory(symbol: "B", bars: bars).fingerprint != original)
        var others: [[Bar]] = [Array(bars.dropLast())]
        for change: (inout Bar) -> Void in [
            { $0.close = $0.close.nextUp }, { $0.open = 1 }, { $0.volume = nil },
            { $0.time = Timestamp(seconds: $0.time.seconds + 1) },
        ] {
            var changed = bars
            change(&changed[0])
            others.append(changed)
        }
        #expect(others.allSatisfy { PriceHistory(symbol: "A", bars: $0).fingerprint != original })
    }
}

@Suite struct MarketViewTests {
    static let history = PriceHistory(symbol: "A", bars: closes([10, 11, 12, 13]))

    @Test func showsWhatWasKnownAndNoMore() {
        let view = MarketView(Self.history, now: 2)
        #expect(view.time == day("2024-01-03"))
        #expect(view.times.count == 3)
        #expect(Array(view.column(.close)) == [10, 11, 12])
        #expect(Array(view.latest(2, .close)) == [11, 12])
        #expect(view.close() == 12)
        #expect(view.close(at: 0) == 10)
        #expect(view.value(.open, at: 1) == nil)
        #expect(view.bar(at: 1) == Bar(time: day("2024-01-02"), close: 11))
    }

    @Test func doesNotFeelWhatComesLater() {
        let other = PriceHistory(symbol: "A", bars: closes([10, 11, 12, 99, 98]))
        for now in 0..<3 {
            let (one, two) = (MarketView(Self.history, now: now), MarketView(other, now: now))
            #expect(one.column(.close) == two.column(.close))
            #expect(one.times == two.times)
        }
    }

    @Test func trapsOnTheFuture() async {
        await #expect(processExitsWith: .failure) { _ = MarketView(MarketViewTests.history, now: 4) }
        await #expect(processExitsWith: .failure) { _ = MarketView(MarketViewTests.history, now: 1).close(at: 2) }
        await #expect(processExitsWith: .failure) { _ = MarketView(MarketViewTests.history, now: 1).latest(3, .close) }
        await #expect(processExitsWith: .failure) { _ = MarketView(MarketViewTests.history, now: 1).column(.close)[2] }
        await #expect(processExitsWith: .failure) { _ = MarketView(MarketViewTests.history, now: 1).bar(at: 2) }
    }
}
