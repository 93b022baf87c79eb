import Foundation
import MarketData
import Testing

/// What a file of the dialect table encodes: one of five truth files, with a difference for some.
struct Truth {
    /// The symbol to state where a file names none.
    let symbol: String
    /// Whether the file's prices agree with the truth only once they are adjusted.
    let isAdjusted: Bool
    private let series: [(symbol: String, bars: [Bar])]
    private let text: String

    init(_ expectation: DialectTableTests.Expectation) throws {
        text = expectation.truth
        isAdjusted = text.contains("adjusted close only")
        let name = String(text.prefix { $0.isLetter })
        symbol = ["acme": "ACME", "indx": "INDX", "btc": "BTCUSD", "fx": "EURUSD"][name] ?? "TEST"
        guard !name.isEmpty else {
            series = []
            return
        }
        series = try #require(Truth.table(name), "there is a truth file for '\(text)'")
    }

    /// The bars of a truth file with one symbol.
    static func series(_ name: String) -> [Bar]? { table(name)?.first?.bars }

    private static func table(_ name: String) -> [(symbol: String, bars: [Bar])]? {
        guard let text = try? String(contentsOfFile: fixture("../dialects/truth_\(name).csv"), encoding: .utf8) else {
            return nil
        }
        var order: [String] = []
        var bars: [String: [Bar]] = [:]
        for line in text.split(whereSeparator: \.isNewline).dropFirst() {
            let cells = line.split(separator: ",")
            let numbers = cells[2...].compactMap { Double($0) }
            guard numbers.count == 5, let time = Timestamp(iso8601: cells[0]) else { return nil }
            let symbol = String(cells[1])
            if bars[symbol] == nil { order.append(symbol) }
            bars[symbol, default: []].append(
                Bar(
                    time: time, open: numbers[0], high: numbers[1], low: numbers[2], close: numbers[3],
                    volume: numbers[4]))
        }
        return order.map { ($0, bars[$0] ?? []) }
    }

    /// Compares the bars that were read with the truth, bit by bit but where the file's note names a difference.
    func compare(_ read: [(symbol: String, bars: [Bar])]) {
        guard !series.isEmpty else { return }
        if series.count > 1 {
            #expect(read.map(\.symbol) == series.map(\.symbol))
            for (own, truth) in zip(read, series) { #expect(Set(own.bars).isSubset(of: truth.bars)) }
            return
        }
        #expect(read.count == 1)
        let bars = read.flatMap(\.bars)
        let times = Set(bars.map(\.time))
        var truth = series[0].bars.filter { times.contains($0.time) }
        if text.contains("close only)"), !isAdjusted {
            truth = truth.map { Bar(time: $0.time, close: $0.close) }
        }
        if text.contains("volume / 3") {
            // The file has four decimals of a third.
            for (bar, true_) in zip(bars, truth) {
                #expect(abs((bar.volume ?? 0) - (true_.volume ?? 0) / 3) <= 5e-5)
                #expect((bar.open, bar.high, bar.low, bar.close) == (true_.open, true_.high, true_.low, true_.close))
            }
            return
        }
        if text.contains("volume of line") {
            let differing = zip(bars, truth).count { $0.volume != $1.volume }
            #expect((1...5).contains(differing))
            truth = zip(bars, truth).map { bar, truth in
                Bar(
                    time: truth.time, open: truth.open, high: truth.high, low: truth.low, close: truth.close,
                    volume: bar.volume)
            }
        }
        if text.contains("/ 10 before line 61") || isAdjusted {
            // Prices before the split are a tenth, or four times as high and adjusted back: equal but for rounding.
            for (index, (bar, true_)) in zip(bars, truth).enumerated() {
                let scale = !isAdjusted && index < 59 ? 0.1 : 1
                #expect(abs(bar.close - true_.close * scale) < 1e-9)
                #expect(abs((bar.open ?? 0) - (true_.open ?? 0) * scale) < 1e-9)
            }
            return
        }
        let extra = bars.filter { bar in !truth.contains { $0.time == bar.time } }
        #expect(extra.count == (text.contains("plus 2") ? 2 : 0))
        #expect(bars.filter { bar in !extra.contains(bar) } == truth)
    }
}
