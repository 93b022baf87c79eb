import Foundation
import MarketData
import RandomNumbers
import Testing

/// What holds for any prices.
@Suite struct QualityPropertyTests {
    @Test func cleanWalksGiveNoFinding() {
        // A jump of 40 % is 22 standard deviations of a step of 1.5 %, and ten equal bars in a row of prices near 100 with
        // two decimals have a probability below 1e-19: none is expected in a thousand series.
        for seed in 0..<1_000 {
            var stream = RandomKey(seed: UInt64(seed)).stream("calendar")
            // Some nine single holidays a year, now and then several in a row.
            let days = QualitySample.dates(from: "2010-01-01", 50 + stream.index(below: 450)) {
                $0.weekday <= 5 && stream.uniform() > 0.035
            }
            let findings = QualitySample.findings(QualitySample.walk(days, seed: UInt64(seed)))
            #expect(findings.isEmpty, "seed \(seed): \(findings.first?.message ?? "")")
        }
    }

    @Test func cheapSharesStandStillWithoutAFalseAlarm() {
        // Prices of a few ticks repeat on more than every third day. The longest run by chance is then reported in less than
        // 1 % of the series, by construction; 30 of 1000 is six standard errors above that.
        let days = QualitySample.dates(from: "2010-01-01", 500) { $0.weekday <= 5 }
        let alarms = (0..<1_000).count { seed in
            var stream = RandomKey(seed: UInt64(seed)).stream("ticks")
            var ticks = 1_000.0
            let rows = days.map { day in
                ticks += stream.uniform() < 0.4 ? 0 : stream.uniform() < 0.5 ? 1 : -1
                return PriceRow(line: 0, time: day, close: ticks / 100)
            }
            return !QualitySample.findings(rows).isEmpty
        }
        #expect(alarms < 30)
    }

    @Test func nothingTrapsOnAnyNumbers() {
        let odd = [
            0, -0.0, 1, -1, .nan, .infinity, -.infinity, .greatestFiniteMagnitude, .leastNonzeroMagnitude, 1e30, 100,
            0.01,
        ]
        for seed in 0..<2_000 {
            var stream = RandomKey(seed: UInt64(seed)).stream("odd")
            var seconds = Int64(stream.index(below: 315_000_000_000)) - 62_135_596_800
            let steps: [Int64] = [1, 60, 3_600, 86_400, 604_800, 40_000_000, 20_000_000_000]
            let step = steps[stream.index(below: steps.count)]
            var rows: [PriceRow] = []
            for line in 0..<stream.index(below: 40) {
                var row = PriceRow(
                    line: line, time: Timestamp(seconds: seconds), close: odd[stream.index(below: odd.count)])
                row.open = odd[stream.index(below: odd.count)]
                row.high = odd[stream.index(below: odd.count)]
                row.low = odd[stream.index(below: odd.count)]
                row.volume = odd[stream.index(below: odd.count)]
                rows.append(row)
                seconds += step * Int64(1 + stream.index(below: 2))
                if seconds >= 253_402_300_800 { break }
            }
            var checks = QualityChecks(today: day("2024-06-30"))
            checks.add(symbol: "A", rows: rows)
            checks.add(symbol: "B", rows: Array(rows.dropFirst(3)))
            checks.add(symbol: "C", rows: Array(rows.dropLast(2)))
            for finding in checks.findings {
                #expect(finding.count > 0 && finding.lines.count <= 10 && finding.times.count <= 10)
                #expect(!finding.symbols.isEmpty && finding.message.hasSuffix(".") && finding.remedy.hasSuffix("."))
            }
        }
    }

    @Test func everyPlantedFaultIsFoundWhereverItIs() {
        for seed in 0..<300 {
            var stream = RandomKey(seed: UInt64(seed)).stream("plant")
            var rows = QualitySample.weekdays(200, seed: UInt64(seed))
            let index = 20 + stream.index(below: 160)
            let expected: String
            switch seed % 4 {
            case 0:
                rows[index].close = rows[index].low * 0.97
                expected = "order-of-prices"
            case 1:
                rows = QualitySample.scaled(rows, from: index, by: 1 / 3.0)
                expected = "jump"
            case 2:
                rows = QualitySample.scaled(rows, from: index, by: 100)
                rows = QualitySample.scaled(rows, from: index + 3, by: 0.01)
                expected = "scale-block"
            default:
                rows[index].volume = 0
                expected = "zero-volume"
            }
            let findings = QualitySample.findings(rows)
            #expect(findings.map(\.check) == [expected], "seed \(seed)")
            #expect(findings.first?.lines.first == index + 2, "seed \(seed)")
        }
    }
}
