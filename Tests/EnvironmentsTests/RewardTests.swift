import Environments
import Foundation
import RandomNumbers
import Testing

@Test func logReturnsAddUpToTheGrowthOfTheAccount() {
    var reward = Reward(.logReturn)
    let equity = [100.0, 110, 99, 105]
    let sum = zip(equity, equity.dropFirst()).reduce(0) { $0 + reward(equity: $1.1, previous: $1.0) }
    #expect(abs(sum - log(1.05)) < 1e-15)
    #expect(reward(equity: -5, previous: 100) == log(1e-4))
}

/// What a step adds to a ratio of moving moments, by its definition: the derivative with respect to η at 0.
private func slope(_ ratio: (Double) -> Double) -> Double {
    let step = 1e-5
    return (ratio(step) - ratio(-step)) / (2 * step)
}

@Test func theDifferentialSharpeIsTheSlopeOfTheSharpeRatio() {
    for seed in 0..<50 {
        var stream = RandomKey(seed: 6).child(seed).stream("returns")
        var reward = Reward(.differentialSharpe, rate: 0.02)
        for step in 0..<60 {
            let value = 0.02 * stream.normal()
            let (mean, square) = (reward.mean, reward.square)
            let result = reward(equity: 100 * (1 + value), previous: 100)
            guard step > 5, value * value < 100 * (square - mean * mean) else { continue }
            let expected = slope { rate in
                let newMean = mean + rate * (value - mean)
                let newSquare = square + rate * (value * value - square)
                return newMean / (newSquare - newMean * newMean).squareRoot()
            }
            // The error of the central difference is relative, of the order of (step · R² / B)²: 1e-6 where R² < 100 B.
            #expect(abs(result - expected) <= 1e-5 * max(1, abs(expected)), "seed \(seed), step \(step)")
        }
    }
}

@Test func theDifferentialSortinoIsTheSlopeOfTheSortinoRatio() {
    for seed in 0..<50 {
        var stream = RandomKey(seed: 7).child(seed).stream("returns")
        var reward = Reward(.differentialSortino, rate: 0.02)
        for step in 0..<60 {
            let value = 0.02 * stream.normal()
            let (mean, square) = (reward.mean, reward.square)
            let result = reward(equity: 100 * (1 + value), previous: 100)
            guard step > 5, value * value < 100 * square else { continue }
            let loss = min(value, 0)
            let expected = slope { rate in
                (mean + rate * (value - mean)) / (square + rate * (loss * loss - square)).squareRoot()
            }
            #expect(abs(result - expected) <= 1e-5 * max(1, abs(expected)), "seed \(seed), step \(step)")
        }
    }
}

@Test func withoutADeviationADifferentialRewardIsNone() {
    var sharpe = Reward(.differentialSharpe)
    var sortino = Reward(.differentialSortino)
    #expect(sharpe(equity: 101, previous: 100) == 0)
    #expect(sortino(equity: 101, previous: 100) == 0)
    // After two equal returns of 1 % with η = 1/252 by hand: A = ηR, B = ηR², so D = (B(R−A) − ½A(R²−B)) / (B−A²)^1.5.
    let rate = 1.0 / 252
    let (mean, square) = (rate * 0.01, rate * 0.0001)
    let expected =
        (square * (0.01 - mean) - 0.5 * mean * (0.0001 - square)) / pow(square - mean * mean, 1.5)
    #expect(abs(sharpe(equity: 101, previous: 100) - expected) < 1e-9)
}
