let waveNoiseDocumentation = "Standard deviation of the noise on the log price of each close."

/// Where a wave is, and the noise between the last close and the next.
package struct WaveState: Sendable {
    var position = 0.0
    var lastNoise = 0.0
    var nextNoise = 0.0

    mutating func move(
        to wave: Double, noise: Double, _ step: TimeStep, _ draws: inout MarketDraws
    ) -> Movement {
        if step.beginsBar {
            lastNoise = nextNoise
            nextNoise = noise * draws.priceNormal()
        }
        let next = wave + lastNoise + (nextNoise - lastNoise) * step.end
        defer { position = next }
        return Movement(continuous: next - position, deviation: 0)
    }
}
