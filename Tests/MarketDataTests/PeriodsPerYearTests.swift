import MarketData
import Testing

@Suite struct PeriodsPerYearTests {
    /// Times one step apart over some days, those of a weekend left out if asked.
    func times(days: Int, every seconds: Int64 = 86_400, weekends: Bool) -> [Timestamp] {
        let start = day("2024-01-01").seconds
        return stride(from: start, to: start + Int64(days) * 86_400, by: Int64.Stride(seconds)).map(Timestamp.init)
            .filter { weekends || $0.weekday <= 5 }
    }

    @Test func infersTheConventions() {
        #expect(PeriodsPerYear.inferred(from: times(days: 400, weekends: false)).value == 252)
        #expect(PeriodsPerYear.inferred(from: times(days: 400, weekends: true)).value == 365)
        #expect(PeriodsPerYear.inferred(from: times(days: 800, every: 7 * 86_400, weekends: true)).value == 52)
        #expect(PeriodsPerYear.inferred(from: times(days: 2_000, every: 30 * 86_400, weekends: true)).value == 12)
        #expect(PeriodsPerYear.inferred(from: times(days: 2_000, every: 91 * 86_400, weekends: true)).value == 4)
        #expect(PeriodsPerYear.inferred(from: times(days: 2_000, every: 365 * 86_400, weekends: true)).value == 1)
        #expect(PeriodsPerYear.inferred(from: []).value == 252)
    }

    @Test func countsIntradayBarsPerCalendarYear() {
        // 24 · 365.25 = 8,766, to three digits.
        #expect(PeriodsPerYear.inferred(from: times(days: 366, every: 3_600, weekends: true)).value == 8_770)
        // Three days of hours: 24 · 252 = 6,048.
        #expect(PeriodsPerYear.inferred(from: times(days: 3, every: 3_600, weekends: false)).value == 6_050)
    }

    @Test func saysWhy() {
        #expect(PeriodsPerYear.inferred(from: times(days: 30, weekends: false)).reason == "daily bars without weekends")
        #expect(
            PeriodsPerYear.inferred(from: times(days: 29, every: 3_600, weekends: true)).reason
                == "intraday bars: 696 from 2024-01-01 to 2024-01-29T23:00:00Z, counted per calendar year")
    }

    /// 2017's hours of EURUSD: 6,225 bars in 0.9910 years.
    @Test func knowsTheBundledSeries() throws {
        func inferred(_ name: String) throws -> Double {
            PeriodsPerYear.inferred(from: try reader.read(bundled(name)).series[0].rows.map(\.time)).value
        }
        #expect(try inferred("eurusd_hourly_2017.csv") == 6_280)
        #expect(try inferred("aapl_daily.csv") == 252)
    }
}
