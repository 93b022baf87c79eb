import Foundation
import RandomNumbers

extension GaoEpisodes {
    /// Draws episodes as the paper's were drawn. The first n of more episodes are the n that the same stream gives alone.
    ///
    /// - Parameters:
    ///   - game: Which law.
    ///   - count: How many, at least one.
    ///   - stream: For episodes and nothing else.
    package static func generate(_ game: Game, count: Int, using stream: inout RandomStream) -> GaoEpisodes {
        precondition(count > 0, "there is at least one episode")
        var prices: [Double] = []
        var signals: [Double] = []
        prices.reserveCapacity(count * steps)
        for _ in 0..<count {
            switch game {
            case .univariate: prices += waves(using: &stream)
            case .bivariate:
                let episode = jumps(using: &stream)
                prices += episode.price
                signals += episode.signal
            }
        }
        return GaoEpisodes(game: game, prices: prices, signals: signals)
    }

    /// Pieces of noisy sine waves, one after the other until the episode is full, on a slow wave without noise:
    ///
    ///     piece[i] = 100 + A·sin(2πi / P) + ½A·U(0, 1)     P ~ U{10…39}, A ~ U{5…79}, ⌊k·P / 2⌋ steps long, k ~ U{1, 2, 3}
    ///     slow[i]  = 100 + A·sin(2πi / P)                  P ~ U{80…159}, A ~ U{20…79}
    ///
    /// Prices so lie between 42 and 397.5.
    private static func waves(using stream: inout RandomStream) -> [Double] {
        var prices: [Double] = []
        while prices.count < steps {
            let period = 10 + stream.index(below: 30)
            let amplitude = Double(5 + stream.index(below: 75))
            let length = (1 + stream.index(below: 3)) * period / 2
            for index in 0..<length {
                prices.append(
                    100 + amplitude * sine(index, period: period) + 0.5 * amplitude * stream.uniform())
            }
        }
        let period = 80 + stream.index(below: 80)
        let amplitude = Double(20 + stream.index(below: 60))
        return (0..<steps).map { prices[$0] + 100 + amplitude * sine($0, period: period) }
    }

    private static func sine(_ index: Int, period: Int) -> Double {
        sin(2 * .pi * Double(index % period) / Double(period))
    }

    /// A price that jumps, and a signal that makes the same jumps h steps earlier, in noise:
    ///
    ///     change = 210 zeros, at n of which stands 0.3·U(−1, 1)        n ~ U{15…29}
    ///     price  = 100·(1 + sum of change[0…t])                        h ~ U{10…29}
    ///     signal = 100·(1 + sum of change[h…h + t]) + 5·U(0, 1)
    ///
    /// and each is shifted so that its least value is 100. Places are drawn with replacement, and the last jump drawn for a
    /// place is the one that stands, as in the paper's program.
    private static func jumps(using stream: inout RandomStream) -> (price: [Double], signal: [Double]) {
        var change = [Double](repeating: 0, count: steps + 30)
        for _ in 0..<(15 + stream.index(below: 15)) {
            change[stream.index(below: change.count)] = 0.3 * (2 * stream.uniform() - 1)
        }
        let lead = 10 + stream.index(below: 20)
        let price = path(change[..<steps])
        let signal = path(change[lead..<lead + steps]).map { $0 + 5 * stream.uniform() }
        return (lifted(price), lifted(signal))
    }

    private static func path(_ changes: ArraySlice<Double>) -> [Double] {
        var sum = 0.0
        return changes.map { change in
            sum += change
            return 100 * (1 + sum)
        }
    }

    private static func lifted(_ values: [Double]) -> [Double] {
        let least = values.min() ?? 0
        // In this order the least value becomes 100 without rounding.
        return values.map { ($0 - least) + 100 }
    }
}
