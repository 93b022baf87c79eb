import Foundation
import MarketData
import RandomNumbers
import Testing

/// Faults planted in prices that are otherwise good.
@Suite struct QualityPriceTests {
    @Test func goodPricesGiveNoFinding() {
        #expect(QualitySample.findings(QualitySample.weekdays(250)).isEmpty)
        #expect(QualitySample.findings([]).isEmpty)
        #expect(QualitySample.findings(QualitySample.weekdays(1)).isEmpty)
        #expect(QualityChecks(today: day("2024-06-30")).findings.isEmpty)
    }

    @Test func pricesOutsideLowAndHighAreNamed() throws {
        var rows = QualitySample.weekdays(250)
        rows[7].close = rows[7].high * 1.01
        rows[90].open = rows[90].low * 0.99
        // Printed in single precision.
        rows[120].close = rows[120].high * (1 + 1e-7)
        let finding = try #require(QualitySample.only(rows))
        #expect(finding.check == "order-of-prices" && finding.severity == .warning)
        #expect(finding.count == 2 && finding.lines == [9, 92] && finding.times == [rows[7].time, rows[90].time])
        #expect(
            finding.message.hasPrefix(
                "open or close is outside low and high in 2 bars of ACME; first 2020-01-10, close "))
    }

    @Test func aNegativeLowIsNoDisorder() {
        var rows = QualitySample.weekdays(60)
        (rows[5].open, rows[5].low) = (-40.32, -40.32)
        #expect(QualitySample.findings(rows).isEmpty)
    }

    @Test func aCloseAdjustedAloneIsRecognised() throws {
        var rows = QualitySample.weekdays(250)
        for index in 0..<100 { rows[index].close *= 0.9 }
        let finding = try #require(QualitySample.findings(rows).first { $0.check == "order-of-prices" })
        #expect(finding.count == 100 && finding.lines == Array(2...11) && finding.severity == .warning)
        #expect(finding.message.contains("adjusted and raw prices seem mixed"))
    }

    @Test func zeroVolumesAreCountedUnlessAllAreZero() throws {
        var rows = QualitySample.weekdays(120)
        for index in 18...22 { rows[index].volume = 0 }
        let some = try #require(QualitySample.only(rows))
        #expect(some.check == "zero-volume" && some.severity == .warning && some.lines == [20, 21, 22, 23, 24])
        #expect(some.message == "volume is 0 in 5 bars of ACME; first 2020-01-27.")

        for index in rows.indices { rows[index].volume = 0 }
        let all = try #require(QualitySample.only(rows))
        #expect(all.check == "zero-volume" && all.severity == .notice && all.count == 120)

        for index in rows.indices { rows[index].volume = .nan }
        #expect(QualitySample.findings(rows).isEmpty)
    }

    @Test func aVolumeBeyondSixtyFourBitsIsNamed() throws {
        var rows = QualitySample.weekdays(120)
        rows[10].volume = 9e18
        rows[28].volume = 1e30
        let finding = try #require(QualitySample.only(rows))
        #expect(finding.check == "large-volume" && finding.lines == [30] && finding.message.contains("1e+30"))
    }

    @Test(arguments: [
        (0.25, "falls by 75 %", "(a 4:1 split?)"), (10, "rises to 10 times", "(a 1:10 split?)"),
        (0.5, "falls by 50 %", "(a 2:1 split?)"), (0.01, "falls by 99 %", "(a 100:1 split?)"),
    ])
    func aSplitIsAJumpWithItsRatio(_ factor: Double, _ move: String, _ split: String) throws {
        let rows = QualitySample.scaled(QualitySample.still(120), from: 59, by: factor)
        let finding = try #require(QualitySample.findings(rows).first)
        #expect(finding.check == "jump" && finding.severity == .warning && finding.count == 1 && finding.lines == [61])
        #expect(finding.message.contains(move) && finding.message.contains(split))
        let ratio = split.dropFirst(3).prefix { $0 != " " }
        #expect(finding.remedy.hasSuffix("'trader data split ACME \(rows[59].time) \(ratio)'."))
    }

    @Test func aJumpIsAboveFortyPercentEitherWay() {
        func finds(_ factor: Double) -> Bool {
            let rows = QualitySample.scaled(QualitySample.still(20), from: 9, by: factor)
            return QualitySample.findings(rows).contains { $0.check == "jump" }
        }
        #expect(finds(1.42) && finds(0.58))
        #expect(!finds(1.38) && !finds(0.62))
    }

    @Test func adjustedClosesThatDoNotJumpTakeASplitOut() throws {
        var rows = QualitySample.scaled(QualitySample.weekdays(120), from: 59, by: 0.25)
        for index in 0..<59 { rows[index].adjust(by: 0.25) }
        for index in 59..<120 { rows[index].adjust(by: 1) }
        let finding = try #require(QualitySample.only(rows))
        #expect(finding.check == "jump" && finding.severity == .warning && finding.lines == [61])
        #expect(finding.message.contains("the adjusted close does not"))
        #expect(finding.remedy.contains("adjusted"))
    }

    @Test func adjustedClosesThatJumpAsWellDenyASplit() throws {
        var rows = QualitySample.scaled(QualitySample.weekdays(120), from: 59, by: 0.5)
        for index in rows.indices { rows[index].adjust(by: 0.9) }
        let finding = try #require(QualitySample.only(rows))
        #expect(finding.check == "jump" && !finding.message.contains("split"))
        #expect(finding.remedy.hasSuffix("so it was hardly a split."))
    }

    @Test func anAdjustedCloseThatJumpsAloneIsAMismatch() throws {
        var rows = QualitySample.weekdays(120)
        for index in rows.indices { rows[index].adjust(by: index < 50 ? 0.25 : 1) }
        let finding = try #require(QualitySample.only(rows))
        #expect(finding.check == "adjustment-mismatch" && finding.lines == [52])
    }

    @Test(arguments: [(100.0, 1), (100, 12), (0.01, 5)])
    func aBlockInAnotherUnitIsOneFindingAndNoJump(_ factor: Double, _ length: Int) throws {
        var rows = QualitySample.scaled(QualitySample.weekdays(120), from: 40, by: factor)
        rows = QualitySample.scaled(rows, from: 40 + length, by: 1 / factor)
        let finding = try #require(QualitySample.only(rows))
        #expect(finding.check == "scale-block" && finding.count == length)
        #expect(finding.lines == Array((42..<42 + length).prefix(10)))
    }

    @Test func aLevelThatStaysIsAJumpAndNoBlock() {
        let rows = QualitySample.scaled(QualitySample.weekdays(120), from: 40, by: 100)
        #expect(QualitySample.findings(rows).map(\.check) == ["jump"])
        let long = QualitySample.scaled(rows, from: 110, by: 0.01)
        #expect(QualitySample.findings(long).map(\.check) == ["jump"])
    }

    @Test func repeatedBarsAreAFlatRun() throws {
        var rows = QualitySample.weekdays(250)
        for index in 101...110 { rows[index].copyPrices(of: rows[100]) }
        let finding = try #require(QualitySample.only(rows))
        #expect(finding.check == "flat-run" && finding.count == 10 && finding.lines == [103])
        #expect(finding.message.contains("10 bars in a row at"))

        // One bar fewer is left alone, and so is a run in which the highs differ.
        rows[110].high *= 1.01
        #expect(QualitySample.findings(rows).isEmpty)
    }

    @Test func aConstantSeriesIsNamedOnce() throws {
        let rows = QualitySample.still(120)
        let finding = try #require(QualitySample.only(rows))
        #expect(finding.check == "constant" && finding.count == 120 && finding.severity == .warning)
        #expect(QualitySample.findings(QualitySample.still(2)).isEmpty)
        #expect(QualitySample.findings(QualitySample.still(3)).map(\.check) == ["constant"])
    }

    @Test func swappedHighAndLowIsOneError() throws {
        var rows = QualitySample.weekdays(120)
        for index in rows.indices { (rows[index].high, rows[index].low) = (rows[index].low, rows[index].high) }
        let finding = try #require(QualitySample.only(rows))
        #expect(finding.check == "swapped-columns" && finding.severity == .error && finding.count == 120)
        #expect(finding == QualityChecks.swappedColumns(symbol: "ACME", rows: rows))
        #expect(QualityChecks.swappedColumns(symbol: "ACME", rows: Array(rows.prefix(4))) == nil)
        #expect(QualityChecks.swappedColumns(symbol: "ACME", rows: QualitySample.weekdays(120)) == nil)
    }

    @Test func swappedCloseAndVolumeIsOneError() throws {
        var rows = QualitySample.weekdays(120)
        for index in rows.indices { (rows[index].close, rows[index].volume) = (rows[index].volume, rows[index].close) }
        let finding = try #require(QualitySample.only(rows))
        #expect(finding.check == "swapped-columns" && finding.message.contains("close and volume seem swapped"))
    }

    @Test func findingsOfSeveralSymbolsAreJoined() throws {
        var checks = QualityChecks(today: day("2024-06-30"))
        for symbol in 0..<12 {
            var rows = QualitySample.weekdays(60, seed: UInt64(symbol))
            rows[20].volume = 0
            rows[21].volume = 0
            checks.add(symbol: "S\(symbol)", rows: rows)
        }
        let finding = try #require(checks.findings.first)
        #expect(checks.findings.count == 1)
        #expect(finding.count == 24 && finding.symbols == (0..<10).map { "S\($0)" })
        #expect(finding.lines == [22, 23, 22, 23, 22, 23, 22, 23, 22, 23])
        #expect(finding.message == "volume is 0 in 24 bars of 12 symbols; first S0 2020-01-29.")
    }

    @Test func rowsFromNoFileHaveNoLines() throws {
        var rows = QualitySample.weekdays(60)
        for index in rows.indices { rows[index].line = 0 }
        rows[20].volume = 0
        let finding = try #require(QualitySample.only(rows))
        #expect(finding.lines.isEmpty && finding.times == [rows[20].time])
    }

    @Test func errorsComeFirstAndNoticesLast() {
        var inverted = QualitySample.weekdays(60)
        for index in inverted.indices { inverted[index].high = inverted[index].low / 2 }
        var odd = QualitySample.weekdays(80)
        odd[20].volume = 0
        var checks = QualityChecks(today: day("2024-06-30"))
        checks.add(symbol: "B", rows: odd)
        checks.add(symbol: "C", rows: QualitySample.weekdays(60))
        checks.add(symbol: "A", rows: inverted)
        #expect(checks.findings.map(\.severity) == [.error, .warning, .notice])
    }

    @Test func aFindingSurvivesJSON() throws {
        var rows = QualitySample.weekdays(60)
        rows[20].volume = 0
        let finding = try #require(QualitySample.only(rows))
        let text = try JSONEncoder().encode(finding)
        #expect(try JSONDecoder().decode(QualityFinding.self, from: text) == finding)
        #expect(String(decoding: text, as: UTF8.self).contains(#""severity":"warning""#))
    }
}

/// Rows to plant faults in: line 2 holds the first.
enum QualitySample {
    static func findings(_ rows: [PriceRow], today: Timestamp = day("2100-06-30")) -> [QualityFinding] {
        var checks = QualityChecks(today: today)
        checks.add(symbol: "ACME", rows: rows)
        return checks.findings
    }

    /// The finding, if there is exactly one.
    static func only(_ rows: [PriceRow]) -> QualityFinding? {
        let findings = findings(rows)
        return findings.count == 1 ? findings.first : nil
    }

    /// A random walk on some times, 1.5 % a step, printed with some decimals.
    static func walk(_ times: [Timestamp], seed: UInt64, start: Double = 100, decimals: Int = 2) -> [PriceRow] {
        var stream = RandomKey(seed: seed).stream("quality")
        let unit = pow(10.0, Double(decimals))
        func printed(_ price: Double) -> Double { max(1, (price * unit).rounded()) / unit }
        var price = start
        return times.enumerated().map { index, time in
            let open = price
            price *= exp(0.015 * stream.normal())
            var row = PriceRow(line: index + 2, time: time, close: printed(price))
            row.open = printed(open)
            row.high = printed(max(open, price) * (1 + 0.01 * stream.uniform()))
            row.low = printed(min(open, price) * (1 - 0.01 * stream.uniform()))
            row.volume = 100_000 + Double(stream.index(below: 1_000_000))
            return row
        }
    }

    /// A walk on weekdays from Wednesday, 2020-01-01 on.
    static func weekdays(_ count: Int, seed: UInt64 = 1) -> [PriceRow] {
        walk(dates(from: "2020-01-01", count) { $0.weekday <= 5 }, seed: seed)
    }

    /// Weekdays on which nothing moves.
    static func still(_ count: Int) -> [PriceRow] {
        weekdays(count).map { row in
            var still = PriceRow(line: row.line, time: row.time, close: 80)
            (still.open, still.high, still.low, still.volume) = (80, 80, 80, 1_000)
            return still
        }
    }

    static func scaled(_ rows: [PriceRow], from index: Int, by factor: Double) -> [PriceRow] {
        rows.enumerated().map { rowIndex, row in
            guard rowIndex >= index else { return row }
            var row = row
            row.open *= factor
            row.high *= factor
            row.low *= factor
            row.close *= factor
            return row
        }
    }

    /// The first so many days that belong to a calendar.
    static func dates(from start: String, _ count: Int, where isOpen: (Timestamp) -> Bool) -> [Timestamp] {
        var times: [Timestamp] = []
        var time = day(start)
        while times.count < count {
            if isOpen(time) { times.append(time) }
            time = Timestamp(seconds: time.seconds + 86_400)
        }
        return times
    }
}

extension PriceRow {
    fileprivate mutating func adjust(by factor: Double) { adjustedClose = close * factor }

    fileprivate mutating func copyPrices(of row: PriceRow) {
        (open, high, low, close) = (row.open, row.high, row.low, row.close)
    }
}
