/// What can be said of a key without a file: for `trader strategies --keys` and for guesses at misspelled keys.
package struct KeyReference: Equatable, Sendable {
    /// From the top: `agent.discount`.
    package let path: String
    /// What a legal value is: “a number”; “section” for a key with keys below it.
    package let type: String
    /// As it would be written; empty for a section.
    package let defaultValue: String
    /// “in 0...1”; several rules are joined by “, ”, none is empty.
    package let rules: String
    package let documentation: String
    /// The kind that the key belongs to, “agent.kind is gated-dqn”; nil for a key that is always legal.
    package var condition: String?

    /// The last part of the path.
    var key: String { path.split(separator: ".").last.map(String.init) ?? path }
}

/// Every key that a file of this type may have, in file order; for a choice, the keys of every kind.
package func keyReference<Root: Configurable>(for type: Root.Type) -> [KeyReference] {
    var root = Root()
    var lister = KeyLister(prefix: "", condition: nil)
    root.describe(to: &lister)
    return lister.keys
}

struct KeyLister: FieldVisitor {
    let prefix: String
    let condition: String?
    var keys: [KeyReference] = []

    mutating func field<Value: ConfigurationValue>(
        _ key: String, _ value: inout Value, _ documentation: String, _ rules: Rule<Value>...
    ) {
        keys.append(
            KeyReference(
                path: prefix + key, type: Value.typeName, defaultValue: value.written,
                rules: rules.map(\.text).joined(separator: ", "), documentation: documentation, condition: condition))
    }

    mutating func section<Section: Configurable>(_ key: String, _ section: inout Section, _ documentation: String) {
        keys.append(
            KeyReference(
                path: prefix + key, type: "section", defaultValue: "", rules: "", documentation: documentation,
                condition: condition))
        var below = KeyLister(prefix: prefix + key + ".", condition: condition)
        section.describe(to: &below)
        keys += below.keys
    }

    mutating func choice<Choice: ConfigurableChoice>(_ choice: inout Choice) {
        var kind = choice.kind
        field("kind", &kind, kindDocumentation)
        for kind in Choice.Kind.allCases {
            var alternative = kind == choice.kind ? choice : Choice(kind: kind)
            let isChosen = "\(prefix)kind is \(kind.rawValue)"
            let both = condition.map { "\($0), \(isChosen)" } ?? isChosen
            var chosen = KeyLister(prefix: prefix, condition: both)
            alternative.describeChosen(to: &chosen)
            keys += chosen.keys
        }
    }
}

/// What the key of every `ConfigurableChoice` says of itself.
let kindDocumentation = "What this section sets up; the other keys belong to it."
