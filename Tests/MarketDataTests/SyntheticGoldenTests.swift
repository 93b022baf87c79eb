import Foundation
import MarketData
import Testing

/// Bars of an independent implementation, `Tests/Golden/market-data/make_synthetic.py`.
@Suite struct SyntheticGoldenTests {
    /// Time, open, high, low, close, volume.
    private struct GoldenBar: Decodable {
        let time: String
        let numbers: [Double]

        init(from decoder: any Decoder) throws {
            var container = try decoder.unkeyedContainer()
            time = try container.decode(String.self)
            var numbers: [Double] = []
            while !container.isAtEnd { numbers.append(try container.decode(Double.self)) }
            self.numbers = numbers
        }
    }

    private struct GoldenPath: Decodable {
        let kind: String
        let symbol: String
        let symbolCorrelation: Double
        let overnightShare: Double
        let stepsPerBar: Int
        let bars: [GoldenBar]
    }

    /// The parameters in which the script differs from the defaults.
    private let settings = [
        "merton-jump-diffusion": ["jumpsPerYear=250"],
        "regime-switching": [
            "drifts=[0.18, -0.25, 0]", "volatilities=[0.12, 0.35, 0.05]", "durations=[0.006, 0.003, 0.005]",
        ],
        "sine-wave": ["growth=0.1", "period=4.5", "noise=0.01"], "square-wave": ["halfPeriod=2", "noise=0.01"],
    ]

    @Test func allMarketsAgreeWithAnotherImplementation() throws {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Golden/market-data/synthetic.json")
        let paths = try JSONDecoder().decode([GoldenPath].self, from: Data(contentsOf: file))
        #expect(Set(paths.map(\.kind)) == Set(SyntheticModel.Kind.allCases.map(\.rawValue)))
        for golden in paths {
            let configuration = try SyntheticConfiguration(
                model: golden.kind,
                settings: (settings[golden.kind] ?? []) + [
                    "symbolCorrelation=\(golden.symbolCorrelation)", "overnightShare=\(golden.overnightShare)",
                    "stepsPerBar=\(golden.stepsPerBar)", "decimals=6",
                ])
            let maker = SyntheticHistory(
                configuration: configuration,
                calendar: try SyntheticCalendar(interval: .day, start: day("2000-01-06")), seed: 20_260)
            let bars = try maker.bars(of: golden.symbol, count: golden.bars.count)
            for (bar, expected) in zip(bars, golden.bars) {
                #expect(bar.time == day(expected.time))
                // Both are rounded, prices to 0.000001 and volumes to 1; libraries of different systems may round apart.
                for (field, number) in zip(PriceField.allCases, expected.numbers) {
                    let tolerance = field == .volume ? 1.0 : 1.1e-6
                    #expect(abs((bar[field] ?? .nan) - number) <= tolerance, "\(golden.kind) \(golden.symbol) \(field)")
                }
            }
        }
    }
}
