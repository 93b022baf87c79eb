/// Why features cannot be had: a wrong name or number in a strategy file, or prices that lack what they need.
package struct FeatureError: Error, Equatable, CustomStringConvertible {
    /// One sentence: what is wrong and what to do.
    package let description: String

    init(_ description: String) { self.description = description }
}

extension Sequence<String> {
    /// “a”, “a and b”, “a, b and c”.
    func joined(lastBefore word: String) -> String {
        var items = Array(self)
        guard let last = items.popLast() else { return "" }
        return items.isEmpty ? last : "\(items.joined(separator: ", ")) \(word) \(last)"
    }
}
