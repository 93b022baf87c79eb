/// One thing about prices that their owner should know. Nothing is repaired: a finding names what is odd and what to do.
package struct QualityFinding: Codable, Equatable, Sendable {
    package enum Severity: String, Codable, Sendable {
        /// Refused at the door.
        case error
        /// Taken in, and probably wrong or dangerous to trade on.
        case warning
        /// Worth knowing; a file with nothing else still counts as clean.
        case notice
    }

    /// Which check found it: a short, lasting name for programs.
    package let check: String
    package let severity: Severity
    /// The symbols concerned, in the order in which they were added, at most ten.
    package let symbols: [String]
    /// How many bars are concerned; for what is missing, how many bars or days are missing.
    package let count: Int
    /// Lines in the file of the first ten places, in the order of `times`; empty where the prices are not from a file.
    package let lines: [Int]
    /// The first ten places: symbol by symbol, each in order of time.
    package let times: [Timestamp]
    /// What is wrong, with the first place.
    package let message: String
    /// What to do.
    package let remedy: String
}
