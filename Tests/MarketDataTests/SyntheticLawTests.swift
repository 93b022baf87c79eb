import Foundation
import MarketData
import Testing

/// The markets against what is known of them.
@Suite struct SyntheticLawTests {
    static let models: [SyntheticModel] = {
        var heston = HestonModel()
        heston.initialVolatility = 0.4
        var merton = MertonJumpDiffusion()
        merton.jumpsPerYear = 60
        var regimes = RegimeSwitching()
        (regimes.drifts, regimes.volatilities) = ([3, -4, 0], [0.1, 0.4, 0.2])
        regimes.durations = [0.05, 0.02, 0.03]
        var sine = SineWave()
        (sine.noise, sine.growth, sine.period) = (0.02, 0.3, 7)
        var square = SquareWave()
        square.noise = 0.02
        return SyntheticModel.Kind.allCases.map(SyntheticModel.init(kind:))
            + [
                .heston(heston), .mertonJumpDiffusion(merton), .regimeSwitching(regimes), .sineWave(sine),
                .squareWave(square),
            ]
    }()

    /// Mean and variance of the log return over 15 bars, of 3,000 seeds, against the closed forms.
    @Test(arguments: models) func logReturnsHaveTheLawThatIsStated(_ model: SyntheticModel) throws {
        let configuration = synthetic(model, steps: 3, overnight: 0.3)
        let law = model.market.logReturnLaw(bars: 15, yearsPerBar: 1.0 / 252)
        let sample = try endings(of: model.market, configuration, bars: 15, seeds: 0..<3_000)
        #expect(Estimate(sample).agrees(with: law.mean))
        // Euler's steps shrink the variance's distance from its mean by 1 − κ h each and not by exp(−κ h): over 15 bars
        // of at most 1/840 year the distance differs by less than 0.04 %.
        let squares = sample.map { ($0 - law.mean) * ($0 - law.mean) }
        #expect(Estimate(squares).agrees(with: law.variance, slack: 4e-4 * law.variance + 1e-12))
    }

    @Test(arguments: SyntheticModel.Kind.allCases) func nothingIsCertainBeforeTheFirstBar(kind: SyntheticModel.Kind) {
        let law = SyntheticModel(kind: kind).market.logReturnLaw(bars: 0, yearsPerBar: 1.0 / 252)
        #expect(abs(law.mean) < 1e-15 && abs(law.variance) < 1e-15)
    }

    /// The drift is that of the price, whatever is random round it: E[S(1)] = exp(μ).
    @Test func theExpectedPriceGrowsByTheDrift() throws {
        var brownian = GeometricBrownianMotion()
        var heston = HestonModel()
        var merton = MertonJumpDiffusion()
        (brownian.drift, heston.drift, merton.drift) = (0.5, 0.5, 0.5)
        let models: [SyntheticModel] = [
            .geometricBrownianMotion(brownian), .heston(heston), .mertonJumpDiffusion(merton),
        ]
        for model in models {
            let ends = try endings(of: model.market, synthetic(model), bars: 63, seeds: 0..<4_000)
            // A quarter of a year.
            #expect(Estimate(ends.map { exp($0) }).agrees(with: exp(0.125)))
        }
    }

    /// Kolmogorov and Smirnov: √n times the largest distance of the distribution functions exceeds 1.95 once in a
    /// thousand samples.
    @Test func brownianLogReturnsAreNormal() throws {
        let market = GeometricBrownianMotion()
        let law = market.logReturnLaw(bars: 1, yearsPerBar: 1.0 / 252)
        let returns = try logReturns(of: market, synthetic(.geometricBrownianMotion(market), steps: 2), bars: 20_000)
        let count = Double(returns.count)
        var distance = 0.0
        for (index, value) in returns.sorted().enumerated() {
            let probability = 0.5 * erfc(-(value - law.mean) / (2 * law.variance).squareRoot())
            distance = max(distance, probability - Double(index) / count, Double(index + 1) / count - probability)
        }
        #expect(distance * count.squareRoot() < 1.95)
        // Independent too: the first autocorrelation has standard error 1/√n.
        let lagged = correlation(Array(returns.dropLast()), Array(returns.dropFirst()))
        #expect(abs(lagged) < 5 / count.squareRoot())
    }

    /// The fourth central moment is (3 + excess kurtosis) times the squared variance.
    @Test func jumpsMakeFatTails() throws {
        var market = MertonJumpDiffusion()
        (market.jumpsPerYear, market.jumpMean, market.jumpDeviation) = (50, -0.01, 0.05)
        let years = 1.0 / 252
        let law = market.logReturnLaw(bars: 1, yearsPerBar: years)
        let kurtosis = 3 + market.excessKurtosis(years: years)
        #expect(kurtosis > 10)
        let returns = try logReturns(of: market, synthetic(.mertonJumpDiffusion(market)), bars: 60_000)
        let fourth = Estimate(returns.map { pow($0 - law.mean, 4) })
        #expect(fourth.agrees(with: kurtosis * law.variance * law.variance))
        // And the estimate is sharp enough to tell it from a normal's 3.
        #expect(fourth.standardError < 0.1 * fourth.mean)
    }

    /// Stationary after 600 days, 24 times 1/κ.
    @Test func ornsteinUhlenbeckHasItsStationaryVarianceAndAutocorrelation() throws {
        let market = OrnsteinUhlenbeck()
        let configuration = synthetic(.ornsteinUhlenbeck(market))
        let early = try endings(of: market, configuration, bars: 600, seeds: 0..<2_000)
        let late = try endings(of: market, configuration, bars: 610, seeds: 0..<2_000)
        #expect(Estimate(early.map { $0 * $0 }).agrees(with: market.stationaryVariance))
        // Correlation of x(t) and x(t + h): exp(−κ h).
        let expected = exp(-market.reversion * 10 / 252)
        // Standard error (1 − r²)/√n = 0.012.
        #expect(abs(correlation(early, late) - expected) < 5 * (1 - expected * expected) / 2_000.0.squareRoot())
    }

    @Test func hestonsVarianceGoesToItsMean() throws {
        var market = HestonModel()
        market.initialVolatility = 0.5
        market.volatilityOfVariance = 0.8
        for bars in [21, 126] {
            let variances = try (0..<2_000 as Range<UInt64>).map { seed in
                var path = try path(market, synthetic(.heston(market), steps: 4), seed: seed)
                for _ in 0..<bars { _ = path.nextBar() }
                return path.state
            }
            // E[v(t)] = θ + (v(0) − θ) exp(−κ t). Euler's (1 − κ h)ⁿ for exp(−κ t): off by a share κ² h t/2 of at most 0.23 %. Full truncation adds a
            // little where v touches zero: here less than 2 % of θ.
            let mean = market.longRunVariance
            let expected = mean + (market.initialVariance - mean) * exp(-market.reversion * Double(bars) / 252)
            #expect(Estimate(variances).agrees(with: expected, slack: 0.0023 * expected + 0.02 * 0.04))
        }
    }

    @Test func hestonsVarianceRisesWhenPricesFall() throws {
        let market = HestonModel()
        var path = try path(market, synthetic(.heston(market)))
        var (returns, changes): ([Double], [Double]) = ([], [])
        for _ in 0..<5_000 {
            let (position, variance) = (path.position, path.state)
            _ = path.nextBar()
            guard variance > 0 else { continue }
            // The shocks alone, without reversion and to one scale.
            returns.append((path.position - position) / variance.squareRoot())
            let reversion = market.reversion * (market.longRunVariance - variance) / 252
            changes.append((path.state - variance - reversion) / variance.squareRoot())
        }
        #expect(returns.count > 4_900)
        // Standard error (1 − 0.49)/√5,000 = 0.0072.
        #expect(abs(correlation(returns, changes) + 0.7) < 0.036)
    }

    @Test func regimesHoldTheirShareOfTime() throws {
        var market = RegimeSwitching()
        (market.drifts, market.volatilities) = ([0, 0, 0], [0.1, 0.2, 0.3])
        market.durations = [0.05, 0.02, 0.01]
        let years = 1.0 / 252
        let occupancy = market.occupancy(yearsPerBar: years)
        #expect(abs(occupancy.reduce(0, +) - 1) < 1e-12)
        let configuration = synthetic(.regimeSwitching(market))
        var counts = [0, 0, 0]
        var (leavable, left) = (0, 0)
        for seed in 0..<3_000 {
            var path = try path(market, configuration, seed: UInt64(seed))
            for _ in 0..<10 { _ = path.nextBar() }
            let regime = path.state.regime
            counts[regime] += 1
            _ = path.nextBar()
            guard regime == 0 else { continue }
            leavable += 1
            left += path.state.regime == 0 ? 0 : 1
        }
        for (count, share) in zip(counts, occupancy) {
            let deviation = (3_000 * share * (1 - share)).squareRoot()
            #expect(abs(Double(count) - 3_000 * share) < 5 * deviation)
        }
        let leaving = market.leavingProbability(of: 0, yearsPerBar: years)
        let deviation = (leaving * (1 - leaving) / Double(leavable)).squareRoot()
        #expect(abs(Double(left) / Double(leavable) - leaving) < 5 * deviation)
    }

    /// By hand: with one factor, two symbols' shocks have the correlation that is set.
    @Test(arguments: [0, 0.6, 1]) func symbolsAreCorrelatedAsSet(_ expected: Double) throws {
        let market = GeometricBrownianMotion()
        let configuration = synthetic(.geometricBrownianMotion(market), correlation: expected)
        let one = try logReturns(of: market, configuration, bars: 10_000, symbol: "AAA")
        let other = try logReturns(of: market, configuration, bars: 10_000, symbol: "BBB")
        // Standard error (1 − ρ²)/√n.
        #expect(abs(correlation(one, other) - expected) <= 5 * (1 - expected * expected) / 100 + 1e-9)
        #expect(Estimate(one.map { $0 * $0 }).agrees(with: 0.04 / 252 + pow(0.06 / 252, 2)))
    }

    /// For a Brownian motion without drift E[high − open] = E[open − low] = σ √(2 t/π), however many steps are made.
    @Test(arguments: [1, 5]) func highAndLowAreThoseOfTheContinuousPath(_ steps: Int) throws {
        var market = GeometricBrownianMotion()
        market.drift = market.volatility * market.volatility / 2
        var path = try path(market, synthetic(.geometricBrownianMotion(market), steps: steps))
        let bars = (0..<20_000).map { _ in path.nextBar() }
        let expected = 0.2 * (2 / (252 * Double.pi)).squareRoot()
        #expect(Estimate(bars.map { $0.high - $0.open }).agrees(with: expected))
        #expect(Estimate(bars.map { $0.open - $0.low }).agrees(with: expected))
    }

    /// Parkinson: E[(high − low)²] = 4 ln 2 σ² t. The joint law is only nearly right, here to 3 %, with 16 steps.
    @Test func rangesHaveParkinsonsMeanSquare() throws {
        var market = GeometricBrownianMotion()
        market.drift = market.volatility * market.volatility / 2
        var path = try path(market, synthetic(.geometricBrownianMotion(market), steps: 16))
        let squares = (0..<10_000).map { _ in
            let bar = path.nextBar()
            return (bar.high - bar.low) * (bar.high - bar.low)
        }
        let expected = 4 * log(2) * 0.04 / 252
        #expect(Estimate(squares).agrees(with: expected, slack: 0.03 * expected))
    }

    /// A night of 30 % of a bar has 30 % of its variance.
    @Test func nightsHaveTheirShareOfTheVariance() throws {
        let market = GeometricBrownianMotion()
        var path = try path(market, synthetic(.geometricBrownianMotion(market), overnight: 0.3))
        let squares = (0..<20_000).map { _ in
            let before = path.position
            let gap = path.nextBar().open - before
            return gap * gap
        }
        #expect(Estimate(squares).agrees(with: 0.3 * 0.04 / 252, slack: pow(0.06 / 252, 2)))
    }
}
