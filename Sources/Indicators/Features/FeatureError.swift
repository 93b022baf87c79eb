/// Why features cannot be had: a wrong name or number in a strategy file, or prices that lack what they need.
package struct FeatureError: Error, Equatable, CustomStringConvertible {
    /// What is wrong, and what to do without choosing other features.
    package let problem: String
    /// The end of the sentence: which other features would do.
    private let choice: String

    /// One sentence: what is wrong and what to do.
    package var description: String { problem + choice }

    init(_ problem: String, choice: String = "") {
        self.problem = problem
        self.choice = choice
    }
}

extension Sequence<String> {
    /// “a”, “a and b”, “a, b and c”.
    func joined(lastBefore word: String) -> String {
        var items = Array(self)
        guard let last = items.popLast() else { return "" }
        return items.isEmpty ? last : "\(items.joined(separator: ", ")) \(word) \(last)"
    }
}
