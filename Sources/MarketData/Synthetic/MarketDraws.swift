import Foundation
import RandomNumbers

/// The random numbers of one symbol's path, a stream for each purpose.
///
/// The streams depend on the seed and on the name of the symbol alone. So a longer path begins with the shorter one, and
/// another symbol leaves the paths of the others as they were.
package struct MarketDraws: Sendable {
    private var price: RandomStream
    private var factor: RandomStream
    private var variance: RandomStream
    private var jumps: RandomStream
    private var regime: RandomStream
    private var range: RandomStream
    private var volume: RandomStream
    private let loading: Double
    private let remainder: Double

    /// - Parameter correlation: of the `price` normals of any two symbols of one seed, in 0...1.
    package init(seed: UInt64, symbol: String, correlation: Double = 0) {
        let root = RandomKey(seed: seed).child("synthetic market")
        let own = root.child("symbol").child(symbol)
        price = own.stream("price")
        variance = own.stream("variance")
        jumps = own.stream("jumps")
        regime = own.stream("regime")
        range = own.stream("range")
        volume = own.stream("volume")
        factor = root.stream("factor")
        loading = correlation.squareRoot()
        remainder = (1 - correlation).squareRoot()
    }

    /// The shock of a step: √ρ times the factor that all symbols share, and √(1 − ρ) times the symbol's own normal.
    package mutating func priceNormal() -> Double {
        let own = price.normal()
        return loading == 0 ? own : loading * factor.normal() + remainder * own
    }

    package mutating func varianceNormal() -> Double { variance.normal() }

    package mutating func jumpNormal() -> Double { jumps.normal() }

    /// A Poisson number, by inversion (Devroye, “Non-uniform random variate generation”, 1986, section X.3).
    /// - Parameter mean: not negative, and small: the work is proportional to it.
    package mutating func jumpCount(mean: Double) -> Int {
        let target = jumps.uniform()
        var probability = exp(-mean)
        var cumulative = probability
        var count = 0
        // Rounding may leave the sum of all probabilities below the target; what is left then is too rare to be told.
        while target >= cumulative, probability > 0 {
            count += 1
            probability *= mean / Double(count)
            cumulative += probability
        }
        return count
    }

    package mutating func regimeUniform() -> Double { regime.uniform() }

    /// In (0, 1], so that its logarithm is finite.
    package mutating func rangeUniform() -> Double { 1 - range.uniform() }

    package mutating func volumeNormal() -> Double { volume.normal() }
}
