import Foundation
import MarketData
import Testing

/// Parameters by name, their ranges, and what happens at their ends.
@Suite struct SyntheticSettingsTests {
    func problems(_ model: String, _ settings: String...) -> String {
        do {
            _ = try SyntheticConfiguration(model: model, settings: settings, modelOption: "MODEL")
            return ""
        } catch {
            return "\(error)"
        }
    }

    @Test func settingsAreRead() throws {
        let configuration = try SyntheticConfiguration(
            model: "regime-switching", settings: ["drifts=[1, 2]", "price=50", "volume=7"])
        var expected = RegimeSwitching()
        expected.drifts = [1, 2]
        #expect(configuration.model == .regimeSwitching(expected))
        #expect(configuration.price == 50 && configuration.volume.level == 7 && configuration.decimals == 4)
    }

    @Test func mistakesAreNamed() {
        #expect(
            problems("hestn")
                == "MODEL: error: kind is hestn, not one of geometric-brownian-motion, heston, merton-jump-diffusion, "
                + "regime-switching, ornstein-uhlenbeck, sine-wave, square-wave; did you mean heston?")
        #expect(
            problems("heston", "reversion=0")
                == "--set reversion: error: reversion is 0, not in 0.01...100; the default is 3")
        #expect(problems("heston", "volatility=nan").contains("volatility is not a key of this kind"))
        #expect(problems("heston", "leverag=0").contains("did you mean leverage?"))
        #expect(problems("square-wave", "halfPeriod=0").contains("not in 1...1000000"))
        #expect(problems("regime-switching", "drifts=[0.1]").contains("volatilities has 2 values, but drifts has 1"))
        #expect(problems("regime-switching", "drifts=[]").contains("must be 1 to 8 values"))
        #expect(problems("regime-switching", "drifts=[1, 9]").contains("each in -5...5"))
        #expect(problems("sine-wave", "price=1e400").contains("too large"))
        #expect(problems("sine-wave", "volume").contains("write --set"))
        #expect(problems("", "price=1").contains("MODEL: error: kind is \"\""))
        #expect(problems("heston: [\n\0").contains("MODEL: error: kind is"))
    }

    /// At the ends of the ranges prices may leave what can be written, which is said; they are never NaN or infinite.
    @Test(arguments: [
        ("geometric-brownian-motion", ["drift=-5", "volatility=0"]),
        ("geometric-brownian-motion", ["drift=5", "volatility=5"]),
        ("heston", ["reversion=100", "longRunVolatility=3", "volatilityOfVariance=5", "leverage=1"]),
        ("heston", ["reversion=0.01", "longRunVolatility=0.001", "volatilityOfVariance=5", "leverage=-1"]),
        ("heston", ["initialVolatility=3", "volatilityOfVariance=0", "leverage=0"]),
        ("merton-jump-diffusion", ["jumpsPerYear=1000", "jumpMean=1", "jumpDeviation=1"]),
        ("merton-jump-diffusion", ["jumpsPerYear=1000", "jumpMean=-1", "jumpDeviation=0"]),
        ("merton-jump-diffusion", ["jumpsPerYear=0", "volatility=5"]),
        ("regime-switching", ["durations=[1e-6, 1000]", "volatilities=[0, 5]", "drifts=[-5, 5]"]),
        ("regime-switching", ["durations=[1]", "volatilities=[0]", "drifts=[0]"]),
        ("ornstein-uhlenbeck", ["reversion=100_000", "volatility=5"]),
        ("ornstein-uhlenbeck", ["reversion=0.001", "volatility=0"]),
        ("sine-wave", ["period=2", "amplitude=2", "growth=5", "noise=1"]),
        (
            "square-wave",
            ["halfPeriod=1", "height=-2", "noise=1", "volumeDispersion=2", "volumeResponse=10", "volume=1e9"]
        ),
    ])
    func extremesStayFinite(model: String, settings: [String]) throws {
        for common in [
            ["overnightShare=0.95", "price=1e6", "decimals=6"], ["price=0.01", "stepsPerBar=1", "decimals=6"],
        ] {
            let configuration = try SyntheticConfiguration(model: model, settings: settings + common)
            for interval in SyntheticCalendar.Interval.allCases {
                let calendar = try syntheticCalendar(interval)
                let market = configuration.model.market
                let law = market.logReturnLaw(bars: 300, yearsPerBar: interval.yearsPerBar)
                #expect(law.mean.isFinite && law.variance >= -1e-15 && law.variance.isFinite)
                for seed in 0..<10 as Range<UInt64> {
                    let maker = SyntheticHistory(configuration: configuration, calendar: calendar, seed: seed)
                    do throws(SyntheticMarketError) {
                        for bar in try maker.bars(of: "AAA", count: 300) {
                            let numbers = PriceField.allCases.compactMap { bar[$0] }
                            #expect(numbers.count == 5 && numbers.allSatisfy { $0.isFinite && $0 > 0 })
                        }
                    } catch {
                        guard case .priceOutOfRange = error else { throw error }
                    }
                }
            }
        }
    }
}
