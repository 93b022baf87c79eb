import Agents
import Statistics

/// What came of trying an agent in a world with a known answer.
package struct SolveResult: Codable, Sendable {
    package struct Seed: Codable, Sendable {
        package var seed: Int
        /// Mean over the test episodes; for tabular agents, the value of the start.
        package var score: Double
        /// The update whose parameters were kept; absent for tabular agents.
        package var chosenUpdate: Int?
        package var updates: Int
        /// In the world, those before learning included.
        package var steps: Int
        /// Of training, with its evaluations.
        package var seconds: Double
        package var curve: [CurvePoint]
    }

    package var schema = "trader/solve/1"
    package var world: String
    package var agent: String
    /// What a score is, in one sentence.
    package var summary: String
    /// Where training and test episodes come from.
    package var episodes: String
    package var seeds: [Seed]
    package var scores: MeanInterval
    package var answers: [KnownAnswer]
    /// The whole configuration of the agent.
    package var configuration: String
    package var version: String
    package var linearAlgebra: String
}

extension SolveResult.Seed {
    /// Gradient steps, or steps of a tabular agent, a second.
    package var updatesPerSecond: Double { Double(updates) / max(seconds, 1e-9) }
    package var stepsPerSecond: Double { Double(steps) / max(seconds, 1e-9) }
}
