/// What a value must satisfy beyond its type.
package struct Rule<Value: ConfigurationValue>: Sendable {
    /// For the reference of keys: “in 0...1”.
    let text: String
    /// For a message, after “is 1.7, ”: “not in 0...1”.
    let complaint: String
    let isMet: @Sendable (Value) -> Bool

    init(_ text: String, complaint: String? = nil, isMet: @escaping @Sendable (Value) -> Bool) {
        self.text = text
        self.complaint = complaint ?? "not \(text)"
        self.isMet = isMet
    }

    /// A rule in words: `.rule("must be a multiple of 8") { $0.isMultiple(of: 8) }`.
    package static func rule(_ text: String, _ isMet: @escaping @Sendable (Value) -> Bool) -> Rule {
        Rule(text, complaint: "but \(text)", isMet: isMet)
    }
}

extension Rule where Value: Comparable {
    /// Within both bounds.
    package static func `in`(_ range: ClosedRange<Value>) -> Rule {
        Rule("in \(range.lowerBound.written)...\(range.upperBound.written)") { range.contains($0) }
    }

    /// Within the lower bound and below the upper.
    package static func `in`(_ range: Range<Value>) -> Rule {
        Rule("in \(range.lowerBound.written)..<\(range.upperBound.written)") { range.contains($0) }
    }

    package static func atLeast(_ least: Value) -> Rule { Rule("at least \(least.written)") { $0 >= least } }
}

extension Rule where Value: Numeric & Comparable {
    /// Above zero.
    package static var positive: Rule { Rule("positive") { $0 > 0 } }
}

extension Rule where Value: Collection {
    package static var nonEmpty: Rule { .rule("must not be empty") { !$0.isEmpty } }
}

/// The rules of a value that may be absent: absence satisfies them.
extension Rule where Value: OptionalConfigurationValue {
    private init(_ rule: Rule<Value.Present>) {
        self.init(rule.text, complaint: rule.complaint) { $0.present.map(rule.isMet) ?? true }
    }
}

extension Rule where Value: OptionalConfigurationValue, Value.Present: Comparable {
    /// Within both bounds.
    package static func `in`(_ range: ClosedRange<Value.Present>) -> Rule { Rule(.in(range)) }

    /// Within the lower bound and below the upper.
    package static func `in`(_ range: Range<Value.Present>) -> Rule { Rule(.in(range)) }

    package static func atLeast(_ least: Value.Present) -> Rule { Rule(.atLeast(least)) }
}

extension Rule where Value: OptionalConfigurationValue, Value.Present: Numeric & Comparable {
    /// Above zero.
    package static var positive: Rule { Rule(.positive) }
}

extension Rule where Value: OptionalConfigurationValue, Value.Present: Collection {
    package static var nonEmpty: Rule { Rule(.nonEmpty) }
}
